"""Claims: roles, states and the rules of consortium law that concern them."""

from collections.abc import Mapping, Set
from enum import StrEnum
from types import MappingProxyType

from tender.core.states import moved


class ClaimRole(StrEnum):
    """What the company is on the lot."""

    LEAD = "lead"
    CO_CONTRACTOR = "co_contractor"
    SUBCONTRACTOR = "subcontractor"
    STAND_BY = "stand_by"
    WATCH = "watch"


class ClaimState(StrEnum):
    """The life of a claim."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    RELEASED = "released"
    DECLINED = "declined"


MOVES: Mapping[ClaimState, Set[ClaimState]] = MappingProxyType(
    {
        ClaimState.PROPOSED: {ClaimState.CONFIRMED, ClaimState.RELEASED, ClaimState.DECLINED},
        ClaimState.CONFIRMED: {ClaimState.PROPOSED, ClaimState.RELEASED},
        ClaimState.RELEASED: frozenset(),
        ClaimState.DECLINED: frozenset(),
    }
)
LIVE = (ClaimState.PROPOSED, ClaimState.CONFIRMED)


def moved_to(present: ClaimState, wanted: ClaimState) -> ClaimState:
    """Give the wanted state if the table of moves allows it."""
    return moved(MOVES, present, wanted)
