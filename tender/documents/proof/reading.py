"""The fast reading of a story: one expression over its bytes, a line for each paragraph."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

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
_SHAPES = {b"w:tc": marks.CELL, b"w:tr": marks.ROW, b"w:tbl": marks.TABLE,
           b"/w:tbl": marks.TABLE_END}  # fmt: skip
_THINGS = (b"a:blip", b"v:imagedata", b"c:chart", b"cx:chart", b"dgm:relIds", b"o:OLEObject",
           b"asvg:svgBlip")  # fmt: skip
_NOTE_KINDS = {b"w:footnoteReference": b"f", b"w:endnoteReference": b"e",
               b"w:commentReference": b"k"}  # fmt: skip
_SEPARATORS = (b"separator", b"continuationSeparator", b"continuationNotice")
Handler = Callable[[bytes], None]


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
        self._note_id, self._started = b"", 0
        self._read(_with_hidden(data) if b"<w:vanish" in data else data)

    def _read(self, data: bytes) -> None:
        handlers = self._handlers()
        text, properties = handlers[b"w:t"], handlers[b"w:pPr"]
        known: dict[bytes, Handler | None] = {}
        for window in _windows(data):
            chunks = iter(window.split(b"<"))
            for chunk in chunks:
                if chunk in known:
                    handler = known[chunk]
                else:
                    found = _NAME.match(chunk)
                    handler = None if found is None else handlers.get(found[0])
                    if handler is not text:
                        known[chunk] = handler
                if handler is None:
                    continue
                if handler is not properties:
                    handler(chunk)
                elif not _is_empty(chunk):
                    self._line[:1] = [self._around.begin(_inside(chunks))]

    def _handlers(self) -> dict[bytes, Handler]:
        """What is done at which tag."""
        each: dict[Handler, Iterable[bytes]] = {
            self._text: (b"w:t", b"w:delText", b"a:t", b"m:t"),
            self._sign: _PLAIN,
            self._shaped: _SHAPES,
            self._change: _OPENING,
            self._change_end: _CLOSING,
            self._refer: _NOTE_KINDS,
            self._thing: _THINGS,
            self._note: (b"w:footnote", b"w:endnote", b"w:comment"),
            self._note_end: (b"/w:footnote", b"/w:endnote", b"/w:comment"),
        }
        found = {name: handler for handler, names in each.items() for name in names}
        return found | {
            b"w:p": self._begin, b"w:pPr": self._properties, b"/w:p": self._end,
            b"w:sym": self._symbol, b"w:instrText": self._code, b"w:fldChar": self._field,
            b"w:fldSimple": self._simple, b"/w:fldSimple": self._simple_end,
            b"w:hyperlink": self._link, b"/w:hyperlink": self._link_end,
            b"w:bookmarkStart": self._bookmark, b"w:sdt": self._control,
            b"/w:sdt": self._control_end, b"w:docPartGallery": self._gallery,
        }  # fmt: skip

    # -- paragraphs and tables --------------------------------------------------------------

    def _begin(self, chunk: bytes) -> None:
        if _is_empty(chunk):
            return
        self._above.append((self._line, self._names))
        self._line = [self._around.begin(b"")]
        self._names, self._waiting = self._waiting, []
        if self._fields.contents or True in self._controls:
            self._line.append(marks.CONTENTS)

    def _properties(self, chunk: bytes) -> None:
        """A name for `_read`, which looks at a paragraph's properties as a whole."""

    def _end(self, _: bytes) -> None:
        if not self._above:
            return
        text, names = _ends_marked(b"".join(self._line)), self._names
        self._line, self._names = self._above.pop()
        if self._fields.begun_contents():
            text = marks.CONTENTS + text
        kept = self._keep(text)
        for name in names:
            self.bookmarks.setdefault(name, len(self.lines) - 1 if kept else -1)

    def _keep(self, text: bytes) -> bool:
        """Enter a line that says something, or that a tracked paragraph end flows into."""
        if text[-1:] <= b" " and not marks.says(text):
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
        if not _is_empty(chunk):
            self._put(_OPENING[_name(chunk)])

    def _change_end(self, chunk: bytes) -> None:
        self._put(_CLOSING[_name(chunk)])

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


def _windows(data: bytes) -> Iterator[bytes]:
    """Pieces that end with a paragraph: a long story is never cut up whole."""
    start = 0
    while start < len(data):
        end = data.find(b"</w:p>", start + _WINDOW)
        end = len(data) if end < 0 else end + 6
        yield data[start:end]
        start = end


def _inside(chunks: Iterator[bytes]) -> bytes:
    """A paragraph's properties, up to their end."""
    found = [b""]
    for chunk in chunks:
        if chunk[:6] == b"/w:pPr":
            break
        found.append(chunk)
    return b"<".join(found)


def _name(chunk: bytes) -> bytes:
    found = _NAME.match(chunk)
    return b"" if found is None else found[0]


def _is_empty(chunk: bytes) -> bool:
    """Is it a tag that ends itself?"""
    return chunk.partition(b">")[0].endswith(b"/")


def _ends_marked(text: bytes) -> bytes:
    """Put the sign of a tracked paragraph end, known from its beginning, at its end."""
    if text.startswith(marks.TRACKED_ENDS):
        return text[1:] + text[:1]
    return text


def _with_hidden(data: bytes) -> bytes:
    """Signs around the text of hidden runs."""
    begin, end = (rb"<w:t>" + sign + rb"</w:t>" for sign in (marks.HIDDEN, marks.HIDDEN_END))
    return _HIDDEN.sub(rb"\1" + begin + rb"\2" + end + rb"\3", data)
