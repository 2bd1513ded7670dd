"""Word files as Word writes them: revision ids, spelling marks, themes, local style ids."""

import io
import zipfile
from collections.abc import Mapping, Sequence

_DOC = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MS = "http://schemas.microsoft.com/office"
_DML = "http://schemas.openxmlformats.org/drawingml/2006"
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    f' xmlns:r="{_DOC}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    f' xmlns:w10="urn:schemas-microsoft-com:office:word" xmlns:wp="{_DML}/wordprocessingDrawing"'
    f' xmlns:w14="{_MS}/word/2010/wordml" xmlns:w15="{_MS}/word/2012/wordml"'
    f' xmlns:wp14="{_MS}/word/2010/wordprocessingDrawing"'
    f' xmlns:wps="{_MS}/word/2010/wordprocessingShape" mc:Ignorable="w14 w15 wp14"'
)
MAIN = "word/document.xml"
PORTRAIT = (
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1417"'
    ' w:left="1417" w:header="708" w:footer="708" w:gutter="0"/><w:cols w:space="708"/>'
    '<w:docGrid w:linePitch="360"/>'
)
SECTION = f'<w:sectPr w:rsidR="00A1B2C3">{PORTRAIT}</w:sectPr>'
TYPES = {
    "styles": "styles+xml", "numbering": "numbering+xml", "settings": "settings+xml",
    "fontTable": "fontTable+xml", "footnotes": "footnotes+xml", "endnotes": "endnotes+xml",
    "comments": "comments+xml", "webSettings": "webSettings+xml",
    "commentsExtended": "commentsExtended+xml", "header": "header+xml", "footer": "footer+xml",
}  # fmt: skip
_NORMAL = ("Normal", "heading 1", "heading 2", "List Paragraph", "caption", "Hyperlink",
           "footnote text", "footnote reference", "endnote text", "endnote reference",
           "Table Grid", "Normal Table", "Default Paragraph Font", "annotation text",
           "annotation reference", "toc 1", "Title")  # fmt: skip
IDS: Mapping[str, Sequence[str]] = {
    "fr": ("Normal", "Titre1", "Titre2", "Paragraphedeliste", "Lgende", "Lienhypertexte",
           "Notedebasdepage", "Appelnotedebasdep", "Notedefin", "Appeldenotedefin",
           "Grilledutableau", "TableauNormal", "Policepardfaut", "Commentaire",
           "Marquedecommentaire", "TM1", "Titre"),
    "de": ("Standard", "berschrift1", "berschrift2", "Listenabsatz", "Beschriftung", "Hyperlink",
           "Funotentext", "Funotenzeichen", "Endnotentext", "Endnotenzeichen",
           "Tabellenraster", "NormaleTabelle", "Absatz-Standardschriftart", "Kommentartext",
           "Kommentarzeichen", "Verzeichnis1", "Titel"),
    "numeric": ("a", "1", "2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "aa", "a1", "a0", "ab",
                "ac", "11", "ad"),
}  # fmt: skip
_LANGUAGES = {"fr": "fr-FR", "de": "de-DE", "numeric": "ru-RU"}
_CHARACTER = ("Hyperlink", "footnote reference", "endnote reference", "annotation reference",
              "Default Paragraph Font")  # fmt: skip


class Word:
    """One file in the making: its parts, its relationships, its style ids by English name."""

    def __init__(self, tongue: str = "fr", *, more_styles: str = "", normal: str = "") -> None:
        self.tongue = tongue
        self.normal = normal
        self.id = dict(zip(_NORMAL, IDS[tongue], strict=True))
        self.parts: dict[str, tuple[bytes, str]] = {}
        self.rels: dict[str, list[tuple[str, str, str, str]]] = {}
        self._marks = 0
        self.side("styles", _styles(self, more_styles))
        self.side("fontTable", f"<w:fonts {SPACES}>{_FONTS}</w:fonts>")
        theme = "application/vnd.openxmlformats-officedocument.theme+xml"
        self.add("word/theme/theme1.xml", _THEME, theme)
        self.relate(MAIN, "theme", "theme/theme1.xml")

    def add(self, name: str, data: str | bytes, kind: str) -> None:
        """Add a part of a content type."""
        self.parts[name] = (data.encode() if isinstance(data, str) else data, kind)

    def side(self, kind: str, xml: str) -> str:
        """Add a part beside the main one; its relationship's id."""
        self.add(f"word/{kind}.xml", _XML + xml, _WML + TYPES[kind])
        space = f"{_MS}/2011/relationships/{kind}" if kind == "commentsExtended" else kind
        return self.relate(MAIN, space, f"{kind}.xml")

    def relate(self, owner: str, kind: str, target: str, *, external: bool = False) -> str:
        """Add a relationship; its id."""
        items = self.rels.setdefault(owner, [])
        rid, mode = f"rId{len(items) + 1}", ' TargetMode="External"' if external else ""
        items.append((rid, kind if "://" in kind else f"{_DOC}/{kind}", target, mode))
        return rid

    def p(self, *runs: str, style: str = "", properties: str = "") -> str:
        """A paragraph as Word writes it; plain words become runs."""
        self._marks += 1
        mark = f'w14:paraId="{0x1A2B0000 + self._marks:08X}" w14:textId="77777777"'
        named = f'<w:pStyle w:val="{self.id.get(style, style)}"/>' if style else ""
        inner = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
        said = "".join(run if run.startswith("<") else r(run) for run in runs)
        return f'<w:p {mark} w:rsidR="00A1B2C3" w:rsidRDefault="00D4E5F6">{inner}{said}</w:p>'

    def build(self, *body: str, end: str = SECTION) -> bytes:
        """The file with this body."""
        self.side("settings", _SETTINGS.replace("{notes}", self._separators()))
        xml = f"{_XML}<w:document {SPACES}><w:body>{''.join(body)}{end}</w:body></w:document>"
        self.add(MAIN, xml, _WML + "document.main+xml")
        blobs: dict[str, bytes] = {"[Content_Types].xml": self._types()}
        self.rels[""] = [("rId1", f"{_DOC}/officeDocument", MAIN, "")]
        for owner, items in self.rels.items():
            folder, _, base = owner.rpartition("/")
            blobs[f"{folder}/_rels/{base}.rels".lstrip("/")] = _rels(items)
        blobs |= {name: data for name, (data, _) in self.parts.items()}
        return zipped(blobs)

    def _separators(self) -> str:
        """The lines above notes, as settings declare them."""
        listed = ""
        for one in ("footnote", "endnote"):
            if f"word/{one}s.xml" in self.parts:
                listed += f'<w:{one}Pr><w:{one} w:id="-1"/><w:{one} w:id="0"/></w:{one}Pr>'
        return listed

    def _types(self) -> bytes:
        items = "".join(
            f'<Override PartName="/{name}" ContentType="{kind}"/>'
            for name, (_, kind) in self.parts.items()
        )
        space = "http://schemas.openxmlformats.org/package/2006/content-types"
        rels = "application/vnd.openxmlformats-package.relationships+xml"
        default = f'<Default Extension="rels" ContentType="{rels}"/>'
        default += '<Default Extension="xml" ContentType="application/xml"/>'
        return f'{_XML}<Types xmlns="{space}">{default}{items}</Types>'.encode()


def zipped(blobs: Mapping[str, bytes]) -> bytes:
    """A zip of these parts, always the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, blob in blobs.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), blob)
    return out.getvalue()


def _rels(items: Sequence[tuple[str, str, str, str]]) -> bytes:
    lines = "".join(
        f'<Relationship Id="{rid}" Type="{kind}" Target="{target}"{mode}/>'
        for rid, kind, target, mode in items
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{_XML}<Relationships xmlns="{space}">{lines}</Relationships>'.encode()


def r(text: str, properties: str = "") -> str:
    """A run of words."""
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r w:rsidRPr="00B1B2B3">{inner}<w:t xml:space="preserve">{text}</w:t></w:r>'


def field(code: str, shown: str, *, split: bool = False, properties: str = "") -> str:
    """A field with its result; its code in two runs where `split`."""
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    half = len(code) // 2
    codes = (code[:half], code[half:]) if split else (code,)
    written = "".join(
        f'<w:r>{inner}<w:instrText xml:space="preserve">{one}</w:instrText></w:r>' for one in codes
    )
    return (
        f'<w:r>{inner}<w:fldChar w:fldCharType="begin"/></w:r>{written}'
        f'<w:r>{inner}<w:fldChar w:fldCharType="separate"/></w:r>{r(shown, properties)}'
        f'<w:r>{inner}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def mark(number: int, name: str, inner: str) -> str:
    """Something under a bookmark."""
    start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
    return f'{start}{inner}<w:bookmarkEnd w:id="{number}"/>'


def _styles(word: Word, more: str) -> str:
    styles = "".join(_style(word, name) for name in _NORMAL)
    language = _LANGUAGES[word.tongue]
    fonts = (
        '<w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia"'
        ' w:hAnsiTheme="minorHAnsi" w:cstheme="minorBidi"/>'
    )
    return (
        f"<w:styles {SPACES}><w:docDefaults><w:rPrDefault><w:rPr>{fonts}"
        f'<w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="{language}" w:eastAsia="en-US"'
        ' w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="160"'
        ' w:line="259" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="0"'
        ' w:defUnhideWhenUsed="0" w:defQFormat="0" w:count="376"><w:lsdException w:name="Normal"'
        f' w:uiPriority="0" w:qFormat="1"/></w:latentStyles>{styles}{more}</w:styles>'
    )


def _style(word: Word, name: str) -> str:
    kind = "character" if name in _CHARACTER else "table" if "able" in name else "paragraph"
    usual = name in ("Normal", "Normal Table", "Default Paragraph Font")
    bases = {"paragraph": "Normal", "character": "Default Paragraph Font", "table": "Normal Table"}
    default = ' w:default="1"' if usual else ""
    based = "" if usual else f'<w:basedOn w:val="{word.id[bases[kind]]}"/>'
    return (
        f'<w:style w:type="{kind}"{default} w:styleId="{word.id[name]}"><w:name w:val="{name}"/>'
        f"{based}{_LOOKS.get(name, '')}{word.normal if name == 'Normal' else ''}</w:style>"
    )


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EDGES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_HEAD = '<w:rPr><w:rFonts w:asciiTheme="majorHAnsi" w:hAnsiTheme="majorHAnsi"/>'
_BLUE = '<w:color w:val="2E74B5" w:themeColor="accent1" w:themeShade="BF"/>'
_LOOKS = {
    "Normal": "<w:qFormat/>",
    "heading 1": '<w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="240"'
    f' w:after="0"/><w:outlineLvl w:val="0"/></w:pPr>{_HEAD}{_BLUE}<w:sz w:val="32"/></w:rPr>',
    "heading 2": '<w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before="40" w:after="0"/>'
    f'<w:outlineLvl w:val="1"/></w:pPr>{_HEAD}{_BLUE}<w:sz w:val="26"/></w:rPr>',
    "List Paragraph": '<w:pPr><w:ind w:left="720"/><w:contextualSpacing/></w:pPr>',
    "caption": '<w:pPr><w:spacing w:after="200" w:line="240" w:lineRule="auto"/></w:pPr><w:rPr>'
    '<w:i/><w:iCs/><w:color w:val="44546A" w:themeColor="text2"/><w:sz w:val="18"/></w:rPr>',
    "Hyperlink": '<w:rPr><w:color w:val="0563C1" w:themeColor="hyperlink"/>'
    '<w:u w:val="single"/></w:rPr>',
    "footnote text": '<w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
    '<w:rPr><w:sz w:val="20"/></w:rPr>',
    "endnote text": '<w:rPr><w:sz w:val="20"/></w:rPr>',
    "footnote reference": '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>',
    "endnote reference": '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>',
    "annotation reference": '<w:rPr><w:sz w:val="16"/></w:rPr>',
    "Normal Table": '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0"'
    ' w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>',
    "Table Grid": '<w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
    f"<w:tblPr><w:tblBorders>{_EDGES}</w:tblBorders></w:tblPr>",
    "Title": '<w:rPr><w:spacing w:val="-10"/><w:kern w:val="28"/><w:sz w:val="56"/></w:rPr>',
}
_SETTINGS = (
    f"<w:settings {SPACES}>"
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/>'
    '<w:hyphenationZone w:val="425"/><w:characterSpacingControl'
    ' w:val="doNotCompress"/>{notes}<w:compat>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
    ' w:val="15"/></w:compat><w:rsids><w:rsidRoot w:val="00A1B2C3"/><w:rsid w:val="00D4E5F6"/>'
    '</w:rsids><w:themeFontLang w:val="fr-FR"/><w:clrSchemeMapping w:bg1="light1" w:t1="dark1"'
    ' w:bg2="light2" w:t2="dark2" w:accent1="accent1" w:accent2="accent2" w:accent3="accent3"'
    ' w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink"'
    ' w:followedHyperlink="followedHyperlink"/><w:decimalSymbol w:val=","/>'
    '<w:listSeparator w:val=";"/></w:settings>'
)
_FONTS = (
    '<w:font w:name="Calibri"><w:panose1 w:val="020F0502020204030204"/><w:charset w:val="00"/>'
    '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>'
)
_COLOURS = {"dk1": "000000", "lt1": "FFFFFF", "dk2": "44546A", "lt2": "E7E6E6", "accent1": "5B9BD5",
            "accent2": "ED7D31", "accent3": "A5A5A5", "accent4": "FFC000", "accent5": "4472C4",
            "accent6": "70AD47", "hlink": "0563C1", "folHlink": "954F72"}  # fmt: skip
_FAMILY = '<a:latin typeface="{}"/><a:ea typeface=""/><a:cs typeface=""/>'
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_THEME = (
    f'{_XML}<a:theme xmlns:a="{_DML}/main" name="Office"><a:themeElements><a:clrScheme name="O">'
    + "".join(f'<a:{n}><a:srgbClr val="{c}"/></a:{n}>' for n, c in _COLOURS.items())
    + '</a:clrScheme><a:fontScheme name="O"><a:majorFont>'
    + _FAMILY.format("Georgia")
    + "</a:majorFont><a:minorFont>"
    + _FAMILY.format("Verdana")
    + f'</a:minorFont></a:fontScheme><a:fmtScheme name="O"><a:fillStyleLst>{_FILL * 3}'
    "</a:fillStyleLst><a:lnStyleLst>"
    + f"<a:ln>{_FILL}</a:ln>" * 3
    + "</a:lnStyleLst><a:effectStyleLst>"
    + "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    + f"</a:effectStyleLst><a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme>"
    "</a:themeElements></a:theme>"
)
