"""Small Word files made for the tests: a good one, its parts, and zips written byte by byte."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PIL import Image

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE = R + "/"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
SECTION = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'


def document(body: str, *, end: str = SECTION) -> str:
    """The main part around some body."""
    return f"<w:document {_SPACES}><w:body>{body}{end}</w:body></w:document>"


def paragraph(text: str, properties: str = "") -> str:
    """One paragraph of plain text."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def rels(*items: tuple[str, str, str] | tuple[str, str, str, str]) -> str:
    """Relationships: id, short or whole kind, target, and `External` if so."""
    lines = []
    for item in items:
        kind = item[1] if "://" in item[1] else OFFICE + item[1]
        mode = f' TargetMode="{item[3]}"' if len(item) > 3 else ""
        lines.append(f'<Relationship Id="{item[0]}" Type="{kind}" Target="{item[2]}"{mode}/>')
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{"".join(lines)}</Relationships>'


def types(**kinds: str) -> str:
    """Content types: defaults, the main part, and overrides by name with `__` for `/`."""
    named = {"word__document.xml": MAIN, **kinds}
    overrides = "".join(
        f'<Override PartName="/{name.replace("__", "/")}" ContentType="{kind}"/>'
        for name, kind in named.items()
    )
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    return (
        f'<Types xmlns="{space}"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        f'relationships+xml"/><Default Extension="png" ContentType="image/png"/>{overrides}</Types>'
    )


def parts(body: str = "", /, **more: str | bytes) -> dict[str, str | bytes]:
    """A good document's parts; `more` adds or replaces, by names with `__` for `/`."""
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": types(),
        "_rels/.rels": rels(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": document(body or paragraph("Bonjour à tous.")),
    }
    for name, blob in more.items():
        found[name.replace("__", "/")] = blob
    return found


def zipped(blobs: Mapping[str, str | bytes]) -> bytes:
    """An ordinary zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, blob in blobs.items():
            archive.writestr(name, blob)
    return out.getvalue()


def docx(body: str = "", /, **more: str | bytes) -> bytes:
    """A Word file with this body and these further parts."""
    return zipped(parts(body, **more))


def linked(body: str, *items: tuple[str, str, str] | tuple[str, str, str, str]) -> bytes:
    """A Word file whose main part has these relationships."""
    return docx(body, **{"word___rels__document.xml.rels": rels(*items)})


def png(width: int = 40, height: int = 20, colour: str = "navy") -> bytes:
    """A small real picture."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "PNG")
    return out.getvalue()


def content(data: bytes) -> str:
    """All the XML of a Word file in one string, to search in."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(
            archive.read(name).decode("utf-8")
            for name in archive.namelist()
            if name.endswith((".xml", ".rels"))
        )


def names(data: bytes) -> list[str]:
    """The parts of a Word file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()


@dataclass(frozen=True)
class Raw:
    """One part as its two headers tell it; what is None follows from the body."""

    name: str
    body: bytes
    local_name: str | None = None
    size: int | None = None
    flags: int = 0
    method: int = 8
    offset: int | None = None
    mode: int = 0
    packed: bytes | None = None


def raw_zip(entries: Sequence[Raw], *, comment: bytes = b"", gap: bytes = b"") -> bytes:
    """A zip in which headers say exactly what they are told to say."""
    out, central = bytearray(), bytearray()
    for entry in entries:
        packed = entry.packed if entry.packed is not None else _deflate(entry)
        crc = zlib.crc32(entry.body)
        size = len(entry.body) if entry.size is None else entry.size
        local = (entry.local_name or entry.name).encode()
        name = entry.name.encode()
        shape = (entry.flags, entry.method, 0, 33, crc, len(packed), size)
        where = len(out) if entry.offset is None else entry.offset
        out += struct.pack("<4s5H3L2H", b"PK\3\4", 20, *shape, len(local), 0) + local + packed + gap
        central += struct.pack(
            "<4s6H3L5H2L", b"PK\1\2", 3 << 8 | 20, 20, *shape, len(name), 0, 0, 0, 0,
            entry.mode << 16, where,
        )  # fmt: skip
        central += name
    count = len(entries)
    end = struct.pack(
        "<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(central), len(out), len(comment)
    )
    return bytes(out + central + end + comment)


def _deflate(entry: Raw) -> bytes:
    if entry.method == 0:
        return entry.body
    machine = zlib.compressobj(9, zlib.DEFLATED, -15)
    return machine.compress(entry.body) + machine.flush()


def raw_parts(**changes: object) -> list[Raw]:
    """A good document as raw entries; `changes` go to its main part."""
    entries = []
    for name, blob in parts().items():
        body = blob.encode() if isinstance(blob, str) else blob
        extra = changes if name == "word/document.xml" else {}
        entries.append(Raw(name, body, **extra))  # type: ignore[arg-type] # a test's own words
    return entries
