"""Pages, lists, looks and fonts in the habits of Word; the strict dialect; choices."""

from collections.abc import Mapping

from tests.fidelity.archive import Archive, digest
from tests.fidelity.producers.word import PORTRAIT, SECTION, SPACES, Word, field, r, zipped
from tests.fidelity.producers.word_things import tables
from tests.fidelity.producers.word_words import notes

_LANDSCAPE = (
    '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1000" w:right="1200"'
    ' w:bottom="1000" w:left="1200" w:header="708" w:footer="708" w:gutter="0"/>'
)
_COLUMNS = (
    '<w:type w:val="continuous"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417"'
    ' w:right="1417" w:bottom="1417" w:left="1417" w:header="708" w:footer="708" w:gutter="0"/>'
    '<w:cols w:num="2" w:sep="1" w:space="500"/>'
)
_LARGE = (
    '<w:pgSz w:w="23811" w:h="16838" w:orient="landscape"/><w:pgMar w:top="1417" w:right="1417"'
    ' w:bottom="1417" w:left="1417" w:header="708" w:footer="708" w:gutter="0"/>'
)


def pages() -> bytes:
    """Upright, lying, two columns, and a last section on a large sheet."""
    word = Word("fr")
    return word.build(
        word.p("Debout.", properties=f"<w:sectPr>{PORTRAIT}</w:sectPr>"),
        word.p("Couché.", properties=f"<w:sectPr>{_LANDSCAPE}</w:sectPr>"),
        word.p("Avant les colonnes.", properties=f"<w:sectPr>{PORTRAIT}</w:sectPr>"),
        word.p("Une colonne", '<w:r><w:br w:type="column"/></w:r>', "puis l’autre.",
               properties=f"<w:sectPr>{_COLUMNS}</w:sectPr>"),
        word.p("Grand format."),
        end=f"<w:sectPr>{_LARGE}</w:sectPr>",
    )  # fmt: skip


def last_page() -> bytes:
    """A document that lies down as a whole, with the author's own header."""
    word = Word("de")
    rid = word.side("header", f"<w:hdr {SPACES}>{word.p('Kopfzeile des Autors')}</w:hdr>")
    reference = f'<w:headerReference w:type="default" r:id="{rid}"/>'
    return word.build(word.p("Quer."), end=f"<w:sectPr>{reference}{_LANDSCAPE}</w:sectPr>")


def _level(
    at: int, form: str, text: str, *, start: int = 1, more: str = "", after: str = ""
) -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{720 + 360 * at}"'
        f' w:hanging="360"/></w:pPr>{after}</w:lvl>'
    )


def _abstract(number: int, *levels: str, more: str = "", kind: str = "multilevel") -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="{0x5A000000 + number:08X}"/>'
        f'<w:multiLevelType w:val="{kind}"/>{more}{"".join(levels)}</w:abstractNum>'
    )


def _num(number: int, abstract: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'


_SIGN = '<w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol" w:hint="default"/></w:rPr>'
_RESTART = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
_AT_FIVE = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'


def lists() -> bytes:
    """Lists continued, restarted, overridden, of many levels, by style, through a list style."""
    styles = (
        '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Article"><w:name'
        ' w:val="Article"/>'
        '<w:basedOn w:val="Normal"/><w:pPr><w:numPr><w:numId'
        ' w:val="6"/></w:numPr><w:ind w:left="300"'
        ' w:firstLine="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Alinea"><w:name w:val="Alinéa"/>'
        '<w:basedOn w:val="Article"/><w:pPr><w:numPr><w:ilvl'
        ' w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="numbering" w:customStyle="1" w:styleId="Maliste"><w:name w:val="Ma'
        ' liste"/>'
        '<w:pPr><w:numPr><w:numId w:val="8"/></w:numPr></w:pPr></w:style>'
    )
    word = Word("fr", more_styles=styles)
    many = (_level(0, "decimal", "%1."), _level(1, "lowerLetter", "%2)"),
            _level(2, "lowerRoman", "%1.%2.%3", more="<w:isLgl/>"))  # fmt: skip
    article = (_level(0, "upperRoman", "Art. %1 -", more='<w:pStyle w:val="Article"/>'),
               _level(1, "decimal", "%1.%2", more='<w:pStyle w:val="Alinea"/>'))  # fmt: skip
    own = f'<w:lvlOverride w:ilvl="0">{_level(0, "upperLetter", "%1/", start=3)}</w:lvlOverride>'
    word.side(
        "numbering",
        f"<w:numbering {SPACES}>"
        + _abstract(0, *many)
        + _abstract(1, _level(0, "bullet", "\uf0b7", after=_SIGN), _level(1, "bullet", "o"),
                    kind="hybridMultilevel")
        + _abstract(2, *article)
        + _abstract(3, _level(0, "ordinal", "%1"), more='<w:styleLink w:val="Maliste"/>')
        + _abstract(4, more='<w:numStyleLink w:val="Maliste"/>')
        + _abstract(5, _level(0, "decimalZero", "%1"), _level(1, "decimal", "%2",
                    more='<w:lvlRestart w:val="0"/>'))
        + _num(1, 0) + _num(2, 0) + _num(3, 0, _RESTART) + _num(4, 1) + _num(5, 0, own)
        + _num(6, 2) + _num(7, 4) + _num(8, 3) + _num(9, 5) + _num(10, 0, _AT_FIVE)
        + "</w:numbering>",
    )  # fmt: skip

    def item(text: str, number: int, at: int = 0, style: str = "List Paragraph") -> str:
        place = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>'
        return word.p(text, style=style, properties=place)

    return word.build(
        item("un", 1), item("un a", 1, 1), item("un b", 1, 1), item("profond", 1, 2),
        item("deux", 1), word.p("Une pause."), item("trois, par un autre numéro", 2),
        item("de nouveau un", 3), item("et deux", 3), item("signe", 4), item("signe bas", 4, 1),
        item("lettre C", 5), item("à cinq", 10), item("à six", 10),
        word.p("Premier article", style="Article"), word.p("Alinéa", style="Alinea"),
        word.p("Alinéa encore", style="Alinea"), word.p("Second article", style="Article"),
        word.p("Article sans numéro", style="Article",
               properties='<w:numPr><w:numId w:val="0"/></w:numPr>'),
        item("premier lié", 7), item("second lié", 7), item("zéro un", 9),
        item("sans reprise", 9, 1),
        item("zéro deux", 9), item("suite sans reprise", 9, 1), word.p("Fin des listes."),
    )  # fmt: skip


def looks() -> bytes:
    """Theme fonts and colours, tints, a chain of styles, toggles that cancel, direct looks."""
    styles = (
        '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Base"><w:name w:val="Encadré'
        ' base"/>'
        '<w:basedOn w:val="Normal"/><w:pPr><w:pBdr><w:left w:val="single" w:sz="8" w:space="4"'
        ' w:color="70AD47" w:themeColor="accent6"/></w:pBdr><w:spacing w:before="120"'
        ' w:after="60"/>'
        '<w:ind w:left="300"/></w:pPr><w:rPr><w:b/><w:rFonts w:ascii="Georgia" w:hAnsi="Georgia"/>'
        "</w:rPr></w:style>"
        '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Fin"><w:name w:val="Encadré'
        ' fin"/>'
        '<w:basedOn w:val="Base"/><w:pPr><w:ind w:left="600"/></w:pPr><w:rPr><w:color'
        ' w:val="9CC2E5"'
        ' w:themeColor="accent1" w:themeTint="99"/><w:sz w:val="26"/></w:rPr></w:style>'
        '<w:style w:type="character" w:customStyle="1" w:styleId="Fort"><w:name w:val="Fort'
        ' maison"/>'
        "<w:rPr><w:b/><w:caps/></w:rPr></w:style>"
    ).replace('<w:b/><w:rFonts w:ascii="Georgia" w:hAnsi="Georgia"/>',
              '<w:rFonts w:ascii="Georgia" w:hAnsi="Georgia"/><w:b/>')  # fmt: skip
    word = Word("fr", more_styles=styles)
    direct = '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New"/><w:color w:val="C00000"/>'
    return word.build(
        word.p("Un titre", style="heading 1"),
        word.p("Par défaut."),
        word.p("Encadré ", r("et fort", '<w:rStyle w:val="Fort"/>'), style="Base"),
        word.p("Encadré fin", style="Fin"),
        word.p(r("direct", f'{direct}<w:spacing w:val="20"/><w:sz w:val="40"/>'), " puis non",
               properties='<w:spacing w:before="400" w:line="480" w:lineRule="auto"/>'
               '<w:ind w:left="567" w:firstLine="283"/><w:jc w:val="both"/>'),
        word.p("Tabulé", properties='<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9000"/>'
               "</w:tabs>"),
        word.p("Légende", style="caption"),
        word.p(r("Ombré", '<w:shd w:val="clear" w:color="auto" w:fill="FFF2CC"/>')),
    )  # fmt: skip


def own_normal() -> bytes:
    """A usual style that names its fonts itself, over a theme; a heading numbered by its style."""
    look = (
        '<w:rPr><w:rFonts w:ascii="Marianne" w:eastAsia="Marianne" w:hAnsi="Marianne"'
        ' w:cs="Marianne"/><w:lang w:val="fr-BE"/></w:rPr>'
    )
    word = Word("fr", normal=look)
    mixed = '<w:rFonts w:ascii="Georgia" w:eastAsia="MS Gothic" w:hAnsi="Georgia"/>'
    return word.build(
        word.p("En Marianne."), word.p("Titre", style="heading 1"), word.p(r("À cocher", mixed))
    )


def fonts() -> bytes:
    """A font that the file carries with it, veiled as Word does."""
    word = Word("fr")
    key = "{1B2C3D4E-5F60-7182-93A4-B5C6D7E8F901}"
    bare = (b"\0\1\0\0" + digest(b"font").encode()) * 4
    veil = bytes.fromhex(key.strip("{}").replace("-", ""))[::-1] * 2
    veiled = bytes(a ^ b for a, b in zip(bare[:32], veil, strict=True)) + bare[32:]
    word.add("word/fonts/font1.odttf", veiled,
             "application/vnd.openxmlformats-officedocument.obfuscatedFont")  # fmt: skip
    rid = word.relate("word/fontTable.xml", "font", "fonts/font1.odttf")
    named = (
        '<w:font w:name="Maison Romane"><w:charset w:val="00"/><w:family w:val="auto"/><w:pitch'
        f' w:val="variable"/><w:embedRegular r:id="{rid}" w:fontKey="{key}"/></w:font>'
    )
    name = "word/fontTable.xml"
    table, kind = word.parts[name]
    word.parts[name] = (table.replace(b"</w:fonts>", f"{named}</w:fonts>".encode()), kind)
    look = '<w:rFonts w:ascii="Maison Romane" w:hAnsi="Maison Romane"/>'
    return word.build(word.p(r("Composé en romane.", look)), word.p("Et la suite."))


def choices() -> bytes:
    """Choices by compatibility: one that older programs read otherwise, a nested one."""
    word = Word("fr")
    inner = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:r><w:t>nouveau</w:t></w:r></mc:Choice>'
        "<mc:Fallback><w:r><w:t>ancien</w:t></w:r></mc:Fallback></mc:AlternateContent>"
    )
    glow = r("lueur", '<w:b/><w14:glow w14:rad="63500"><w14:srgbClr w14:val="FF0000"/></w14:glow>')
    return word.build(word.p("Choix : ", inner, "."), word.p("Avec ", glow, "."))


_STRICT: Mapping[bytes, bytes] = {
    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main":
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships":
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    b"http://schemas.openxmlformats.org/officeDocument/2006/math":
        b"http://purl.oclc.org/ooxml/officeDocument/math",
    b"http://schemas.openxmlformats.org/drawingml/2006/main":
        b"http://purl.oclc.org/ooxml/drawingml/main",
    b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing":
        b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
}  # fmt: skip


def _strict(data: bytes) -> bytes:
    blobs = Archive(data).parts
    for usual, strict in _STRICT.items():
        blobs = {name: blob.replace(usual, strict) for name, blob in blobs.items()}
    return zipped(blobs)


def strict_tables() -> bytes:
    """The tables in the strict dialect."""
    return _strict(tables())


def strict_notes() -> bytes:
    """The notes in the strict dialect."""
    return _strict(notes())


def captions() -> bytes:
    """Captions that begin anew, count in letters, repeat, and count unseen."""
    word = Word("fr")

    def seq(code: str, shown: str) -> str:
        return word.p("Photo ", field(f" SEQ Photo {code} ", shown), style="caption")

    return word.build(
        seq("\\* ARABIC", "1"), seq("\\* ALPHABETIC", "B"), seq("\\c", "2"), seq("\\r 7", "7"),
        word.p(field(" SEQ Photo \\h ", "")), seq("\\* roman", "ix"), word.p("Fin."), end=SECTION,
    )  # fmt: skip
