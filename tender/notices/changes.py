"""What differs between two publications of a call, as typed values that a page can say."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from tender.core.orm import Json
from tender.notices.models import Lot
from tender.notices.shaping import LotFacts

SHOWN = (
    "title",
    "description",
    "cpv",
    "nuts",
    "estimated_value",
    "reserved",
    "criteria",
    "duration",
)


class ChangeKind(StrEnum):
    """The kinds of `Notice.changes`."""

    DEADLINE = "deadline"
    LOTS_ADDED = "lots_added"
    LOTS_WITHDRAWN = "lots_withdrawn"
    LOTS_CHANGED = "lots_changed"
    TENDER_CHANGED = "tender_changed"
    CANCELLED = "cancelled"
    TO_READ = "to_read"
    NO_EFFECT = "no_effect"


def added(lots: Sequence[Lot]) -> Iterable[Json]:
    """Name the lots that a notice brings in."""
    if lots:
        yield {"kind": ChangeKind.LOTS_ADDED, "lots": [lot.number for lot in lots]}


def withdrawn(lots: Sequence[Lot]) -> Iterable[Json]:
    """Name the lots that it no longer has."""
    if lots:
        yield {"kind": ChangeKind.LOTS_WITHDRAWN, "lots": [lot.number for lot in lots]}


def changed(pairs: Iterable[tuple[Lot, LotFacts]]) -> Iterable[Json]:
    """Name the fields that change, with the lots in which they do."""
    found: dict[tuple[str, ...], list[str]] = {}
    for lot, facts in pairs:
        differing = tuple(name for name in SHOWN if getattr(lot, name) != getattr(facts, name))
        if differing:
            found.setdefault(differing, []).append(lot.number)
    for names, numbers in found.items():
        yield {"kind": ChangeKind.LOTS_CHANGED, "fields": list(names), "lots": numbers}


def moved(pairs: Iterable[tuple[Lot, LotFacts]]) -> Iterable[Json]:
    """Give the deadlines that move, each move once with all its lots."""
    found: dict[tuple[datetime | None, datetime | None], list[str]] = {}
    for lot, facts in pairs:
        if lot.deadline_at != facts.deadline_at:
            found.setdefault((lot.deadline_at, facts.deadline_at), []).append(lot.number)
    for (before, after), numbers in found.items():
        yield {
            "kind": ChangeKind.DEADLINE,
            "before": before.isoformat() if before else None,
            "after": after.isoformat() if after else None,
            "lots": numbers,
        }
