import struct
import zlib
from collections.abc import Callable, Mapping

import pytest

from tender.documents.errors import Refused
from tender.documents.sandboxed import MIB, in_child
from tests.documents import hostile
from tests.documents.made import (
    W,
    docx,
    linked,
    paragraph,
    parts,
    png,
    rels,
    zipped,
)
from tests.documents.test_gate_objects import workbook

SECONDS, MEMORY = 10, 600 * MIB


def _style(name: int, base: int) -> str:
    return f'<w:style w:styleId="S{name}"><w:basedOn w:val="S{base}"/></w:style>'


def _rings() -> bytes:
    """Styles that end in themselves, charts that point to each other and to themselves."""
    space = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    styles = "".join(_style(n, (n + 1) % 20_000) for n in range(20_000))
    blobs = parts(paragraph("texte")) | {
        "word/styles.xml": f'<w:styles xmlns:w="{W}">{styles}</w:styles>',
        "word/_rels/document.xml.rels": rels(
            ("r0", "chart", "c0.xml"), ("r1", "styles", "styles.xml")
        ),
    }
    for n in range(300):
        targets = ((n + 1) % 300, n, (n * 7) % 300)
        links = [(f"r{k}", "chart", f"c{target}.xml") for k, target in enumerate(targets)]
        blobs[f"word/c{n}.xml"] = f'<c:chartSpace xmlns:c="{space}"/>'
        blobs[f"word/_rels/c{n}.xml.rels"] = rels(*links)
    return zipped(blobs)


def _embedded() -> bytes:
    """Thirty small workbooks of sixty megabytes each, and a picture in a million crumbs."""
    book = workbook(**{"xl__zeros.bin": bytes(60 * MIB)})
    numbers = range(30)
    objects = "".join(
        f'<o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" r:id="r{n}"/>' for n in numbers
    )
    crumb = struct.pack(">L4sL", 0, b"teXt", zlib.crc32(b"teXt"))
    whole = png()
    books = [(f"r{n}", "package", f"embeddings/{n}.xlsx") for n in numbers]
    blobs = parts(f"<w:p><w:r>{objects}</w:r></w:p>") | {
        "word/_rels/document.xml.rels": rels(*books, ("p", "image", "media/a.png")),
        "word/media/a.png": whole[:33] + crumb * 1_000_000 + whole[33:],
    }
    return zipped(blobs | {f"word/embeddings/{n}.xlsx": book for n in numbers})


BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
END = BEGIN.replace("begin", "end")
CODES = "<w:r><w:instrText>DDE </w:instrText></w:r>" * 30_000


def _fields() -> bytes:
    """Good ones, forbidden ones, one of many codes, nested ones, and some that never end."""
    simple = hostile.field("PAGE") * 5_000 + hostile.field("DDE x") * 5_000
    odd = f"{BEGIN}{CODES}{END}{BEGIN * 10_000}{END * 10_000}{BEGIN * 10_000}"
    return docx(f"{simple}<w:p>{odd}</w:p>")


def _marks() -> bytes:
    """Bookmarks of one id, links to nowhere allowed, old drawings with addresses."""
    bookmarks = '<w:bookmarkStart w:id="1" w:name="a"/>' * 15_000
    shapes = '<v:shape href="a"/>' * 50_000
    link = '<w:p><w:hyperlink r:id="r{}"><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>'
    outside = [(f"r{n}", "hyperlink", f"file:///{n}", "External") for n in range(8_000)]
    body = f"{bookmarks}<w:p><w:r><w:pict>{shapes}</w:pict></w:r></w:p>"
    return linked(body + "".join(link.format(n) for n in range(8_000)), *outside)


HEAVY: Mapping[str, Callable[[], bytes]] = {
    "elements": lambda: docx("<w:p/>" * 1_500_000),
    "one attribute": lambda: docx(f'<w:p w:x="{"y" * 12_000_000}"/>'),
    "fields": _fields,
    "marks": _marks,
    "rings": _rings,
    "embedded": _embedded,
}


@pytest.mark.parametrize("write", HEAVY.values(), ids=HEAVY)
def test_no_file_takes_more_than_ten_seconds_and_six_hundred_megabytes(
    write: Callable[[], bytes],
) -> None:
    """The child would be killed past either, and the refusal would say so."""
    assert _answer(write()) not in ("timeout", "died", "memory")


def _answer(data: bytes) -> str:
    try:
        in_child("admit", data, timeout=SECONDS, memory=MEMORY)
    except Refused as refused:
        return refused.code
    return "admitted"
