"""Where a photo was taken, which its camera wrote into it, is taken out without loss.

With the place goes all that the camera and its programs noted, but for which side is up. A photo
that tells no place stays as it is, to the byte: that it came unchanged can then be shown.
"""

import re
import struct
import zlib
from collections.abc import Iterator

from PIL import Image

_ORIENTATION, _GPS = 0x112, 0x8825
_XMP_PLACE = re.compile(rb"exif:GPS|GPSLatitude")
_PNG_TEXTS = (b"tEXt", b"zTXt", b"iTXt")
_MOST_PIECES = 20_000
_PNG = b"\x89PNG\r\n\x1a\n"
_EXIF, _APP1, _APP13, _COMMENT, _SCAN = b"Exif\0\0", 0xE1, 0xED, 0xFE, 0xDA
_UNREADABLE = (OSError, ValueError, SyntaxError, KeyError, TypeError, struct.error)


def placeless(data: bytes) -> bytes | None:
    """The picture without the place it tells; None where it tells none."""
    if data.startswith(b"\xff\xd8\xff"):
        return _jpeg(data)
    return _png(data) if data.startswith(_PNG) else None


def _jpeg(data: bytes) -> bytes | None:
    try:
        head, picture = _segments(data)
    except struct.error:
        return None
    if not any(_tells_a_place(marker, body) for marker, body in head):
        return None
    kept = b"".join(
        b"\xff" + bytes([marker]) + struct.pack(">H", len(left) + 2) + left
        for marker, body in head
        if (left := _left(marker, body))
    )
    return b"\xff\xd8" + kept + picture


def _segments(data: bytes) -> tuple[list[tuple[int, bytes]], bytes]:
    """The segments before the picture itself, and the rest; raises struct.error."""
    found: list[tuple[int, bytes]] = []
    at = 2
    while len(found) < _MOST_PIECES:
        sign, marker, size = struct.unpack_from(">BBH", data, at)
        if sign != 0xFF or size < 2:
            raise struct.error
        if marker == _SCAN:
            return found, data[at:]
        found.append((marker, data[at + 4 : at + 2 + size]))
        at += 2 + size
    raise struct.error


def _tells_a_place(marker: int, body: bytes) -> bool:
    if marker != _APP1:
        return False
    return _GPS in _notes(body) if body.startswith(_EXIF) else bool(_XMP_PLACE.search(body))


def _notes(body: bytes) -> dict[int, object]:
    """A camera's notes by their tags; none where they are unreadable."""
    notes = Image.Exif()
    try:
        notes.load(body)
        return dict(notes)
    except _UNREADABLE:
        return {}


def _left(marker: int, body: bytes) -> bytes:
    """What stays of a segment: all of it, which side is up, or nothing."""
    if marker == _APP1 and body.startswith(_EXIF):
        return only_turned(_notes(body).get(_ORIENTATION))
    return b"" if marker in (_APP1, _APP13, _COMMENT) else body


def only_turned(orientation: object) -> bytes:
    """Camera notes that say no more than which side is up; nothing where that is the usual one."""
    if not isinstance(orientation, int) or orientation not in range(2, 9):
        return b""
    note = (1, _ORIENTATION, 3, 1, orientation, 0, 0)
    return _EXIF + struct.pack(">2sHLHHHLHHL", b"MM", 42, 8, *note)


def _png(data: bytes) -> bytes | None:
    try:
        chunks = list(_chunks(data))
    except struct.error:
        return None
    if not any(_is_placed(kind, body) for kind, body, _ in chunks):
        return None
    telling = (b"eXIf", b"tIME", *_PNG_TEXTS)
    return _PNG + b"".join(whole for kind, _, whole in chunks if kind not in telling)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Kind, body and whole of each chunk up to the end; raises struct.error."""
    at = len(_PNG)
    for _ in range(_MOST_PIECES):
        size, kind = struct.unpack_from(">L4s", data, at)
        whole = data[at : at + 12 + size]
        if len(whole) < 12 + size:
            raise struct.error
        yield kind, whole[8:-4], whole
        at += 12 + size
        if kind == b"IEND":
            return
    raise struct.error


def _is_placed(kind: bytes, body: bytes) -> bool:
    if kind == b"eXIf":
        return _GPS in _notes(_EXIF + body)
    word, _, text = body.partition(b"\0")
    if kind not in _PNG_TEXTS or not word.startswith(b"XML:com.adobe"):
        return False
    return bool(_XMP_PLACE.search(_plain(text)))


def _plain(text: bytes) -> bytes:
    """The text of an iTXt chunk behind its flags, inflated where it is packed."""
    packed, body = text[:1] == b"\1", text[2:].split(b"\0", 2)[-1]
    try:
        return zlib.decompressobj().decompress(body, 1_000_000) if packed else body
    except zlib.error:
        return b""
