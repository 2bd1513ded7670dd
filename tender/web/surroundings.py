"""The counts and names that the navigation shows: four questions to the database at most."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tender.bids.agenda import upcoming
from tender.companies.models import Company
from tender.contributions.agenda import work_count
from tender.core.actor import Actor
from tender.core.transaction import Session
from tender.watches.queries import unread
from tender.web.display import PARIS

MOST_FOLLOWED = 3


@dataclass(frozen=True, slots=True)
class Followed:
    """A bid in the side navigation."""

    ref: str
    title: str
    deadline: datetime | None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a page for one person."""

    company_name: str = ""
    company_slug: str = ""
    work: int = 0
    notices: int = 0
    bids: int = 0
    followed: Sequence[Followed] = ()


def of(session: Session, actor: Actor, *, now: datetime) -> Surroundings:
    """Gather the surroundings of a person."""
    first = next(iter(actor.companies), None)
    company = session.get(Company, first) if first else None
    bids = upcoming(session, actor)
    ahead = [bid for bid in bids if bid.deadline is not None and bid.deadline > now]
    return Surroundings(
        company_name=company.trade_name if company else "",
        company_slug=company.slug if company else "",
        work=work_count(session, actor, today=now.astimezone(PARIS).date()),
        notices=unread(session, actor, now=now),
        bids=len(bids),
        followed=[Followed(b.ref, b.title, b.deadline) for b in ahead[:MOST_FOLLOWED]],
    )
