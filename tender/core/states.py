"""Tables of moves: the one place where a state may change."""

from collections.abc import Mapping, Set
from enum import StrEnum
from typing import TypeVar

from tender.core.errors import Conflict

State = TypeVar("State", bound=StrEnum)


def moved(moves: Mapping[State, Set[State]], present: State, wanted: State) -> State:
    """Give the wanted state if the table allows the move, else raise Conflict."""
    if wanted not in moves[present]:
        raise Conflict(
            "Cette action n’est plus possible : l’état est passé à « {present} » entre-temps. "
            "Rechargez la page.",
            present=present.value,
        )
    return wanted
