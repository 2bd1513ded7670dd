"""The health report: what a document holds, what the house will change, what to mend."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

from tender.documents import fields, trees
from tender.documents.engine.fit import table_width
from tender.documents.engine.headings import title_of
from tender.documents.engine.sections import sheet_of
from tender.documents.engine.source import Source
from tender.documents.engine.styles import heading_level
from tender.documents.errors import Finding
from tender.documents.foretelling import foretold, is_dressed
from tender.documents.gate import Admitted, admit
from tender.documents.report import Note
from tender.documents.trees import Element, q
from tender.documents.used import StyleUse, used_styles

MAX_LISTED = 50
_LINES_A_PAGE = 44
_LETTERS_A_LINE = 92
_EMU_A_PAGE = 8_900_000
_PLACEHOLDER = re.compile(
    r"\{\{[^{}\n]{1,60}\}\}|\[[^\[\]\n]{0,40}(?:compléter|préciser|insérer|nom de|acheteur"
    r"|client|à définir|date)[^\[\]\n]{0,40}\]|\bX{3,}\b|\bTODO\b|\bTBD\b|\bLorem ipsum\b"
    r"|<<[^<>\n]{1,60}>>"
    r"|«\s*(?:NOM|CLIENT|ACHETEUR|DATE)[^»\n]{0,40}»|_{6,}|\?{3,}",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Health:
    """What `inspect` counted; pages are an estimate, only a rendering can tell.

    `findings` are the gate's; `changes` what an assembly in the house style will do to the text.
    """

    words: int = 0
    paragraphs: int = 0
    tables: int = 0
    images: int = 0
    footnotes: int = 0
    endnotes: int = 0
    comments: int = 0
    revisions: int = 0
    hidden: int = 0
    headings: tuple[tuple[int, str], ...] = ()
    headers_dropped: int = 0
    footers_dropped: int = 0
    direct_formatting: int = 0
    wide_tables: int = 0
    landscape_sections: int = 0
    own_contents: int = 0
    placeholders: tuple[str, ...] = ()
    styles: tuple[StyleUse, ...] = ()
    pages: float = 0.0
    bytes: int = 0
    findings: tuple[Finding, ...] = field(default=())
    changes: tuple[Note, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Plain values; the findings' texts formatted in French."""
        plain: dict[str, object] = asdict(self)
        plain["headings"] = [{"level": level, "text": text} for level, text in self.headings]
        plain["placeholders"] = list(self.placeholders)
        plain["styles"] = [use.as_json() for use in self.styles]
        plain["findings"] = [finding.as_json() for finding in self.findings]
        plain["changes"] = [note.as_json() for note in self.changes]
        return plain


def inspect(data: bytes) -> Health:
    """Let it through the gate, then count; raises Refused."""
    return health_of(admit(data))


def health_of(admitted: Admitted) -> Health:
    """The report on a document that is already through the gate."""
    source = Source(admitted.package)
    body = source.body
    texts = [title_of(paragraph) for paragraph in body.iter(q("w:p"))]
    counts = _counts(body)
    words = sum(len(text.split()) for text in texts)
    return Health(
        words=words,
        paragraphs=sum(1 for text in texts if text),
        headings=tuple(_headings(source, body)),
        placeholders=_placeholders(texts),
        styles=used_styles(source),
        pages=_pages(texts, body),
        bytes=len(admitted.data),
        findings=admitted.findings,
        changes=foretold(source, admitted.data),
        **counts,
    )


def _counts(body: Element) -> dict[str, int]:
    sections = list(body.iter(q("w:sectPr")))
    sheets = [sheet_of(section) for section in sections]
    return {
        "tables": _number(body, "w:tbl"),
        "images": _number(body, "a:blip", "v:imagedata"),
        "footnotes": _number(body, "w:footnoteReference"),
        "endnotes": _number(body, "w:endnoteReference"),
        "comments": _number(body, "w:commentReference"),
        "revisions": _number(body, "w:ins", "w:del", "w:moveFrom", "w:rPrChange", "w:pPrChange"),
        "hidden": sum(1 for mark in body.iter(q("w:vanish")) if _hides_run(mark)),
        "headers_dropped": _number(body, "w:headerReference"),
        "footers_dropped": _number(body, "w:footerReference"),
        "direct_formatting": sum(1 for run in body.iter(q("w:r")) if is_dressed(run)),
        "wide_tables": _wide_tables(body),
        "landscape_sections": sum(1 for sheet in sheets if sheet.width > sheet.height),
        "own_contents": sum(1 for one in fields.scan(body) if one.keyword == "TOC"),
    }


def _number(body: Element, *tags: str) -> int:
    return sum(1 for _ in body.iter(*(q(tag) for tag in tags)))


def _hides_run(mark: Element) -> bool:
    above = next(mark.iterancestors(q("w:r")), None)
    return above is not None and trees.value(mark) not in ("0", "false", "off")


def _wide_tables(body: Element) -> int:
    """Tables wider than the text of the section they stand in."""
    count = 0
    waiting: list[Element] = []
    for block in body:
        if block.tag == q("w:tbl"):
            waiting.append(block)
        ending = block if block.tag == q("w:sectPr") else trees.child(block, "w:pPr", "w:sectPr")
        if ending is not None:
            width = sheet_of(ending).text_width
            count += sum(1 for table in waiting if table_width(table) > width * 1.02)
            waiting = []
    return count


def _headings(source: Source, body: Element) -> Iterable[tuple[int, str]]:
    for paragraph in body.iter(q("w:p")):
        style = trees.value(trees.child(paragraph, "w:pPr", "w:pStyle"))
        level = heading_level(source, style)
        text = title_of(paragraph)
        if level and text:
            yield level, text


def _placeholders(texts: Iterable[str]) -> tuple[str, ...]:
    """What looks like a blank nobody filled in, each once."""
    found: Mapping[str, None] = {
        match[0]: None for text in texts for match in _PLACEHOLDER.finditer(text)
    }
    return tuple(found)[:MAX_LISTED]


def _pages(texts: Iterable[str], body: Element) -> float:
    """Lines of text plus the height of pictures; good to about a page in ten."""
    lines = sum(max(1, -(-len(text) // _LETTERS_A_LINE)) for text in texts)
    heights = (extent.get("cy", "0") for extent in body.iter(q("wp:extent")))
    pictures = sum(int(height) for height in heights if height.isdecimal())
    return round(max(0.1, lines / _LINES_A_PAGE + pictures / _EMU_A_PAGE), 1)
