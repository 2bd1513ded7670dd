"""Shelves of the inbox, and which companies a lot may suit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from tender.core.actor import Actor
from tender.core.errors import Forbidden, Invalid

UNDATED_FOR = timedelta(days=90)
"""For how long a call without a deadline counts as new."""
LONGEST_REASON = 500


class Shelf(StrEnum):
    """Where a person has put calls; the value stands in addresses."""

    NEW = "nouveaux"
    LATER = "plus-tard"
    DISCARDED = "ecartes"
    KEPT = "retenus"
    ALL = "tous"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person looks for in the inbox."""

    shelf: Shelf = Shelf.NEW
    words: str = ""
    reserved: bool = False
    place: str = ""


def require_person(actor: Actor) -> UUID:
    """Only a person sorts calls, and only for themselves."""
    if actor.person_id is None:
        raise Forbidden("Seule une personne peut trier des avis.")
    return actor.person_id


def fitting_reason(reason: str) -> str:
    """A reason for discarding is short, or absent."""
    cleaned = " ".join(reason.split())
    if len(cleaned) > LONGEST_REASON:
        raise Invalid(
            "La raison dépasse {most} caractères : raccourcissez-la.",
            field="reason",
            most=LONGEST_REASON,
        )
    return cleaned


def suits(prefixes: Iterable[str], cpv: str | None) -> bool:
    """Tell whether a company's trades, given as CPV prefixes, hold a lot's code."""
    return bool(cpv) and any(prefix and str(cpv).startswith(prefix) for prefix in prefixes)


def suited(companies: Sequence[tuple[UUID, str, Sequence[str]]], cpv: str | None) -> list[str]:
    """Name the companies (id, name, CPV prefixes) whose trades hold a lot's code."""
    return [name for _, name, prefixes in companies if suits(prefixes, cpv)]
