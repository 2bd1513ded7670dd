import re
import struct
import zipfile
from io import BytesIO

import pytest

from tender.documents.errors import Refused
from tender.documents.gate import admit
from tests.documents import hostile
from tests.documents.made import (
    MAIN,
    Raw,
    W,
    content,
    docx,
    linked,
    paragraph,
    parts,
    raw_parts,
    raw_zip,
    rels,
    types,
    zipped,
)

GOOD = admit(docx()).data


class _Stream(BytesIO):
    """Something written once, from front to back."""

    def seekable(self) -> bool:
        return False


def _written_to(out: BytesIO, *, large: bool) -> bytes:
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, blob in parts().items():
            with archive.open(name, "w", force_zip64=large) as part:
                part.write(blob.encode() if isinstance(blob, str) else blob)
    return out.getvalue()


def _streamed(*, large: bool = False) -> bytes:
    """A zip written to a stream that cannot turn back: sizes stand behind each part."""
    return _written_to(_Stream(), large=large)


def _seekable_zip64() -> bytes:
    """As .NET writes small files: local sizes in zip64 fields."""
    return _written_to(BytesIO(), large=True)


def _zip64_end(data: bytes) -> bytes:
    """The same zip with its numbers in a zip64 end record, as some tools always write it."""
    at = data.rfind(b"PK\5\6")
    _, _, _, count, _, size, offset, _ = struct.unpack_from("<4s4H2LH", data, at)
    large = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, offset)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, at, 1)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return data[:at] + large + locator + end


def _of_a_tebibyte() -> bytes:
    """The first part is said to be a tebibyte, in the zip64 field of the directory."""
    data = docx()
    at, end = data.index(b"PK\1\2"), data.rfind(b"PK\5\6")
    name = at + 46 + int.from_bytes(data[at + 28 : at + 30], "little")
    field = struct.pack("<2HQ", 1, 8, 1 << 40)
    entry = bytearray(data[at:name])
    struct.pack_into("<L", entry, 24, 0xFFFFFFFF)
    struct.pack_into("<H", entry, 30, len(field))
    last = bytearray(data[end:])
    struct.pack_into("<L", last, 12, end - at + len(field))
    return data[:at] + bytes(entry) + field + data[name:end] + bytes(last)


def _flagged(data: bytes) -> bytes:
    """The first local header says that its name is in UTF-8; the directory does not."""
    changed = bytearray(data)
    changed[7] |= 0x08
    return bytes(changed)


TWICE = [*raw_parts(), Raw("word/a.xml", b"<a/>"), Raw("word/a.xml", b"<a/>")]
MENDED = {
    "sizes behind each part": _streamed(),
    "large sizes behind each part": _streamed(large=True),
    "zip64 in local headers": _seekable_zip64(),
    "zip64 at the end": _zip64_end(docx()),
    "a comment in words": raw_zip(raw_parts(), comment="Enregistré par Éditeur".encode()),
    "blanks at the end": docx() + b"\0\0\r\n",
    "flags that differ over nothing": _flagged(docx()),
    "a part twice, the same": raw_zip(TWICE),
    "an override twice, the same": docx(
        **{"[Content_Types].xml": types().replace("</Types>", "")
           + f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>'}),
    "no type for the text": docx(**{"[Content_Types].xml": types(**{"word__document.xml": ""})}),
    "an odd type for the text": docx(
        **{"[Content_Types].xml": types(**{"word__document.xml": "application/x-any"})}),
    "a relationship to the text twice": docx(
        **{"_rels__.rels": rels(("a", "officeDocument", "word/document.xml"),
                                ("b", "officeDocument", "/word/document.xml"))}),
    "an absolute target": docx(
        **{"_rels__.rels": rels(("a", "officeDocument", "/word/document.xml"))}),
    "a target with backslashes": docx(
        **{"_rels__.rels": rels(("a", "officeDocument", "word\\document.xml"))}),
    "an id twice, the same": docx(
        **{"_rels__.rels": rels(*[("a", "officeDocument", "word/document.xml")] * 2)}),
    "NULs behind the XML": docx(**{"word__document.xml": str(parts()["word/document.xml"]) + "\0"}),
}  # fmt: skip


@pytest.mark.parametrize("data", MENDED.values(), ids=MENDED)
def test_an_oddity_that_every_reader_reads_alike_is_mended(data: bytes) -> None:
    admitted = admit(data)
    assert admitted.data == GOOD
    assert admitted.findings == ()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (docx() + b"\0" + docx(), "zip"),
        (docx() + b" tail", "tail"),
        (raw_zip(raw_parts(), comment=b"\1\2"), "tail"),
        (raw_zip([*TWICE[:-1], Raw("word/a.xml", b"<b/>")]), "zip"),
        (_of_a_tebibyte(), "part_too_big"),
        (_zip64_end(docx()).replace(b"PK\6\7", b"PK\6\x08"), "zip64"),
        (_zip64_end(docx())[:-30] + docx()[-30:], "*"),
    ],
)
def test_an_oddity_that_two_readers_read_in_two_ways_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        admit(data)
    assert code in ("*", refused.value.code)


@pytest.mark.parametrize(
    ("target", "stays"),
    [
        ("https://exemple.invalid/a?b=c", True),
        ("ftp://exemple.invalid/a", True),
        ("tel:+33100000000", True),
        ("annexe 2.docx", True),
        ("../plans/a.pdf", True),
        ("#partie", True),
        ("www.exemple.com", True),
        ("", False),
        ("outils/pose.EXE", False),
        ("a.lnk#x", False),
        ("/etc/passwd", False),
        ("//pirate/partage", False),
        ("\\\\pirate\\partage", False),
        ("a\\b.docx", False),
        ("%5C%5Cpirate%5Cx", False),
        ("file:///c:/x", False),
        ("JavaScript:alert(1)", False),
        ("vbscript:x", False),
        ("ms-word:ofe|u|http://pirate.invalid", False),
        ("C:\\x.exe", False),
    ],
)
def test_a_link_stays_where_it_reaches_no_share_and_no_program(target: str, stays: bool) -> None:
    link = '<w:p><w:hyperlink r:id="r1"><w:r><w:t>texte</w:t></w:r></w:hyperlink></w:p>'
    admitted = admit(linked(link, ("r1", "hyperlink", target.replace("&", "&amp;"), "External")))
    left = content(admitted.data)
    assert ('TargetMode="External"' in left) is stays
    assert "texte" in left
    assert bool(admitted.findings) is not stays


def test_fields_nested_too_deep_become_text_and_the_outer_ones_stay() -> None:
    inner = "<w:r><w:t>résultat</w:t></w:r>"
    for _ in range(60):
        inner = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            "<w:r><w:instrText>REF a</w:instrText></w:r>"
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{inner}'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )
    left = content(admit(docx(f"<w:p>{inner}</w:p>")).data)
    assert left.count('"begin"') == left.count('"end"') == 20
    assert "résultat" in left


def test_a_field_whose_code_was_changed_stays_a_field() -> None:
    tracked = (
        '<w:r><w:instrText xml:space="preserve">REF </w:instrText></w:r>'
        "<w:del><w:r><w:delInstrText>a</w:delInstrText></w:r></w:del>"
        "<w:ins><w:r><w:instrText>b</w:instrText></w:r></w:ins>"
    )
    whole = hostile.field("x")
    start = whole.index("<w:r><w:instrText")
    end = whole.index("</w:instrText></w:r>") + len("</w:instrText></w:r>")
    left = content(admit(docx(whole[:start] + tracked + whole[end:])).data)
    assert "REF " in left
    assert "delInstrText" in left


def test_a_field_that_never_ends_takes_no_text_with_it() -> None:
    body = hostile.field("PAGE").replace('<w:r><w:fldChar w:fldCharType="end"/></w:r>', "")
    admitted = admit(docx(body + paragraph("La suite reste.")))
    assert "La suite reste." in content(admitted.data)
    assert "fldChar" not in content(admitted.data)


def test_what_a_package_only_dreams_of_is_dropped_and_told() -> None:
    admitted = admit(zipped(parts(hostile.field("PAGE") + '<w:p><w:hyperlink r:id="r7"/></w:p>')))
    assert [finding.code for finding in admitted.findings] == ["broken"]


def _called(tag: str, number: int) -> str:
    return f'<w:p><w:r><w:{tag} w:id="{number}"/></w:r><w:r><w:t>texte</w:t></w:r></w:p>'


def _noted(body: str, *notes: tuple[str, str]) -> bytes:
    """A text with these footnotes, by id, and the usual separator."""
    items = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:footnote>'
        for number, words in notes
    )
    separator = '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
    more = {
        "word___rels__document.xml.rels": rels(("r1", "footnotes", "footnotes.xml")),
        "word__footnotes.xml": f'<w:footnotes xmlns:w="{W}">{separator}{items}</w:footnotes>',
    }
    return docx(body, **more)


@pytest.mark.parametrize("number", [9, 0])
def test_a_call_to_no_note_goes_and_is_told(number: int) -> None:
    body = _called("footnoteReference", 2) + _called("footnoteReference", number)
    admitted = admit(_noted(body, ("2", "note")))
    (told,) = admitted.findings
    assert (told.code, told.where) == ("broken", "paragraphe 2")
    assert content(admitted.data).count("footnoteReference") == 1


@pytest.mark.parametrize("tag", ["footnoteReference", "endnoteReference", "commentReference"])
def test_calls_without_any_notes_go(tag: str) -> None:
    admitted = admit(docx(_called(tag, 1)))
    assert tag not in content(admitted.data)
    assert "broken" in {finding.code for finding in admitted.findings}


def test_two_notes_of_one_id_are_told_apart_in_their_order() -> None:
    body = _called("footnoteReference", 2) * 2
    left = content(admit(_noted(body, ("2", "première"), ("2", "seconde"))).data)
    calls = re.findall(r'footnoteReference w:id="(\d+)"', left)
    notes = dict(re.findall(r'<w:footnote w:id="(\d+)"><w:p><w:r><w:t>(\w+)', left))
    assert [notes[call] for call in calls] == ["première", "seconde"]


def test_bookmarks_are_paired_and_named_once() -> None:
    start, end = '<w:bookmarkStart w:id="{}" w:name="{}"/>', '<w:bookmarkEnd w:id="{}"/>'
    marks = (
        start.format(1, "a") + start.format(1, "b") + end.format(1) + end.format(1)
        + start.format(5, "c") + end.format(6) + start.format(7, "A") + end.format(7)
    )  # fmt: skip
    left = content(admit(docx(f"<w:p>{marks}<w:r><w:t>texte</w:t></w:r></w:p>")).data)
    starts = re.findall(r'bookmarkStart w:id="(\d+)" w:name="(\w+)"', left)
    ends = re.findall(r'bookmarkEnd w:id="(\d+)"', left)
    assert sorted(name for _, name in starts) == ["a", "b", "c"]
    assert sorted(ends) == sorted({number for number, _ in starts})
    assert ends.index({name: number for number, name in starts}["b"]) == 0


BROKEN = {"styles": "styles.xml", "numbering": "numbering.xml", "settings": "settings.xml",
          "chart": "chart1.xml", "people": "people.xml"}  # fmt: skip


@pytest.mark.parametrize(("kind", "name"), BROKEN.items(), ids=BROKEN)
def test_an_unreadable_side_part_goes_and_is_told(kind: str, name: str) -> None:
    more = {
        "word___rels__document.xml.rels": rels(("r1", kind, name)),
        f"word__{name}": f'<w:x xmlns:w="{W}"><w:p>',
    }
    admitted = admit(docx(paragraph("texte"), **more))
    assert [finding.code for finding in admitted.findings] == ["damaged"]
    assert not re.search(name, content(admitted.data))


def test_unreadable_relationships_of_a_side_part_are_told_and_those_of_the_text_refused() -> None:
    settings = f'<w:settings xmlns:w="{W}"/>'
    more = {
        "word___rels__document.xml.rels": rels(("r1", "settings", "settings.xml")),
        "word__settings.xml": settings,
        "word___rels__settings.xml.rels": "<Relationships>",
    }
    assert [finding.code for finding in admit(docx(**more)).findings] == ["damaged"]
    with pytest.raises(Refused):
        admit(docx(**{"word___rels__document.xml.rels": "<Relationships>"}))


def test_unreadable_properties_are_no_reason_to_refuse() -> None:
    assert admit(docx(**{"docProps__custom.xml": "<a>"})).findings == ()


def test_a_text_that_another_type_was_declared_for_is_read_by_its_root() -> None:
    odd = types(**{"word__document.xml": "text/xml"})
    assert "Bonjour" in content(admit(zipped(parts() | {"[Content_Types].xml": odd})).data)
