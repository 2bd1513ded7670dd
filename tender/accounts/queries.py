"""Who somebody is: their account, and the seats that make an Actor."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tender.accounts.models import Credential, LinkPurpose, OneTimeLink, WebSession
from tender.bids.models import Bid
from tender.companies.models import ClusterSeatHeld, Company, Person, Seat
from tender.core.actor import Actor, ClusterSeat, CompanyRole


def person_by_email(session: Session, email: str) -> Person | None:
    """Find an account that may sign in, by its address in lower case."""
    wanted = select(Person).where(
        Person.email == email.strip().lower(), Person.disabled_at.is_(None)
    )
    return session.scalar(wanted)


def is_closed(session: Session, person_id: UUID | None) -> bool:
    """Tell whether an account may no longer be used; nobody's is never closed."""
    closed = select(Person.id).where(Person.id == person_id, Person.disabled_at.is_not(None))
    return session.scalar(closed) is not None


def credential_for_update(session: Session, person_id: UUID | None) -> Credential | None:
    """Lock how a person signs in, so that two codes or passwords are judged one by one."""
    wanted = select(Credential).where(Credential.person_id == person_id).with_for_update()
    return session.scalar(wanted.execution_options(populate_existing=True))


def has_second_factor(session: Session, person_id: UUID) -> bool:
    """Tell whether a person signs in with a code besides the password."""
    secret = select(Credential.totp_secret).where(Credential.person_id == person_id)
    return session.scalar(secret) is not None


def pending_invitations(
    session: Session, company_id: UUID, *, now: datetime
) -> Sequence[OneTimeLink]:
    """List the invitations to a company that can still be taken."""
    return session.scalars(
        select(OneTimeLink)
        .where(
            OneTimeLink.company_id == company_id,
            OneTimeLink.purpose == LinkPurpose.INVITATION,
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > now,
        )
        .order_by(OneTimeLink.expires_at.desc())
    ).all()


def actor_of(session: Session, person: Person) -> Actor:
    """Gather the seats of a person as they are now: a change of right is immediate."""
    seats = session.scalars(
        select(ClusterSeatHeld.seat).where(ClusterSeatHeld.person_id == person.id)
    ).all()
    held = session.execute(
        select(Seat.company_id, Seat.role)
        .join(Company, Company.id == Seat.company_id)
        .where(Seat.person_id == person.id, Company.left_on.is_(None))
    ).all()
    steered = session.scalars(select(Bid.id).where(Bid.coordinator_id == person.id)).all()
    return Actor(
        name=person.name,
        person_id=person.id,
        seats=frozenset(seats),
        companies=MappingProxyType({row.company_id: row.role for row in held}),
        coordinates=frozenset(steered) if ClusterSeat.COORDINATOR in seats else frozenset(),
    )


@dataclass(frozen=True, slots=True)
class Listed:
    """An account as the administration sees it."""

    person: Person
    second_factor: bool
    last_seen: datetime | None
    seats: Sequence[ClusterSeat]
    companies: Sequence[tuple[str, CompanyRole]]


def everyone(session: Session) -> Sequence[Listed]:
    """List all accounts by name, closed ones last; for the sign-in's scope."""
    seen = (
        select(func.max(WebSession.seen_at))
        .where(WebSession.person_id == Person.id)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Person, Credential.totp_secret.is_not(None), seen)
        .outerjoin(Credential, Credential.person_id == Person.id)
        .order_by(Person.disabled_at.is_not(None), Person.name)
    ).all()
    seats, companies = _all_seats(session)
    return [
        Listed(person, bool(strong), last, seats[person.id], companies[person.id])
        for person, strong, last in rows
    ]


def _all_seats(
    session: Session,
) -> tuple[Mapping[UUID, list[ClusterSeat]], Mapping[UUID, list[tuple[str, CompanyRole]]]]:
    seats: dict[UUID, list[ClusterSeat]] = defaultdict(list)
    for held in session.scalars(select(ClusterSeatHeld).order_by(ClusterSeatHeld.seat)):
        seats[held.person_id].append(held.seat)
    companies: dict[UUID, list[tuple[str, CompanyRole]]] = defaultdict(list)
    rows = session.execute(
        select(Seat.person_id, Company.trade_name, Seat.role)
        .join(Company, Company.id == Seat.company_id)
        .order_by(Company.trade_name)
    )
    for person_id, name, role in rows:
        companies[person_id].append((name, role))
    return seats, companies
