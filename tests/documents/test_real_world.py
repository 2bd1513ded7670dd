"""Oddities of real producers' files, in small files written after them, through an assembly."""

import io
import re
import zipfile

from tender.documents.compose import Part, compose
from tender.documents.gate import admit
from tender.documents.house import house_template
from tests.documents.made import W, content, docx, paragraph, rels, zipped
from tests.documents.written import root, texts


def marked(number: int, name: str, inner: str, *, ends: bool = True) -> str:
    """A paragraph in which a bookmark begins, and ends or not."""
    end = f'<w:bookmarkEnd w:id="{number}"/>' if ends else ""
    start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
    return f"<w:p>{start}<w:r><w:t>{inner}</w:t></w:r>{end}</w:p>"


def test_of_two_bookmarks_of_one_name_the_first_to_begin_counts() -> None:
    body = (
        marked(1, "exemple", "Titre", ends=False)
        + marked(2, "Exemple", "Autre")
        + '<w:p><w:hyperlink w:anchor="exemple"><w:r><w:t>voir</w:t></w:r></w:hyperlink></w:p>'
        + '<w:p><w:bookmarkEnd w:id="1"/></w:p>'
    )
    result = compose(house_template(), [Part("a.docx", docx(body))]).data
    anchor = re.search(r'w:anchor="([^"]+)"', content(result))
    assert anchor is not None
    starts = [
        start
        for start in root(result).iter(f"{{{W}}}bookmarkStart")
        if start.get(f"{{{W}}}name") == anchor[1]
    ]
    assert [next(start.itersiblings(f"{{{W}}}r")).findtext(f"{{{W}}}t") for start in starts] == [
        "Titre"
    ]


def test_a_note_called_from_a_comment_leaves_no_call_behind() -> None:
    call = '<w:p><w:r><w:t>Question</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    note = f'<w:footnote w:id="2">{paragraph("Note")}</w:footnote>'
    comment = f'<w:comment w:id="0" w:author="A">{call}</w:comment>'
    data = docx(
        '<w:p><w:r><w:t>Texte</w:t></w:r><w:r><w:commentReference w:id="0"/></w:r></w:p>',
        **{
            "word__footnotes.xml": f'<w:footnotes xmlns:w="{W}">{note}</w:footnotes>',
            "word__comments.xml": f'<w:comments xmlns:w="{W}">{comment}</w:comments>',
            "word___rels__document.xml.rels": rels(
                ("r1", "footnotes", "footnotes.xml"), ("r2", "comments", "comments.xml")
            ),
        },
    )
    admitted = admit(data)
    assert "footnoteReference" not in content(admitted.data)
    assert "broken" in [finding.code for finding in admitted.findings]
    assert texts(admitted.data, "word/comments.xml") == ["Question"]


def test_a_strict_list_keeps_its_first_number_and_a_strict_cell_its_sides() -> None:
    level = '<w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="decimal"/></w:lvl>'
    lists = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    cell = '<w:tcPr><w:tcMar><w:start w:w="5pt" w:type="dxa"/></w:tcMar></w:tcPr><w:p/>'
    listed = paragraph("point", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    data = docx(
        f"<w:tbl><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>{listed}",
        **{
            "word__numbering.xml": lists,
            "word___rels__document.xml.rels": rels(("r1", "numbering", "numbering.xml")),
        },
    )
    admitted = content(admit(_as_strict(data)).data)
    assert '<w:start w:val="4"/>' in admitted
    assert '<w:left w:w="100" w:type="dxa"/>' in admitted


def _as_strict(data: bytes) -> bytes:
    """The same document in the strict dialect's names."""
    names = re.compile(
        rb"http://schemas.openxmlformats.org/(officeDocument|wordprocessingml|drawingml)/2006/"
    )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return zipped(
            {
                name: names.sub(rb"http://purl.oclc.org/ooxml/\1/", archive.read(name))
                for name in archive.namelist()
            }
        )
