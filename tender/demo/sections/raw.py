"""The pieces of WordprocessingML that python-docx does not make: notes, fields, changes, lists."""

import re
from xml.sax.saxutils import escape

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.text.paragraph import Paragraph
from lxml.etree import _Element as Element

DATE = "2026-11-03T09:00:00Z"
_W = nsdecls("w")


def xml(text: str) -> Element:
    """An element from text, with the `w` prefix declared on it."""
    tag = re.match(r"<[\w:]+", text)
    end = tag.end() if tag else 0
    element: Element = parse_xml(f"{text[:end]} {_W}{text[end:]}")
    return element


def run(text: str, properties: str = "") -> str:
    """A run as text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def reference(text: str, bookmark: str) -> list[Element]:
    """A cross-reference field with its last result."""
    return [
        xml('<w:r><w:fldChar w:fldCharType="begin"/></w:r>'),
        xml(f'<w:r><w:instrText xml:space="preserve"> REF {bookmark} \\h </w:instrText></w:r>'),
        xml('<w:r><w:fldChar w:fldCharType="separate"/></w:r>'),
        xml(f"<w:r><w:t>{escape(text)}</w:t></w:r>"),
        xml('<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
    ]


def inserted(text: str, author: str, number: int) -> Element:
    """A tracked insertion."""
    attributes = f'w:id="{number}" w:author="{author}" w:date="{DATE}"'
    return xml(f"<w:ins {attributes}>{run(text)}</w:ins>")


def deleted(text: str, author: str, number: int) -> Element:
    """A tracked deletion."""
    attributes = f'w:id="{number}" w:author="{author}" w:date="{DATE}"'
    words = f'<w:r><w:delText xml:space="preserve">{escape(text)}</w:delText></w:r>'
    return xml(f"<w:del {attributes}>{words}</w:del>")


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Put a bookmark around a paragraph's words."""
    element = paragraph._p  # noqa: SLF001 - python-docx has no bookmarks
    place = 1 if element.pPr is not None else 0
    element.insert(place, xml(f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'))
    element.append(xml(f'<w:bookmarkEnd w:id="{number}"/>'))


def note_mark(number: int) -> Element:
    """The sign of a footnote in the text."""
    properties = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    return xml(f'<w:r>{properties}<w:footnoteReference w:id="{number}"/></w:r>')


def add_notes(document: Document, texts: list[str]) -> None:
    """The part of footnotes, with its two separators."""
    notes = [
        f'<w:footnote w:type="{kind}" w:id="{number}">'
        f"<w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>"
        for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
    ]
    for number, text in enumerate(texts, start=1):
        sign = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
        words = run(" " + text, '<w:sz w:val="18"/>')
        notes.append(f'<w:footnote w:id="{number}"><w:p>{sign}{words}</w:p></w:footnote>')
    blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:footnotes {_W}>'
    blob += "".join(notes) + "</w:footnotes>"
    part = Part(
        PackURI("/word/footnotes.xml"),
        CONTENT_TYPE.WML_FOOTNOTES,
        blob.encode(),
        document.part.package,
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def add_definition(document: Document, levels: str) -> str:
    """A list definition of the document's own; its id."""
    root = document.part.numbering_part.element
    name = str(
        1 + max(int(a.get(qn("w:abstractNumId"))) for a in root.findall(qn("w:abstractNum")))
    )
    kind = '<w:multiLevelType w:val="multilevel"/>'
    new = xml(f'<w:abstractNum w:abstractNumId="{name}">{kind}{levels}</w:abstractNum>')
    root.findall(qn("w:num"))[0].addprevious(new)
    return name


def add_list(document: Document, definition: str) -> str:
    """A list that starts anew on a definition; its id."""
    root = document.part.numbering_part.element
    number = str(1 + max(int(n.get(qn("w:numId"))) for n in root.findall(qn("w:num"))))
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    root.append(
        xml(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{definition}"/>{restart}</w:num>')
    )
    return number


def level(number: int, kind: str, text: str, *, left: int, style: str = "") -> str:
    """One level of a list definition, as text."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{named}'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="360"/></w:pPr></w:lvl>'
    )


def put_in_list(paragraph: Paragraph, number: str) -> None:
    """Make a paragraph an item of a list."""
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-docx has no lists
    item = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
    style = properties.find(qn("w:pStyle"))
    properties.insert(0 if style is None else 1, xml(item))
