"""What the proof needs of styles: which are headings, which bear a list; found without a parse."""

import re

from tender.documents.proof.archive import text_of

_HEADING = re.compile(
    r"^(?:heading|titre|überschrift|título|titolo|kop|intertitre|rubrik|nagłówek) ?([1-9])$",
    re.IGNORECASE,
)
_NAME = re.compile(rb'<w:name\s+w:val="([^"]*)"')
_BASED = re.compile(rb'<w:basedOn\s+w:val="([^"]*)"')
_OUTLINE = re.compile(rb'<w:outlineLvl\s+w:val="(\d)"')
_NUMBERING = re.compile(rb"<w:numPr>(.*?)</w:numPr>", re.DOTALL)
_NUM_ID = re.compile(rb'<w:numId\s+w:val="([^"]*)"')
_RANK = re.compile(rb'<w:ilvl\s+w:val="(\d)"')
_DEFAULT = re.compile(
    rb'<w:style\s(?=[^>]*w:default="(?:1|true|on)")(?=[^>]*w:type="paragraph")[^>]*>'
)
_ID = re.compile(rb'w:styleId="([^"]*)"')
MOST_ANCESTORS = 20


class Styles:
    """The styles of one document, each looked for when it is asked for."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._known: dict[bytes, bytes] = {}

    def default(self) -> bytes:
        """The id of the style of paragraphs that name none."""
        found = _DEFAULT.search(self._data)
        named = None if found is None else _ID.search(found[0])
        return b"" if named is None else named[1]

    def is_heading(self, style: bytes) -> bool:
        """Is it a heading, by its name or its outline level, or those of what it is based on?"""
        for raw in self._chain(style):
            outline = _OUTLINE.search(raw)
            if outline is not None:
                return int(outline[1]) < 9
            name = _NAME.search(raw)
            if name is not None and _HEADING.match(text_of(name[1]).strip()):
                return True
        return False

    def numbering(self, style: bytes) -> tuple[bytes, int | None]:
        """The list that a style bears and its level, None for a level it does not name."""
        rank: int | None = None
        for raw in self._chain(style):
            told = _NUMBERING.search(raw)
            if told is None:
                continue
            number, level = _NUM_ID.search(told[1]), _RANK.search(told[1])
            rank = int(level[1]) if rank is None and level is not None else rank
            if number is not None:
                return number[1], rank
        return b"", None

    def _chain(self, style: bytes) -> list[bytes]:
        """The style and what it is based on; a circle ends it."""
        found: list[bytes] = []
        seen: set[bytes] = set()
        while style and style not in seen and len(found) < MOST_ANCESTORS:
            seen.add(style)
            raw = self._raw(style)
            found.append(raw)
            style = (_BASED.search(raw) or [b"", b""])[1]
        return found

    def _raw(self, style: bytes) -> bytes:
        if style not in self._known:
            self._known[style] = _cut(self._data, style)
        return self._known[style]


def _cut(data: bytes, style: bytes) -> bytes:
    at = data.find(b'w:styleId="' + style + b'"')
    return b"" if at < 0 else data[at : data.find(b"</w:style>", at)]
