"""The life of a bid: which moves there are, which need a reason, what the deadline leaves."""

from datetime import timedelta

import pytest

from tender.bids.rules import (
    MOVES,
    NOT_BY_HAND,
    UNDECIDED,
    WORKING,
    Stage,
    buyer_prefix,
    by_hand,
    is_late,
    needs_reason,
    require_reason,
)
from tender.core.errors import Invalid
from tests.factories import NOW

S = Stage


def test_every_stage_is_reached_and_left() -> None:
    assert set(MOVES) == set(Stage)
    assert set().union(*MOVES.values()) == set(Stage)
    assert all(MOVES.values())


@pytest.mark.parametrize("stage", sorted(WORKING - {S.GO}))
def test_every_working_stage_has_a_way_back_and_two_ways_out(stage: Stage) -> None:
    earlier = [s for s in by_hand(stage, late=False) if needs_reason(stage, s)]
    assert {S.WITHDRAWN, S.CANCELLED_BY_BUYER} < set(earlier)


@pytest.mark.parametrize(
    ("present", "wanted", "due"),
    [
        (S.DETECTED, S.QUALIFYING, False),
        (S.QUALIFYING, S.DETECTED, True),
        (S.FORMING, S.DRAFTING, False),
        (S.DRAFTING, S.FORMING, True),
        (S.FORMING, S.QUALIFYING, True),
        (S.REVIEW, S.WITHDRAWN, True),
        (S.SUBMITTED, S.CANCELLED_BY_BUYER, True),
        (S.WITHDRAWN, S.QUALIFYING, True),
        (S.CLOSED, S.DECIDED, True),
        (S.DECIDED, S.CLOSED, False),
    ],
)
def test_going_back_or_giving_up_needs_a_reason(present: Stage, wanted: Stage, due: bool) -> None:
    assert needs_reason(present, wanted) is due


def test_a_card_never_brings_about_what_an_act_does() -> None:
    for stage in Stage:
        assert set(by_hand(stage, late=False)) & NOT_BY_HAND <= {S.DECIDED}


@pytest.mark.parametrize("stage", list(Stage))
def test_past_the_deadline_no_move_leads_back_to_work(stage: Stage) -> None:
    assert not set(by_hand(stage, late=True)) & (UNDECIDED | WORKING)


def test_the_deadline_itself_is_too_late() -> None:
    assert not is_late(None, NOW)
    assert not is_late(NOW + timedelta(seconds=1), NOW)
    assert is_late(NOW, NOW)


@pytest.mark.parametrize(
    ("buyer", "prefix"),
    [
        ("Métropole Européenne de Lille", "MEL"),
        ("Ville de Brumeval", "VBR"),
        ("Région", "REG"),
        ("commune sans capitale", "AFF"),
        ("", "AFF"),
        ("東京都", "AFF"),
    ],
)
def test_a_buyer_gives_three_letters(buyer: str, prefix: str) -> None:
    assert buyer_prefix(buyer) == prefix


def test_a_reason_has_words_in_it() -> None:
    assert require_reason("  le délai \n est court ") == "le délai est court"
    with pytest.raises(Invalid, match="10 caractères") as refused:
        require_reason("non      .")
    assert refused.value.field == "reason"
