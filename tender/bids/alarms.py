"""When a call changes under a bid: everybody at its door is written to, and its history says so."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tender.bids.agenda import AT_WORK
from tender.bids.models import Bid, BidPass
from tender.bids.rules import Stage
from tender.companies.models import Person, Seat
from tender.core.actor import Actor
from tender.core.orm import Json
from tender.core.transaction import widened
from tender.history.service import record
from tender.messages.service import write
from tender.notices.changes import ChangeKind
from tender.notices.service import Imported

UNDER_WAY = AT_WORK | {Stage.SUBMITTED}
LETTERS = {
    ChangeKind.DEADLINE: "deadline_changed",
    ChangeKind.CANCELLED: "call_cancelled",
    ChangeKind.TO_READ: "correction_to_read",
}


def tell_of(session: Session, actor: Actor, done: Iterable[Imported], *, now: datetime) -> int:
    """Write to the people of every bid whose call an import changed; give the number of letters.

    Consortia learn nothing of each other: each is told of its own bid alone.
    """
    sent = 0
    with widened(session, actor, "alarm"):
        for one in done:
            grave = [change for change in one.notice.changes if _kind(change) in LETTERS]
            for bid in _bids_on(session, one) if grave else ():
                sent += sum(_tell(session, actor, bid, change, now=now) for change in grave)
        session.flush()  # the policies let these rows in only here
    return sent


def _kind(change: Json) -> ChangeKind:
    return ChangeKind(str(change["kind"]))


def _bids_on(session: Session, one: Imported) -> Sequence[Bid]:
    wanted = select(Bid).where(Bid.tender_id == one.tender.id, Bid.stage.in_(UNDER_WAY))
    return session.scalars(wanted.order_by(Bid.opened_at)).all()


def _tell(session: Session, actor: Actor, bid: Bid, change: Json, *, now: datetime) -> int:
    kind = _kind(change)
    told = {"before": change.get("before"), "after": change.get("after")}
    record(
        session, actor, f"bids.{LETTERS[kind]}", now=now, object_id=bid.tender_id, bid_id=bid.id,
        **{name: str(what) for name, what in told.items() if what},
    )  # fmt: skip
    people = _people_of(session, bid)
    for person in people:
        write(
            session, to=person.email, template=LETTERS[kind], locale=person.locale, now=now,
            person_id=person.id,
            values={
                "name": person.name, "ref": bid.ref, "title": bid.tender.title,
                "buyer": bid.tender.buyer, **told,
            },
        )  # fmt: skip
    return len(people)


def _people_of(session: Session, bid: Bid) -> Sequence[Person]:
    """Find the coordinator, the reviewers, and all people of the companies at the door."""
    passes = select(BidPass.company_id).where(BidPass.bid_id == bid.id)
    by_company = select(Seat.person_id).where(Seat.company_id.in_(passes))
    named = select(BidPass.person_id).where(BidPass.bid_id == bid.id)
    theirs = or_(Person.id.in_(by_company), Person.id.in_(named), Person.id == bid.coordinator_id)
    wanted = select(Person).where(theirs, Person.disabled_at.is_(None)).order_by(Person.email)
    return session.scalars(wanted).all()
