"""The preview of one section in the house style."""

import io

import pytest
from PIL import Image

from tender.documents.compose import Part
from tender.documents.errors import Cancelled, Refused
from tender.documents.house import house_template
from tender.documents.rendering.section import preview_section
from tests.documents.made import docx, paragraph
from tests.documents.written import simple

BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def _called_off() -> None:
    raise Cancelled


def test_a_section_is_drawn_in_the_house_style_page_by_page() -> None:
    part = Part("a.docx", simple("# Objet", "Le texte."), "3", "Méthode", "Lumivert")
    preview = preview_section(house_template(), part, dpi=50)
    assert preview.pages == len(preview.images) == 1
    picture = Image.open(io.BytesIO(preview.images[0])).convert("RGB")
    assert 410 <= picture.width <= 416
    assert (0x6A, 0x2A, 0x5B) in {colour for _, colour in picture.getcolors(100_000) or ()}
    assert preview.report.kept["paragraphs"] == 2


def test_a_long_section_is_counted_whole_and_shown_in_part() -> None:
    preview = preview_section(
        house_template(), Part("a.docx", docx(BREAK * 4 + paragraph("fin"))), most=2, dpi=30
    )
    assert (preview.pages, len(preview.images)) == (5, 2)


def test_a_section_that_cannot_be_inserted_says_why() -> None:
    with pytest.raises(Refused) as refused:
        preview_section(house_template(), Part("a.docx", b"%PDF-1.7"))
    assert "PDF" in str(refused.value)


def test_a_preview_can_be_called_off() -> None:
    with pytest.raises(Cancelled):
        preview_section(house_template(), Part("a.docx", simple("Texte")), watch=_called_off)
