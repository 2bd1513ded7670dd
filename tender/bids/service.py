"""Taking up a call, inviting companies, deciding, moving on."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tender.bids import grid, rules
from tender.bids.models import Bid, BidPass, ConsultationRules, LotBid, Vote
from tender.bids.queries import NOWHERE, deadline_of, rules_of, standing_in
from tender.bids.rules import LiabilityForm, PassKind, Stage
from tender.companies.models import Company
from tender.core.actor import Actor, system
from tender.core.errors import Conflict, Forbidden, Invalid, NotFound
from tender.core.states import moved
from tender.core.transaction import in_the_name_of, set_context, widened
from tender.history.service import record
from tender.notices.models import Tender


def open_bid(session: Session, actor: Actor, tender_id: UUID, *, now: datetime) -> Bid:
    """Take up a call as its coordinator; asked twice, the bid is the same."""
    rules.require_may_open(actor)
    tender = session.get(Tender, tender_id, with_for_update=True)
    if tender is None:
        raise NotFound("Cet avis n’existe plus.")
    if tender.cancelled_at is not None:
        raise Conflict("L’acheteur a annulé cette consultation : elle ne se retient plus.")
    mine = select(Bid).where(Bid.tender_id == tender.id, Bid.coordinator_id == actor.person_id)
    found = session.scalar(mine)
    if found is not None:
        return found
    if actor.person_id is None:
        raise Forbidden("Seule une personne peut coordonner une affaire.")
    bid = Bid(
        ref=_new_ref(session, actor, tender, now.year), tender_id=tender.id,
        coordinator_id=actor.person_id, opened_at=now,
    )  # fmt: skip
    set_context(session, replace(actor, coordinates=actor.coordinates | {bid.id}))
    session.add(bid)
    session.flush()  # the rows below are let in by the policies only once the bid is there
    for lot in tender.lots:
        if lot.withdrawn_at is None:
            session.add(LotBid(bid_id=bid.id, lot_id=lot.id, position=lot.position))
    session.add(
        BidPass(bid_id=bid.id, person_id=actor.person_id, kind=PassKind.COORDINATOR, given_at=now)
    )
    session.add(ConsultationRules(bid_id=bid.id, max_lots_bid=tender.max_lots_submit))
    record(session, actor, "bids.opened", now=now, object_id=bid.id, bid_id=bid.id, ref=bid.ref)
    session.refresh(bid)
    return bid


def _new_ref(session: Session, actor: Actor, tender: Tender, year: int) -> str:
    """Draw a reference that says nothing of how many bids there are (rule R-42)."""
    prefix = rules.buyer_prefix(tender.buyer)
    with widened(session, actor, "separation"):
        while True:
            ref = f"{prefix}-{year}-{secrets.randbelow(900) + 100}"
            if session.scalar(select(Bid.id).where(Bid.ref == ref)) is None:
                return ref


def invite(
    session: Session, actor: Actor, bid: Bid, company_ids: Iterable[UUID], *, now: datetime
) -> int:
    """Open the door to companies; give how many were not there yet."""
    rules.require_coordinates(standing_in(session, actor, bid.id))
    rules.require_working(lock(session, bid.id).stage)
    rules.require_in_time(deadline_of(bid), now)
    there = set(session.scalars(select(BidPass.company_id).where(BidPass.bid_id == bid.id)))
    known = set(session.scalars(select(Company.id).where(Company.left_on.is_(None))))
    fresh = [c for c in dict.fromkeys(company_ids) if c in known and c not in there]
    for company_id in fresh:
        session.add(
            BidPass(bid_id=bid.id, company_id=company_id, kind=PassKind.INVITED, given_at=now)
        )
        record(session, actor, "bids.invited", now=now, object_id=company_id, bid_id=bid.id)
    return len(fresh)


def decline(session: Session, actor: Actor, bid: Bid, company_id: UUID, *, now: datetime) -> None:
    """A company does not take part: its way into the room closes (R-42)."""
    if not actor.represents(company_id):
        raise NotFound(NOWHERE)
    record(session, actor, "bids.declined", now=now, object_id=company_id, bid_id=bid.id)
    session.execute(
        delete(BidPass).where(
            BidPass.bid_id == bid.id,
            BidPass.company_id == company_id,
            BidPass.kind == PassKind.INVITED,
        )
    )


def vote(
    session: Session, actor: Actor, bid: Bid, scores: dict[str, int], comment: str, *, now: datetime
) -> Vote:
    """Give one's scores, apart from the others; a second vote replaces the first.

    The first vote on a call brings it from spotted to under consideration.
    """
    rules.require_may_vote(actor, standing_in(session, actor, bid.id))
    held = lock(session, bid.id)
    if held.stage not in rules.UNDECIDED:
        raise Invalid("La décision est prise : on ne vote plus.")
    rules.require_in_time(deadline_of(held), now)
    grid.require_scores(scores)
    cast = _vote_of(session, actor, held, now=now)
    cast.scores, cast.comment, cast.at = dict(scores), comment.strip(), now
    if held.stage is Stage.DETECTED:
        with in_the_name_of(session, actor, system("bids", bid_id=bid.id)):
            held.stage = moved(rules.MOVES, held.stage, Stage.QUALIFYING)
    record(session, actor, "bids.voted", now=now, object_id=cast.id, bid_id=bid.id)
    return cast


def _vote_of(session: Session, actor: Actor, bid: Bid, *, now: datetime) -> Vote:
    """Find a person's vote, or begin it."""
    if actor.person_id is None:
        raise Forbidden("Seule une personne vote.")
    mine = select(Vote).where(Vote.bid_id == bid.id, Vote.person_id == actor.person_id)
    cast = session.scalar(mine)
    if cast is None:
        cast = Vote(bid_id=bid.id, person_id=actor.person_id, scores={}, comment="", at=now)
        session.add(cast)
    return cast


def decide(
    session: Session, actor: Actor, bid: Bid, *, go: bool, reason: str, need: str, now: datetime
) -> None:
    """Decide to answer or not, with the reason; a go opens the building of the consortium."""
    rules.require_coordinates(standing_in(session, actor, bid.id))
    held = lock(session, bid.id)
    if go:
        rules.require_in_time(deadline_of(held), now)
    held.decision_reason = rules.require_reason(reason)
    held.grouping_need, held.decided_at = " ".join(need.split()), now
    held.stage = moved(rules.MOVES, held.stage, Stage.GO if go else Stage.NO_GO)
    record(session, actor, "bids.decided", now=now, object_id=bid.id, bid_id=bid.id,
           decision=held.stage.value, reason=held.decision_reason)  # fmt: skip
    if go:
        held.stage = moved(rules.MOVES, held.stage, Stage.FORMING)


def move(
    session: Session, actor: Actor, bid: Bid, wanted: Stage, *, reason: str = "", now: datetime
) -> None:
    """Move a bid on, or with a reason back or out, by hand."""
    rules.require_coordinates(standing_in(session, actor, bid.id))
    held = lock(session, bid.id)
    before, late = held.stage, rules.is_late(deadline_of(held), now)
    if wanted not in rules.by_hand(before, late=late):
        _refuse_move(before, wanted)
        rules.require_in_time(deadline_of(held), now)
    why = rules.require_reason(reason) if rules.needs_reason(before, wanted) else reason.strip()
    held.stage = moved(rules.MOVES, before, wanted)
    record(session, actor, "bids.moved", now=now, object_id=bid.id, bid_id=bid.id,
           before=before.value, after=wanted.value, reason=why)  # fmt: skip


def _refuse_move(before: Stage, wanted: Stage) -> None:
    moved(rules.MOVES, before, wanted)
    if wanted in rules.NOT_BY_HAND and before is not Stage.CLOSED:
        raise Conflict("Cette étape vient d’une décision, d’un dépôt ou d’un résultat enregistré.")


@dataclass(frozen=True, slots=True)
class RulesEntered:
    """What the coordinator read in the RC."""

    max_lots_bid: int | None
    max_lots_awarded: int | None
    several_candidatures_forbidden: bool | None
    page_limit: int | None
    platform_url: str
    source: str


def enter_rules(
    session: Session, actor: Actor, bid: Bid, entered: RulesEntered, *, now: datetime
) -> None:
    """Note what the règlement de la consultation says."""
    rules.require_coordinates(standing_in(session, actor, bid.id))
    held = rules_of(session, bid.id)
    if any(n is not None and n < 1 for n in (entered.max_lots_bid, entered.page_limit)):
        raise Invalid("Une limite est un nombre d’au moins 1.", field="max_lots_bid")
    for name in RulesEntered.__slots__:
        setattr(held, name, getattr(entered, name))
    record(session, actor, "bids.rules_entered", now=now, object_id=held.id, bid_id=bid.id)


def set_form(
    session: Session,
    actor: Actor,
    bid: Bid,
    *,
    liability: LiabilityForm,
    jointly: bool,
    now: datetime,
) -> None:
    """Choose the legal form of the consortium: several, with or without a jointly liable lead, or
    joint (R-01; art. R. 2142-20).
    """
    rules.require_coordinates(standing_in(session, actor, bid.id))
    held = lock(session, bid.id)
    rules.require_working(held.stage)
    held.liability, held.lead_jointly_liable = liability, jointly
    record(session, actor, "bids.form_set", now=now, object_id=bid.id, bid_id=bid.id,
           form=liability.value, jointly=int(jointly))  # fmt: skip


def lock(session: Session, bid_id: UUID) -> Bid:
    """Hold a bid until the commit: whoever checks then writes does it first."""
    wanted = select(Bid).where(Bid.id == bid_id).with_for_update()
    return session.scalars(wanted.execution_options(populate_existing=True)).one()
