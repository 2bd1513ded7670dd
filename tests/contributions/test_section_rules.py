"""Who writes, who reviews, who reads; and what a section may be."""

from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from uuid import uuid4

import pytest

from tender.bids.rules import Standing
from tender.contributions import rules
from tender.contributions.rules import SectionState
from tender.core.actor import Actor, CompanyRole
from tender.core.errors import Conflict, Forbidden, Invalid

MINE, THEIRS, BID = uuid4(), uuid4(), uuid4()
ME = Actor(name="Awa", companies=MappingProxyType({MINE: CompanyRole.CONTRIBUTOR}))
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("standing", "owner", "allowed"),
    [
        (Standing(BID, member_of=frozenset({MINE})), MINE, True),
        (Standing(BID, member_of=frozenset({MINE})), THEIRS, False),
        (Standing(BID, invited_as=frozenset({MINE})), MINE, False),
        (Standing(BID, reviews=True), MINE, False),
        (Standing(BID, coordinates=True), THEIRS, True),
    ],
)
def test_a_section_is_written_by_its_company_or_the_coordinator(standing, owner, allowed) -> None:
    assert rules.may_write(ME, standing, owner) is allowed
    if not allowed:
        with pytest.raises(Forbidden):
            rules.require_may_write(ME, standing, owner)


@pytest.mark.parametrize(
    ("present", "allowed"),
    [
        (SectionState.TODO, {"drafting"}),
        (SectionState.DRAFTING, {"drafting", "in_review"}),
        (SectionState.IN_REVIEW, {"drafting", "changes_requested", "approved"}),
        (SectionState.CHANGES_REQUESTED, {"drafting", "in_review"}),
        (SectionState.APPROVED, {"drafting", "changes_requested", "locked"}),
        (SectionState.LOCKED, {"approved"}),
    ],
)
def test_a_section_moves_only_along_its_table(present: SectionState, allowed: set[str]) -> None:
    for wanted in SectionState:
        if wanted in allowed:
            assert rules.moved_to(present, wanted) is wanted
        else:
            with pytest.raises(Conflict):
                rules.moved_to(present, wanted)


def test_nothing_is_written_from_the_deadline_on() -> None:
    rules.require_before_deadline(NOW, NOW - timedelta(microseconds=1))
    rules.require_before_deadline(None, NOW)
    with pytest.raises(Invalid):
        rules.require_before_deadline(NOW, NOW)


@pytest.mark.parametrize("title", ["", "  \n ", "x" * 201])
def test_a_title_is_neither_empty_nor_endless(title: str) -> None:
    with pytest.raises(Invalid):
        rules.fitting_title(title)


@pytest.mark.parametrize("pages", [0, -1, 501])
def test_a_page_budget_is_a_small_number(pages: int) -> None:
    with pytest.raises(Invalid):
        rules.require_budget(pages)


def test_a_section_is_due_before_the_offers() -> None:
    rules.require_due_in_time(NOW, NOW)
    with pytest.raises(Invalid):
        rules.require_due_in_time(NOW + timedelta(seconds=1), NOW)
