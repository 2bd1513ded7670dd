"""Finding companies, their people and what links them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from tender.companies.models import Company, CompanyRelationship, Person, Seat
from tender.core.actor import Actor, CompanyRole
from tender.core.errors import NotFound

NOWHERE = "Cette page n’existe pas, ou n’est pas visible pour vous."


def members(session: Session) -> Sequence[tuple[Company, int]]:
    """List the companies of the cluster by name, each with how many people have a seat in it."""
    people = (
        select(func.count())
        .select_from(Seat)
        .join(Person, Person.id == Seat.person_id)
        .where(Seat.company_id == Company.id, Person.disabled_at.is_(None))
        .scalar_subquery()
    )
    rows = session.execute(
        select(Company, people).where(Company.left_on.is_(None)).order_by(Company.trade_name)
    ).all()
    return [(row[0], row[1]) for row in rows]


def company_by_slug(session: Session, slug: str) -> Company:
    """Find a company that is, or was, a member; raise NotFound."""
    company = session.scalar(select(Company).where(Company.slug == slug))
    if company is None:
        raise NotFound(NOWHERE)
    return company


def own_company(session: Session, actor: Actor, slug: str) -> Company:
    """Find a company that the person works for; another's is as missing as none."""
    company = company_by_slug(session, slug)
    if not actor.works_for(company.id):
        raise NotFound(NOWHERE)
    return company


def people_of(session: Session, company_id: UUID) -> Sequence[tuple[Person, CompanyRole]]:
    """List the people of a company with their role, representatives first."""
    rows = session.execute(
        select(Person, Seat.role)
        .join(Seat, Seat.person_id == Person.id)
        .where(Seat.company_id == company_id, Person.disabled_at.is_(None))
        .order_by(Seat.role.desc(), Person.name)
    ).all()
    return [(row[0], row[1]) for row in rows]


def links_between(session: Session, company_id: UUID, *, on: date) -> Sequence[CompanyRelationship]:
    """List the links of a company with any other that hold on a date (its last day included)."""
    return links_of(session, [company_id], on=on)


def links_of(
    session: Session, company_ids: Collection[UUID], *, on: date
) -> Sequence[CompanyRelationship]:
    """List the links that hold on a date between companies of a set and any others."""
    wanted = select(CompanyRelationship).where(
        or_(
            CompanyRelationship.company_id.in_(company_ids),
            CompanyRelationship.other_id.in_(company_ids),
        ),
        _live(on),
    )
    return session.scalars(wanted.order_by(CompanyRelationship.since)).all()


def linked(
    session: Session, company_ids: Collection[UUID], *, on: date
) -> Mapping[UUID, Sequence[CompanyRelationship]]:
    """Give for each company of a set its links, on a date, with the others of the same set."""
    wanted = select(CompanyRelationship).where(
        CompanyRelationship.company_id.in_(company_ids),
        CompanyRelationship.other_id.in_(company_ids),
        _live(on),
    )
    found: dict[UUID, list[CompanyRelationship]] = defaultdict(list)
    for link in session.scalars(wanted.order_by(CompanyRelationship.since)):
        found[link.company_id].append(link)
        found[link.other_id].append(link)
    return found


def _live(on: date) -> ColumnElement[bool]:
    return (CompanyRelationship.since <= on) & (
        CompanyRelationship.until.is_(None) | (CompanyRelationship.until >= on)
    )
