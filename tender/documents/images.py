"""Pictures judged by their header alone: what they are, and how many pixels they would cost."""

import io

from PIL import Image

from tender.documents.errors import Refused
from tender.documents.reasons import refuse

MAX_MEGAPIXELS = 40
_FORMATS = {
    "PNG": ("png", "image/png"),
    "JPEG": ("jpeg", "image/jpeg"),
    "MPO": ("jpeg", "image/jpeg"),
    "GIF": ("gif", "image/gif"),
    "BMP": ("bmp", "image/bmp"),
    "TIFF": ("tiff", "image/tiff"),
}


def recognise(data: bytes, part: str) -> tuple[str, str] | None:
    """Its extension and content type, None for what is no picture; raises Refused for a flood."""
    if data[:4] == b"\x01\0\0\0" and data[40:44] == b" EMF":
        return "emf", "image/x-emf"
    if data[:4] in (b"\xd7\xcd\xc6\x9a", b"\x01\0\x09\0"):
        return "wmf", "image/x-wmf"
    try:
        with Image.open(io.BytesIO(data), formats=tuple(_FORMATS)) as image:
            name, size = image.format, image.size
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _flood(part) from error
    except (OSError, ValueError, SyntaxError, EOFError, OverflowError, TypeError, KeyError):
        return None
    if size[0] * size[1] > MAX_MEGAPIXELS * 1_000_000:
        raise _flood(part)
    return _FORMATS.get(name or "")


def _flood(part: str) -> Refused:
    return refuse("pixels", part=part, limit=MAX_MEGAPIXELS)
