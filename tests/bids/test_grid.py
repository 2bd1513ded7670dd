"""The go/no-go grid: weights, several voters, their spread."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender.bids import grid
from tender.core.errors import Invalid

MARKS = st.fixed_dictionaries({code: st.integers(0, 100) for code in grid.WEIGHTS})


def marks(value: int, **other: int) -> dict[str, int]:
    return dict.fromkeys(grid.WEIGHTS, value) | other


def test_the_weights_make_a_hundred() -> None:
    assert sum(weight for _, weight in grid.WEIGHTS.values()) == 100


def test_a_criterion_counts_by_its_weight() -> None:
    assert grid.score(marks(0, fit=100)) == 30
    assert grid.score(marks(100, load=0)) == 90


@given(st.lists(MARKS, min_size=1, max_size=6))
def test_the_score_lies_between_the_lowest_and_the_highest_voter(
    votes: list[dict[str, int]],
) -> None:
    found = grid.tally(votes)
    assert found is not None
    assert 0 <= found.lowest <= found.score <= found.highest <= 100
    assert found.voters == len(votes)


def test_nobody_voted_and_one_missing_mark() -> None:
    assert grid.tally([]) is None
    assert grid.mean("fit", []) is None
    assert grid.mean("fit", [marks(40), marks(61)]) == 50


@pytest.mark.parametrize("bad", [{"fit": 101}, {"fit": -1}, {"fit": None}])
def test_a_mark_outside_0_to_100_is_refused_at_its_criterion(bad: dict[str, int]) -> None:
    with pytest.raises(Invalid) as refused:
        grid.require_scores(marks(50) | bad)
    assert refused.value.field == "fit"
