"""What the rules say of a wish, and which of it the coordinator may pass over in writing."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from tender.bids.findings import Finding, Severity, blocking
from tender.bids.models import Bid, LotBid
from tender.bids.queries import deadline_of
from tender.bids.rules import require_reason
from tender.claims.law import ENGAGED, LotFacts, Position, frozen, on_claim, on_elsewhere
from tender.claims.models import LotClaim
from tender.claims.queries import as_position, consultation, live_claims, lot_facts
from tender.claims.rivalry import elsewhere
from tender.claims.rules import ClaimRole, ClaimState
from tender.companies.models import Company
from tender.core.actor import Actor
from tender.core.errors import Invalid
from tender.core.text import N_, Text
from tender.history.service import record

STRICT = frozenset({"R-03", "R-07", "R-10"})
"""What nobody can pass over: the seat is taken, the deadline passed, there is no more than all."""
HOW_TO_GO_ON = {
    "strict": N_("{fault} {remedy}"),
    "coordinator": N_("{fault} {remedy} Pour passer outre, donnez une raison écrite."),
    "company": N_("{fault} {remedy} La coordination peut passer outre, avec une raison écrite."),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What a company asks for on a lot. `seen_version` is the version that the form was made of."""

    company_id: UUID
    role: ClaimRole
    share: Decimal
    tasks: str = ""
    override_reason: str = ""
    seen_version: int | None = None


def judge(
    session: Session, actor: Actor, bid: Bid, lot_bid: LotBid, wish: Wish, *, now: datetime
) -> list[Finding]:
    """Tell what the rules say of a wish, without doing anything."""
    company = session.get(Company, wish.company_id)
    if company is None:
        return []
    position = Position(company.id, company.trade_name, wish.role, wish.share, ClaimState.PROPOSED)
    facts = [
        _with(lot, position) if lot.number == lot_bid.lot.number else lot
        for lot in lot_facts(session, bid)
    ]
    pair = (lot_bid.lot_id, company.id)
    outside = elsewhere(session, actor, bid.id, [pair], on=now.date())[pair]
    late = frozen(deadline_of(bid), now)
    return [*late, *on_claim(position, facts, consultation(session, bid), outside)]


def _with(lot: LotFacts, position: Position) -> LotFacts:
    others = tuple(p for p in lot.positions if p.company_id != position.company_id)
    return replace(lot, positions=(*others, position))


def conflicts(session: Session, actor: Actor, bid: Bid, *, now: datetime) -> list[Finding]:
    """Judge again what stands against the positions taken: other consortia move meanwhile.

    The coordinator reads it of all companies, a representative of their own. What was passed
    over in writing is a warning that remains.
    """
    mine = [
        claim
        for claim in live_claims(session, bid.id)
        if claim.role in ENGAGED
        and (bid.id in actor.coordinates or actor.represents(claim.company_id))
    ]
    pairs = {(claim.lot_bid.lot_id, claim.company_id) for claim in mine}
    around = elsewhere(session, actor, bid.id, pairs, on=now.date()) if pairs else {}
    rules = consultation(session, bid)
    return [
        _of_lot(claim, finding)
        for claim in mine
        for finding in on_elsewhere(
            as_position(claim), rules, around[claim.lot_bid.lot_id, claim.company_id]
        )
    ]


def _of_lot(claim: LotClaim, finding: Finding) -> Finding:
    number = claim.lot_bid.lot.number
    passed_over = finding.severity is Severity.BLOCK and claim.override_reason
    return replace(
        finding,
        severity=Severity.WARN if passed_over else finding.severity,
        text=Text("Lot {number} : {fault}", number=number, fault=finding.text),
        lot_number=number,
        repair="lots",
    )


def require_lawful(
    session: Session, actor: Actor, bid: Bid, lot_bid: LotBid, wish: Wish, *,
    coordinates: bool, now: datetime,
) -> str:  # fmt: skip
    """Refuse on the first blocking rule, saying how to go on, unless the coordinator passes over
    it in writing; give that reason.
    """
    stops = blocking(judge(session, actor, bid, lot_bid, wish, now=now))
    if not stops:
        return ""
    strict = next((f for f in stops if f.rule in STRICT), None)
    if strict is not None:
        raise _refusal(strict, "strict")
    if not coordinates or not wish.override_reason.strip():
        raise _refusal(stops[0], "coordinator" if coordinates else "company")
    reason = require_reason(wish.override_reason, field="override_reason")
    for stop in stops:
        record(session, actor, "claims.overridden", now=now, object_id=wish.company_id,
               bid_id=bid.id, rule=stop.rule, reason=reason)  # fmt: skip
    return reason


def _refusal(stop: Finding, way: str) -> Invalid:
    return Invalid(
        HOW_TO_GO_ON[way], field="share" if stop.rule == "R-10" else "role", article=stop.article,
        fault=stop.text, remedy=stop.remedy or "",
    )  # fmt: skip
