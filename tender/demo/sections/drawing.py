"""Charts and diagrams of the demonstration, drawn with Pillow; the same bytes each time."""

import io
import unicodedata
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

WIDTH = 1_500
_INK, _QUIET, _PALE = "#2A2628", "#7B736C", "#E9E4DE"


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size=size)


def _write(
    draw: ImageDraw.ImageDraw, place: tuple[float, float], text: str, *, size: int, fill: str = _INK
) -> None:
    """Words with their accents, which the only font that is always there lacks."""
    font = _font(size)
    plain = ""
    marks: list[tuple[str, str]] = []
    for sign in unicodedata.normalize("NFD", text):
        if unicodedata.combining(sign):
            marks.append((plain, sign))
        else:
            plain += sign
    draw.text(place, plain, fill=fill, font=font)
    for before, sign in marks:
        box = font.getbbox(before[-1])
        left = place[0] + draw.textlength(before[:-1], font=font) + (box[0] + box[2]) / 2
        high = sign != "\u0327"
        _accent(draw, (left, place[1] + (box[1] if high else box[3])), sign, size=size, fill=fill)


def _accent(
    draw: ImageDraw.ImageDraw, place: tuple[float, float], sign: str, *, size: int, fill: str
) -> None:
    """One accent above (or below) the middle of a letter."""
    x, y = place
    step = size / 8
    strokes = {
        "\u0301": ((-0.4, -0.6), (0.9, -1.8)),
        "\u0300": ((0.4, -0.6), (-0.9, -1.8)),
        "\u0302": ((-1.1, -0.6), (0, -1.7), (1.1, -0.6)),
        "\u0327": ((0.2, 0), (0.6, 1), (-0.5, 1.6)),
    }
    points = [(x + step * a, y + step * b) for a, b in strokes.get(sign, ())]
    if points:
        draw.line(points, fill=fill, width=max(2, size // 12))


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.convert("P", palette=Image.Palette.ADAPTIVE, colors=64).save(out, "PNG", optimize=True)
    return out.getvalue()


def bars(title: str, values: Sequence[tuple[str, float]], colour: str) -> bytes:
    """Horizontal bars with their values."""
    row = 78
    image = Image.new("RGB", (WIDTH, 120 + row * len(values)), "white")
    draw = ImageDraw.Draw(image)
    _write(draw, (30, 24), title, size=38)
    most = max(value for _, value in values)
    for index, (label, value) in enumerate(values):
        top = 105 + index * row
        length = int(820 * value / most)
        _write(draw, (30, top + 8), label, size=32)
        draw.rectangle((470, top, 470 + 820, top + 46), fill=_PALE)
        draw.rectangle((470, top, 470 + length, top + 46), fill=colour)
        shown = f"{value:g}".replace(".", ",")
        draw.text((1_320, top + 8), shown, fill=_INK, font=_font(32))
    return _png(image)


def flow(title: str, steps: Sequence[str], colour: str) -> bytes:
    """Boxes joined by arrows."""
    image = Image.new("RGB", (WIDTH, 330), "white")
    draw = ImageDraw.Draw(image)
    _write(draw, (30, 24), title, size=38)
    gap = 44
    width = (WIDTH - 60 - gap * (len(steps) - 1)) // len(steps)
    for index, step in enumerate(steps):
        left = 30 + index * (width + gap)
        draw.rounded_rectangle((left, 110, left + width, 270), 18, fill=colour)
        _centred(draw, step, (left, 110, left + width, 270))
        if index:
            tip = left - 6
            draw.polygon([(tip - 30, 172), (tip, 190), (tip - 30, 208)], fill=_QUIET)
    return _png(image)


def _centred(draw: ImageDraw.ImageDraw, text: str, box: tuple[int, int, int, int]) -> None:
    """Words in the middle of a box, broken where they must."""
    font = _font(29)
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and draw.textlength(longer, font=font) <= box[2] - box[0] - 24:
            lines[-1] = longer
        else:
            lines.append(word)
    top = (box[1] + box[3] - 36 * len(lines)) // 2
    for index, line in enumerate(lines):
        left = (box[0] + box[2] - draw.textlength(line, font=font)) / 2
        _write(draw, (left, top + 36 * index), line, size=29, fill="white")


def gantt(title: str, tasks: Sequence[tuple[str, int, int]], colour: str) -> bytes:
    """Bars over twelve months."""
    row = 62
    image = Image.new("RGB", (WIDTH, 190 + row * len(tasks)), "white")
    draw = ImageDraw.Draw(image)
    _write(draw, (30, 24), title, size=38)
    month = 88
    for index in range(12):
        left = 420 + index * month
        draw.text((left + 22, 100), f"M{index + 1}", fill=_QUIET, font=_font(26))
        draw.line((left, 140, left, 150 + row * len(tasks)), fill=_PALE, width=3)
    for index, (label, start, length) in enumerate(tasks):
        top = 150 + index * row
        _write(draw, (30, top + 8), label, size=28)
        left = 420 + start * month
        draw.rounded_rectangle((left, top, left + length * month - 6, top + 40), 8, fill=colour)
    return _png(image)
