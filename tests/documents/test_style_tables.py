"""The policy « map »: an author's styles take the house's that a table gives them, or stay."""

import io

import pytest
from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Cm, Pt

from tender.documents.compose import Composed, Part, compose
from tender.documents.house import house_template
from tests.documents.written import written


def fill(document: DocumentObject) -> None:
    """A heading, a text, and a box in a style and a font of the author's own."""
    box = document.styles.add_style("Encadré", WD_STYLE_TYPE.PARAGRAPH)
    box.font.name, box.font.size = "Papyrus", Pt(20)
    box.paragraph_format.left_indent = Cm(2)
    document.add_heading("Contexte", 1)
    document.add_paragraph("Un texte.")
    document.add_paragraph("Un point fort.", style="Encadré")


def mapped(**table: str) -> Composed:
    part = Part("a", written(fill), "1", "Méthode", policy="map", styles=table)
    return compose(house_template(), [part])


def style_of(made: Composed, text: str):
    document = Document(io.BytesIO(made.data))
    return next(p.style for p in document.paragraphs if p.text.endswith(text))


@pytest.mark.parametrize("wanted", ["Quote", "Caption", "List Bullet"])
def test_a_style_takes_the_house_s_that_the_table_gives_it(wanted: str) -> None:
    assert style_of(mapped(Encadré=wanted), "Un point fort.").name == wanted


def test_a_style_that_is_left_as_it_is_keeps_its_place_and_takes_the_house_s_font() -> None:
    kept = style_of(mapped(Encadré=""), "Un point fort.")
    assert kept.name == "Encadré"
    assert round(kept.paragraph_format.left_indent.cm, 1) == 2.0
    assert (kept.font.name, kept.font.size) == (None, None)


def test_even_a_style_of_a_role_that_the_house_knows_is_left_when_the_table_says_so() -> None:
    assert style_of(mapped(Normal="Chapeau"), "Un texte.").name == "Chapeau"
    assert style_of(mapped(Normal=""), "Un texte.").name != "Normal"


def test_a_heading_that_the_table_makes_a_text_leaves_the_outline() -> None:
    made = mapped(**{"heading 1": "Chapeau"})
    assert [heading.title for heading in made.outline] == ["Méthode"]
    assert [heading.title for heading in mapped(Encadré="heading 2").outline] == [
        "Méthode", "Contexte", "Un point fort.",
    ]  # fmt: skip
