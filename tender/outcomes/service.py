"""Recording what became of a lot bid."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from tender.bids.models import Bid, LotBid
from tender.bids.queries import standing_in
from tender.bids.rules import MOVES, LotBidState, Stage, require_coordinates
from tender.bids.service import lock
from tender.core.actor import Actor
from tender.core.errors import Invalid
from tender.core.states import moved
from tender.history.service import record
from tender.outcomes import rules
from tender.outcomes.models import Outcome

OPEN = frozenset({Stage.SUBMITTED, Stage.DECIDED})


@dataclass(frozen=True, slots=True)
class Result:
    """What the buyer decided, and what else the letter said."""

    result: LotBidState
    decided_on: date
    our_amount: Decimal | None = None
    our_rank: int | None = None
    offers_received: int | None = None
    winner: str = ""
    winner_amount: Decimal | None = None
    reason: str = ""
    source: str = ""


def record_outcome(
    session: Session, actor: Actor, bid: Bid, lot_bid: LotBid, told: Result, *, now: datetime
) -> Outcome:
    """Record or correct the outcome of one lot; the last one decides the bid."""
    require_coordinates(standing_in(session, actor, bid.id))
    amounts = {"our_amount": told.our_amount, "winner_amount": told.winner_amount}
    today = now.astimezone(ZoneInfo(bid.tender.zone)).date()
    rules.require_sound(told.result, told.decided_on, amounts, today=today)
    held = lock(session, bid.id)
    if held.stage not in OPEN:
        raise Invalid("Enregistrez d’abord le dépôt de cette affaire.", field="result")
    rules.require_answered(lot_bid.state)
    outcome = session.scalar(select(Outcome).where(Outcome.lot_bid_id == lot_bid.id))
    values = {name: getattr(told, name) for name in Result.__slots__}
    if outcome is None:
        outcome = Outcome(
            bid_id=bid.id, lot_bid_id=lot_bid.id, recorded_at=now, recorded_by=actor.name, **values
        )
        session.add(outcome)
    for name, value in (values | {"recorded_at": now, "recorded_by": actor.name}).items():
        setattr(outcome, name, value)
    lot_bid.state = told.result
    record(session, actor, "outcomes.recorded", now=now, object_id=lot_bid.id, bid_id=bid.id,
           lot=lot_bid.lot.number, decision=told.result.value)  # fmt: skip
    _close_if_all_known(held)
    return outcome


def _close_if_all_known(bid: Bid) -> None:
    """A bid is decided once no lot waits for the buyer any more."""
    open_states = (LotBidState.SUBMITTED, LotBidState.RUNNER_UP)
    waiting = any(lb.state in open_states for lb in bid.lot_bids)
    if bid.stage is Stage.SUBMITTED and not waiting:
        bid.stage = moved(MOVES, bid.stage, Stage.DECIDED)
    elif bid.stage is Stage.DECIDED and waiting:
        bid.stage = moved(MOVES, bid.stage, Stage.SUBMITTED)
