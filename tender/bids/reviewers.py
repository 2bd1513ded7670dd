"""The reviewers of a bid: people whom its coordinator lets read and judge every section."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tender.bids.models import Bid, BidPass
from tender.bids.queries import standing_in
from tender.bids.rules import PassKind, require_coordinates, require_inside
from tender.companies.models import Person
from tender.core.actor import Actor
from tender.core.errors import Invalid
from tender.history.service import record


def reviewers_of(session: Session, bid_id: UUID) -> Sequence[Person]:
    """List the reviewers, as far as the asker may know: all for the coordinator."""
    return session.scalars(
        select(Person)
        .join(BidPass, BidPass.person_id == Person.id)
        .where(BidPass.bid_id == bid_id, BidPass.kind == PassKind.REVIEWER)
        .order_by(Person.name)
    ).all()


def appoint(session: Session, actor: Actor, bid: Bid, email: str, *, now: datetime) -> Person:
    """Let a person of the cluster, known by address, into the room as a reviewer."""
    _require_steers(session, actor, bid)
    person = session.scalar(
        select(Person).where(Person.email == email.strip().lower(), Person.disabled_at.is_(None))
    )
    if person is None:
        raise Invalid(
            "Personne n’a de compte à cette adresse. Vérifiez-la, ou faites inviter la personne.",
            field="email",
        )
    if person.id not in {p.id for p in reviewers_of(session, bid.id)}:
        session.add(
            BidPass(bid_id=bid.id, person_id=person.id, kind=PassKind.REVIEWER, given_at=now)
        )
        record(session, actor, "bids.reviewer_appointed", now=now, object_id=person.id,
               bid_id=bid.id, title=person.name)  # fmt: skip
    return person


def dismiss(session: Session, actor: Actor, bid: Bid, person_id: UUID, *, now: datetime) -> None:
    """Close the room to a reviewer, from their next request on."""
    _require_steers(session, actor, bid)
    session.execute(
        delete(BidPass).where(
            BidPass.bid_id == bid.id,
            BidPass.person_id == person_id,
            BidPass.kind == PassKind.REVIEWER,
        )
    )
    record(session, actor, "bids.reviewer_dismissed", now=now, object_id=person_id, bid_id=bid.id)


def _require_steers(session: Session, actor: Actor, bid: Bid) -> None:
    standing = standing_in(session, actor, bid.id)
    require_inside(standing)
    require_coordinates(standing)
