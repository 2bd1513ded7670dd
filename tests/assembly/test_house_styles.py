"""Which of the house's styles an author's looks like."""

import io

import pytest
from docx import Document

from tender.assembly.house_styles import HOUSE_STYLES, guess
from tender.documents.house import house_template


def test_every_style_that_can_be_chosen_is_in_the_house_s_template() -> None:
    there = {style.name.lower() for style in Document(io.BytesIO(house_template())).styles}
    assert {name.lower() for styles in HOUSE_STYLES.values() for name in styles} <= there


@pytest.mark.parametrize(
    ("name", "level", "expected"),
    [
        ("Titre 2", 2, "heading 2"),
        ("Überschrift 7", 7, "heading 4"),
        ("Normal", None, "Normal"),
        ("Corps de texte 2", None, "Normal"),
        ("Puce Courtil", None, "List Bullet"),
        ("Liste à puces 3", None, "List Bullet"),
        ("Paragraphe de liste", None, "List Paragraph"),
        ("Légende", None, "Caption"),
        ("Citation intense", None, "Quote"),
        ("Title", None, "Chapeau"),
        ("Encadré vert", None, ""),
        ("Titre de l’encadré", None, ""),
    ],
)
def test_a_style_is_known_by_its_outline_level_or_its_name(
    name: str, level: int | None, expected: str
) -> None:
    assert guess(name, "paragraph", level) == expected


def test_only_a_plain_table_is_taken_for_the_house_s() -> None:
    assert guess("Table Grid", "table") == guess("Grille du tableau", "table") == "Table Grid"
    assert guess("Tableau bleu", "table") == ""
