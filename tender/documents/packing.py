"""Zips written by hand: a part nobody looked into is copied as it lies, the rest deflated fast."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from isal import isal_zlib

_LOCAL = struct.Struct("<4s5H3L2H")
_LOCAL_SIZES = struct.Struct("<2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION, _DATE, _UTF8 = 20, 0x21, 0x800
"""PKZIP 2.0; 1 January 1980, so that equal parts give equal bytes; names in UTF-8."""
STORED, DEFLATED = 0, 8
_ALREADY_SMALL = (".png", ".jpeg", ".jpg", ".gif")
_LEVEL = 2


@dataclass(frozen=True)
class Packed:
    """One part as it lies in a zip: method, CRC-32 and size of the plain bytes, packed bytes."""

    method: int
    crc: int
    size: int
    body: bytes | memoryview

    @property
    def plain(self) -> bytes:
        """The bytes, of a part that was judged before or packed by us. Raises ValueError."""
        if self.method == STORED:
            return bytes(self.body)
        return isal_zlib.decompress(self.body, wbits=-15, bufsize=max(1, self.size))

    def alone(self) -> "Packed":
        """The same without the file around it."""
        return Packed(self.method, self.crc, self.size, bytes(self.body))


def packed(name: str, body: bytes) -> Packed:
    """A part's bytes made small, unless its kind already is."""
    crc = zlib.crc32(body)
    if name.lower().endswith(_ALREADY_SMALL):
        return Packed(STORED, crc, len(body), body)
    machine = isal_zlib.compressobj(_LEVEL, DEFLATED, -15)
    return Packed(DEFLATED, crc, len(body), machine.compress(body) + machine.flush())


def zipped(parts: Mapping[str, bytes | Packed]) -> bytes:
    """A zip of these parts in this order; equal parts give equal bytes."""
    pieces: list[bytes | memoryview] = []
    central: list[bytes] = []
    where = 0
    for name, part in parts.items():
        one = part if isinstance(part, Packed) else packed(name, part)
        local, listed = _headers(name.encode(), one, where)
        pieces += [local, one.body]
        central.append(listed)
        where += len(local) + len(one.body)
    listing = b"".join(central)
    count = len(central)
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(listing), where, 0)
    return b"".join([*pieces, listing, end])


def _headers(name: bytes, one: Packed, where: int) -> tuple[bytes, bytes]:
    """The header before a part, and its line in the directory."""
    flags = 0 if name.isascii() else _UTF8
    shape = (flags, one.method, 0, _DATE, one.crc, len(one.body), one.size, len(name), 0)
    local = _LOCAL.pack(b"PK\3\4", _VERSION, *shape) + name
    return local, _CENTRAL.pack(b"PK\1\2", _VERSION, _VERSION, *shape, 0, 0, 0, 0, where) + name


def parts_of(data: bytes) -> dict[str, Packed]:
    """The parts of a zip that the gate or we have written, still packed and without a copy."""
    view = memoryview(data)
    found: dict[str, Packed] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for item in archive.infolist():
            sizes = _LOCAL_SIZES.unpack_from(data, item.header_offset + 26)
            start = item.header_offset + _LOCAL.size + sum(sizes)
            body = view[start : start + item.compress_size]
            found[item.filename] = Packed(item.compress_type, item.CRC, item.file_size, body)
    return found
