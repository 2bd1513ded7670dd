"""Names for codes, and nothing for codes that nobody knows."""

import pytest

from tender.reference.builtin import division_name, place_name


@pytest.mark.parametrize(
    ("nuts", "name"),
    [
        ("FRE11", "Nord"), ("FRE1", "Hauts-de-France"), ("FRY4", "La Réunion"),
        ("FRY40", "La Réunion"), ("FR101", "Paris"), ("FR1", "Île-de-France"), ("FR", "France"),
        ("DE300", "DE300"), (None, ""),
    ],
)  # fmt: skip
def test_a_place_is_named_by_its_departement_else_by_its_region(nuts: str, name: str) -> None:
    assert place_name(nuts) == name


def test_a_cpv_code_is_named_by_its_division_in_the_readers_language() -> None:
    assert division_name("90911200", "fr") == "Propreté, déchets et environnement"
    assert division_name("90911200", "en") == "Cleaning, waste and environmental services"
    assert division_name("99000000", "fr") == division_name(None, "fr") == ""
