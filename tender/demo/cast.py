"""The people of the demonstration as actors, and the calls to services that they make."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.orm import Session

from tender.accounts.queries import actor_of
from tender.bids.models import Bid
from tender.bids.queries import bid_by_ref
from tender.companies.models import Company, Person
from tender.core.actor import Actor, system
from tender.core.transaction import reading, transaction
from tender.demo.cluster import FIRMS

COORDINATOR = "Salomé Ridel"
OTHER_COORDINATOR = "Nora Pruvost"


def actor_named(name: str) -> Actor:
    """Give somebody as they are now, with the bids that they have opened so far."""
    with reading(system("sign_in")) as session:
        return actor_of(session, session.scalars(select(Person).where(Person.name == name)).one())


def representative(company: str) -> Actor:
    """Give who may bind a company, by its name."""
    return actor_named(next(f.people[0] for f in FIRMS if f.name == company))


def writer(company: str) -> Actor:
    """Give who writes for a company, by its name."""
    return actor_named(next(f.people[1] for f in FIRMS if f.name == company))


@contextmanager
def acting(actor: Actor, ref: str) -> Iterator[tuple[Session, Bid]]:
    """Open one transaction of somebody in a bid."""
    with transaction(actor) as session:
        yield session, bid_by_ref(session, actor, ref)


def company_named(session: Session, name: str) -> Company:
    """Find a company of the demonstration."""
    return session.scalars(select(Company).where(Company.trade_name == name)).one()
