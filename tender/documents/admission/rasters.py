"""Raster pictures as pieces and numbers of their headers, read without unpacking a pixel."""

import struct
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

PNG = b"\x89PNG\r\n\x1a\n"
EXIF = b"Exif\0\0"
APP1, SCAN = 0xE1, 0xDA
ORIENTATION, GPS = 0x112, 0x8825
_MOST_PIECES = 20_000
_WIDTH, _HEIGHT = 0x100, 0x101
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""JPEG segments that tell the size."""
_NUMBERS: Mapping[int, str] = MappingProxyType({1: "B", 3: "H", 4: "L"})


def size(kind: str, data: bytes) -> tuple[int, int]:
    """Width and height; nothing where the header is damaged: nobody can unpack it."""
    try:
        width, height = _SIZES[kind](data)
    except (struct.error, KeyError, IndexError):
        return 0, 0
    return abs(width), abs(height)


def segments(data: bytes) -> tuple[list[tuple[int, bytes]], bytes]:
    """The segments of a JPEG before the picture itself, and the rest; raises struct.error."""
    found: list[tuple[int, bytes]] = []
    at = 2
    while len(found) < _MOST_PIECES:
        while data[at : at + 2] == b"\xff\xff":  # any number of these may stand before a marker
            at += 1
        sign, marker, count = struct.unpack_from(">BBH", data, at)
        if sign != 0xFF or count < 2:
            raise struct.error
        if marker == SCAN:
            return found, data[at:]
        found.append((marker, data[at + 4 : at + 2 + count]))
        at += 2 + count
    raise struct.error


def joined(head: Iterator[tuple[int, bytes]], picture: bytes) -> bytes:
    """A JPEG of these segments."""
    pieces = [b"\xff" + bytes([m]) + struct.pack(">H", len(body) + 2) + body for m, body in head]
    return b"\xff\xd8" + b"".join(pieces) + picture


def chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Kind, body and whole of each chunk of a PNG up to its end; raises struct.error."""
    at = len(PNG)
    for _ in range(_MOST_PIECES):
        count, kind = struct.unpack_from(">L4s", data, at)
        whole = data[at : at + 12 + count]
        if len(whole) < 12 + count:
            raise struct.error
        yield kind, whole[8:-4], whole
        at += 12 + count
        if kind == b"IEND":
            return
    raise struct.error


def notes(data: bytes) -> dict[int, int]:
    """The first notes of a TIFF, which are a camera's, too: whole numbers by tag."""
    order = {b"II": "<", b"MM": ">"}[data[:2]]
    (at,) = struct.unpack_from(order + "L", data, 4)
    (count,) = struct.unpack_from(order + "H", data, at)
    found: dict[int, int] = {}
    for number in range(count):
        place = at + 2 + 12 * number
        tag, kind, _ = struct.unpack_from(order + "HHL", data, place)
        if kind in _NUMBERS:
            (found[tag],) = struct.unpack_from(order + _NUMBERS[kind], data, place + 8)
    return found


def camera_notes(body: bytes) -> dict[int, int]:
    """The notes of a segment that begins with `EXIF`; none where they are unreadable."""
    try:
        return notes(body[len(EXIF) :])
    except (struct.error, KeyError):
        return {}


def only_turned(orientation: object) -> bytes:
    """Camera notes that say no more than which side is up; nothing where that is the usual one."""
    if not isinstance(orientation, int) or orientation not in range(2, 9):
        return b""
    note = (1, ORIENTATION, 3, 1, orientation, 0, 0)
    return EXIF + struct.pack(">2sHLHHHLHHL", b"MM", 42, 8, *note)


def _png(data: bytes) -> tuple[int, ...]:
    return struct.unpack_from(">2L", data, 16)


def _gif(data: bytes) -> tuple[int, ...]:
    return struct.unpack_from("<2H", data, 6)


def _bmp(data: bytes) -> tuple[int, ...]:
    (length,) = struct.unpack_from("<L", data, 14)
    return struct.unpack_from("<2H" if length == 12 else "<2l", data, 18)


def _jpeg(data: bytes) -> tuple[int, ...]:
    frames = [body for marker, body in segments(data)[0] if marker in _FRAMES]
    height, width = struct.unpack_from(">2H", frames[0], 1)
    return width, height


def _tiff(data: bytes) -> tuple[int, ...]:
    found = notes(data)
    return found[_WIDTH], found[_HEIGHT]


def _webp(data: bytes) -> tuple[int, ...]:
    kind = data[12:16]
    if kind == b"VP8X":
        return tuple(1 + int.from_bytes(data[at : at + 3], "little") for at in (24, 27))
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<L", data, 21)
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = struct.unpack_from("<2H", data, 26)
    return width & 0x3FFF, height & 0x3FFF


_SIZES: Mapping[str, Callable[[bytes], tuple[int, ...]]] = MappingProxyType(
    {"png": _png, "gif": _gif, "bmp": _bmp, "jpeg": _jpeg, "tiff": _tiff, "webp": _webp}
)
