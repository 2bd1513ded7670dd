"""The outline numbers itself, and starts from the usual chapters."""

from uuid import uuid4

import pytest

from tender.contributions import outline


@pytest.mark.parametrize(
    ("depths", "numbers"),
    [
        ([], []),
        ([1, 1, 1], ["1", "2", "3"]),
        ([1, 2, 2, 1, 2], ["1", "1.1", "1.2", "2", "2.1"]),
        ([1, 3, 3], ["1", "1.1", "1.2"]),
        ([2, 1, 2], ["1", "2", "2.1"]),
        ([1, 2, 3, 2, 3, 1], ["1", "1.1", "1.1.1", "1.2", "1.2.1", "2"]),
    ],
)
def test_each_section_keeps_its_depth_and_none_hangs_in_the_air(depths, numbers) -> None:
    assert outline.renumbered(depths) == numbers


def test_a_lot_has_its_own_section_and_belongs_to_its_lead() -> None:
    lead, a, b = uuid4(), uuid4(), uuid4()
    lots = [
        outline.LotInPlan(uuid4(), "1", "Accueil", (a, b)),
        outline.LotInPlan(uuid4(), "2", "Tri", (b,)),
    ]
    planned = outline.starting_outline(lead, lots)
    by_lot = {p.lot_id: p.company_id for p in planned if p.lot_id}
    assert by_lot == {lots[0].id: a, lots[1].id: b}
    assert {p.company_id for p in planned} == {lead, a, b}


def test_a_page_limit_is_dealt_by_weight_and_never_passed() -> None:
    dealt = outline.budgets([1, 2, 4], 38)
    assert dealt == [5, 10, 20]
    assert outline.budgets([1, 1], None) == [None, None]
