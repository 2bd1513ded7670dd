"""The rules of consortium law, as tables of cases, those that must not fire among them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender.bids.findings import Severity
from tender.claims.law import (
    Closeness,
    Consultation,
    Elsewhere,
    LotFacts,
    Position,
    frozen,
    on_claim,
    on_consortium,
    plain,
)
from tender.claims.rules import ClaimRole, ClaimState

READ = Consultation(max_lots_bid=3, several_forbidden=False)
UNREAD = Consultation(max_lots_bid=3)
FORBIDDEN = Consultation(max_lots_bid=3, several_forbidden=True)


def position(
    n: int = 1, role: ClaimRole = ClaimRole.LEAD, share: int = 100, *, proposed: bool = False
) -> Position:
    state = ClaimState.PROPOSED if proposed else ClaimState.CONFIRMED
    return Position(UUID(int=n), f"Entreprise {n}", role, Decimal(share), state)


def lot(*positions: Position, number: str = "1") -> LotFacts:
    return LotFacts(number, positions)


@pytest.mark.parametrize(
    ("role", "elsewhere", "rules", "found"),
    [
        (ClaimRole.LEAD, Elsewhere(), READ, []),
        (ClaimRole.LEAD, Elsewhere(leads=True, engaged=True), READ,
         [("R-04", Severity.BLOCK), ("R-06", Severity.WARN)]),
        (ClaimRole.CO_CONTRACTOR, Elsewhere(leads=True, engaged=True), READ,
         [("R-06", Severity.WARN)]),
        (ClaimRole.CO_CONTRACTOR, Elsewhere(engaged=True), FORBIDDEN,
         [("R-06", Severity.BLOCK)]),
        (ClaimRole.CO_CONTRACTOR, Elsewhere(engaged=True), UNREAD, [("R-06", Severity.WARN)]),
        (ClaimRole.SUBCONTRACTOR, Elsewhere(engaged=True), FORBIDDEN, []),
        (ClaimRole.WATCH, Elsewhere(linked=Closeness.GROUP), READ, []),
        (ClaimRole.SUBCONTRACTOR, Elsewhere(linked=Closeness.GROUP), READ,
         [("R-20", Severity.BLOCK)]),
        (ClaimRole.LEAD, Elsewhere(linked=Closeness.POOLED), READ, [("R-20", Severity.WARN)]),
    ],
)  # fmt: skip
def test_a_claim_is_judged_by_what_stands_elsewhere(
    role: ClaimRole, elsewhere: Elsewhere, rules: Consultation, found: list[tuple[str, Severity]]
) -> None:
    wanted = position(role=role)
    findings = on_claim(wanted, [lot(wanted)], rules, elsewhere)
    assert [(f.rule, f.severity) for f in findings] == found
    assert all(f.article and f.remedy for f in findings)


def test_a_second_lead_on_a_lot_is_told_who_has_the_seat() -> None:
    first, second = position(1, share=60), position(2, share=40)
    (finding,) = on_claim(second, [lot(first, second)], READ, Elsewhere())
    assert (finding.rule, finding.severity, finding.article) == (
        "R-03",
        Severity.BLOCK,
        "R. 2142-24",
    )
    assert "Entreprise 1 est déjà mandataire" in str(finding.text)


def test_the_composition_freezes_at_the_deadline_to_the_second() -> None:
    due = datetime(2026, 12, 15, 11, tzinfo=UTC)
    assert list(frozen(due, due - timedelta(seconds=1))) == []
    assert list(frozen(None, due)) == []
    (finding,) = frozen(due, due)
    assert (finding.rule, finding.severity, finding.article) == (
        "R-07",
        Severity.BLOCK,
        "R. 2142-26",
    )


def test_shares_past_a_hundred_are_refused_and_a_hundred_is_not() -> None:
    whole = [position(1, share=60), position(2, ClaimRole.CO_CONTRACTOR, 40)]
    assert on_claim(whole[0], [lot(*whole)], READ, Elsewhere()) == []
    more = [*whole, position(3, ClaimRole.SUBCONTRACTOR, 1)]
    (finding,) = on_claim(more[2], [lot(*more)], READ, Elsewhere())
    assert (finding.rule, finding.severity) == ("R-10", Severity.BLOCK)
    assert "101 %" in str(finding.text)


def test_the_limit_of_lots_counts_those_with_work_only() -> None:
    lots = [lot(position(), number="1"), lot(position(2, ClaimRole.WATCH, 0), number="2")]
    assert on_claim(position(), lots, Consultation(1, several_forbidden=False), Elsewhere()) == []
    lots.append(lot(position(), number="3"))
    (finding,) = on_claim(position(), lots, Consultation(1, several_forbidden=False), Elsewhere())
    assert finding.rule == "R-12"


def test_a_limit_that_nobody_read_is_said_not_passed() -> None:
    lots = [lot(position(), number="1"), lot(number="2")]
    (finding,) = on_claim(position(), lots, Consultation(), Elsewhere())
    assert (finding.rule, finding.severity) == ("R-12", Severity.WARN)


@pytest.mark.parametrize(
    ("positions", "lead", "rules"),
    [
        ([], None, []),
        ([position()], "Entreprise 1", []),
        ([position()], None, ["R-03"]),
        ([position(role=ClaimRole.CO_CONTRACTOR)], "Entreprise 1", ["R-03"]),
        ([position(share=99)], "Entreprise 1", ["R-10"]),
        ([position(proposed=True)], "Entreprise 1", ["R-10"]),
        ([position(2, ClaimRole.STAND_BY, 0)], None, []),
    ],
)
def test_the_consortium_is_whole_or_the_fault_is_named(
    positions: list[Position], lead: str | None, rules: list[str]
) -> None:
    findings = on_consortium([lot(*positions)], lead, READ)
    assert [f.rule for f in findings] == rules


@given(st.lists(st.decimals(min_value="0.01", max_value=100, places=2), min_size=1, max_size=8))
def test_shares_block_exactly_when_they_pass_a_hundred(shares: list[Decimal]) -> None:
    held = [
        Position(UUID(int=i), str(i), ClaimRole.CO_CONTRACTOR, share)
        for i, share in enumerate(shares)
    ]
    findings = on_claim(held[0], [lot(*held)], READ, Elsewhere())
    assert bool(findings) == (sum(shares) > 100)


@pytest.mark.parametrize(("value", "text"), [("37.50", "37,5"), ("100", "100"), ("0.25", "0,25")])
def test_a_share_is_written_without_needless_zeros(value: str, text: str) -> None:
    assert plain(Decimal(value)) == text
