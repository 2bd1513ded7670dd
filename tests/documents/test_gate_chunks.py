"""Files that Word was to merge when it opens the document: their words come in their place."""

import pytest

from tender.documents.gate import admit
from tests.documents.made import MAIN, docx, paragraph, rels, types
from tests.documents.written import texts

CHUNK = paragraph("avant") + '<w:altChunk r:id="r1"/>' + paragraph("après")
MAIL = (
    b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n"
    b"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
    b"<p>Premi=C3=A8re</p><p>Seconde</p>\n--x--\n"
)
PAGE = (
    "<?xml version='1.0' encoding='utf-8'?><html><head><title>non</title></head><body>"
    "<h1>Première</h1><script>non()</script><ul><li>Seco<b>nde</b></li></ul></body></html>"
)


def chunked(name: str, body: str | bytes, **more: str | bytes) -> bytes:
    """A document with a chunk between two paragraphs."""
    links = rels(("r1", "aFChunk", name))
    return docx(CHUNK, **{"word___rels__document.xml.rels": links, f"word__{name}": body}, **more)


def _of_word_type_by_default() -> bytes:
    kinds = types().replace(
        "<Default", f'<Default Extension="docx" ContentType="{MAIN}"/><Default', 1
    )
    inner = docx(paragraph("Première") + paragraph("Seconde"))
    return chunked("chunk.docx", inner, **{"[Content_Types].xml": kinds})


@pytest.mark.parametrize(
    "data",
    [
        chunked("chunk.html", PAGE),
        chunked("chunk.html", "<p>Première<br>Seconde".encode("cp1252")),
        chunked("chunk.mht", MAIL),
        chunked("chunk.txt", "Première\r\nSeconde"),
        _of_word_type_by_default(),
    ],
    ids=["page", "old page", "mail", "text", "word"],
)
def test_a_chunk_s_words_take_its_place(data: bytes) -> None:
    admitted = admit(data)
    assert texts(admitted.data) == ["avant", "Première", "Seconde", "après"]
    assert [found.code for found in admitted.findings] == ["aFChunk"]


@pytest.mark.parametrize("body", [b"{\\rtf1 x}", b"PK\3\4", b"", b"\xff\xfe\0"])
def test_a_chunk_that_cannot_be_read_goes_and_is_told(body: bytes) -> None:
    admitted = admit(chunked("chunk.bin", body))
    assert texts(admitted.data)[0] == "avant"
    assert "aFChunk" in [found.code for found in admitted.findings]


def test_a_cell_whose_chunk_goes_keeps_a_paragraph() -> None:
    cell = '<w:tbl><w:tr><w:tc><w:altChunk r:id="r1"/></w:tc></w:tr></w:tbl>'
    assert texts(admit(docx(cell + paragraph("fin"))).data) == ["", "fin"]
