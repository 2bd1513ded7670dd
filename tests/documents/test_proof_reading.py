import pytest

from tender.documents.proof import marks
from tender.documents.proof.facts import Facts, facts_of
from tender.documents.proof.settling import settled
from tests.documents.made import W, document, docx, linked, paragraph, parts, rels, types, zipped
from tests.documents.proven import WHOLE, field, lines, proof_of, run

_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"


def read(body: str) -> list[str]:
    """The lines of a body."""
    return shown(facts_of(docx(body)))


def shown(facts: Facts) -> list[str]:
    return [line.decode() for line in settled(facts)]


PLAIN = {
    "runs joined": ("<w:p>" + run("un ") + run("deux") + "</w:p>", ["un deux"]),
    "entities": (paragraph("R&amp;D &lt; 3 &#233;tapes"), ["R&D < 3 étapes"]),
    "cdata": ("<w:p><w:r><w:t><![CDATA[a < b]]></w:t></w:r></w:p>", ["a < b"]),
    "a comment of XML": ("<w:p><w:r><!-- <w:t>non</w:t> --><w:t>oui</w:t></w:r></w:p>", ["oui"]),
    "tabs and breaks": ("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>",
                        ["a\tb\nc"]),
    "a hyphen that does not break": (
        "<w:p><w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t></w:r></w:p>", ["a-b"]),
    "a symbol": ('<w:p><w:r><w:sym w:char="f0fc" w:font="Wingdings"/></w:r></w:p>',
                 ["[Wingdings F0FC]"]),
    "tab stops are no text": (
        paragraph("a", '<w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs>'), ["a"]),
    "empty paragraphs say nothing": (
        '<w:p/><w:p w:rsidR="1"/><w:p><w:pPr/></w:p><w:p><w:r><w:t/></w:r></w:p>'
        + paragraph("a"), ["a"]),
    "an empty properties element": (
        "<w:p><w:pPr/>" + run("a") + "</w:p>" + paragraph("b"), ["a", "b"]),
    "spaces in tags and between them": (
        '<w:p\n>\n <w:pPr>\n</w:pPr>\n <w:r >\n<w:t xml:space="preserve"> a </w:t>\n</w:r></w:p>',
        [" a "]),
    "a field shows its result, not its code": (
        "<w:p>" + field('DATE \\@ "d"', "mai") + "</w:p>", ["mai"]),
    "what Word counts itself is left out": (
        "<w:p>" + run("Tableau ") + field("SEQ Tableau", "7") + "</w:p>", ["Tableau \1qSEQ\2"]),
    "a field inside a field's code": (
        "<w:p>" + field("REF " + "x</w:instrText></w:r>" + field("PAGE", "9")
                        + "<w:r><w:instrText> \\h", "ici") + "</w:p>", ["\1r?\2"]),
    "a simple field": (
        '<w:p><w:fldSimple w:instr=" PAGE "><w:r><w:t>3</w:t></w:r></w:fldSimple></w:p>',
        ["\1qPAGE\2"]),
    "a field that never ends is text": (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("a") + "</w:p>", ["a"]),
    "tracked changes": (
        '<w:p><w:ins w:id="1">' + run("a") + '</w:ins><w:del w:id="2"><w:r><w:delText>b</w:delText>'
        "</w:r></w:del></w:p>", ["\3a\4\5b\6"]),
    "earlier properties are not today's": (
        '<w:p><w:pPr><w:pPrChange w:id="1"><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr>'
        "</w:pPrChange></w:pPr>" + run("a") + "</w:p>", ["a"]),
    "hidden text": (
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>a</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>b</w:t></w:r></w:p>'), ["\x0ea\x0fb"]),
    "an equation": (
        ('<w:p><m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r>'
        "<m:t>x</m:t></m:r></m:oMath></w:p>"), ["x"]),
    "a text box comes before the paragraph it hangs on": (
        "<w:p>" + run("a") + "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>" + paragraph("boîte")
        + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>" + run("b") + "</w:p>",
        ["boîte", "ab"]),
    "a link field": (
        "<w:p>" + field('HYPERLINK "https://a.fr/"', "a") + "</w:p>", ["\1lhttps://a.fr/\2a\1z\2"]),
    "a table of contents": (
        "<w:p>" + field('TOC \\o "1-3"', "Un 3") + "</w:p>" + paragraph("a"), ["\1t\2Un 3", "a"]),
    "a table in a cell": (
        "<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc>" + paragraph("a") + "</w:tc></w:tr></w:tbl>"
        + paragraph("b") + "</w:tc></w:tr></w:tbl>" + paragraph("c"),
        ["\x11\x12\x13\x11\x12\x13a", "\x14b", "\x14c"]),
}  # fmt: skip


@pytest.mark.parametrize("name", PLAIN)
def test_a_body_is_read_as_a_reader_sees_it(name: str) -> None:
    body, expected = PLAIN[name]
    assert read(body) == expected


def _choice(needs: str, first: str, other: str) -> str:
    return (
        f'<w:p><w:r><mc:AlternateContent xmlns:mc="{_MC}" xmlns:wps="{_WPS}" xmlns:new="urn:new">'
        f'<mc:Choice Requires="{needs}"><w:t>{first}</w:t></mc:Choice>'
        f"<mc:Fallback><w:t>{other}</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def test_of_a_choice_one_branch_is_read() -> None:
    assert read(_choice("wps", "neuf", "vieux")) == ["neuf"]
    assert read(_choice("new", "neuf", "vieux")) == ["vieux"]
    inner = _choice("wps", "dedans", "non").removeprefix("<w:p><w:r>").removesuffix("</w:r></w:p>")
    nested = _choice("wps", "neuf</w:t>" + inner + "<w:t> fin", "vieux</w:t>" + inner + "<w:t>")
    assert read(nested) == ["neufdedans fin"]


def _main(text: str | bytes) -> bytes:
    return zipped(parts() | {"word/document.xml": text})


_DECLARED = '<?xml version="1.0" encoding="{}"?>'
WRITTEN: dict[str, str | bytes] = {
    "other prefixes": (
        f'<n0:document xmlns:n0="{W}"><n0:body><n0:p><n0:r><n0:t>été</n0:t></n0:r></n0:p></n0:body>'
        "</n0:document>"
    ),
    "no prefix": (
        f'<document xmlns="{W}"><body><p><r><t>été</t></r></p></body></document>'
    ),
    "strict": (
        f'<w:document xmlns:w="{_STRICT}"><w:body><w:p><w:r><w:t>été</w:t></w:r></w:p></w:body>'
        "</w:document>"
    ),
    "usual prefix of something else": (
        f'<x:document xmlns:x="{W}" xmlns:w="urn:w"><x:body><x:p><x:r><x:t>été</x:t><w:t>non</w:t>'
        "</x:r></x:p></x:body></x:document>"
    ),
    "single quotes": (
        f"<w:document xmlns:w='{W}'><w:body><w:p><w:r><w:t xml:space='preserve'>été</w:t></w:r>"
        "</w:p></w:body></w:document>"
    ),
    "UTF-16": (_DECLARED.format("UTF-16") + document(paragraph("été"))).encode("utf-16"),
    "Latin-1": (_DECLARED.format("iso-8859-1") + document(paragraph("été"))).encode("latin-1"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRITTEN)
def test_unusual_ways_to_write_the_same_text_are_read_alike(name: str) -> None:
    usual, unusual = _main(document(paragraph("été"))), _main(WRITTEN[name])
    assert facts_of(unusual).lines() == facts_of(usual).lines() == ["été".encode()]
    assert lines(proof_of(unusual, usual)) == []


LEVELS = (
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/>'
    '</w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>'
    '<w:lvlText w:val="%1.%2)"/></w:lvl><w:lvl w:ilvl="2"><w:start w:val="0"/>'
    '<w:numFmt w:val="decimalZero"/><w:isLgl/><w:lvlText w:val="%1-%3"/></w:lvl>'
    '<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>'
)
NUMBERING = (
    f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="1">{LEVELS}</w:abstractNum>'
    '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="Puces"/></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="9"/></w:lvlOverride></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="5"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0">'
    '<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="n° %1"/></w:lvl>'
    "</w:lvlOverride></w:num></w:numbering>"
)
STYLES = (
    f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="Liste"><w:name w:val="Liste"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Fille"><w:basedOn w:val="Liste"/><w:pPr><w:numPr>'
    '<w:ilvl w:val="1"/></w:numPr></w:pPr></w:style><w:style w:type="numbering" w:styleId="Puces">'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
)


def item(number: int, level: int = 0) -> str:
    return paragraph(
        "x", f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    )


LISTS = {
    "levels count below each other": (
        [item(1), item(1, 1), item(1, 1), item(1), item(1, 1), item(1, 2)],
        ["I.", "I.a)", "I.b)", "II.", "II.a)", "2-0"]),
    "two lists of one definition go on": ([item(1), item(2), item(1)], ["I.", "II.", "III."]),
    "a list may start anew, once": (
        [item(1), item(3), item(3), item(1)], ["I.", "IX.", "X.", "XI."]),
    "a list's own levels are not those of the list before": ([item(2), item(5)], ["I.", "n° 2"]),
    "a list may have levels of its own": ([item(1), item(5)], ["I.", "n° 2"]),
    "a definition may point to a list style": ([item(4), item(1)], ["I.", "II."]),
    "bullets are bullets": ([item(1, 3), item(1, 3)], ["•", "•"]),
    "no list": ([item(0), item(99)], ["", ""]),
    "a style bears a list": (
        [paragraph("x", '<w:pStyle w:val="Liste"/>'), paragraph("x", '<w:pStyle w:val="Fille"/>')],
        ["I.", "I.a)"]),
    "a paragraph may leave its style's list": (
        [paragraph("x", '<w:pStyle w:val="Liste"/><w:numPr><w:numId w:val="0"/></w:numPr>')],
        [""]),
}  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_list_numbers_are_those_that_word_shows(name: str) -> None:
    items, expected = LISTS[name]
    more = {
        "word__numbering.xml": NUMBERING,
        "word__styles.xml": STYLES,
        "word___rels__document.xml.rels": rels(
            ("rId1", "numbering", "numbering.xml"), ("rId2", "styles", "styles.xml")
        ),
        "[Content_Types].xml": types(
            **{name: WHOLE[name] for name in WHOLE if "s.xml" not in name}
        ),
    }
    facts = facts_of(docx("".join(items), **more))
    found = [marks.MARK.findall(line) for line in settled(facts)]
    numbers = [one[0][1].decode() if one and one[0][0] == b"n" else "" for one in found]
    assert numbers == expected


def test_links_and_pictures_follow_their_relationships() -> None:
    body = '<w:p><w:hyperlink r:id="rId5" w:anchor="ici">' + run("x") + "</w:hyperlink></w:p>"
    facts = facts_of(linked(body, ("rId5", "hyperlink", "https://a.fr/?a=1&amp;b=2", "External")))
    assert shown(facts) == ["\1lhttps://a.fr/?a=1&b=2#ici\2x\1z\2"]
    assert shown(facts_of(docx(body))) == ["\1r?\2x"]


def test_a_long_text_is_read_in_pieces_without_a_seam() -> None:
    texts = [f"paragraphe {n} " + "mot " * 40 for n in range(3_000)]
    facts = facts_of(docx("".join(paragraph(text) for text in texts)))
    assert [line.decode() for line in facts.lines()] == texts


def test_what_a_stranger_marks_as_ignorable_is_not_read() -> None:
    root = f'xmlns:w="{W}" xmlns:mc="{_MC}" xmlns:z="urn:z" mc:Ignorable="z"'
    body = f"<w:p><z:a><w:r><w:t>non</w:t></w:r></z:a>{run('oui')}</w:p>"
    assert shown(facts_of(_main(f"<w:document {root}><w:body>{body}</w:body></w:document>"))) == [
        "oui"
    ]


def test_hidden_text_is_seen_in_a_strict_file_too() -> None:
    body = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>a</w:t></w:r></w:p>"
    strict = f'<w:document xmlns:w="{_STRICT}"><w:body>{body}</w:body></w:document>'
    assert shown(facts_of(_main(strict))) == ["\x0ea\x0f"]
