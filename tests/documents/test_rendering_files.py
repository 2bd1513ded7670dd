"""PDF files as numbered objects: read, changed, left alone where they are of another kind."""

import io

import pytest
from pypdf import PdfReader, PdfWriter

from tender.documents.rendering.named import written
from tender.documents.rendering.objects import PlainPdf
from tender.documents.rendering.steady import without_dates


def _plain(info: bytes = b"<< /Title (Offre) >>") -> bytes:
    """A page as the engines write it: objects in the open, one table."""
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] >>",
        info,
    ]
    out, table = b"%PDF-1.6\n", [b"0000000000 65535 f \n"]
    for number, body in enumerate(bodies, start=1):
        table.append(b"%010d 00000 n \n" % len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    trailer = b"trailer\n<< /Size 5 /Root 1 0 R /Info 4 0 R /ID [<00> <00>] >>\n"
    return out + b"xref\n0 5\n" + b"".join(table) + trailer + b"startxref\n%d\n%%%%EOF" % len(out)


def _squeezed() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(10, 10)
    writer.add_metadata({"/CreationDate": "D:20270101000000Z"})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue().replace(b"xref\n0", b"xref\n1", 1)


def test_a_longer_object_moves_what_stands_behind_it() -> None:
    opened = PlainPdf(_plain())
    opened.objects[2] = opened.objects[2].replace(b"/Count 1", b"/Count 1 /Note (plus long)")
    reader = PdfReader(io.BytesIO(opened.written()), strict=True)
    assert len(reader.pages) == 1
    assert reader.metadata is not None
    assert reader.metadata.title == "Offre"


def test_dates_are_taken_out_and_the_name_follows_the_content() -> None:
    one, two, other = (
        without_dates(_plain(b"<< /Title (%s) /CreationDate (D:2027%s) >>" % (title, day)))
        for title, day in ((b"Offre", b"0101"), (b"Offre", b"0102"), (b"Autre", b"0102"))
    )
    assert one == two
    assert b"CreationDate" not in one
    ids = [PdfReader(io.BytesIO(pdf)).trailer["/ID"] for pdf in (one, other)]
    assert ids[0] != ids[1]


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.7\n%%EOF", _plain()[:-40], _squeezed()])
def test_a_file_of_another_kind_is_left_as_it_came(pdf: bytes) -> None:
    assert without_dates(pdf) == pdf


def test_a_bookmark_is_looked_up_as_libreoffice_writes_its_name() -> None:
    assert written("_Toc470000001") == "5FToc470000001"
    assert written("dé-1") == "d25C325A9-1"
