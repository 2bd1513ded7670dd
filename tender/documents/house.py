"""The house template every cluster starts with: styles, numbers, header, footer; by script."""

import io
from functools import cache

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from tender.documents.gate import admit

FONT = "Arial"
INK, ACCENT, QUIET = (
    RGBColor(0x22, 0x1E, 0x20),
    RGBColor(0x6A, 0x2A, 0x5B),
    RGBColor(0x6B, 0x63, 0x5C),
)
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_KEPT_TABLES = ("Normal Table", "Table Grid")
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_HEADINGS = ((17, 24, 10), (13, 16, 6), (11.5, 12, 4), (10.5, 10, 3))
_TEXT_WIDTH = Cm(16.5)


@cache
def house_template() -> bytes:
    """The default template: an empty A4 document in the house style; always the same bytes."""
    document = Document()
    _drop_tables(document)
    _defaults(document)
    _headings(document)
    _texts(document)
    _contents(document)
    _lists(document)
    _page(document)
    out = io.BytesIO()
    document.save(out)
    return admit(out.getvalue()).data


def _drop_tables(document: DocumentObject) -> None:
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in _KEPT_TABLES:
            style.delete()
    grid = document.styles["Table Grid"].element
    for border in grid.iter(*(qn(f"w:{side}") for side in _SIDES)):
        border.set(qn("w:color"), "B9AFA6")
    margins = grid.find(qn("w:tblPr")).find(qn("w:tblCellMar"))
    margins.getparent().replace(
        margins,
        parse_xml(
            f'<w:tblCellMar {_W}><w:top w:w="45" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
            '<w:bottom w:w="45" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
        ),
    )


def _paragraph_style(document: DocumentObject, name: str, base: str = "Normal") -> ParagraphStyle:
    """The style of this name, made if missing, with no looks of its own but the base's."""
    styles = document.styles
    if name not in [style.name for style in styles]:
        made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = styles[base]
    style = styles[name]
    if not isinstance(style, ParagraphStyle):
        raise TypeError(name)
    return style


def _font(
    style: ParagraphStyle, size: float, colour: RGBColor = INK, *, bold: bool = False
) -> None:
    """One plain font, whatever the style had from a theme."""
    for old in list(style.element.get_or_add_rPr()):
        style.element.rPr.remove(old)
    style.font.name = FONT
    for script in ("w:eastAsia", "w:cs"):
        style.element.rPr.rFonts.set(qn(script), FONT)
    style.font.size = Pt(size)
    style.font.bold = bold or None
    style.font.color.rgb = colour


def _space(style: ParagraphStyle, before: float, after: float, line: float = 1.0) -> None:
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
    style.paragraph_format.line_spacing = line


def _defaults(document: DocumentObject) -> None:
    """The house's look stands in the document's defaults, where a table's style may overrule it."""
    normal = _paragraph_style(document, "Normal")
    _font(normal, 10.5)
    _space(normal, 0, 6, 1.12)
    language = OxmlElement("w:lang")
    for name in ("w:val", "w:eastAsia"):
        language.set(qn(name), "fr-FR")
    normal.element.rPr.append(language)
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for kind in ("w:rPr", "w:pPr"):
        wrapper = defaults.find(qn(f"{kind}Default"))
        wrapper[:] = [normal.element.find(qn(kind))]


def _headings(document: DocumentObject) -> None:
    """Headings 1 to 9 hang on one list of many levels: 1. / 1.1 / 1.1.1."""
    levels = []
    for level in range(1, 10):
        size, before, after = _HEADINGS[min(level, 4) - 1]
        style = _paragraph_style(document, f"heading {level}" if level > 9 else f"Heading {level}")
        _font(style, size, ACCENT if level < 3 else INK, bold=True)
        _space(style, before, after)
        style.paragraph_format.keep_with_next = True
        text = "%1." if level == 1 else ".".join(f"%{n}" for n in range(1, level + 1))
        hang = 680 if level == 1 else 567 + 142 * min(level, 4)
        levels.append(
            f'<w:lvl w:ilvl="{level - 1}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
            f'<w:pStyle w:val="Heading{level}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:tabs><w:tab w:val="num" w:pos="{hang}"/></w:tabs>'
            f'<w:ind w:left="{hang}" w:hanging="{hang}"/></w:pPr>'
            f'<w:rPr><w:b/><w:color w:val="{ACCENT if level < 3 else INK}"/></w:rPr></w:lvl>'
        )
    number = _add_list(document, "".join(levels), "multilevel")
    for level in range(1, 10):
        _number_style(_paragraph_style(document, f"Heading {level}"), number, level - 1)


def _add_list(document: DocumentObject, levels: str, kind: str) -> int:
    """A new definition at the end of the template's list part; the number that uses it."""
    root = document.part.numbering_part.element
    abstracts, nums = root.findall(qn("w:abstractNum")), root.findall(qn("w:num"))
    name = 1 + max((int(item.get(qn("w:abstractNumId"), "0")) for item in abstracts), default=0)
    number = 1 + max((int(item.get(qn("w:numId"), "0")) for item in nums), default=0)
    definition = (
        f'<w:abstractNum {_W} w:abstractNumId="{name}"><w:nsid w:val="{0x47520000 + name:08X}"/>'
        f'<w:multiLevelType w:val="{kind}"/>{levels}</w:abstractNum>'
    )
    place = nums[0] if nums else None
    new = parse_xml(definition)
    root.append(new) if place is None else place.addprevious(new)
    root.append(
        parse_xml(f'<w:num {_W} w:numId="{number}"><w:abstractNumId w:val="{name}"/></w:num>')
    )
    return number


def _number_style(style: ParagraphStyle, number: int, level: int) -> None:
    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:numPr")):
        properties.remove(old)
    numbering = properties.get_or_add_numPr()
    numbering.get_or_add_ilvl().val = level
    numbering.get_or_add_numId().val = number


def _texts(document: DocumentObject) -> None:
    """The other kinds of paragraph, and those of the cover."""
    plain = (
        ("Body Text", 10.5, INK, 0, 6), ("List Paragraph", 10.5, INK, 0, 4),
        ("No Spacing", 10.5, INK, 0, 0), ("Chapeau", 11, QUIET, 0, 8), ("Caption", 9, QUIET, 3, 9),
        ("footnote text", 8.5, INK, 0, 2), ("endnote text", 8.5, INK, 0, 2),
        ("annotation text", 9, INK, 0, 0), ("Quote", 10.5, QUIET, 6, 6),
        ("Couverture acheteur", 12, QUIET, 0, 6), ("Couverture titre", 26, ACCENT, 12, 14),
        ("Couverture lots", 13, INK, 0, 30), ("Couverture rôle", 9, QUIET, 14, 1),
        ("Couverture nom", 12, INK, 0, 2), ("Couverture date", 10.5, QUIET, 40, 0),
        ("Title", 22, ACCENT, 0, 12), ("Subtitle", 13, QUIET, 0, 10),
        ("Header", 8.5, QUIET, 0, 0), ("Footer", 8.5, QUIET, 0, 0),
    )  # fmt: skip
    for name, size, colour, before, after in plain:
        style = _paragraph_style(document, name)
        _font(style, size, colour, bold=name in ("Couverture titre", "Title"))
        _space(style, before, after)
    for name in ("Title", "Couverture titre"):
        borders = _paragraph_style(document, name).element.get_or_add_pPr()
        for old in borders.findall(qn("w:pBdr")):
            borders.remove(old)
    _band(document)
    for name in ("footnote reference", "endnote reference"):
        mark = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        mark.font.superscript = True
    link = document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb = ACCENT
    link.font.underline = True


def _band(document: DocumentObject) -> None:
    """The cover begins a third down the page, under a line in the house's colour."""
    space = _paragraph_style(document, "Couverture espace")
    space.paragraph_format.line_spacing = Pt(110)
    space.paragraph_format.space_after = Pt(0)
    buyer = _paragraph_style(document, "Couverture acheteur").element.get_or_add_pPr()
    border = parse_xml(
        f'<w:pBdr {_W}><w:top w:val="single" w:sz="24" w:space="14" w:color="{ACCENT}"/></w:pBdr>'
    )
    buyer.find(qn("w:spacing")).addprevious(border)


def _contents(document: DocumentObject) -> None:
    """The table of contents: title and three levels with dotted leaders."""
    heading = _paragraph_style(document, "TOC Heading")
    heading.base_style = document.styles["Normal"]
    for old in list(heading.element.get_or_add_pPr()):
        heading.element.pPr.remove(old)
    _font(heading, 17, ACCENT, bold=True)
    _space(heading, 0, 12)
    for level, (indent, stop) in enumerate(((0, 0.8), (0.8, 1.9), (1.9, 3.3)), start=1):
        style = _paragraph_style(document, f"toc {level}")
        _font(style, 10.5 if level == 1 else 9.5, INK, bold=level == 1)
        _space(style, 6 if level == 1 else 1, 1)
        style.paragraph_format.left_indent = Cm(stop)
        style.paragraph_format.first_line_indent = Cm(indent - stop)
        stops = style.paragraph_format.tab_stops
        stops.add_tab_stop(Cm(stop))
        stops.add_tab_stop(_TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _lists(document: DocumentObject) -> None:
    """Bullets of the house at three levels."""
    signs = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
        f'<w:lvlText w:val="{sign}"/><w:lvlJc w:val="left"/><w:pPr>'
        f'<w:ind w:left="{360 * (level + 1)}" w:hanging="283"/></w:pPr>'
        f'<w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}"/></w:rPr></w:lvl>'
        for level, sign in enumerate("•–•")
    )
    number = _add_list(document, signs, "hybridMultilevel")
    for level, name in enumerate(("List Bullet", "List Bullet 2", "List Bullet 3")):
        style = _paragraph_style(document, name)
        _font(style, 10.5)
        _space(style, 0, 3, 1.12)
        style.paragraph_format.left_indent = None
        style.paragraph_format.first_line_indent = None
        _number_style(style, number, level)
    for name in ("List Number", "List Number 2", "List Number 3"):
        _font(_paragraph_style(document, name), 10.5)
        _space(_paragraph_style(document, name), 0, 3, 1.12)


def _page(document: DocumentObject) -> None:
    """A4, a header with the bid's title, the section and whose it is, a footer with page X / Y."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.25)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.2)
    section.header_distance, section.footer_distance = Cm(1.1), Cm(1)
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    section.different_first_page_header_footer = True
    for name in ("Header", "Footer"):
        style = _paragraph_style(document, name)
        stops = style.element.get_or_add_pPr()
        for old in stops.findall(qn("w:tabs")):
            stops.remove(old)
    header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
    own = section.header.add_paragraph("{{section}}\t{{entreprise}}", "Header")
    for paragraph in (header, own, footer):
        paragraph.paragraph_format.tab_stops.add_tab_stop(_TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    _field(header, "TITLE", "Réponse")
    _field(footer, "SUBJECT", "Groupement", after="\tPage ")
    _field(footer, "PAGE", "1", after=" / ")
    _field(footer, "NUMPAGES", "1")
    _rule(own)


def _field(paragraph: object, code: str, shown: str, *, after: str = "") -> None:
    """A field with its last result, then some text."""
    element = paragraph._p  # type: ignore[attr-defined] # noqa: SLF001 - python-docx has no fields
    pieces = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f"<w:r><w:t>{shown}</w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    holder = parse_xml(f"<w:p {_W}>{pieces}</w:p>")
    for run in list(holder):
        element.append(run)
    if after:
        paragraph.add_run(after)  # type: ignore[attr-defined] # as above


def _rule(paragraph: object) -> None:
    """A thin line below the header."""
    properties = paragraph._p.get_or_add_pPr()  # type: ignore[attr-defined] # noqa: SLF001
    border = parse_xml(
        f'<w:pBdr {_W}><w:bottom w:val="single" w:sz="4" w:space="4" w:color="D3CCC4"/></w:pBdr>'
    )
    tabs = properties.find(qn("w:tabs"))
    tabs.addprevious(border)
