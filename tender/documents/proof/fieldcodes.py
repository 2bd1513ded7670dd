"""Fields in a story: what their code says, and which results Word works out anew."""

import re
from dataclasses import dataclass

from tender.documents.proof import marks
from tender.documents.proof.archive import attributes, text_of
from tender.documents.proof.marks import mark

_LIVE = frozenset({b"PAGE", b"NUMPAGES", b"SECTIONPAGES", b"SEQ", b"STYLEREF"})
_POINTING = frozenset({b"REF", b"PAGEREF", b"NOTEREF"})
_ADDRESS = re.compile(r'HYPERLINK\s+(?:"([^"]*)"|([^\s\\"]\S*))', re.IGNORECASE)
_ANCHOR = re.compile(r'\\l\s+(?:"([^"]*)"|(\S+))', re.IGNORECASE)


@dataclass
class Field:
    """One field that is open: its code so far; what it puts in a line when read, and at its end."""

    code: bytes = b""
    separated: bool = False
    opening: bytes = b""
    closing: bytes = b""
    muting: bool = False
    contents: bool = False
    over: bool = False


class Fields:
    """The fields of a story; `mute` while no shown text comes, `contents` inside a TOC.

    `begun` says that a table of contents began since it was last set to False.
    """

    def __init__(self, data: bytes) -> None:
        begun = data.count(b'w:fldCharType="begin"')
        self.whole = begun == data.count(b'w:fldCharType="end"')
        self.mute = 0
        self.contents = 0
        self._open: list[Field] = []
        self.begun = False

    def code(self, raw: bytes) -> None:
        """More of the innermost field's code."""
        if self._open and not self._open[-1].separated:
            self._open[-1].code += raw

    def sign(self, raw: bytes) -> Field | None:
        """A field's begin, separator or end; the field where its marks are now due."""
        if not self.whole:
            return None
        kind = attributes(raw).get(b"w:fldCharType")
        if kind == b"begin":
            self._open.append(Field())
            self.mute += 1
            return None
        if kind == b"separate":
            return self._separate()
        return self.end()

    def simple(self, raw: bytes) -> Field | None:
        """A field in one element."""
        self._open.append(Field(attributes(raw).get(b"w:instr", b"")))
        self.mute += 1
        return self.end() if raw.partition(b">")[0].endswith(b"/") else self._separate()

    def _separate(self) -> Field | None:
        if not self._open or self._open[-1].separated:
            return None
        one = self._open[-1]
        one.separated = True
        self.mute -= 1
        _judge(one)
        silent = self.mute > 0
        if one.muting:
            self.mute += 1
        if one.contents:
            self.contents += 1
            self.begun = True
        return None if silent else one

    def end(self) -> Field | None:
        """The innermost field's end."""
        if not self._open:
            return None
        one = self._open[-1]
        if not one.separated:
            self._separate()
            found = self._close(one)
            one.closing = one.opening + one.closing
            return found
        return self._close(one)

    def _close(self, one: Field) -> Field | None:
        self._open.pop()
        one.over = True
        self.mute -= one.muting
        self.contents -= one.contents
        return None if self.mute else one


def _judge(one: Field) -> None:
    """What a field with this code puts into the line."""
    code = text_of(one.code)
    parts = one.code.split()
    keyword = parts[0].upper() if parts else b""
    if keyword in _LIVE:
        one.opening, one.muting = mark(b"q", keyword), True
    elif keyword in _POINTING and len(parts) > 1:
        one.opening, one.muting = mark(b"r", parts[1].strip(b'"')), True
    elif keyword == b"TOC":
        one.contents = True
    elif keyword == b"HYPERLINK":
        _judge_link(one, code)


def _judge_link(one: Field, code: str) -> None:
    address, anchor = _ADDRESS.search(code), _ANCHOR.search(code)
    target = (address[1] or address[2] or "") if address else ""
    inner = (anchor[1] or anchor[2] or "") if anchor else ""
    if target:
        one.opening = mark(b"l", (target + ("#" + inner if inner else "")).encode())
        one.closing = marks.LINK_END
    elif inner:
        one.opening = mark(b"r", inner.encode())
