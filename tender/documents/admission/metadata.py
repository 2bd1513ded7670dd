"""Where a photo was taken, which its camera wrote into it, is taken out without loss.

With the place goes all that the camera and its programs noted, but for which side is up. A photo
that tells no place stays as it is, to the byte: that it came unchanged can then be shown.
"""

import re
import struct
import zlib

from tender.documents.admission.rasters import (
    APP1,
    EXIF,
    GPS,
    ORIENTATION,
    PNG,
    camera_notes,
    chunks,
    joined,
    only_turned,
    segments,
)

_APP13, _COMMENT, _PAGES = 0xED, 0xFE, b"MPF\0"
_XMP_PLACE = re.compile(rb"exif:GPS|GPSLatitude")
_TEXTS = (b"tEXt", b"zTXt", b"iTXt")
_SHOWN = frozenset({b"tRNS", b"iCCP", b"sRGB", b"gAMA", b"cHRM", b"pHYs", b"sBIT"})
"""What shapes the look of a PNG beside its pixels."""


def placeless(data: bytes) -> bytes | None:
    """The picture without the place it tells; None where it tells none."""
    try:
        if data.startswith(b"\xff\xd8\xff"):
            head, _ = segments(data)
            return bare(data) if any(_tells_a_place(*one) for one in head) else None
        if data.startswith(PNG):
            placed = any(_is_placed(kind, body) for kind, body, _ in chunks(data))
            return bare(data) if placed else None
    except struct.error:
        pass
    return None


def bare(data: bytes) -> bytes:
    """A JPEG or PNG without any notes, its pixels untouched; raises struct.error if damaged."""
    if data.startswith(PNG):
        return PNG + b"".join(whole for kind, _, whole in chunks(data) if _is_shown(kind))
    head, picture = segments(data)
    kept = ((marker, _left(marker, body)) for marker, body in head)
    return joined((one for one in kept if one[1]), picture)


def _is_shown(kind: bytes) -> bool:
    """Critical chunks begin with a capital."""
    return kind[:1].isupper() or kind in _SHOWN


def _left(marker: int, body: bytes) -> bytes:
    """What stays of a segment: all of it, which side is up, or nothing."""
    if marker == APP1 and body.startswith(EXIF):
        return only_turned(camera_notes(body).get(ORIENTATION))
    told = marker in (APP1, _APP13, _COMMENT) or body.startswith(_PAGES)
    return b"" if told else body


def _tells_a_place(marker: int, body: bytes) -> bool:
    if marker != APP1:
        return False
    return GPS in camera_notes(body) if body.startswith(EXIF) else bool(_XMP_PLACE.search(body))


def _is_placed(kind: bytes, body: bytes) -> bool:
    if kind == b"eXIf":
        return GPS in camera_notes(EXIF + body)
    word, _, text = body.partition(b"\0")
    if kind not in _TEXTS or not word.startswith(b"XML:com.adobe"):
        return False
    return bool(_XMP_PLACE.search(_plain(text)))


def _plain(text: bytes) -> bytes:
    """The text of an iTXt chunk behind its flags, inflated where it is packed."""
    packed, body = text[:1] == b"\1", text[2:].split(b"\0", 2)[-1]
    try:
        return zlib.decompressobj().decompress(body, 1_000_000) if packed else body
    except zlib.error:
        return b""
