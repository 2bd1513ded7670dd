"""From a marked-up text to a real Word file in the manner of one company."""

import io
import re
import zipfile
from datetime import UTC, datetime

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

from tender.demo.sections import drawing, raw
from tender.demo.sections.firms import Firm
from tender.documents.packing import zipped

_INLINE = re.compile(
    r"\^\[(?P<note>[^\]]+)\]|\[\[(?P<ref>[^|\]]+)\|(?P<mark>\w+)\]\]|\+\+(?P<ins>.+?)\+\+"
    r"|~~(?P<del>.+?)~~|\(\((?P<comment>.+?)\)\)"
)
_HEADING = re.compile(r"^(#{1,3}) (?:\{#(\w+)\} )?(.+)$")
_ITEM = re.compile(r"^(- |\d+\. |a\. )(.+)$")
_FRENCH = {"Heading1": "Titre1", "Heading2": "Titre2", "Heading3": "Titre3", "Caption": "Lgende",
           "ListBullet": "Listepuces", "ListNumber": "Listenumros",
           "TableGrid": "Grilledutableau"}  # fmt: skip
_WHEN = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)


class Writer:
    """Writes one section; `write` gives the bytes, always the same."""

    def __init__(self, firm: Firm) -> None:
        self.firm = firm
        self.document: DocumentObject = Document()
        self.notes: list[str] = []
        self.changes = 900
        self.width = Cm(16.2)
        self._kind, self._list = "", ""
        self._dress()
        levels = {
            "1": raw.level(0, "decimal", firm.numbers, left=720),
            "a": raw.level(0, "lowerLetter", "%1)", left=900),
            "-": raw.level(0, "bullet", firm.bullet, left=620),
        }
        self.definitions = {k: raw.add_definition(self.document, v) for k, v in levels.items()}

    def write(self, text: str) -> bytes:
        """The section's bytes."""
        rows: list[list[str]] = []
        for line in [*text.strip().split("\n"), ""]:
            if line.startswith("|"):
                rows.append([cell.strip() for cell in line.strip("|").split("|")])
                continue
            if rows:
                self._table(rows)
                rows = []
            if line:
                self._line(line)
        return self._bytes()

    def _line(self, line: str) -> None:
        heading, item = _HEADING.match(line), _ITEM.match(line)
        if heading:
            self._heading(heading[3], len(heading[1]), heading[2])
        elif item:
            self._item(item[1], item[2])
            return
        elif line.startswith("!"):
            self._picture(line)
        elif line.startswith("==="):
            self._turn(line)
        else:
            self._inline(self.document.add_paragraph(), line)
        self._kind = ""

    # -- looks ------------------------------------------------------------------------------

    def _dress(self) -> None:
        document, firm = self.document, self.firm
        normal = document.styles["Normal"]
        normal.font.name, normal.font.size = firm.font, Pt(firm.size)
        normal.paragraph_format.space_after = Pt(7)
        for level in (1, 2, 3):
            style = document.styles[f"Heading {level}"]
            style.font.name, style.font.size = firm.font, Pt(20 - 3 * level)
            style.font.color.rgb = RGBColor.from_string(firm.colour)
        section = document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.4)
        if firm.header:
            section.header.paragraphs[0].text = firm.header
            section.footer.paragraphs[0].text = f"{firm.name} – reproduction interdite"
        {"listed": self._listed, "custom": self._custom}.get(firm.headings, lambda: None)()

    def _listed(self) -> None:
        """Headings numbered by the company's own list: Article 1, 1.1."""
        texts = ("Article %1.", "%1.%2.", "%1.%2.%3.")
        levels = "".join(
            raw.level(n, "decimal", text, left=360 + 200 * n, style=f"Heading{n + 1}")
            for n, text in enumerate(texts)
        )
        number = raw.add_list(self.document, raw.add_definition(self.document, levels))
        for level in (1, 2, 3):
            properties = self.document.styles[f"Heading {level}"].element.get_or_add_pPr()
            numbering = properties.get_or_add_numPr()
            numbering.get_or_add_ilvl().val = level - 1
            numbering.get_or_add_numId().val = int(number)

    def _custom(self) -> None:
        """Headings by styles of the company's own, that only their outline level gives away."""
        for level in (1, 2, 3):
            style = self.document.styles.add_style(f"KD Titre {level}", WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = self.document.styles["Normal"]
            style.font.bold, style.font.size = True, Pt(19 - 3 * level)
            style.font.color.rgb = RGBColor.from_string(self.firm.colour)
            style.paragraph_format.keep_with_next = True
            outline = raw.xml(f'<w:outlineLvl w:val="{level - 1}"/>')
            style.element.get_or_add_pPr().append(outline)

    # -- blocks -----------------------------------------------------------------------------

    def _heading(self, text: str, level: int, mark: str | None) -> None:
        name = f"KD Titre {level}" if self.firm.headings == "custom" else f"Heading {level}"
        paragraph = self.document.add_paragraph(text, style=name)
        if mark:
            raw.bookmark(paragraph, mark, 50)

    def _item(self, sign: str, text: str) -> None:
        kind = "1" if sign[0].isdigit() else sign[0]
        if kind != self._kind:
            self._kind, self._list = kind, raw.add_list(self.document, self.definitions[kind])
        paragraph = self.document.add_paragraph(style="List Paragraph")
        raw.put_in_list(paragraph, self._list)
        paragraph.paragraph_format.space_after = Pt(3)
        self._inline(paragraph, text)

    def _table(self, rows: list[list[str]]) -> None:
        wide = len(rows[0]) == 6
        width = Cm(19.5) if wide else self.width
        table = self.document.add_table(len(rows), len(rows[0]), style="Table Grid")
        table.autofit = False
        self._columns(table, rows, int(width))
        for row, cells in zip(table.rows, rows, strict=True):
            first = cells is rows[0]
            for cell, text in zip(row.cells, cells, strict=True):
                self._cell(cell.paragraphs[0], text, first=first, small=len(cells) > 5)
                if first:
                    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{self.firm.colour}"/>'
                    cell._tc.get_or_add_tcPr().append(raw.xml(fill))  # noqa: SLF001
        after = self.document.add_paragraph()
        after.paragraph_format.space_after = Pt(2)

    def _columns(self, table: Table, rows: list[list[str]], width: int) -> None:
        """Share the width by the longest words of each column."""
        lengths = [_breadth([row[n] for row in rows]) for n in range(len(rows[0]))]
        for column, length in zip(table.columns, lengths, strict=True):
            column.width = width * length // sum(lengths)
            for cell in column.cells:
                cell.width = width * length // sum(lengths)
        asked = table._tbl.tblPr.find(qn("w:tblW"))  # noqa: SLF001 - no widths of tables there
        if asked is not None:
            asked.set(qn("w:w"), str(int(width / 635)))
            asked.set(qn("w:type"), "dxa")

    def _cell(self, paragraph: Paragraph, text: str, *, first: bool, small: bool) -> None:
        run = paragraph.add_run(text)
        run.font.size = Pt(8 if small else 9)
        run.font.bold = first
        paragraph.paragraph_format.space_after = Pt(1)
        if first:
            run.font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)

    def _picture(self, line: str) -> None:
        kind, title, values = line[1:].split("|")
        colour = f"#{self.firm.colour}"
        if kind == "flow":
            png = drawing.flow(title, values.split(";"), colour)
        elif kind == "gantt":
            tasks = (item.split("=") for item in values.split(";"))
            spans = [(name, *_span(span)) for name, span in tasks]
            png = drawing.gantt(title, spans, colour)
        else:
            pairs = (item.split("=") for item in values.split(";"))
            png = drawing.bars(title, [(name, float(value)) for name, value in pairs], colour)
        width = Cm(19) if kind == "flow" and self.firm.headings == "listed" else Cm(14.5)
        self.document.add_picture(io.BytesIO(png), width=width)
        shape = self.document.inline_shapes[-1]._inline.docPr  # noqa: SLF001
        shape.set("descr", title)
        self.document.paragraphs[-1].paragraph_format.keep_with_next = True
        self.document.add_paragraph(f"Figure – {title}", style="Caption")

    def _turn(self, line: str) -> None:
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        wide = line.endswith("landscape")
        section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
        short, long = Cm(21), Cm(29.7)
        section.page_width, section.page_height = (long, short) if wide else (short, long)
        self.width = Cm(24.8) if wide else Cm(16.2)

    # -- words ------------------------------------------------------------------------------

    def _inline(self, paragraph: Paragraph, text: str) -> None:
        at = 0
        for found in _INLINE.finditer(text):
            self._words(paragraph, text[at : found.start()])
            self._special(paragraph, found)
            at = found.end()
        self._words(paragraph, text[at:])

    def _words(self, paragraph: Paragraph, text: str) -> None:
        if not text:
            return
        run = paragraph.add_run(text)
        if self.firm.painted:
            run.font.name, run.font.size = self.firm.font, Pt(self.firm.size)

    def _special(self, paragraph: Paragraph, found: re.Match[str]) -> None:
        element, author = paragraph._p, self.firm.name  # noqa: SLF001 - no such calls there
        self.changes += 1
        if found["note"]:
            self.notes.append(found["note"])
            element.append(raw.note_mark(len(self.notes)))
        elif found["ref"]:
            element.extend(raw.reference(found["ref"], found["mark"]))
        elif found["ins"]:
            element.append(raw.inserted(found["ins"], author, self.changes))
        elif found["del"]:
            element.append(raw.deleted(found["del"], author, self.changes))
        else:
            self._comment(paragraph, found["comment"])

    def _comment(self, paragraph: Paragraph, text: str) -> None:
        styles = self.document.styles
        if "annotation reference" not in [style.name for style in styles]:
            mark = styles.add_style("annotation reference", WD_STYLE_TYPE.CHARACTER)
            mark.element.set(qn("w:styleId"), "CommentReference")
        comment = self.document.add_comment(paragraph.runs, text, self.firm.name, "V")
        comment._comment_elm.set(qn("w:date"), raw.DATE)  # noqa: SLF001 - it takes the clock's

    # -- file -------------------------------------------------------------------------------

    def _bytes(self) -> bytes:
        if self.notes:
            raw.add_notes(self.document, self.notes)
        if self.firm.headings == "french":
            self._rename_styles()
        properties = self.document.core_properties
        properties.author, properties.comments = self.firm.name, ""
        properties.created = properties.modified = _WHEN
        out = io.BytesIO()
        self.document.save(out)
        with zipfile.ZipFile(out) as archive:
            return zipped({name: archive.read(name) for name in archive.namelist()})

    def _rename_styles(self) -> None:
        """Style ids as a French Word writes them; their names stay the built-in ones."""
        for root in (self.document.styles.element, self.document.element):
            for element in root.iter(*(qn(f"w:{n}") for n in _STYLE_MARKS)):
                for name in (qn("w:val"), qn("w:styleId")):
                    if element.get(name) in _FRENCH:
                        element.set(name, _FRENCH[str(element.get(name))])


def _breadth(cells: list[str]) -> int:
    """How broad a column should be: by its longest text, never under its longest word."""
    word = max(len(word) for cell in cells for word in cell.split() or [""])
    return max(min(34, max(len(cell) for cell in cells)), word + 3)


def _span(text: str) -> tuple[int, int]:
    start, _, length = text.partition(",")
    return int(start), int(length)


_STYLE_MARKS = ("style", "pStyle", "tblStyle", "basedOn", "next", "link")
