"""Documents made with python-docx, in the habits of scripts."""

import io
from collections.abc import Callable

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_COLOR_INDEX
from docx.shared import Cm, Pt, RGBColor

from tests.fidelity.producers.word_things import picture


def _made(fill: Callable[[DocumentObject], object]) -> bytes:
    document = Document()
    fill(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def words() -> bytes:
    """Headings, emphasis, a style of its own, a break."""

    def fill(document: DocumentObject) -> None:
        document.add_heading("Notre démarche", 1)
        line = document.add_paragraph("Un texte ")
        line.add_run("gras").bold = True
        line.add_run(" et penché").italic = True
        line.add_run(" surligné").font.highlight_color = WD_COLOR_INDEX.YELLOW
        line.add_run(" 2").font.superscript = True
        document.add_heading("Détail", 2)
        own = document.styles.add_style("Encadré Orvanne", WD_STYLE_TYPE.PARAGRAPH)
        own.font.size, own.font.color.rgb = Pt(14), RGBColor(0x80, 0, 0)
        document.add_paragraph("dans un style à nous", style="Encadré Orvanne")
        last = document.add_paragraph("dernière ligne")
        last.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        last.add_run().add_break(WD_BREAK.LINE)
        last.add_run("et sa suite", style="Strong")

    return _made(fill)


def lists() -> bytes:
    """Lists by the styles of the template, between other paragraphs."""

    def fill(document: DocumentObject) -> None:
        for text, style in (("un", "List Number"), ("deux", "List Number"), ("puce", "List Bullet"),
                            ("sous", "List Bullet 2"), ("trois", "List Number")):  # fmt: skip
            document.add_paragraph(text, style=style)
        document.add_paragraph("fin de liste")

    return _made(fill)


def tables() -> bytes:
    """A table in a style of the template, with merged cells."""

    def fill(document: DocumentObject) -> None:
        table = document.add_table(3, 3, style="Light Grid Accent 1")
        for at, cell in enumerate(table._cells):
            cell.text = f"case {at}"
        table.cell(0, 0).merge(table.cell(0, 1))
        table.cell(1, 2).merge(table.cell(2, 2))
        document.add_paragraph("après le tableau")

    return _made(fill)


def pictures() -> bytes:
    """Two pictures, and a third equal to the first."""

    def fill(document: DocumentObject) -> None:
        for colour in ("navy", "red", "navy"):
            document.add_picture(io.BytesIO(picture(colour)), width=Cm(3))
        document.add_paragraph("après les images")

    return _made(fill)


def comments() -> bytes:
    """A comment over two runs."""

    def fill(document: DocumentObject) -> None:
        line = document.add_paragraph("avant ")
        runs = [line.add_run("le "), line.add_run("passage")]
        document.add_comment(runs, "à revoir", "Ana Exemple", "AE")

    return _made(fill)


def pages() -> bytes:
    """A landscape section between two upright ones."""

    def fill(document: DocumentObject) -> None:
        document.add_paragraph("debout")
        section = document.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
        document.add_paragraph("couché")
        section = document.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        document.add_paragraph("encore debout")

    return _made(fill)
