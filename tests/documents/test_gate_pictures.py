import gzip
import io
import struct
import zlib

import pytest
from PIL import Image, PngImagePlugin

from tender.documents import images
from tender.documents.admission import rasters
from tender.documents.gate import admit
from tests.documents.hostile import pictured
from tests.documents.made import content, names, png

EMF = b"\x01\0\0\0" + b"\0" * 36 + b" EMF" + b"\0" * 60
SVG = b'<svg xmlns="http://www.w3.org/2000/svg">%s</svg>'
INCH = images.EMU_PER_INCH


def drawn(kind: str, size: tuple[int, int] = (40, 20), **options: object) -> bytes:
    """A picture of slowly changing colours."""
    out = io.BytesIO()
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    image.save(out, kind, **options)
    return out.getvalue()


KINDS = {
    "gif": drawn("GIF"),
    "bmp": drawn("BMP"),
    "tiff": drawn("TIFF"),
    "webp": drawn("WEBP"),
    "jpeg": drawn("JPEG"),
    "emf": EMF,
    "emz": gzip.compress(EMF),
    "wmf": b"\xd7\xcd\xc6\x9a" + b"\0" * 30,
    "wdp": b"II\xbc\x01" + b"\0" * 30,
    "svg": SVG % b'<circle r="3" style="fill:url(#a)"/>',
    "png": png()[:60],
}


@pytest.mark.parametrize(("kind", "data"), KINDS.items(), ids=KINDS)
def test_a_picture_stays_to_the_byte_though_it_may_be_damaged(kind: str, data: bytes) -> None:
    admitted = admit(pictured(data, "bin"))
    assert admitted.findings == ()
    assert admitted.package.pieces[f"word/media/image1.{kind}"].data == data


@pytest.mark.parametrize(
    "data",
    [
        SVG % b"<script>x</script>",
        SVG % b'<rect onload="x"/>',
        SVG % b'<image href="http://pirate.invalid/a.png"/>',
        SVG % b"<style>@import 'http://pirate.invalid/a.css';</style>",
        b"<!DOCTYPE svg>" + SVG % b"",
        gzip.compress(b"<html/>"),
        gzip.compress(gzip.compress(EMF)),
        b"%!PS-Adobe-3.0 EPSF",
        b"MZ",
    ],
)
def test_what_only_calls_itself_a_picture_goes(data: bytes) -> None:
    admitted = admit(pictured(data, "svg"))
    assert [finding.code for finding in admitted.findings] == ["broken"]
    assert not [name for name in names(admitted.data) if "media" in name]


def photo_of(*, gps: bool, artist: str = "", orientation: int = 6) -> bytes:
    notes = Image.Exif()
    notes[0x112] = orientation
    if artist:
        notes[0x13B] = artist
    if gps:
        notes.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 30.0)})
        notes[0x8825] = notes.get_ifd(0x8825)
    return drawn("JPEG", exif=notes.tobytes())


def _in(data: bytes, name: str = "word/media/image1.jpeg") -> tuple[bytes, list[str]]:
    """What the gate leaves of a picture, and what it tells."""
    admitted = admit(pictured(data, "jpeg"))
    assert admit(admitted.data).data == admitted.data
    return admitted.package.pieces[name].data, [finding.code for finding in admitted.findings]


def test_the_place_of_a_photo_goes_told_and_its_pixels_and_its_side_up_stay() -> None:
    photo = photo_of(gps=True, artist="Ana Sorel")
    left, told = _in(photo)
    before, after = Image.open(io.BytesIO(photo)), Image.open(io.BytesIO(left))
    assert told == ["position"]
    assert b"Ana Sorel" not in left
    assert dict(after.getexif()) == {0x112: 6}
    assert before.tobytes() == after.tobytes()


@pytest.mark.parametrize("kind", ["PNG", "GIF", "BMP", "JPEG", "TIFF", "WEBP"])
@pytest.mark.parametrize("size", [(3, 5), (260, 129)])
def test_sizes_are_read_from_headers(kind: str, size: tuple[int, int]) -> None:
    for options in ({}, {"lossless": True}) if kind == "WEBP" else ({},):
        assert rasters.size(kind.lower(), drawn(kind, size, **options)) == size


def test_a_jpeg_with_filling_before_its_size_is_judged_by_it() -> None:
    photo = drawn("JPEG")
    at = photo.index(b"\xff\xc0")
    filled = photo[:at] + b"\xff\xff" + photo[at:]
    assert rasters.size("jpeg", filled) == (40, 20)


def test_a_photo_that_tells_no_place_stays_to_the_byte() -> None:
    photo = photo_of(gps=False, artist="Ana Sorel")
    assert _in(photo) == (photo, [])


def test_the_place_of_a_png_goes_and_other_texts_stay() -> None:
    def noted(key: str, text: str) -> bytes:
        notes = PngImagePlugin.PngInfo()
        notes.add_itxt(key, text, zip=True)
        return drawn("PNG", pnginfo=notes)

    placed = noted("XML:com.adobe.xmp", '<x exif:GPSLatitude="48,51N"/>')
    left, told = _in(placed, "word/media/image1.png")
    assert told == ["position"]
    assert b"XML:com.adobe" not in left
    assert Image.open(io.BytesIO(left)).tobytes() == Image.open(io.BytesIO(placed)).tobytes()
    plain = noted("Software", "Atelier 3")
    assert _in(plain, "word/media/image1.png") == (plain, [])


def _lighter(data: bytes, *, inches: float = 2, dpi: int = 100) -> bytes | None:
    width = int(inches * INCH)
    return images.lighter(data, width_emu=width, height_emu=width // 2, dpi=dpi)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_finer_than_the_page_needs_is_made_lighter(kind: str) -> None:
    large = drawn(kind, (1_600, 800), exif=Image.Exif().tobytes())
    made = _lighter(large)
    assert made is not None
    small = Image.open(io.BytesIO(made))
    assert (small.format, small.size) == (kind, (200, 100))
    assert len(made) < 0.9 * len(large)
    assert made == _lighter(large)


def test_transparency_and_tables_of_colours_survive() -> None:
    out = io.BytesIO()
    Image.effect_noise((900, 450), 40).quantize(64).save(out, "PNG", transparency=0)
    made = _lighter(out.getvalue())
    assert made is not None
    assert Image.open(io.BytesIO(made)).mode == "RGBA"


FLOOD = b"\x89PNG\r\n\x1a\n" + struct.pack(">L", 13) + b"IHDR"
FLOOD += struct.pack(">LLBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)


@pytest.mark.parametrize(
    "data",
    [
        drawn("PNG", (100, 50)),
        drawn("JPEG", (190, 95)),
        drawn("GIF", (900, 450)),
        EMF,
        b"",
        png()[:40],
        FLOOD + struct.pack(">L", zlib.crc32(FLOOD[12:])),
    ],
)
def test_a_picture_that_would_not_win_stays(data: bytes) -> None:
    assert _lighter(data) is None


def test_a_picture_without_a_size_on_the_page_stays() -> None:
    assert _lighter(drawn("PNG", (900, 450)), inches=0) is None


def test_a_forbidden_svg_leaves_its_picture_in_place() -> None:
    assert "blip" not in content(admit(pictured(SVG % b"<script/>", "svg")).data)
