"""What a camera or a program wrote into a picture about places and people, taken out losslessly.

Pictures that tell nothing of anybody stay as they are, to the byte.
"""

import re
import struct
import zlib
from collections.abc import Iterator

from PIL import Image

_ORIENTATION, _GPS = 0x112, 0x8825
_PERSONAL = frozenset({0x13B, 0x8298, 0x9C9D, 0xA430, 0xA431, 0xA435, 0x9C9C, 0x10E, 0x927C})
"""Artist, copyright, author, owner, serial numbers, comments, description, maker's notes."""
_EXIF_TAGS = 0x8769
_XMP_PEOPLE = re.compile(rb"dc:creator|aux:SerialNumber|photoshop:(?:City|Author|Credit)|Iptc4xmp")
_XMP_PLACE = re.compile(rb"exif:GPS|GPSLatitude")
_IPTC_PEOPLE = re.compile(rb"\x1c\x02[\x50\x55\x5a\x5c\x5f\x65\x6e\x74\x7a]")
_PNG_TELLING = frozenset({"author", "copyright", "comment", "description", "source", "creator"})
_PNG_TEXTS = (b"tEXt", b"zTXt", b"iTXt")
_PNG = b"\x89PNG\r\n\x1a\n"
_EXIF, _APP1, _APP13, _COMMENT, _SCAN = b"Exif\0\0", 0xE1, 0xED, 0xFE, 0xDA


def anonymous(data: bytes) -> tuple[bytes, bool]:
    """The picture without what it tells of people and places; was a place told?"""
    if data.startswith(b"\xff\xd8\xff"):
        return _jpeg(data)
    if data.startswith(_PNG):
        return _png(data)
    return data, False


def _jpeg(data: bytes) -> tuple[bytes, bool]:
    try:
        head, picture = _segments(data)
    except struct.error:
        return data, False
    told = [_told(marker, body) for marker, body in head]
    if not any(people or place for people, place in told):
        return data, False
    kept = b"".join(
        b"\xff" + bytes([marker]) + struct.pack(">H", len(left) + 2) + left
        for marker, body in head
        if (left := _left(marker, body)) is not None
    )
    return b"\xff\xd8" + kept + picture, any(place for _, place in told)


def _segments(data: bytes) -> tuple[list[tuple[int, bytes]], bytes]:
    """The segments before the picture itself, and the rest; raises struct.error."""
    found: list[tuple[int, bytes]] = []
    at = 2
    while True:
        sign, marker, size = struct.unpack_from(">BBH", data, at)
        if sign != 0xFF or size < 2:
            raise struct.error
        if marker == _SCAN:
            return found, data[at:]
        found.append((marker, data[at + 4 : at + 2 + size]))
        at += 2 + size


def _told(marker: int, body: bytes) -> tuple[bool, bool]:
    """Does a segment tell of people, of a place?"""
    if marker == _APP1 and body.startswith(_EXIF):
        return _told_by_camera(body)
    if marker == _APP1:
        return bool(_XMP_PEOPLE.search(body)), bool(_XMP_PLACE.search(body))
    return marker == _APP13 and bool(_IPTC_PEOPLE.search(body)), False


def _told_by_camera(body: bytes) -> tuple[bool, bool]:
    try:
        notes = Image.Exif()
        notes.load(body)
        tags = {*notes, *notes.get_ifd(_EXIF_TAGS)}
    except (OSError, ValueError, SyntaxError, KeyError, TypeError, struct.error):
        return True, False
    return bool(tags & _PERSONAL), _GPS in tags


def _left(marker: int, body: bytes) -> bytes | None:
    """What stays of a segment: all of it, which side is up, or nothing."""
    if marker == _APP1 and body.startswith(_EXIF):
        return _only_turned(body)
    return None if marker in (_APP1, _APP13, _COMMENT) else body


def _only_turned(body: bytes) -> bytes | None:
    notes = Image.Exif()
    try:
        notes.load(body)
        return only_turned(notes.get(_ORIENTATION)) or None
    except (OSError, ValueError, SyntaxError, KeyError, TypeError, struct.error):
        return None


def only_turned(orientation: object) -> bytes:
    """Camera notes that say no more than which side is up; nothing where that is the usual one."""
    if not isinstance(orientation, int) or orientation not in range(2, 9):
        return b""
    return _EXIF + struct.pack(
        ">2sHLHHHLHHL", b"MM", 42, 8, 1, _ORIENTATION, 3, 1, orientation, 0, 0
    )


def _png(data: bytes) -> tuple[bytes, bool]:
    try:
        chunks = list(_chunks(data))
    except struct.error:
        return data, False
    told = [_told_by_chunk(kind, body) for kind, body, _ in chunks]
    if not any(people or place for people, place in told):
        return data, False
    telling = (b"eXIf", b"tIME", *_PNG_TEXTS)
    kept = b"".join(whole for kind, _, whole in chunks if kind not in telling)
    return _PNG + kept, any(place for _, place in told)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Kind, body and whole of each chunk up to the end; raises struct.error."""
    at = len(_PNG)
    kind = b""
    while kind != b"IEND":
        size, kind = struct.unpack_from(">L4s", data, at)
        whole = data[at : at + 12 + size]
        if len(whole) < 12 + size:
            raise struct.error
        yield kind, whole[8:-4], whole
        at += 12 + size


def _told_by_chunk(kind: bytes, body: bytes) -> tuple[bool, bool]:
    if kind == b"eXIf":
        return _told_by_camera(_EXIF + body)
    if kind not in _PNG_TEXTS:
        return False, False
    word, _, text = body.partition(b"\0")
    key = word.decode("latin-1").casefold()
    if key.startswith("raw profile"):
        return True, False
    if key.startswith("xml:com.adobe"):
        plain = _plain(text)
        return bool(_XMP_PEOPLE.search(plain)), bool(_XMP_PLACE.search(plain))
    return key in _PNG_TELLING, False


def _plain(text: bytes) -> bytes:
    """The text of an iTXt chunk behind its flags, inflated where it is packed."""
    packed, body = text[:1] == b"\1", text[2:].split(b"\0", 2)[-1]
    try:
        return zlib.decompressobj().decompress(body, 1_000_000) if packed else body
    except zlib.error:
        return b""
