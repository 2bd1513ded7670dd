import io
import zipfile

from docx.document import Document as DocumentObject
from docx.shared import Pt, RGBColor

from tender.documents.compose import Composed, Part, compose
from tender.documents.cover import Cover
from tender.documents.engine.options import Options
from tender.documents.house import house_template
from tests.documents import hostile
from tests.documents.made import W, content, docx, linked, paragraph
from tests.documents.written import root, texts, values, written

COVER = Cover(
    "Formation des agents", "Ville de Valmarne", ["Lot 1"], "Orvanne", ["Lumivert"], "2 mai"
)
KEEP = Options()
FINAL = Options(comments="drop", revisions="accept", hidden="drop")


def part(data: bytes, number: str | None = "1", title: str = "Méthode", level: int = 1) -> Part:
    return Part(f"{title}.docx", data, number, title, "Orvanne", level)


def put_together(*parts: Part, options: Options = KEEP) -> Composed:
    return compose(house_template(), parts, cover=COVER, options=options)


def test_the_house_style_replaces_fonts_and_colours_but_not_emphasis() -> None:
    def fill(document: DocumentObject) -> None:
        run = document.add_paragraph().add_run("rouge")
        run.font.name, run.font.size, run.font.bold = "Comic Sans MS", Pt(22), True
        run.font.color.rgb = RGBColor(255, 0, 0)

    house = put_together(part(written(fill))).data
    source = put_together(part(written(fill)), options=Options(policy="source")).data
    assert "Comic" not in content(house)
    assert "FF0000" not in content(house)
    assert values(house, "b") == [""]
    assert "Comic" in content(source)
    assert "FF0000" in content(source)


def test_references_follow_their_bookmark_when_its_name_is_taken() -> None:
    mark = '<w:bookmarkStart w:id="4" w:name="_Ref1"/>{}<w:bookmarkEnd w:id="4"/>'
    body = paragraph("cible").replace("<w:r>", mark.format("") + "<w:r>", 1)
    body += hostile.field("REF _Ref1 \\h", split=True)
    body += '<w:p><w:hyperlink w:anchor="_Ref1"><w:r><w:t>lien</w:t></w:r></w:hyperlink></w:p>'
    data = put_together(part(docx(body)), part(docx(body), "2", "Équipe")).data
    marks = [m for m in values(data, "bookmarkStart", "name") if m.startswith("_Ref")]
    anchors = [a for a in values(data, "hyperlink", "anchor") if a.startswith("_Ref")]
    codes = "".join(t.text or "" for t in root(data).iter(f"{{{W}}}instrText"))
    assert marks == anchors == ["_Ref1", "_Ref1_2"]
    assert "REF _Ref1 \\h" in codes
    assert "REF _Ref1_2 \\h" in codes


def test_links_in_footnotes_stay_with_their_address() -> None:
    def section(address: str) -> bytes:
        note = (
            f'<w:footnotes xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/'
            '2006/relationships"><w:footnote w:id="2"><w:p><w:hyperlink r:id="n1"><w:r><w:t>site'
            "</w:t></w:r></w:hyperlink></w:p></w:footnote></w:footnotes>"
        )
        body = '<w:p><w:r><w:t>appel</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        more = linked("", ("n1", "hyperlink", address, "External"))
        with zipfile.ZipFile(io.BytesIO(more)) as archive:
            links = archive.read("word/_rels/document.xml.rels").decode()
        beside = links.replace("hyperlink", "footnotes").replace(address, "footnotes.xml")
        files = {
            "word__footnotes.xml": note,
            "word___rels__footnotes.xml.rels": links,
            "word___rels__document.xml.rels": beside.replace(' TargetMode="External"', ""),
        }
        return docx(body, **files)

    one, two = section("https://un.invalid/"), section("https://deux.invalid/")
    data = put_together(part(one), part(two, "2", "Équipe")).data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        links = archive.read("word/_rels/footnotes.xml.rels").decode()
    used = [
        e.get("{*}id") or next(iter(e.attrib.values()))
        for e in root(data, "word/footnotes.xml").iter(f"{{{W}}}hyperlink")
    ]
    assert len(set(used)) == 2
    assert "https://un.invalid/" in links
    assert "https://deux.invalid/" in links


def test_nothing_hidden_reaches_the_final_bid() -> None:
    body = (
        '<w:p><w:commentRangeStart w:id="7"/><w:r><w:t>visible</w:t></w:r>'
        '<w:r><w:rPr><w:vanish/></w:rPr><w:t>masqué</w:t></w:r><w:commentRangeEnd w:id="7"/>'
        '<w:r><w:commentReference w:id="7"/></w:r><w:ins w:id="1" w:author="x"><w:r><w:t> ajouté'
        '</w:t></w:r></w:ins><w:del w:id="2" w:author="x"><w:r><w:delText>rival'
        "</w:delText></w:r></w:del></w:p>"
    )
    data = docx(body)
    kept, final = put_together(part(data)), put_together(part(data), options=FINAL)
    refused = put_together(part(data), options=Options(revisions="reject"))
    assert "rival" in content(kept.data)
    assert "visible ajouté" in texts(final.data)
    for trace in ("rival", "masqué", "commentReference", "w:ins "):
        assert trace not in content(final.data)
    assert "visiblemasquérival" in texts(refused.data)


def test_comments_are_kept_with_numbers_of_their_own() -> None:
    def fill(document: DocumentObject) -> None:
        run = document.add_paragraph().add_run("texte")
        document.add_comment([run], "à revoir", "Ana", "A")

    data = put_together(part(written(fill)), part(written(fill), "2", "Équipe")).data
    assert values(data, "comment", "id", "word/comments.xml") == values(
        data, "commentReference", "id"
    )
    assert len(set(values(data, "commentReference", "id"))) == 2
