"""Codes of every format have words on a page; one that nobody knows is shown as it is."""

import pytest

from tender.core.orm import Json
from tender.web.notice_view import _criteria, nature, reserved
from tender.web.procedures import procedure_name


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("works", "Travaux"), ("WORKS", "Travaux"), ("travaux", "Travaux"),
        ("SERVICE", "Services"), ("fournitures", "Fournitures"), ("goods", "Fournitures"),
        ("autre", "autre"), (None, ""),
    ],
)  # fmt: skip
def test_a_nature_has_one_word_whoever_wrote_its_code(code: str | None, word: str) -> None:
    assert nature(code) == word


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("open", "Appel d’offres ouvert"), ("PT_OPEN", "Appel d’offres ouvert"),
        ("OUVERT", "Appel d’offres ouvert"), ("selective", "Appel d’offres restreint"),
        ("PT_DA_RAILWAY_TRANSPORT", "Pt da railway transport"), (None, ""),
    ],
)  # fmt: skip
def test_a_procedure_too(code: str | None, word: str) -> None:
    assert procedure_name(code) == word


def test_a_reserved_lot_says_for_whom_where_the_code_does() -> None:
    assert reserved("RESTRICTED_SHELTERED_WORKSHOP") == reserved("res-ws")
    assert reserved("oui") == "réservé"
    assert reserved(None) == ""


def test_a_weight_stays_as_it_is_written() -> None:
    told: list[Json] = [
        {"name": "Prix", "weight": "60", "weight_kind": "per-exa"},
        {"name": "Méthode", "weight": "25/100"},
        {"name": "Délai", "weight": None},
    ]
    assert _criteria(told) == "Prix 60 %, Méthode (25/100), Délai"
