"""What is asked of a person: sections to write and to judge, and the count of all that waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from tender.bids.agenda import judged_by, undecided
from tender.bids.models import Bid
from tender.bids.queries import at_door
from tender.bids.rules import WORKING
from tender.claims.agenda import offered, proposed, represented, unanswered
from tender.companies.models import Company, Person
from tender.contributions.models import Section
from tender.contributions.rules import SectionState
from tender.core.actor import Actor
from tender.notices.models import Tender
from tender.vault.agenda import expiring

TO_WRITE = (SectionState.TODO, SectionState.DRAFTING, SectionState.CHANGES_REQUESTED)


@dataclass(frozen=True, slots=True)
class Asked:
    """A section that waits for someone."""

    ref: str
    tender: str
    number: str
    title: str
    state: SectionState
    due_at: datetime | None
    company: str
    writer: str | None


def to_write(actor: Actor, *, for_company: bool) -> Select[UUID]:
    """Select the sections that the person, or anybody in their companies, has to write.

    A section that names no writer waits for whoever represents its company.
    """
    return (
        select(Section.id)
        .join(Bid, Bid.id == Section.bid_id)
        .where(
            at_door(actor),
            Bid.stage.in_(WORKING),
            Section.state.in_(TO_WRITE),
            _of_company(actor) if for_company else _of_person(actor),
        )
    )


def _of_company(actor: Actor) -> ColumnElement[bool]:
    return Section.owner_company_id.in_(actor.companies)


def _of_person(actor: Actor) -> ColumnElement[bool]:
    nobodys = and_(Section.writer_id.is_(None), Section.owner_company_id.in_(represented(actor)))
    return or_(Section.writer_id == actor.person_id, nobodys)


def to_judge(actor: Actor) -> Select[UUID]:
    """Select the sections that the person has to approve or return."""
    return select(Section.id).where(
        Section.state == SectionState.IN_REVIEW, Section.bid_id.in_(judged_by(actor))
    )


def sections_asked(session: Session, wanted: Select[UUID]) -> Sequence[Asked]:
    """List selected sections, the first due first."""
    rows = session.execute(
        select(
            Bid.ref, Tender.title, Section.number, Section.title, Section.state, Section.due_at,
            Company.trade_name, Person.name,
        )
        .join(Bid, Bid.id == Section.bid_id)
        .join(Tender, Tender.id == Bid.tender_id)
        .join(Company, Company.id == Section.owner_company_id)
        .outerjoin(Person, Person.id == Section.writer_id)
        .where(Section.id.in_(wanted))
        .order_by(Section.due_at.nulls_last(), Bid.ref, Section.position)
    ).all()  # fmt: skip
    return [Asked(*row) for row in rows]


def work_count(session: Session, actor: Actor, *, today: date, for_company: bool = False) -> int:
    """Count all that waits for a person, or for their companies, in one question."""
    keepers = list(actor.companies) if for_company else represented(actor)
    wanted = [to_write(actor, for_company=for_company), expiring(keepers, today)]
    if not for_company:
        wanted += [to_judge(actor), undecided(actor), proposed(actor), offered(actor)]
        wanted.append(unanswered(actor))
    counts = [select(func.count()).select_from(w.subquery()).scalar_subquery() for w in wanted]
    return sum(session.execute(select(*counts)).one())
