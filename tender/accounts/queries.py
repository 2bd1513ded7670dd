"""Who somebody is: their account, and the seats that make an Actor."""

from types import MappingProxyType
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tender.accounts.models import Credential
from tender.bids.models import Bid
from tender.companies.models import ClusterSeatHeld, Company, Person, Seat
from tender.core.actor import Actor, ClusterSeat


def person_by_email(session: Session, email: str) -> Person | None:
    """Find an account that may sign in, by its address in lower case."""
    wanted = select(Person).where(
        Person.email == email.strip().lower(), Person.disabled_at.is_(None)
    )
    return session.scalar(wanted)


def credential_for_update(session: Session, person_id: UUID | None) -> Credential | None:
    """Lock how a person signs in, so that two codes or passwords are judged one by one."""
    wanted = select(Credential).where(Credential.person_id == person_id).with_for_update()
    return session.scalar(wanted.execution_options(populate_existing=True))


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
        companies=MappingProxyType(dict(row.tuple() for row in held)),
        coordinates=frozenset(steered) if ClusterSeat.COORDINATOR in seats else frozenset(),
    )
