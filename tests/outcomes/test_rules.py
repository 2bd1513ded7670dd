"""Win rates: the check values, what counts, what stands apart."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender.bids.rules import LotBidState as S
from tender.core.errors import Invalid
from tender.outcomes import rules
from tender.outcomes.rules import Judged

ME, YOU = UUID(int=1), UUID(int=2)


def row(result: S, amount: int | None = 100, **members: int) -> Judged:
    ids = {"me": ME, "you": YOU}
    return Judged(
        result, date(2026, 6, 1), Decimal(amount) if amount else None,
        members={ids[k]: Decimal(v) for k, v in members.items()},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("won", "decided", "low", "high"),
    [(3, 8, 13.7, 69.4), (0, 5, 0.0, 43.4), (1, 1, 20.7, 100.0), (12, 40, 18.1, 45.4)],
)
def test_the_interval_has_the_published_values(
    won: int, decided: int, low: float, high: float
) -> None:
    found = rules.wilson(won, decided)
    assert [round(100 * x, 1) for x in found] == [low, high]


@given(st.integers(0, 500), st.integers(0, 500))
def test_the_interval_holds_the_rate_and_stays_within_0_and_1(won: int, lost: int) -> None:
    low, high = rules.wilson(won, won + lost)
    assert 0 <= low <= high <= 1
    if won + lost:
        assert low <= won / (won + lost) + 1e-9
        assert won / (won + lost) <= high + 1e-9


def test_only_decided_lot_bids_are_in_the_rate() -> None:
    rows = [row(s) for s in (S.AWARDED, S.SIGNED, S.REJECTED, S.IRREGULAR, S.LATE)]
    rows += [row(s) for s in (S.SUBMITTED, S.RUNNER_UP, S.NO_AWARD)]
    rate = rules.count_rate(rows)
    assert (rate.won, rate.decided, rate.rate) == (2, 5, 0.4)
    assert rules.apart(rows) == {S.SUBMITTED: 1, S.RUNNER_UP: 1, S.NO_AWARD: 1}


def test_value_and_share_are_weighed_by_amount() -> None:
    rows = [
        row(S.AWARDED, 300, me=50, you=50),
        row(S.REJECTED, 100, me=100),
        row(S.REJECTED, 600, you=100),
        row(S.REJECTED, None, me=100),
    ]
    assert rules.value_rate(rows) == pytest.approx(0.3)
    assert rules.share_rate(rows, ME) == pytest.approx(150 / 250)
    assert rules.share_rate(rows, YOU) == pytest.approx(150 / 750)


def test_nothing_decided_gives_no_rate() -> None:
    assert rules.count_rate([]).rate is None
    assert rules.value_rate([row(S.SUBMITTED)]) is None
    assert rules.share_rate([row(S.AWARDED)], ME) is None


def test_the_pipeline_is_weighed_by_a_smoothed_rate() -> None:
    rows = [row(S.SUBMITTED, 1000), row(S.AWARDED), row(S.REJECTED)]
    assert rules.pipeline(rows, rules.count_rate(rows)) == Decimal(500)


def test_small_or_overlapping_groups_are_not_ranked() -> None:
    many = rules.count_rate([row(S.AWARDED)] * 40)
    none = rules.count_rate([row(S.REJECTED)] * 40)
    few = rules.count_rate([row(S.REJECTED)] * 3)
    assert rules.differ([many, none])
    assert not rules.differ([many, few])
    assert few.few


@pytest.mark.parametrize(
    ("result", "day", "amount", "field"),
    [
        (S.CONSIDERED, date(2026, 1, 1), "1", "result"),
        (S.AWARDED, date(2026, 12, 1), "1", "decided_on"),
        (S.AWARDED, date(2026, 1, 1), "-1", "our_amount"),
        (S.AWARDED, date(2026, 1, 1), "NaN", "our_amount"),
        (S.AWARDED, date(2026, 1, 1), "1e13", "our_amount"),
    ],
)
def test_an_unsound_outcome_is_refused_at_its_field(
    result: S, day: date, amount: str, field: str
) -> None:
    amounts = {"winner_amount": None, "our_amount": Decimal(amount)}
    with pytest.raises(Invalid) as refused:
        rules.require_sound(result, day, amounts, today=date(2026, 11, 24))
    assert refused.value.field == field
