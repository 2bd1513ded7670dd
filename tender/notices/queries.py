"""Finding calls and their notices; both are public to everybody in the cluster."""

from collections.abc import Sequence, Set
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from tender.core.errors import NotFound
from tender.notices.models import Lot, Notice, Tender
from tender.notices.rules import CALLS

NOWHERE = "Cette page n’existe pas, ou n’est pas visible pour vous."
ONE_IMPORT = 0x47726170  # the advisory lock that imports wait for


def await_turn(session: Session) -> None:
    """Let one import through at a time: a procedure may have no row yet to lock."""
    session.execute(select(func.pg_advisory_xact_lock(ONE_IMPORT)))


def editions_of(session: Session, source: str, native_id: str, version: str) -> Sequence[Notice]:
    """Give the notices already kept under a name and version."""
    return session.scalars(
        select(Notice).where(
            Notice.source == source, Notice.native_id == native_id, Notice.version == version
        )
    ).all()


def tender_for(
    session: Session, *, procedure_id: str | None, names: list[str], previous: list[str], kind: str
) -> Tender | None:
    """Find, and lock, the tender that a notice belongs to.

    By the procedure, else by notices that name one another; never across two procedures. A new
    call that refers to a cancelled one begins anew.
    """
    wanted = select(Tender).with_for_update().execution_options(populate_existing=True)
    if procedure_id is not None:
        found = session.scalar(wanted.where(Tender.procedure_id == procedure_id))
        if found is not None:
            return found
    linked = select(Notice.tender_id).where(_names_it(names, previous, kind))
    if procedure_id is not None:
        wanted = wanted.where(Tender.procedure_id.is_(None))
    return session.scalar(wanted.where(Tender.id.in_(linked)).order_by(Tender.added_at).limit(1))


def _names_it(names: list[str], previous: list[str], kind: str) -> ColumnElement[bool]:
    it_names = Notice.names.overlap(previous)
    if kind == "competition":
        live = select(Tender.id).where(Tender.cancelled_at.is_(None))
        it_names = and_(it_names, Notice.tender_id.in_(live))
    return or_(Notice.previous.overlap(names), Notice.names.overlap(names), it_names)


def editions_in(
    session: Session, tender_id: UUID, kinds: Set[str]
) -> Sequence[tuple[datetime | None, str, datetime]]:
    """Give the date, version and arrival of a tender's notices of some kinds."""
    rows = session.execute(
        select(Notice.issued_at, Notice.version, Notice.received_at).where(
            Notice.tender_id == tender_id, Notice.kind.in_(kinds)
        )
    ).all()
    return [(issued_at, version, received_at) for issued_at, version, received_at in rows]


def lots_in(session: Session, tender_id: UUID) -> Sequence[Lot]:
    """Give all lots of a tender, the withdrawn ones too."""
    wanted = select(Lot).where(Lot.tender_id == tender_id).order_by(Lot.position)
    return session.scalars(wanted).all()


def notices_of(session: Session, tender_id: UUID) -> Sequence[Notice]:
    """Give the notices of a tender, the latest edition last."""
    return session.scalars(
        select(Notice)
        .where(Notice.tender_id == tender_id)
        .order_by(func.coalesce(Notice.issued_at, Notice.received_at), Notice.received_at)
    ).all()


def hold_still(session: Session, tender_id: UUID) -> Tender:
    """Give a tender and its lots as they now stand; no import changes them before the commit."""
    wanted = select(Tender).where(Tender.id == tender_id).with_for_update(read=True)
    tender = session.scalars(wanted.execution_options(populate_existing=True)).one()
    lots = select(Lot).where(Lot.tender_id == tender_id)
    session.scalars(lots.execution_options(populate_existing=True)).all()
    return tender


def tender_by_id(session: Session, tender_id: UUID) -> Tender:
    """Find a tender; NotFound otherwise."""
    tender = session.get(Tender, tender_id)
    if tender is None:
        raise NotFound(NOWHERE)
    return tender


def notice_in(session: Session, tender_id: UUID, notice_id: UUID) -> Notice:
    """Find one notice of this tender; NotFound if it is another's."""
    notice = session.get(Notice, notice_id)
    if notice is None or notice.tender_id != tender_id:
        raise NotFound(NOWHERE)
    return notice


def lots_matching(
    session: Session, tender_id: UUID, words: str, *, first: int, limit: int
) -> tuple[Sequence[Lot], int]:
    """Give a stretch of the lots whose number, title or CPV holds the words, and their count."""
    wanted = select(Lot).where(Lot.tender_id == tender_id)
    if words:
        said = func.unaccent(Lot.number + " " + Lot.title + " " + func.coalesce(Lot.cpv, ""))
        literal = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        wanted = wanted.where(said.icontains(func.unaccent(literal), escape="\\"))
    count = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    return session.scalars(wanted.order_by(Lot.position).offset(first).limit(limit)).all(), count


def is_a_call() -> ColumnElement[bool]:
    """Say in SQL that a tender is a call, and not only the news of who won one."""
    any_notice = select(Notice.id).where(Notice.tender_id == Tender.id)
    return or_(~any_notice.exists(), any_notice.where(Notice.kind.in_(CALLS)).exists())


def last_received(session: Session) -> datetime | None:
    """Tell when the last notice came in."""
    return session.scalar(select(func.max(Notice.received_at)))


def lots_count(session: Session, tender_id: UUID) -> int:
    """Count the lots that the buyer has not withdrawn."""
    live = and_(Lot.tender_id == tender_id, Lot.withdrawn_at.is_(None))
    return session.scalar(select(func.count(Lot.id)).where(live)) or 0
