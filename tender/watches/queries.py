"""The inbox of one person: calls, with what that person alone made of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select, true
from sqlalchemy.orm import Session

from tender.companies.models import Company
from tender.core.actor import Actor
from tender.notices.models import Lot, Tender
from tender.notices.queries import is_a_call
from tender.watches.models import Triage, TriageState
from tender.watches.rules import UNDATED_FOR, Shelf, Wanted

_SHELVES = {
    Shelf.LATER: TriageState.LATER,
    Shelf.DISCARDED: TriageState.DISCARDED,
    Shelf.KEPT: TriageState.KEPT,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A call as it stands in the list."""

    tender: Tender
    state: TriageState | None
    lots: int
    reserved: bool


def entries(
    session: Session, actor: Actor, wanted: Wanted, *, now: datetime, first: int, limit: int
) -> Sequence[Entry]:
    """Give a stretch of a shelf, the nearest deadline first, closed calls last."""
    open_lots = and_(Lot.tender_id == Tender.id, Lot.withdrawn_at.is_(None))
    lots = select(func.count(Lot.id)).where(open_lots).scalar_subquery()
    closed = or_(Tender.cancelled_at.is_not(None), Tender.deadline_at <= now)
    order = (closed.is_(True), Tender.deadline_at.nulls_last(), Tender.added_at.desc(), Tender.id)
    rows = session.execute(
        select(Tender, Triage.state, lots, _has_reserved())
        .outerjoin(Triage, _mine(actor))
        .where(*_filters(wanted), _on(wanted.shelf, now))
        .order_by(*order)
        .offset(first)
        .limit(limit)
    ).all()
    return [Entry(tender, state, count, reserved) for tender, state, count, reserved in rows]


def counts(session: Session, actor: Actor, wanted: Wanted, *, now: datetime) -> Mapping[Shelf, int]:
    """Count what each shelf holds under the same filters."""
    held = [func.count().filter(_on(shelf, now)) for shelf in Shelf]
    found = select(*held).select_from(Tender).outerjoin(Triage, _mine(actor))
    row = session.execute(found.where(*_filters(wanted))).one()
    return {shelf: int(count) for shelf, count in zip(Shelf, row, strict=True)}


def unread(session: Session, actor: Actor, *, now: datetime) -> int:
    """Count the open calls that the person has not sorted yet."""
    found = select(func.count()).select_from(Tender).outerjoin(Triage, _mine(actor))
    return session.scalar(found.where(is_a_call(), _on(Shelf.NEW, now))) or 0


def triage_of(session: Session, actor: Actor, tender_id: UUID) -> Triage | None:
    """Give what the person made of a call, if anything."""
    mine = and_(Triage.person_id == actor.person_id, Triage.tender_id == tender_id)
    return session.scalar(select(Triage).where(mine))


def trades(session: Session) -> Sequence[tuple[UUID, str, Sequence[str]]]:
    """Give the members' names and trades, as every member knows them."""
    rows = session.execute(
        select(Company.id, Company.trade_name, Company.cpv_prefixes)
        .where(Company.left_on.is_(None))
        .order_by(Company.trade_name)
    ).all()
    return [(company_id, name, prefixes) for company_id, name, prefixes in rows]


def _mine(actor: Actor) -> ColumnElement[bool]:
    return and_(Triage.tender_id == Tender.id, Triage.person_id == actor.person_id)


def _on(shelf: Shelf, now: datetime) -> ColumnElement[bool]:
    if shelf is Shelf.ALL:
        return true()
    if shelf is not Shelf.NEW:
        return Triage.state == _SHELVES[shelf]
    undated = and_(Tender.deadline_at.is_(None), Tender.added_at > now - UNDATED_FOR)
    return and_(
        Triage.id.is_(None),
        Tender.cancelled_at.is_(None),
        or_(Tender.deadline_at > now, undated),
    )


def _filters(wanted: Wanted) -> Sequence[ColumnElement[bool]]:
    found = [is_a_call()]
    if wanted.words:
        said = func.unaccent(Tender.title + " " + Tender.buyer)
        found.extend(
            said.icontains(func.unaccent(_literal(word)), escape="\\")
            for word in wanted.words.split()[:8]
        )
    if wanted.reserved:
        found.append(_has_reserved())
    if wanted.place:
        found.append(_in_place(wanted.place))
    return found


def _has_reserved() -> ColumnElement[bool]:
    return exists().where(
        Lot.tender_id == Tender.id, Lot.reserved.is_not(None), Lot.withdrawn_at.is_(None)
    )


def _in_place(code: str) -> ColumnElement[bool]:
    """Say in SQL that a call is for this place, for one within it, or for one around it."""
    around = [code[:length] for length in range(2, len(code))]
    place = func.unnest(Lot.nuts).table_valued("code").render_derived()
    lot_there = (
        select(literal(1))
        .select_from(Lot)
        .join(place, true())
        .where(
            Lot.tender_id == Tender.id,
            or_(place.c.code.startswith(code, autoescape=True), place.c.code.in_(around)),
        )
        .exists()
    )
    return or_(lot_there, Tender.nuts.startswith(code, autoescape=True), Tender.nuts.in_(around))


def _literal(words: str) -> str:
    """Take what was typed for itself, not for a pattern."""
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
