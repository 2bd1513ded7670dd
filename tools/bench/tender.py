"""A synthetic tender: sections of five to eight pages by six companies of unlike habits."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from tender.documents.compose import Part
from tools.bench.habits import COMPANIES, Company
from tools.bench.writing import CHAPTERS, Writer

REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    f' xmlns:r="{REL}"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="w14"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SIDES = ("styles", "numbering", "settings", "fontTable", "footnotes")
_DOTS = (120, 84)
_SHARED = 3


def save(folder: Path, count: int) -> None:
    """Write so many sections for children to read, and the middle one in other words."""
    for number in range(count):
        (folder / f"{number}.docx").write_bytes(section(number))
    (folder / "other.docx").write_bytes(section(count // 2, edition=2))


def load(folder: Path, count: int) -> list[Part]:
    """So many sections, as the assembly takes them, from where `save` left them."""
    return [part(number, (folder / f"{number}.docx").read_bytes()) for number in range(count)]


def other(folder: Path, number: int) -> Part:
    """The middle section in other words."""
    return part(number, (folder / "other.docx").read_bytes())


def part(number: int, data: bytes) -> Part:
    """A section under its heading."""
    company = COMPANIES[number % len(COMPANIES)].name
    return Part(
        f"{company}-{number + 1}.docx", data, str(number + 1), f"Section {number + 1}", company
    )


def section(number: int, *, edition: int = 1) -> bytes:
    """One section, the same bytes at each call; another edition has other words."""
    company = COMPANIES[number % len(COMPANIES)]
    chance = random.Random(f"{number}:{edition}")  # noqa: S311 - words
    writer = Writer(company, chance, "" if number % 3 else f"Own{number}")
    pictures = [picture(f"{number}"), picture(f"{company.name}:{number // 6 % _SHARED}")]
    return zipped(_blobs(company, writer, pictures))


@cache
def picture(seed: str) -> bytes:
    """A small photograph-like PNG that does not shrink when packed."""
    width, height = _DOTS
    dots = random.Random(seed).randbytes(width * 3 * height)  # noqa: S311 - dots
    lines = b"".join(b"\0" + dots[n * width * 3 : (n + 1) * width * 3] for n in range(height))
    head = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(lines, 1)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


def zipped(blobs: dict[str, bytes]) -> bytes:
    """As Word packs: everything deflated, fixed dates."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, blob in blobs.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            archive.writestr(info, blob, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _blobs(company: Company, writer: Writer, pictures: list[bytes]) -> dict[str, bytes]:
    texts = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _rels([("rId1", "officeDocument", "word/document.xml")]),
        "word/document.xml": _root("document", f"<w:body>{writer.body()}</w:body>"),
        "word/_rels/document.xml.rels": _rels(
            [(f"rId{n}", kind, f"{kind}.xml") for n, kind in enumerate(_SIDES, start=1)]
            + [("rId7", "header", "header1.xml")]
            + [(f"rId{n + 10}", "image", f"media/image{n + 1}.png") for n in range(len(pictures))]
        ),
        "word/footnotes.xml": _root("footnotes", writer.notes()),
        "word/_rels/footnotes.xml.rels": _rels(
            (f"rId{n}", "hyperlink", f"https://example.org/{company.name}/{n}")
            for n in range(1, CHAPTERS + 1)
        ),
        "word/header1.xml": _root("hdr", writer.paragraph(writer.text(company.name))),
        "word/styles.xml": _root("styles", company.styles(writer.own)),
        "word/numbering.xml": _root("numbering", company.lists()),
        "word/settings.xml": _root("settings", writer.settings()),
        "word/fontTable.xml": _root("fonts", f'<w:font w:name="{company.font}"/>'),
    }  # fmt: skip
    blobs = {name: (_HEAD + text).encode() for name, text in texts.items()}
    return blobs | {f"word/media/image{n}.png": data for n, data in enumerate(pictures, start=1)}


def _root(name: str, inner: str) -> str:
    return f"<w:{name} {_SPACES}>{inner}</w:{name}>"


def _rels(items: Iterable[tuple[str, str, str]]) -> str:
    lines = (
        f'<Relationship Id="{rid}" Type="{REL}/{kind}" Target="{target}"{_mode(target)}/>'
        for rid, kind, target in items
    )
    space = f"{_PACKAGE}/relationships"
    return f'<Relationships xmlns="{space}">{"".join(lines)}</Relationships>'


def _mode(target: str) -> str:
    return ' TargetMode="External"' if "://" in target else ""


def _types() -> str:
    kinds = [("document", "document.main"), ("header1", "header"), *((s, s) for s in _SIDES)]
    named = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WML}.{kind}+xml"/>'
        for name, kind in kinds
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="png" ContentType="image/png"/>{named}</Types>'
    )
