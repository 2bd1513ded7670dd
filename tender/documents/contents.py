"""Tables of contents, figures and tables: real fields, real entries, pages told by a rendering."""

from collections.abc import Mapping, Sequence

from tender.documents.engine.house import House
from tender.documents.engine.outline import Heading
from tender.documents.engine.result import Caption
from tender.documents.engine.writing import TAB, code, field, mark, paragraph, run, value

LEVELS = 3
_UNKNOWN = "…"
_TITLES = {"figure": "Liste des figures", "tableau": "Liste des tableaux",
           "table": "Liste des tableaux"}  # fmt: skip

Pages = Mapping[str, int]
"""The page of each heading and caption, by its bookmark."""


def contents(house: House, headings: Sequence[Heading], pages: Pages) -> bytes:
    """The table of contents: its title, then number, title and page of each heading.

    The field ends in its own last line: LibreOffice loses the header's fields otherwise.
    """
    lines = [
        (
            house.style("paragraph", f"toc {heading.level}"),
            [run(heading.number), TAB] if heading.number else [],
            heading.title,
            heading.bookmark,
        )
        for heading in headings
        if heading.level <= LEVELS
    ]
    return _list(house, "Sommaire", f' TOC \\o "1-{LEVELS}" \\h \\z \\u ', lines, pages)


def captions(house: House, found: Sequence[Caption], pages: Pages) -> bytes:
    """A list for each kind of caption, in the order in which the kinds first appear."""
    lists = []
    style = house.style("paragraph", "table of figures") or house.style("paragraph", "toc 1")
    for sequence in dict.fromkeys(caption.sequence for caption in found):
        own = [caption for caption in found if caption.sequence == sequence]
        lines = [(style, list[bytes](), caption.title, caption.bookmark) for caption in own]
        title = _TITLES.get(sequence.casefold(), f"Liste : {sequence}")
        lists.append(_list(house, title, f' TOC \\h \\z \\c "{sequence}" ', lines, pages))
    return b"".join(lists)


_Line = tuple[str | None, list[bytes], str, str]


def _list(house: House, title: str, asked: str, lines: Sequence[_Line], pages: Pages) -> bytes:
    shown = [paragraph(house.style("paragraph", "toc heading"), run(title))]
    for place, (style, number, words, bookmark) in enumerate(lines):
        page = str(pages.get(bookmark, _UNKNOWN))
        link = [*number, run(words), TAB, field(f" PAGEREF {bookmark} \\h ", page)]
        line = b'<w:hyperlink w:anchor=%b w:history="1">%b</w:hyperlink>' % (
            value(bookmark),
            b"".join(link),
        )
        before = [mark("begin"), code(asked), mark("separate")] if place == 0 else []
        after = [mark("end")] if place == len(lines) - 1 else []
        shown.append(paragraph(style, *before, line, *after))
    return b"".join(shown)
