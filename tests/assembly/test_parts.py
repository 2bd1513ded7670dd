"""What the engine is given of a section: its place, its look, the words of its headers."""

import pytest

from tender.assembly.parts import part_of

BID = {"ref": "VAL-1", "title": "Entretien des locaux", "buyer": "Ville de Valmer"}


def section(**but: object) -> dict[str, object]:
    usual = {"number": "2.1", "title": "Moyens", "level": 2, "company": "Nette Rive"}
    return usual | {"policy": "map", "styles": {"Corps": "Normal"}, "lot": "2"} | but


def lots(*numbers: str) -> dict[str, object]:
    return BID | {"lots": [{"number": number, "title": "T"} for number in numbers]}


def test_a_section_brings_its_look_and_the_words_of_the_house_s_headers() -> None:
    part = part_of(lots("1", "2"), section(), b"")
    assert (part.policy, dict(part.styles)) == ("map", {"Corps": "Normal"})
    assert dict(part.variables) == {
        "acheteur": "Ville de Valmer", "lot": "Lot 2", "section": "2.1 Moyens",
        "entreprise": "Nette Rive", "titre": "Entretien des locaux",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("numbers", "said"),
    [((), ""), (("1",), "Lot 1"), (("1", "3"), "Lots 1, 3"), (tuple("123456"), "6 lots")],
)
def test_a_section_for_all_lots_says_which_as_long_as_they_are_few(
    numbers: tuple[str, ...], said: str
) -> None:
    assert part_of(lots(*numbers), section(lot=None), b"").variables["lot"] == said


def test_a_run_that_was_frozen_before_looks_had_a_choice_goes_by_the_house() -> None:
    old = {k: v for k, v in section().items() if k not in {"policy", "styles", "lot"}}
    part = part_of(lots("1"), old, b"")
    assert (part.policy, dict(part.styles)) == (None, {})
