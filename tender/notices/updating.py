"""How a notice shapes its tender: lots come, change and go, deadlines move, a call is cancelled."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count

from sqlalchemy.orm import Session

from tender.core.orm import Json
from tender.formats.notice import Notice as Value
from tender.notices import changes, queries, rules, shaping
from tender.notices.changes import ChangeKind
from tender.notices.models import Lot, Tender
from tender.notices.shaping import LotFacts

QUIET = frozenset({ChangeKind.NO_EFFECT})


def begin(session: Session, value: Value, *, now: datetime) -> Tender:
    """Make the tender that a first notice tells of."""
    told = shaping.tender_columns(value)
    tender = Tender(
        title=shaping.title_of(value), buyer=str(told.pop("buyer", "")), added_at=now,
        published_on=shaping.published_on(value),
    )  # fmt: skip
    for name, what in told.items():
        setattr(tender, name, what)
    session.add(tender)
    session.flush()  # the lots need it
    _add(session, tender, shaping.lots_of(value))
    _settle(session, tender)
    return tender


def matters(found: Sequence[Json]) -> bool:
    """Tell whether any of the changes is one that people should see."""
    return any(change["kind"] not in QUIET for change in found)


def first_words(tender: Tender, value: Value, *, now: datetime) -> list[Json]:
    """Tell what a tender's first notice asks people to notice."""
    if value.kind == "cancellation":
        return cancel(tender, now=now)
    unheard = value.kind == "change" and not value.lots  # its news stand in prose
    return [{"kind": ChangeKind.TO_READ}] if unheard else []


def update(session: Session, tender: Tender, value: Value, *, now: datetime) -> list[Json]:
    """Let a further notice change its tender, as far as it may; give what changed."""
    if value.kind in rules.BACKGROUND:
        return []
    if value.kind == "cancellation":
        return cancel(tender, now=now)
    if tender.cancelled_at is not None or not _is_latest(session, tender, value, now=now):
        return list(_without_effect(session, tender, value))
    found = [*_tender(tender, value), *_lots(session, tender, value, now=now)]
    _settle(session, tender)
    return found


def cancel(tender: Tender, *, now: datetime) -> list[Json]:
    """Close a call for good: whatever date its notices still carry, it never looks open again."""
    if tender.cancelled_at is not None:
        return []
    tender.cancelled_at = now
    _close(tender)
    return [{"kind": ChangeKind.CANCELLED}]


def _is_latest(session: Session, tender: Tender, value: Value, *, now: datetime) -> bool:
    """Tell whether no later edition of the call has come already."""
    mine = rules.edition(shaping.issued_at(value), value.version or "", now)
    others = queries.editions_in(session, tender.id, rules.CALLS)
    return all(rules.edition(*other) <= mine for other in others)


def _without_effect(session: Session, tender: Tender, value: Value) -> Iterable[Json]:
    """An older edition, or one after the end, gives lots only to a tender that has none yet."""
    if not tender.lots:
        _add(session, tender, shaping.lots_of(value))
        _settle(session, tender)
    yield {"kind": ChangeKind.NO_EFFECT}


def _tender(tender: Tender, value: Value) -> Iterable[Json]:
    told = shaping.tender_columns(value)
    differing = [name for name, what in told.items() if getattr(tender, name) != what]
    for name in differing:
        setattr(tender, name, told[name])
    if differing:
        yield {"kind": ChangeKind.TENDER_CHANGED, "fields": differing}


def _lots(session: Session, tender: Tender, value: Value, *, now: datetime) -> Iterable[Json]:
    """Compare by the buyer's own ids; a list without ids counts only if it is as long as ours."""
    ours = {lot.native_id: lot for lot in tender.lots}
    facts = {f.native_id: f for f in shaping.lots_of(value)}
    if not value.lots or not (all(lot.id for lot in value.lots) or facts.keys() == ours.keys()):
        yield {"kind": ChangeKind.TO_READ}
        return
    pairs = [(ours[key], _kept(ours[key], f)) for key, f in facts.items() if key in ours]
    gone = [lot for key, lot in ours.items() if key not in facts and lot.withdrawn_at is None]
    yield from changes.moved(pairs)
    yield from changes.changed(pairs)
    yield from changes.withdrawn(gone)
    _write(pairs)
    for lot in gone:
        lot.withdrawn_at = now
    fresh = [f for key, f in facts.items() if key not in ours]
    yield from changes.added(_add(session, tender, fresh))


def _kept(lot: Lot, facts: LotFacts) -> LotFacts:
    """A notice that is silent about the deadline does not take away the one we have."""
    if facts.deadline_date is not None:
        return facts
    return replace(
        facts,
        deadline_kind=lot.deadline_kind,
        deadline_date=lot.deadline_date,
        deadline_time=lot.deadline_time,
        deadline_offset=lot.deadline_offset,
        deadline_at=lot.deadline_at,
        deadline_other_at=lot.deadline_other_at,
    )


def _write(pairs: Iterable[tuple[Lot, LotFacts]]) -> None:
    for lot, facts in pairs:
        lot.withdrawn_at = None
        for name, what in facts.columns().items():
            if getattr(lot, name) != what:
                setattr(lot, name, what)


def _add(session: Session, tender: Tender, facts: Sequence[LotFacts]) -> list[Lot]:
    """Add lots after those there: a lot keeps its place and number for good, people use them."""
    there = queries.lots_in(session, tender.id)
    first = 1 + max((lot.position for lot in there), default=0)
    numbers = rules.lot_numbers([f.written_number for f in facts], [lot.number for lot in there])
    lots = [
        Lot(
            tender_id=tender.id, position=place, number=number, native_id=f.native_id, title=f.title
        )
        for place, f, number in zip(count(first), facts, numbers, strict=False)
    ]
    _write(zip(lots, facts, strict=True))
    session.add_all(lots)
    session.flush()
    session.refresh(tender, ["lots"])
    return lots


def _settle(session: Session, tender: Tender) -> None:
    """Derive the tender's deadline from its open lots."""
    if tender.cancelled_at is not None:
        _close(tender)
        return
    for lot in tender.lots:
        if lot.withdrawn_at is not None:
            lot.deadline_at = lot.deadline_other_at = None
    instants = [lot.deadline_at for lot in tender.lots if lot.deadline_at is not None]
    tender.deadline_at = min(instants, default=None)
    session.flush()


def _close(tender: Tender) -> None:
    tender.deadline_at = None
    for lot in tender.lots:
        lot.deadline_at = lot.deadline_other_at = None
