"""The signs that stand for what is no text in a line; XML allows none of them in a text.

A line is one paragraph as bytes: its words, and at their place marks `\\1<kind><value>\\2`:

| kind | what | value |
|---|---|---|
| `i` `c` `w` `d` `o` | image, chart, its workbook, diagram, OLE object | hash of bytes or words |
| `f` `e` `k` | footnote, endnote, comment | hash of its lines |
| `l` … `z` | hyperlink and its end | address |
| `r` | cross-reference | name of the bookmark |
| `n` | place in a list, before it is counted | list and level; the shown number afterwards |
| `q` | live field | keyword |
| `h` | heading | nothing |
| `t` | inside a table of contents | nothing |
"""

import re

OPEN, CLOSE = b"\x01", b"\x02"
INSERTED, INSERTED_END = b"\x03", b"\x04"
DELETED, DELETED_END = b"\x05", b"\x06"
END_DELETED, END_INSERTED = b"\x07", b"\x08"
TRACKED_ENDS = (END_DELETED, END_INSERTED)
HIDDEN, HIDDEN_END = b"\x0e", b"\x0f"
TABLE, ROW, CELL, TABLE_END = b"\x11", b"\x12", b"\x13", b"\x14"
SHAPES = (TABLE, ROW, CELL, TABLE_END)
BLANK = b"\x16"
LINE = b"\x1e"
HEADING, CONTENTS, LINK_END = b"\x01h\x02", b"\x01t\x02", b"\x01z\x02"

MARK = re.compile(rb"\x01(.)([^\x02]*)\x02", re.DOTALL)
SHAPE = re.compile(rb"[\x11-\x14]+")
ALL_SIGNS = re.compile(rb"\x01.[^\x02]*\x02|[\x01-\x08\x0e-\x1f]", re.DOTALL)
NUMBER = re.compile(rb"\x01n(\d+)\.(\d)\x02")
_SILENT = b" \t\n\r\x03\x04\x05\x06\x07\x08\x0e\x0f\x11\x12\x13\x14\x16"


def mark(kind: bytes, value: bytes = b"") -> bytes:
    """A mark as it stands in a line."""
    return OPEN + kind + value + CLOSE


def words(line: bytes) -> bytes:
    """A line's words alone, spaces as one."""
    return b" ".join(ALL_SIGNS.sub(b"", line).split())


def shape_of(line: bytes) -> bytes:
    """The table signs that a line begins with."""
    found = SHAPE.match(line)
    return b"" if found is None else found[0]


def says(line: bytes) -> bool:
    """Does a line hold words, things or a place in a list?"""
    if b"\x01n" in line:
        return True
    return bool(line.replace(HEADING, b"").replace(CONTENTS, b"").strip(_SILENT))
