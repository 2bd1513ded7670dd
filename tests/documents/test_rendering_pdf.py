"""What the PDF of a composed document offers its reader, by both engines."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from docx.document import Document as DocumentObject
from docx.shared import Cm
from pypdf import PdfReader

from tender.documents.compose import Composed, Part, compose
from tender.documents.cover import Cover
from tender.documents.house import house_template
from tender.documents.render import Engine, Rendered, render
from tests.documents.made import W, docx, png, rels, types
from tests.documents.written import fold, written

ENGINES = ("rdocx", pytest.param("office", marks=pytest.mark.office))
_NOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_LINKS = """
<w:p><w:hyperlink r:id="r1"><w:r><w:t>vers le dehors</w:t></w:r></w:hyperlink></w:p>
<w:p><w:hyperlink w:anchor="cible"><w:r><w:t>vers le tableau</w:t></w:r></w:hyperlink></w:p>
<w:p><w:hyperlink w:anchor="perdue"><w:r><w:t>vers rien</w:t></w:r></w:hyperlink></w:p>
"""
_PICTURE = """
<w:p><w:r><w:drawing><wp:inline><wp:extent cx="720000" cy="360000"/>
<wp:docPr id="1" name="i" descr="Une barque sous la pluie"/><a:graphic>
<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">
<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr>
<pic:cNvPr id="1" name="i" descr="Une barque sous la pluie"/><pic:cNvPicPr/></pic:nvPicPr>
<pic:blipFill><a:blip r:embed="r2"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>
<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="720000" cy="360000"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>
</wp:inline></w:drawing></w:r></w:p>
"""
_NOTED = '<w:p><w:r><w:t>Une note</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
_TARGET = (
    '<w:p><w:r><w:br w:type="page"/></w:r></w:p><w:p><w:bookmarkStart w:id="1" w:name="cible"/>'
    '<w:r><w:t>le tableau</w:t></w:r><w:bookmarkEnd w:id="1"/></w:p>'
)
_FOOTNOTES = (
    f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2"><w:p><w:r><w:t>Au pied de la page</w:t>'
    "</w:r></w:p></w:footnote></w:footnotes>"
)


def _field(code: str, shown: str) -> str:
    return (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText> {code} </w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{shown}</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def _first() -> bytes:
    body = _LINKS + _field('HYPERLINK "https://exemple.org/champ"', "champ")
    body += _field("REF cible \\h", "le tableau") + _PICTURE + _NOTED + _TARGET
    files: dict[str, str | bytes] = {
        "word___rels__document.xml.rels": rels(
            ("r1", "hyperlink", "https://exemple.org/dehors", "External"),
            ("r2", "image", "media/i.png"),
            ("r3", "footnotes", "footnotes.xml"),
        ),
        "word__media__i.png": png(),
        "word__footnotes.xml": _FOOTNOTES,
        "[Content_Types].xml": types(**{"word__footnotes.xml": _NOTES}),
    }
    return docx(body, **files)


def _second() -> bytes:
    def fill(document: DocumentObject) -> None:
        document.sections[0].page_width, document.sections[0].page_height = Cm(29.7), Cm(21)
        document.add_heading("Moyens", 1)
        for number in range(60):
            document.add_paragraph(f"Ligne {number}")
        document.add_heading("Moyens", 1)

    return written(fill)


@pytest.fixture(scope="module")
def composed() -> Composed:
    parts = [
        Part("a.docx", _first(), "1", "Méthode", "Lumivert"),
        Part("b.docx", _second(), "2", "Planning", "Orvanne"),
    ]
    return compose(house_template(), parts, cover=Cover("Réponse", "Ville de Valmarne"))


@pytest.fixture(scope="module", params=ENGINES)
def rendered(request: pytest.FixtureRequest, composed: Composed) -> Rendered:
    engine: Engine = request.param
    return render(composed.data, engine=engine)


@pytest.fixture(scope="module")
def pdf(rendered: Rendered) -> PdfReader:
    return PdfReader(io.BytesIO(rendered.pdf), strict=True)


def _root(pdf: PdfReader) -> Any:
    return pdf.trailer["/Root"]


def _links(pdf: PdfReader) -> Iterator[tuple[int, Any]]:
    """Page and annotation of each link, in the order of the pages."""
    for number, page in enumerate(pdf.pages, start=1):
        for item in page.get("/Annots", ()):
            annotation = item.get_object()
            if annotation["/Subtype"] == "/Link":
                yield number, annotation


def _leads(pdf: PdfReader) -> set[tuple[int, int]]:
    """From which page to which page the links inside the document lead."""
    numbers = {page.indirect_reference: at for at, page in enumerate(pdf.pages, start=1)}
    found = [(page, link["/Dest"].get_object()) for page, link in _links(pdf) if "/Dest" in link]
    return {(page, numbers[target[0]]) for page, target in found if "/XYZ" in target}


def _outline(pdf: PdfReader, items: Any = None) -> list[tuple[str, int]]:
    found = []
    for item in pdf.outline if items is None else items:
        if isinstance(item, list):
            found += _outline(pdf, item)
        else:
            found.append((str(item.title), 1 + (pdf.get_destination_page_number(item) or 0)))
    return found


def _tags(node: Any) -> Iterator[Any]:
    node = node.get_object()
    for one in node if isinstance(node, list) else [node]:
        plain = one.get_object()
        if isinstance(plain, dict) and ("/S" in plain or "/K" in plain):
            yield plain
            yield from _tags(plain["/K"]) if "/K" in plain else ()


def test_contents_and_cross_references_lead_to_their_pages(
    rendered: Rendered, pdf: PdfReader, composed: Composed
) -> None:
    pages = [rendered.page_of[heading.bookmark] for heading in composed.outline]
    inside = _leads(pdf)
    assert {(2, page) for page in pages} <= inside
    assert rendered.page_of["cible"] == 4
    assert (3, 4) in inside


def test_web_links_are_kept_whether_elements_or_fields(pdf: PdfReader) -> None:
    actions = [(page, link["/A"]["/URI"]) for page, link in _links(pdf) if "/A" in link]
    assert set(actions) == {(3, "https://exemple.org/dehors"), (3, "https://exemple.org/champ")}


def test_headings_of_the_same_words_keep_their_own_pages(
    rendered: Rendered, pdf: PdfReader, composed: Composed
) -> None:
    same = [rendered.page_of[h.bookmark] for h in composed.outline if h.title == "Moyens"]
    assert len(same) == 2
    assert same[0] < same[1]
    for page in same:
        assert fold("Moyens") in fold(pdf.pages[page - 1].extract_text())


def test_the_outline_names_each_heading_with_its_page(
    rendered: Rendered, pdf: PdfReader, composed: Composed
) -> None:
    expected = [(fold(h.number + h.title), rendered.page_of[h.bookmark]) for h in composed.outline]
    assert [(fold(title), page) for title, page in _outline(pdf)] == expected


def test_the_pdf_is_tagged_titled_french_and_archivable(pdf: PdfReader) -> None:
    catalogue = _root(pdf)
    assert catalogue["/MarkInfo"]["/Marked"] == True  # noqa: E712 - pypdf's own kind of truth
    assert catalogue["/Lang"] == "fr-FR"
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712 - as above
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Réponse"
    assert "/OutputIntents" in catalogue
    xmp = catalogue["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in xmp


def _fonts(pdf: PdfReader) -> Iterator[Any]:
    """The descriptor of each font, those of composite ones inside."""
    for page in pdf.pages:
        for font in page["/Resources"].get("/Font", {}).values():  # type: ignore[attr-defined]
            for one in font.get_object().get("/DescendantFonts", [font]):
                yield one.get_object()["/FontDescriptor"]


def test_an_archive_can_show_it_without_anything_else(pdf: PdfReader) -> None:
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(font) for font in _fonts(pdf))
    assert not {"/AA", "/JavaScript", "/EmbeddedFiles"} & set(_root(pdf))
    assert "/Encrypt" not in pdf.trailer
    assert all(link["/F"] == 4 for _, link in _links(pdf))


def test_pictures_keep_their_words_in_the_tags(pdf: PdfReader) -> None:
    words = [
        tag.get("/Alt")
        for tag in _tags(_root(pdf)["/StructTreeRoot"])
        if tag.get("/S") == "/Figure"
    ]
    assert words == ["Une barque sous la pluie"]


def test_notes_and_wide_pages_are_in_the_pdf(pdf: PdfReader) -> None:
    assert fold("Au pied de la page") in fold(pdf.pages[2].extract_text())
    shapes = [page.mediabox.width > page.mediabox.height for page in pdf.pages]
    assert shapes[:4] == [False] * 4
    assert all(shapes[4:])


def test_equal_documents_give_equal_bytes(rendered: Rendered, composed: Composed) -> None:
    engine: Engine = "office" if rendered.binding else "rdocx"
    assert render(composed.data, engine=engine) == rendered
    assert b"CreationDate" not in rendered.pdf
    assert b"CreateDate" not in rendered.pdf


@pytest.mark.office
def test_headings_and_links_are_tags_where_libreoffice_prints(composed: Composed) -> None:
    pdf = PdfReader(io.BytesIO(render(composed.data, engine="office").pdf))
    kinds = {tag.get("/S") for tag in _tags(_root(pdf)["/StructTreeRoot"])}
    assert {"/H1", "/Link", "/TOC", "/Note"} <= kinds
