"""Pictures: named by their first bytes, judged by the pixels they would cost, made lighter."""

import io
import re
import struct
import zlib
from math import ceil

from lxml import etree
from PIL import Image

from tender.documents.admission import rasters
from tender.documents.admission.metadata import bare
from tender.documents.errors import Refused
from tender.documents.reasons import refuse
from tender.documents.trees import require_sober

MAX_PIXELS = 40_000_000
MAX_DRAWING = 64 * 1024 * 1024
MAX_SVG = 4 * 1024 * 1024
EMU_PER_INCH = 914_400
JPEG_QUALITY = 85
WORTH = 0.9
"""A picture made anew must be at least a tenth lighter."""

Kind = tuple[str, str]
"""Extension and content type."""
_EMF, _WMF = ("emf", "image/x-emf"), ("wmf", "image/x-wmf")
_STARTS: tuple[tuple[bytes, Kind], ...] = (
    (b"\x89PNG\r\n\x1a\n", ("png", "image/png")),
    (b"\xff\xd8\xff", ("jpeg", "image/jpeg")),
    (b"GIF8", ("gif", "image/gif")),
    (b"BM", ("bmp", "image/bmp")),
    (b"II*\0", ("tiff", "image/tiff")),
    (b"MM\0*", ("tiff", "image/tiff")),
    (b"II\xbc", ("wdp", "image/vnd.ms-photo")),
    (b"\xd7\xcd\xc6\x9a", _WMF),
    (b"\x01\0\x09\0", _WMF),
    (b"\x0a\x05\x01", ("pcx", "image/x-pcx")),
)
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, OverflowError, TypeError, KeyError,
           IndexError, struct.error, zlib.error)  # fmt: skip
"""What Pillow raises for a damaged picture."""


def recognise(data: bytes, part: str) -> Kind | None:
    """What picture it is, though it may be damaged; None for none. Raises Refused for a flood."""
    kind = _kind(data)
    if kind is not None:
        width, height = rasters.size(kind[0], data)
        if width * height > MAX_PIXELS:
            raise refuse("pixels", part=part, limit=MAX_PIXELS // 1_000_000)
    return kind


def _kind(data: bytes) -> Kind | None:
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if data[:4] == b"\x01\0\0\0" and data[40:44] == b" EMF":
        return _EMF
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp", "image/webp"
    if data[:2] == b"\x1f\x8b":
        return _gzipped(data)
    if b"\0\x11\x02\xff" in (data[10:14], data[522:526]):
        return "pct", "image/x-pict"
    return _scalable(data)


def _gzipped(data: bytes) -> Kind | None:
    """A drawing in gzip, as old Office writes it; its last bytes say how large it is."""
    try:
        start = zlib.decompressobj(31).decompress(data, 64)
    except zlib.error:
        return None
    kind = _kind(start) if start[:2] != b"\x1f\x8b" else None
    if kind not in (_EMF, _WMF) or int.from_bytes(data[-4:], "little") > MAX_DRAWING:
        return None
    return ("emz", "image/x-emz") if kind == _EMF else ("wmz", "image/x-wmz")


_SVG = "{http://www.w3.org/2000/svg}"
_SVG_PROGRAMS = frozenset({"script", "foreignObject", "handler", "iframe", "set", "animate"})
_OUTSIDE = re.compile(r"url\(\s*[\"']?(?!#)|@import|javascript:", re.IGNORECASE)
_INSIDE = re.compile(r"#|data:image/(?:png|jpe?g|gif);", re.IGNORECASE)


def _scalable(data: bytes) -> Kind | None:
    """An SVG that neither runs anything nor asks for anything."""
    start = data[:4_096]
    if len(data) > MAX_SVG or (b"<svg" not in start and b":svg" not in start):
        return None
    try:
        require_sober(data, "svg")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        root = etree.fromstring(data, parser)
    except (Refused, etree.XMLSyntaxError):
        return None
    if root.tag != _SVG + "svg" or not all(_is_inert(item) for item in root.iter("{*}*")):
        return None
    return "svg", "image/svg+xml"


def _is_inert(item: etree._Element) -> bool:
    if item.tag.rsplit("}", 1)[-1] in _SVG_PROGRAMS or _OUTSIDE.search(item.text or ""):
        return False
    for name, value in item.attrib.items():
        local = str(name).rsplit("}", 1)[-1]
        if local.startswith("on") or _OUTSIDE.search(str(value)):
            return False
        if local in ("href", "src") and not _INSIDE.match(str(value)):
            return False
    return True


def lighter(data: bytes, *, width_emu: int, height_emu: int, dpi: int) -> bytes | None:
    """The picture with no more pixels than its size on the page needs, without any metadata.

    A PNG stays PNG, a JPEG stays JPEG. None where that would not save a tenth of the bytes, where
    it would have to grow, and for other kinds; equal inputs give equal bytes.
    """
    kind = _kind(data)
    if kind is None or kind[0] not in ("png", "jpeg") or min(width_emu, height_emu, dpi) <= 0:
        return None
    needed = ceil(width_emu * dpi / EMU_PER_INCH), ceil(height_emu * dpi / EMU_PER_INCH)
    try:
        with Image.open(io.BytesIO(bare(data)), formats=(kind[0].upper(),)) as image:
            made = None if _is_moving(data) else _shrunk(image, needed)
    except (*_BROKEN, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None
    return made if made is not None and len(made) <= WORTH * len(data) else None


def _is_moving(data: bytes) -> bool:
    return data.startswith(rasters.PNG) and b"acTL" in data[:4_096]


def _shrunk(image: Image.Image, needed: tuple[int, int]) -> bytes | None:
    width, height = image.size
    scale = max(needed[0] / width, needed[1] / height)
    if scale >= 1 or width * height > MAX_PIXELS or image.mode.startswith(("I", "F")):
        return None
    size = max(1, round(width * scale)), max(1, round(height * scale))
    profile = image.info.get("icc_profile")
    jpeg = image.format == "JPEG"
    turned = image.info.get("exif", b"")
    if jpeg and image.mode in ("L", "RGB"):
        image.draft(image.mode, size)  # decodes no more than every other, fourth, eighth pixel
    small = _in_true_colours(image).resize(size, Image.Resampling.LANCZOS)
    small.info = {}
    out = io.BytesIO()
    if jpeg:
        how = {"quality": JPEG_QUALITY, "optimize": True, "icc_profile": profile}
        small.save(out, "JPEG", exif=turned, **how)
    else:
        small.save(out, "PNG", optimize=True, icc_profile=profile)
    return out.getvalue()


def _in_true_colours(image: Image.Image) -> Image.Image:
    """Colours of a table cannot be mixed: they become true ones."""
    if image.mode in ("L", "LA", "RGB", "RGBA", "CMYK") and "transparency" not in image.info:
        return image
    if image.mode == "1":
        return image.convert("L")
    seen_through = "transparency" in image.info or image.mode in ("PA", "La", "RGBa")
    return image.convert("RGBA" if seen_through else "RGB")
