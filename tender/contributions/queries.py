"""Sections, and as much of their texts as the asker may read."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session, defer, joinedload

from tender.bids.models import LotBid
from tender.bids.queries import NOWHERE
from tender.bids.rules import Standing
from tender.companies.models import Company, Person, Seat
from tender.contributions.models import Remark, Revision, Section
from tender.contributions.rules import ANOTHERS, DONE, MOST_REVISIONS
from tender.core.actor import Actor
from tender.core.errors import Forbidden, NotFound


def sections_of(session: Session, bid_id: UUID) -> Sequence[Section]:
    """Give the plan in its order."""
    return session.scalars(
        select(Section)
        .where(Section.bid_id == bid_id)
        .options(
            joinedload(Section.owner_company),
            joinedload(Section.writer),
            joinedload(Section.lot_bid).joinedload(LotBid.lot),
        )
        .order_by(Section.position)
    ).all()


def progress_of(session: Session, bid_id: UUID) -> tuple[int, int]:
    """Count the sections that are approved, and all."""
    done = func.count().filter(Section.state.in_(DONE))
    counted = select(done, func.count()).where(Section.bid_id == bid_id)
    approved, total = session.execute(counted).one()
    return approved, total


def section_numbered(session: Session, bid_id: UUID, number: str) -> Section:
    """Find a section by its number in the outline; NotFound if there is none."""
    found = session.scalar(
        select(Section).where(Section.bid_id == bid_id, Section.number == number)
    )
    if found is None:
        raise NotFound(NOWHERE)
    return found


def section_for_update(session: Session, bid_id: UUID, section_id: UUID) -> Section:
    """Lock a section of this bid as it now stands.

    NotFound if it is another bid's, Forbidden if this person may read it and no more.
    """
    found = session.scalar(
        select(Section)
        .where(Section.id == section_id, Section.bid_id == bid_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is not None:
        return found
    if session.scalar(select(Section.id).where(Section.id == section_id, Section.bid_id == bid_id)):
        raise Forbidden(ANOTHERS)
    raise NotFound(NOWHERE)


def readable(actor: Actor, standing: Standing) -> ColumnElement[bool]:
    """Say in SQL which revisions the person may read (rules.may_read_draft)."""
    if standing.coordinates or standing.reviews:
        return true()
    return or_(Revision.company_id.in_(actor.companies), Revision.approved_at.is_not(None))


def revisions_of(
    session: Session, actor: Actor, standing: Standing, section_id: UUID
) -> Sequence[Revision]:
    """Give the versions of a section that the person may read, the newest first."""
    return session.scalars(
        select(Revision)
        .where(Revision.section_id == section_id, readable(actor, standing))
        .order_by(Revision.number.desc())
    ).all()


def revision_numbered(
    session: Session, actor: Actor, standing: Standing, section_id: UUID, number: int
) -> Revision:
    """Find one version; one that may not be read is not found."""
    wanted = select(Revision).where(
        Revision.section_id == section_id,
        Revision.number == number,
        readable(actor, standing),
    )
    found = session.scalar(wanted) if number <= MOST_REVISIONS else None
    if found is None:
        raise NotFound(NOWHERE)
    return found


def latest_of(
    session: Session, actor: Actor, standing: Standing, bid_id: UUID
) -> Mapping[UUID, Revision]:
    """Give the newest version that the person may read, by section."""
    rows = session.scalars(
        select(Revision)
        .where(Revision.bid_id == bid_id, readable(actor, standing))
        .ext(distinct_on(Revision.section_id))
        .options(defer(Revision.text))
        .order_by(Revision.section_id, Revision.number.desc())
    )
    return {row.section_id: row for row in rows}


def remarks_on(session: Session, section_id: UUID) -> Sequence[Remark]:
    """Give what was said about a section, in order; row-level policies keep rivals' away."""
    return session.scalars(
        select(Remark).where(Remark.section_id == section_id).order_by(Remark.at, Remark.id)
    ).all()


def remark_counts(session: Session, bid_id: UUID) -> Mapping[UUID, int]:
    """Count what was said, by section."""
    rows = session.execute(
        select(Remark.section_id, func.count())
        .where(Remark.bid_id == bid_id)
        .group_by(Remark.section_id)
    ).all()
    return {section_id: count for section_id, count in rows}  # noqa: C416 - rows are no pairs


def writers_of(session: Session, company_ids: Sequence[UUID]) -> Sequence[tuple[Person, Company]]:
    """List who may be asked to write: people with a seat in one of the companies."""
    rows = session.execute(
        select(Person, Company)
        .join(Seat, Seat.person_id == Person.id)
        .join(Company, Company.id == Seat.company_id)
        .where(Seat.company_id.in_(company_ids), Person.disabled_at.is_(None))
        .order_by(Company.trade_name, Person.name)
    ).all()
    return [(person, company) for person, company in rows]
