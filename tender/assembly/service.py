"""Use-cases of the assembly."""

from datetime import datetime

from sqlalchemy.orm import Session

from tender.bids.findings import Finding
from tender.bids.models import Bid
from tender.claims.law import on_consortium
from tender.claims.queries import consultation, lot_facts
from tender.core.actor import Actor


def preflight(session: Session, actor: Actor, bid: Bid, *, now: datetime) -> list[Finding]:
    """Judge a bid before its assembly, as far as the asker may see it."""
    lead = bid.lead_company.trade_name if bid.lead_company else None
    return on_consortium(lot_facts(session, bid), lead, consultation(session, bid))
