"""Outcomes."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, Numeric
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tender.bids.models import Bid, LotBid
from tender.bids.rules import LotBidState
from tender.core.orm import Model


class Outcome(Model):
    """What became of our bid on one lot; amounts are excl. VAT."""

    __tablename__ = "outcome"
    bid_id: Mapped[UUID] = mapped_column(ForeignKey(Bid.id), index=True)
    lot_bid_id: Mapped[UUID] = mapped_column(ForeignKey(LotBid.id), unique=True)
    lot_bid: Mapped[LotBid] = relationship(init=False)
    result: Mapped[LotBidState]
    decided_on: Mapped[date]
    our_amount: Mapped[Decimal | None] = mapped_column(Numeric(16, 2))
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
    currency: Mapped[str] = mapped_column(default="EUR")
    winner: Mapped[str] = mapped_column(default="")
    winner_amount: Mapped[Decimal | None] = mapped_column(Numeric(16, 2), default=None)
    our_rank: Mapped[int | None] = mapped_column(default=None)
    offers_received: Mapped[int | None] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
