"""OLE2 compound files written by hand, small enough for one table of sectors."""

import struct
import uuid
from collections.abc import Mapping

EXCEL = "00020820-0000-0000-c000-000000000046"
PACKAGE = "0003000c-0000-0000-c000-000000000046"
_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SECTOR, _CUTOFF = 512, 4_096
_NONE = uuid.UUID(int=0)


def compound(
    streams: Mapping[str, bytes], *, program: str = EXCEL, storages: tuple[str, ...] = ()
) -> bytes:
    """A compound file of these streams; short ones share the small stream, as in Word's files."""
    sectors, small = _Chains(_SECTOR), _Chains(64)
    items = [(name, 1, 0, 0) for name in storages]
    for name, data in streams.items():
        home = sectors if len(data) >= _CUTOFF else small
        items.append((name, 2, home.add(data), len(data)))
    small_start = sectors.add(small.body) if small.body else _END
    small_table = sectors.add(struct.pack(f"<{len(small.table)}L", *small.table))
    root = _entry("Root Entry", 5, small_start, len(small.body), uuid.UUID(program))
    directory = sectors.add(root + b"".join(_entry(*item) for item in items), fill=b"\0")
    place = len(sectors.table)
    table = [*sectors.table, _TABLE]
    table += [_FREE] * (_SECTOR // 4 - len(table))
    head = struct.pack(
        "<8s16s5H6s9L", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"",
        0, 1, directory, 0, _CUTOFF, small_table, 1, _END, 0,
    )  # fmt: skip
    head += struct.pack("<109L", place, *[_FREE] * 108)
    return head + sectors.body + struct.pack(f"<{len(table)}L", *table)


class _Chains:
    """Sectors of one size, and the table that says which follows which."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.body = b""
        self.table: list[int] = []

    def add(self, data: bytes, fill: bytes = b"\xff") -> int:
        count = max(1, -(-len(data) // self.width))
        first = len(self.table)
        self.table += [*range(first + 1, first + count), _END]
        self.body += data.ljust(count * self.width, fill)
        return first


def _entry(name: str, kind: int, start: int, size: int, program: uuid.UUID = _NONE) -> bytes:
    wide = name.encode("utf-16-le") + b"\0\0"
    near = struct.pack("<HBBLLL", len(wide), kind, 1, _FREE, _FREE, _FREE)
    far = struct.pack("<LQQLQ", 0, 0, 0, start, size)
    return wide.ljust(64, b"\0") + near + program.bytes_le + far


def biff(*records: tuple[int, bytes]) -> bytes:
    """An Excel stream of these records."""
    return b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in records)
