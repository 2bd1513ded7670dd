"""What one document holds, in its order, from its raw bytes."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from operator import itemgetter

from tender.documents.proof import marks, pictures
from tender.documents.proof.archive import Archive, Unreadable, text_of
from tender.documents.proof.lists import Num, Numbering
from tender.documents.proof.marks import mark
from tender.documents.proof.plainly import plainly, roughly
from tender.documents.proof.reading import Story, Surroundings
from tender.documents.proof.styles import Styles

_STYLE = re.compile(rb'<w:pStyle\s+w:val="([^"]*)"')
_OUTLINE = re.compile(rb'<w:outlineLvl\s+w:val="(\d)"')
_NUMBERING = re.compile(rb"<w:numPr>(.*?)</w:numPr>", re.DOTALL)
_NUM_ID = re.compile(rb'<w:numId\s+w:val="([^"]*)"')
_RANK = re.compile(rb'<w:ilvl\s+w:val="(\d)"')
_TRACKED = re.compile(rb"<w:rPr>.*?<w:(ins|del|moveFrom|moveTo)\s", re.DOTALL)
_SHOWN = re.compile(rb"<(?:c:v|a:t|cx:pt|cx:v)(?:\s[^>]*)?>([^<]+)")
_REFERRED = re.compile(rb"\x01r([^\x02]*)\x02")
_USED_LIST = re.compile(rb"\x01n(\d+)\.")
_NOTES = (("footnotes", b"f"), ("endnotes", b"e"), ("comments", b"k"))
_DRAWN = {b"c:chart": b"c", b"cx:chart": b"c", b"dgm:relIds": b"d"}


@dataclass(frozen=True, slots=True)
class Facts:
    """Lines as `marks` tells, and what their marks point to; small and picklable.

    `notes` by hash; `bookmarks` give a line's place, -1 for an empty paragraph; `pixels` by an
    image's hash. `loose`: fields that do not end, so that marks of fields say nothing.
    """

    text: bytes
    notes: dict[bytes, bytes] = field(default_factory=dict)
    bookmarks: dict[bytes, int] = field(default_factory=dict)
    lists: dict[bytes, Num] = field(default_factory=dict)
    pixels: dict[bytes, tuple[int, int]] = field(default_factory=dict)
    loose: bool = False

    def lines(self) -> list[bytes]:
        """One for each paragraph that says something."""
        return self.text.split(marks.LINE) if self.text else []


def facts_of(data: bytes) -> Facts:
    """Read one Word file. Raises Unreadable."""
    return facts_in(Archive(data))


def facts_in(archive: Archive) -> Facts:
    """Read a package that is open."""
    return _Reader(archive).facts()


class _Reader:
    """Reads the parts of notes, then the main part."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.main = archive.main()
        self.styles = Styles(self._side("styles"))
        self.numbering = Numbering(self._side("numbering"), lambda s: self.styles.numbering(s)[0])
        self.notes: dict[bytes, bytes] = {}
        self.pixels: dict[bytes, tuple[int, int]] = {}
        self._hashes: dict[str, bytes] = {}
        self._begins: dict[bytes, bytes] = {b"": self._by_style(self.styles.default())}

    def facts(self) -> Facts:
        """The notes first: the text's marks bear their hashes."""
        found = {kind: self._note_hashes(name) for name, kind in _NOTES}
        body = plainly(self.archive.read(self.main))
        story = self._story(body, self.main, found)
        text = marks.LINE.join(story.lines)
        whole = b"".join([text, *self.notes.values()])
        referred = set(_REFERRED.findall(whole)) if b"\x01r" in whole else set()
        used = set(_USED_LIST.findall(whole)) if b"\x01n" in whole else set()
        return Facts(
            text,
            self.notes,
            {name: place for name, place in story.bookmarks.items() if name in referred},
            {number: num for number in used if (num := self.numbering.num(number)) is not None},
            self.pixels,
            loose=not story.whole,
        )

    def _side(self, kind: str) -> bytes:
        name = self.archive.related(self.main, kind)
        return roughly(self.archive.read(name)) if name else b""

    def _story(self, data: bytes, part: str, notes: dict[bytes, dict[bytes, bytes]]) -> Story:
        around = Surroundings(self._begin, partial(self._thing, part), partial(self._address, part))
        around.notes = notes
        return Story(data, around)

    def _note_hashes(self, kind: str) -> dict[bytes, bytes]:
        """The notes of one part: the hash of their lines by id."""
        name = self.archive.related(self.main, kind)
        if not name:
            return {}
        story = self._story(plainly(self.archive.read(name)), name, {})
        found: dict[bytes, bytes] = {}
        for number, lines in filter(itemgetter(1), story.notes.items()):
            text = marks.NUMBER.sub(b"", marks.LINE.join(lines)).replace(marks.HEADING, b"")
            found[number] = hashed(text)
            self.notes[found[number]] = text
        return found

    # -- paragraphs -------------------------------------------------------------------------

    def _begin(self, properties: bytes) -> bytes:
        """What a paragraph's line begins with, by its properties."""
        if properties not in self._begins:
            self._begins[properties] = self._judged(properties)
        return self._begins[properties]

    def _by_style(self, style: bytes, own: bytes = b"") -> bytes:
        heading = marks.HEADING if style and self.styles.is_heading(style) else b""
        told = _NUMBERING.search(own)
        number = _NUM_ID.search(told[1]) if told is not None else None
        rank = _RANK.search(told[1]) if told is not None else None
        if number is not None:
            return heading + _in_list(number[1], int(rank[1]) if rank else 0)
        listed, level = self.styles.numbering(style) if style else (b"", None)
        if not listed:
            return heading
        if rank is not None:
            level = int(rank[1])
        return heading + _in_list(
            listed, self.numbering.rank(listed, style) if level is None else level
        )

    def _judged(self, properties: bytes) -> bytes:
        named = _STYLE.search(properties)
        style = named[1] if named is not None else self.styles.default()
        begin = self._by_style(style, properties)
        outline = _OUTLINE.search(properties)
        if outline is not None and int(outline[1]) < 9 and marks.HEADING not in begin:
            begin = marks.HEADING + begin
        tracked = _TRACKED.search(properties)
        if tracked is not None:
            gone = tracked[1] in (b"del", b"moveFrom")
            begin = (marks.END_DELETED if gone else marks.END_INSERTED) + begin
        return begin

    # -- things -----------------------------------------------------------------------------

    def _address(self, part: str, rid: bytes) -> bytes | None:
        rel = self.archive.rels(part).get(rid)
        return None if rel is None or not rel.address else rel.address.strip().encode()

    def _thing(self, part: str, name: bytes, told: dict[bytes, bytes]) -> bytes:
        """The mark of an image, a chart, a diagram or an object, "" where it points to nothing."""
        rid = told.get(b"r:embed") or told.get(b"r:dm") or told.get(b"r:id") or b""
        rel = self.archive.rels(part).get(rid)
        if rel is None or rel.part not in self.archive:
            return b""
        if name in _DRAWN:
            words = self._hash(rel.part, _words_hash)
            return mark(_DRAWN[name], words) + self._workbook(rel.part)
        return mark(b"o" if name == b"o:OLEObject" else b"i", self._hash(rel.part, self._file_hash))

    def _workbook(self, chart: str) -> bytes:
        book = self.archive.related(chart, "package")
        return mark(b"w", self._hash(book, self._file_hash)) if book else b""

    def _hash(self, part: str, of: Callable[[bytes], bytes]) -> bytes:
        if part not in self._hashes:
            self._hashes[part] = of(self.archive.read(part))
        return self._hashes[part]

    def _file_hash(self, data: bytes) -> bytes:
        found = hashed(data)
        size = pictures.size_of(data)
        if size is not None:
            self.pixels[found] = size
        return found


def _in_list(number: bytes, rank: int) -> bytes:
    if not number.isdigit() or number == b"0":
        return b""
    return mark(b"n", b"%b.%d" % (number, min(rank, 8)))


def hashed(data: bytes) -> bytes:
    """The first eight bytes of a SHA-256, as letters."""
    return sha256(data).hexdigest()[:16].encode()


def _words_hash(data: bytes) -> bytes:
    """A chart's or diagram's hash: its values and words, whatever their order of attributes."""
    return hashed(b"\n".join(text_of(found).encode() for found in _SHOWN.findall(plainly(data))))


__all__ = ["Facts", "Unreadable", "facts_in", "facts_of"]
