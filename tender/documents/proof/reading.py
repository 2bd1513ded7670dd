"""The fast reading of a story: one expression over its bytes, a line for each paragraph."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from tender.documents.proof import marks
from tender.documents.proof.archive import attributes, text_of
from tender.documents.proof.fieldcodes import Field, Fields
from tender.documents.proof.marks import mark

_NAME = re.compile(rb"/?[\w:]+")
_WINDOW = 1 << 18
_HIDDEN = re.compile(
    rb"(<w:r(?:\s[^>]*)?>\s*<w:rPr>(?:(?!</w:rPr>).)*?"
    rb'<w:vanish(?:\s+w:val="(?:1|true|on)")?\s*/>.*?</w:rPr>)(.*?)(</w:r>)',
    re.DOTALL,
)
_PLAIN = {b"w:tab": b"\t", b"w:ptab": b"\t", b"w:br": b"\n", b"w:cr": b"\n",
          b"w:noBreakHyphen": b"-"}  # fmt: skip
_CLOSING = {b"/w:ins": marks.INSERTED_END, b"/w:moveTo": marks.INSERTED_END,
            b"/w:del": marks.DELETED_END, b"/w:moveFrom": marks.DELETED_END}  # fmt: skip
_OPENING = {b"w:ins": marks.INSERTED, b"w:moveTo": marks.INSERTED,
            b"w:del": marks.DELETED, b"w:moveFrom": marks.DELETED}  # fmt: skip
_ENDING = {marks.INSERTED: marks.INSERTED_END, marks.DELETED: marks.DELETED_END}
_SHAPES = {b"w:tc": marks.CELL, b"w:tr": marks.ROW, b"w:tbl": marks.TABLE,
           b"/w:tbl": marks.TABLE_END}  # fmt: skip
_THINGS = (b"a:blip", b"v:imagedata", b"c:chart", b"cx:chart", b"dgm:relIds", b"o:OLEObject",
           b"asvg:svgBlip")  # fmt: skip
_NOTE_KINDS = {b"w:footnoteReference": b"f", b"w:endnoteReference": b"e",
               b"w:commentReference": b"k"}  # fmt: skip
_SEPARATORS = (b"separator", b"continuationSeparator", b"continuationNotice")
_WORDS = (b"w:t>", b"w:t ")
_PROPERTIES = b"<w:pPr>"
Handler = Callable[["Story", bytes], None]


@dataclass
class Surroundings:
    """What a story needs to know: its paragraphs' beginnings, its objects, links and notes."""

    begin: Callable[[bytes], bytes]
    thing: Callable[[bytes, dict[bytes, bytes]], bytes]
    address: Callable[[bytes], bytes | None]
    notes: dict[bytes, dict[bytes, bytes]] = field(default_factory=dict)


class Story:
    """Reads one part; `lines` in order, `bookmarks` by name, `notes` by id for a part of notes."""

    def __init__(self, data: bytes, around: Surroundings) -> None:
        self.lines: list[bytes] = []
        self.notes: dict[bytes, list[bytes]] = {}
        self.bookmarks: dict[bytes, int] = {}
        self._around = around
        self._fields = Fields(data)
        self.whole = self._fields.whole
        self._line: list[bytes] = []
        self._names: list[bytes] = []
        self._above: list[tuple[list[bytes], list[bytes]]] = []
        self._shape = b""
        self._waiting: list[bytes] = []
        self._controls: list[bool] = []
        self._links: list[bytes] = []
        self._block_changes: list[bytes] = []
        self._note_id, self._started = b"", 0
        self._read(_with_hidden(data) if b"<w:vanish" in data else data)

    def _read(self, data: bytes) -> None:
        known: dict[bytes, Handler] = {}
        for window in _windows(data):
            for chunk in _CHUNKS.findall(window):
                if chunk.startswith(_WORDS):
                    self._text(chunk)
                    continue
                if chunk not in known:
                    known[chunk] = self.HANDLERS[_name(chunk)]
                known[chunk](self, chunk)

    # -- paragraphs and tables --------------------------------------------------------------

    def _begin(self, chunk: bytes) -> None:
        at = chunk.find(_PROPERTIES)
        if at < 0 and _is_empty(chunk):
            return
        self._above.append((self._line, self._names))
        self._line = [self._around.begin(b"" if at < 0 else chunk[at + len(_PROPERTIES) : -8])]
        self._names, self._waiting = self._waiting, []
        if self._fields.contents or (self._controls and True in self._controls):
            self._line.append(marks.CONTENTS)
        if self._block_changes:
            self._line += self._block_changes

    def _end(self, _: bytes) -> None:
        if not self._above:
            return
        if self._block_changes:
            self._line += (_ENDING[sign] for sign in reversed(self._block_changes))
        text, names = b"".join(self._line), self._names
        self._line, self._names = self._above.pop()
        if text[:1] in marks.TRACKED_ENDS:  # known from its beginning, it stands at its end
            text = text[1:] + text[:1]
        if self._fields.begun:
            self._fields.begun = False
            text = marks.CONTENTS + text
        kept = self._keep(text)
        for name in names:
            self.bookmarks.setdefault(name, len(self.lines) - 1 if kept else -1)

    def _keep(self, text: bytes) -> bool:
        """Enter a line that says something, or that a tracked paragraph end flows into."""
        if text.rstrip(b" ")[-1:] <= b" " and not marks.says(text):
            if not (self.lines and self.lines[-1].endswith(marks.TRACKED_ENDS)):
                return False
            text = marks.BLANK + text
        self.lines.append(self._shape + text)
        self._shape = b""
        return True

    def _shaped(self, chunk: bytes) -> None:
        self._shape += _SHAPES[_name(chunk)]

    # -- words ------------------------------------------------------------------------------

    def _put(self, piece: bytes) -> None:
        if not self._fields.mute:
            self._line.append(piece)

    def _text(self, chunk: bytes) -> None:
        head, _, text = chunk.partition(b">")
        if text and not self._fields.mute and not head.endswith(b"/"):
            self._line.append(text_of(text).encode() if b"&" in text else text)

    def _code(self, chunk: bytes) -> None:
        self._fields.code(chunk.partition(b">")[2])

    def _sign(self, chunk: bytes) -> None:
        self._put(_PLAIN[_name(chunk)])

    def _symbol(self, chunk: bytes) -> None:
        told = attributes(chunk)
        self._put(b"[%b %b]" % (told.get(b"w:font", b""), told.get(b"w:char", b"").upper()))

    def _change(self, chunk: bytes) -> None:
        if _is_empty(chunk):
            return
        if self._above:
            self._put(_OPENING[_name(chunk)])
        else:
            self._block_changes.append(_OPENING[_name(chunk)])

    def _change_end(self, chunk: bytes) -> None:
        if self._above:
            self._put(_CLOSING[_name(chunk)])
        elif self._block_changes:
            self._block_changes.pop()

    # -- marks ------------------------------------------------------------------------------

    def _field(self, chunk: bytes) -> None:
        self._told(self._fields.sign(chunk))

    def _simple(self, chunk: bytes) -> None:
        self._told(self._fields.simple(chunk))

    def _simple_end(self, _: bytes) -> None:
        self._told(self._fields.end())

    def _told(self, one: Field | None) -> None:
        if one is not None:
            self._line.append(one.closing if one.over else one.opening)

    def _link(self, chunk: bytes) -> None:
        if _is_empty(chunk):
            return
        told = attributes(chunk)
        address = self._around.address(told.get(b"r:id", b""))
        anchor = told.get(b"w:anchor", b"")
        if address is not None:
            self._put(mark(b"l", address + (b"#" + anchor if anchor else b"")))
        elif anchor:
            self._put(mark(b"r", anchor))
        self._links.append(marks.LINK_END if address is not None else b"")

    def _link_end(self, _: bytes) -> None:
        if self._links:
            self._put(self._links.pop())

    def _refer(self, chunk: bytes) -> None:
        kind = _NOTE_KINDS[_name(chunk)]
        known = self._around.notes.get(kind, {}).get(attributes(chunk).get(b"w:id", b""))
        if known is not None:
            self._put(mark(kind, known))

    def _thing(self, chunk: bytes) -> None:
        self._put(self._around.thing(_name(chunk), attributes(chunk)))

    def _bookmark(self, chunk: bytes) -> None:
        name = attributes(chunk).get(b"w:name", b"")
        (self._names if self._above else self._waiting).append(name)

    # -- controls and notes -----------------------------------------------------------------

    def _control(self, _: bytes) -> None:
        self._controls.append(False)

    def _control_end(self, _: bytes) -> None:
        if self._controls:
            self._controls.pop()

    def _gallery(self, chunk: bytes) -> None:
        if self._controls and b'"Table of Contents"' in chunk:
            self._controls[-1] = True

    def _note(self, chunk: bytes) -> None:
        self._started = len(self.lines)
        told = attributes(chunk)
        self._note_id = b"" if told.get(b"w:type") in _SEPARATORS else told.get(b"w:id", b"")
        self._shape = b""

    def _note_end(self, _: bytes) -> None:
        if self._note_id:
            self.notes.setdefault(self._note_id, self.lines[self._started :])

    _EACH: ClassVar[dict[Handler, Iterable[bytes]]] = {
        _begin: (b"w:p",), _end: (b"/w:p",), _shaped: _SHAPES,
        _text: (b"w:t", b"w:delText", b"a:t", b"m:t"), _sign: _PLAIN, _symbol: (b"w:sym",),
        _change: _OPENING, _change_end: _CLOSING, _refer: _NOTE_KINDS, _thing: _THINGS,
        _code: (b"w:instrText",), _field: (b"w:fldChar",), _simple: (b"w:fldSimple",),
        _simple_end: (b"/w:fldSimple",), _link: (b"w:hyperlink",), _link_end: (b"/w:hyperlink",),
        _bookmark: (b"w:bookmarkStart",), _control: (b"w:sdt",), _control_end: (b"/w:sdt",),
        _gallery: (b"w:docPartGallery",), _note: (b"w:footnote", b"w:endnote", b"w:comment"),
        _note_end: (b"/w:footnote", b"/w:endnote", b"/w:comment"),
    }  # fmt: skip
    """What is done at which tag."""
    HANDLERS: ClassVar[dict[bytes, Handler]] = {
        name: handler for handler, names in _EACH.items() for name in names
    }


def _chunks(names: Iterable[bytes]) -> re.Pattern[bytes]:
    """Finds each of these tags with the text behind it; a paragraph's with its properties."""
    by_start: dict[bytes, list[bytes]] = {}
    for name in names:
        start, _, local = name.partition(b":")
        by_start.setdefault(start, []).append(local)
    listed = (s + b":(?:" + b"|".join(locals_) + b")" for s, locals_ in by_start.items())
    return re.compile(
        rb"<(w:p(?:\s[^>]*)?>\s*<w:pPr>.*?</w:pPr>|(?:" + b"|".join(listed) + rb")(?=[\s/>])[^<]*)",
        re.DOTALL,
    )


_CHUNKS = _chunks(Story.HANDLERS)


def _windows(data: bytes) -> Iterator[bytes]:
    """Pieces that end with a paragraph: a long story is never cut up whole."""
    start = 0
    while start < len(data):
        end = data.find(b"</w:p>", start + _WINDOW)
        end = len(data) if end < 0 else end + 6
        yield data[start:end]
        start = end


def _name(chunk: bytes) -> bytes:
    found = _NAME.match(chunk)
    return b"" if found is None else found[0]


def _is_empty(chunk: bytes) -> bool:
    """Is it a tag that ends itself?"""
    return chunk.partition(b">")[0].endswith(b"/")


def _with_hidden(data: bytes) -> bytes:
    """Signs around the text of hidden runs."""
    begin, end = (rb"<w:t>" + sign + rb"</w:t>" for sign in (marks.HIDDEN, marks.HIDDEN_END))
    return _HIDDEN.sub(rb"\1" + begin + rb"\2" + end + rb"\3", data)
