"""OLE2 compound files, read within bounds: which storages and streams, of which programs.

Facts: [MS-CFB] sections 2.2 to 2.6. Every chain is cut where it is longer than the file.
"""

import struct
import uuid
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_ENTRIES = 2_000

_HEADER = struct.Struct("<8s16s5H6s9L")
_ENTRY = struct.Struct("<64sHBBLLL16sLQQLQ")
_FIRST_SECTORS = struct.Struct("<109L")
_LAST, _END = 0xFFFFFFFA, 0xFFFFFFFE
"""From here on a sector's number means free, end, or table; the end of a chain."""
STORAGE, STREAM, ROOT = 1, 2, 5


class NotCompound(ValueError):
    """The bytes are no compound file that every reader would read alike."""


@dataclass(frozen=True)
class Item:
    """A storage or stream: its name, its kind, the program it belongs to, where it begins."""

    name: str
    kind: int
    program: uuid.UUID
    start: int
    size: int


class Compound:
    """The items of a compound file; raises NotCompound."""

    def __init__(self, data: bytes) -> None:
        if len(data) < 1_024 or data[:8] != MAGIC:
            raise NotCompound
        head = _HEADER.unpack_from(data)
        self._data = data
        self._left = 4 * len(data)
        shift, mini_shift = head[5], head[6]
        if shift not in (9, 12) or mini_shift != 6:
            raise NotCompound
        self._size = 1 << shift
        self._cutoff = head[12]
        self._table = self._sector_table(data, first=head[15], count=head[16])
        self.items = list(self._read_items(self._joined(head[10])))
        roots = [item for item in self.items if item.kind == ROOT]
        if len(roots) != 1:
            raise NotCompound
        self._small = self._joined(roots[0].start, roots[0].size)
        self._small_table = _numbers(self._joined(head[13])) if head[14] else array("I")

    def stream(self, item: Item) -> bytes:
        """The bytes of a stream; raises NotCompound where streams share their bytes."""
        self._left -= item.size
        if self._left < 0:
            raise NotCompound
        if item.size >= self._cutoff:
            return self._joined(item.start, item.size)
        return _joined(self._small, item.start, item.size, self._small_table, width=64, skip=0)

    def _sector_table(self, data: bytes, *, first: int, count: int) -> "array[int]":
        places = [n for n in _FIRST_SECTORS.unpack_from(data, 76) if n < _LAST]
        for _ in range(min(count, len(data) // self._size)):
            if first >= _LAST:
                break
            more = _numbers(self._sector(first))
            places += [n for n in more[:-1] if n < _LAST]
            first = more[-1] if more else _LAST
        return _numbers(b"".join(self._sector(place) for place in places))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        if start >= len(self._data):
            raise NotCompound
        return self._data[start : start + self._size]

    def _joined(self, start: int, size: int | None = None) -> bytes:
        return _joined(self._data, start, size, self._table, width=self._size, skip=self._size)

    def _read_items(self, directory: bytes) -> Iterator[Item]:
        count = len(directory) // _ENTRY.size
        if count > MAX_ENTRIES:
            raise NotCompound
        for number in range(count):
            entry = _ENTRY.unpack_from(directory, number * _ENTRY.size)
            name_size, kind = entry[1], entry[2]
            if kind in (STORAGE, STREAM, ROOT):
                name = entry[0][: max(0, min(name_size, 64) - 2)].decode("utf-16-le", "replace")
                # Files of version 3 may leave anything in the upper half of a size.
                size = entry[12] & 0xFFFFFFFF
                yield Item(name, kind, uuid.UUID(bytes_le=entry[7]), entry[11], size)


def _numbers(data: bytes) -> "array[int]":
    return array("I", data[: len(data) // 4 * 4])


def _joined(
    data: bytes, start: int, size: int | None, table: "array[int]", *, width: int, skip: int
) -> bytes:
    """The sectors of a chain, one after the other."""
    most = len(data) // width + 1
    pieces: list[bytes] = []
    while start < _LAST and (size is None or len(pieces) * width < size):
        where = skip + start * width
        if len(pieces) > most or start >= len(table) or where >= len(data):
            raise NotCompound
        pieces.append(data[where : where + width])
        start = table[start]
    joined = b"".join(pieces)
    if len(joined) < (size or 0) or (size is None and start != _END):
        raise NotCompound
    return joined if size is None else joined[:size]
