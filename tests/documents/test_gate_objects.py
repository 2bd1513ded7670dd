import hashlib
import struct
import uuid

import pytest

from tender.documents.gate import Admitted, admit
from tests.documents import hostile
from tests.documents.compounds import PACKAGE, biff, compound
from tests.documents.made import (
    R,
    content,
    docx,
    names,
    paragraph,
    png,
    rels,
    zipped,
)
from tests.documents.made import parts as word_parts

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_BOUNDSHEET, _SUPBOOK, _FILEPASS = 0x85, 0x1AE, 0x2F


def workbook(**more: str | bytes) -> bytes:
    """A workbook of one empty sheet; `more` adds or replaces parts."""
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{space}"><Default Extension="xml"'
        f' ContentType="application/xml"/><Override PartName="/xl/workbook.xml"'
        f' ContentType="{SHEET}"/></Types>',
        "_rels/.rels": rels(("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": "<workbook/>",
    }
    return zipped(found | {name.replace("__", "/"): blob for name, blob in more.items()})


def embedding(
    data: bytes, program: str = "Excel.Sheet.12", *, kind: str = "package", link: str = "Embed"
) -> Admitted:
    """What the gate makes of a text with one object under its heading « Méthode »."""
    body = (
        paragraph("Méthode", '<w:pStyle w:val="T1"/>')
        + paragraph("texte")
        + '<w:p><w:r><w:object><v:shape id="s1"><v:imagedata r:id="r2"/></v:shape>'
        f'<o:OLEObject Type="{link}" ProgID="{program}" ShapeID="s1" r:id="r1"/>'
        "</w:object></w:r></w:p>"
    )
    main = rels(
        ("r1", kind, "embeddings/o.bin"),
        ("r2", "image", "media/a.png"),
        ("r3", "styles", "styles.xml"),
    )
    styles = (
        f'<w:styles xmlns:w="{R.replace("officeDocument", "wordprocessingml")[:-14]}/main">'
        '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="heading 1"/></w:style>'
        "</w:styles>"
    )
    return admit(
        docx(
            body,
            **{
                "word___rels__document.xml.rels": main,
                "word__embeddings__o.bin": data,
                "word__media__a.png": png(),
                "word__styles.xml": styles,
            },
        )
    )


def part_of(admitted: Admitted, name: str) -> bytes:
    """The plain bytes of one part."""
    return admitted.package.pieces[name].data


NOISE = b"".join(hashlib.sha256(bytes([n])).digest() for n in range(200))
LARGE = workbook(**{"xl__x.png": NOISE})


@pytest.mark.parametrize(
    ("data", "program", "kind", "name"),
    [
        (workbook(), "Excel.Sheet.12", "package", "object1.xlsx"),
        (docx(hostile.field("USERNAME")), "Word.Document.12", "package", "object1.docx"),
        (compound({"Workbook": biff((_BOUNDSHEET, b"\0" * 8))}), "Excel.Sheet.8", "oleObject",
         "object1.bin"),
        (compound({"Package": workbook()}), "Excel.Sheet.12", "oleObject", "object1.bin"),
        (compound({"Package": LARGE, "x": b"y"}), "Excel.Sheet.12", "oleObject", "object1.bin"),
    ],
)  # fmt: skip
def test_an_embedded_document_stays_to_the_byte(
    data: bytes, program: str, kind: str, name: str
) -> None:
    admitted = embedding(data, program, kind=kind)
    assert part_of(admitted, f"word/embeddings/{name}") == data
    assert admitted.findings == ()
    assert "OLEObject" in content(admitted.data)
    assert admit(admitted.data).data == admitted.data


OUTSIDE = rels(("r1", "image", "http://x.invalid/a", "External"))
BOOK_RELS = "xl___rels__workbook.xml.rels"
NATIVE = {"\x01Ole10Native": b"MZ"}
LINKED = {"\x01Ole": struct.pack("<LL", 0x02000001, 1)}
MACRO_SHEET = biff((_BOUNDSHEET, b"\0\0\0\0\0\1\0\0"))
OTHER_BOOK = biff((_SUPBOOK, b"\0\0\4\0\0abcd"))
CALLING = '<f>WEBSERVICE("x")</f>'
PDF = {"CONTENTS": b"%PDF /JavaScript"}
HARMFUL = {
    "a packaged file": (compound(NATIVE), "Package", "de bureautique"),
    "the same, its name a lie": (compound(NATIVE), "Excel.Sheet.8", "de bureautique"),
    "the class of a package": (compound({}, program=PACKAGE), "Word.Document.8", "de bureautique"),
    "an unknown class": (compound({}, program=str(uuid.UUID(int=7))), "Visio.x", "de bureautique"),
    "an unknown program": (compound({}), "Scriptlet.Sheet", "de bureautique"),
    "a link in disguise": (compound(LINKED), "Excel.Sheet.8", "renvoie"),
    "macros": (compound({}, storages=("_VBA_PROJECT_CUR",)), "Excel.Sheet.8", "programme"),
    "a macro sheet": (compound({"Workbook": MACRO_SHEET}), "Excel.Sheet.8", "programme"),
    "another book": (compound({"Workbook": OTHER_BOOK}), "Excel.Sheet.8", "renvoie"),
    "a password": (compound({"Book": biff((_FILEPASS, b"\0\0"))}), "Excel.Sheet.8", "chiffré"),
    "DDE in a text": (compound({"WordDocument": b"\x13 DDE c"}), "Word.Document.8", "renvoie"),
    "DDE a letter a run": (docx(hostile.field("DDE c", split=True)), "Word.Document.12", "renvoie"),
    "a link in a text": (docx(hostile.field('HYPERLINK "file:///c"')), "Word.Document", "renvoie"),
    "a script in a PDF": (compound(PDF), "AcroExch.Document", "programme"),
    "no book": (workbook(**{"[Content_Types].xml": "<Types/>"}), "Excel.Sheet", "de bureautique"),
    "a link to another book": (
        workbook(**{BOOK_RELS: rels(("r1", "externalLink", "x.xml"))}), "Excel.Sheet", "renvoie"),
    "a book with macros": (
        workbook(**{BOOK_RELS: rels(("r1", "vbaProject", "x.bin"))}), "Excel.Sheet", "programme"),
    "a picture elsewhere": (workbook(**{BOOK_RELS: OUTSIDE}), "Excel.Sheet", "renvoie"),
    "a calling formula": (workbook(**{"s.xml": CALLING}), "Excel.x", "renvoie"),
    "a DOCTYPE": (workbook(**{"xl__s.xml": "<!DOCTYPE x><x/>"}), "Excel.Sheet.12", "illisible"),
    "a broken zip": (workbook()[:-9], "Excel.Sheet.12", "illisible"),
    "noise": (bytes(range(256)) * 9, "Excel.Sheet.8", "illisible"),
    "a damaged file": (compound({})[:1_000] + b"\xff" * 900, "Excel.Sheet.8", "illisible"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "program", "words"), HARMFUL.values(), ids=HARMFUL)
def test_a_program_goes_its_picture_stays_and_the_place_is_told(
    data: bytes, program: str, words: str
) -> None:
    admitted = embedding(data, program, kind="oleObject")
    (told,) = admitted.findings
    assert words in str(told)
    assert told.where == "sous «\u00a0Méthode\u00a0», paragraphe 3"
    assert not [name for name in names(admitted.data) if "embeddings" in name]
    assert "OLEObject" not in content(admitted.data)
    assert "word/media/image1.png" in names(admitted.data)


def test_an_object_that_says_it_is_linked_goes() -> None:
    admitted = embedding(workbook(), link="Link")
    assert not [name for name in names(admitted.data) if "embeddings" in name]


def _holding(inner: bytes) -> bytes:
    """A workbook that embeds another file."""
    links = rels(("r1", "package", "../embeddings/x.xlsx"))
    return workbook(**{"xl__sheets___rels__s.xml.rels": links, "xl__embeddings__x.xlsx": inner})


def test_files_in_files_stay_one_deep() -> None:
    assert embedding(_holding(workbook())).findings == ()
    (told,) = embedding(_holding(_holding(workbook()))).findings
    assert "incorpore à son tour" in str(told)


def test_a_chart_keeps_its_workbook() -> None:
    space = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    chart = f'<c:chartSpace xmlns:c="{space}" xmlns:r="{R}"><c:chart/>{{0}}</c:chartSpace>'
    body = f'<w:p><w:r><w:drawing><c:chart xmlns:c="{space}" r:id="r1"/></w:drawing></w:r></w:p>'
    blobs = word_parts(body) | {
        "word/_rels/document.xml.rels": rels(("r1", "chart", "charts/chart1.xml")),
        "word/charts/chart1.xml": chart.format('<c:externalData r:id="r1"/>'),
        "word/charts/_rels/chart1.xml.rels": rels(("r1", "package", "../embeddings/b.xlsx")),
        "word/embeddings/b.xlsx": workbook(),
    }
    admitted = admit(zipped(blobs))
    assert part_of(admitted, "word/embeddings/object1.xlsx") == workbook()
    assert admitted.findings == ()
    elsewhere = rels(("r1", "oleObject", "file:///c:/b.xlsx", "External"))
    cut = admit(zipped(blobs | {"word/charts/_rels/chart1.xml.rels": elsewhere}))
    assert "externalData" not in content(cut.data)
    assert [finding.code for finding in cut.findings] == ["oleObject"]
