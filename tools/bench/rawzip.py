"""The least zip: parts read packed, and written packed without a look at them."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from isal import isal_zlib

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_DEFLATED, _DATE = 8, 0x21


@dataclass(frozen=True)
class Packed:
    """A part as it lies in its zip."""

    data: bytes
    crc: int
    size: int
    method: int = _DEFLATED


def opened(data: bytes) -> zipfile.ZipFile:
    """The standard reader."""
    return zipfile.ZipFile(io.BytesIO(data))


def lifted(data: bytes, info: zipfile.ZipInfo) -> Packed:
    """A part's packed bytes, not inflated."""
    head = _LOCAL.unpack_from(data, info.header_offset)
    start = info.header_offset + _LOCAL.size + head[9] + head[10]
    body = data[start : start + info.compress_size]
    return Packed(body, info.CRC, info.file_size, info.compress_type)


def packed(data: bytes) -> Packed:
    """A part deflated in haste."""
    body = isal_zlib.compress(data, isal_zlib.ISAL_BEST_SPEED, wbits=-15)
    return Packed(body, zlib.crc32(data), len(data))


def zipped(parts: Mapping[str, Packed]) -> bytes:
    """The zip of these parts."""
    out, central = io.BytesIO(), []
    for name, part in parts.items():
        common = (part.method, 0, _DATE, part.crc, len(part.data), part.size, len(name))
        central.append(
            _CENTRAL.pack(b"PK\1\2", 20, 20, 0, *common, 0, 0, 0, 0, 0, out.tell()) + name.encode()
        )
        out.write(_LOCAL.pack(b"PK\3\4", 20, 0, *common, 0) + name.encode())
        out.write(part.data)
    start = out.tell()
    out.write(b"".join(central))
    count = len(parts)
    out.write(_END.pack(b"PK\5\6", 0, 0, count, count, out.tell() - start, start, 0))
    return out.getvalue()
