"""Claims."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Numeric
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tender.bids.models import Bid, LotBid
from tender.claims.rules import LIVE, ClaimRole, ClaimState, moved_to
from tender.companies.models import Company
from tender.core.orm import Model


class LotClaim(Model):
    """A company's position on one lot of one bid: one live claim each, one live lead in all."""

    __tablename__ = "lot_claim"
    bid_id: Mapped[UUID] = mapped_column(ForeignKey(Bid.id), index=True)
    lot_bid_id: Mapped[UUID] = mapped_column(ForeignKey(LotBid.id))
    lot_bid: Mapped[LotBid] = relationship(init=False)
    company_id: Mapped[UUID] = mapped_column(ForeignKey(Company.id), index=True)
    company: Mapped[Company] = relationship(init=False)
    role: Mapped[ClaimRole]
    share: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    claimed_at: Mapped[datetime]
    claimed_by: Mapped[str]
    tasks: Mapped[str] = mapped_column(default="")
    state: Mapped[ClaimState] = mapped_column(default=ClaimState.PROPOSED)
    awaits_company: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    override_reason: Mapped[str] = mapped_column(default="")
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form

    def move_to(self, wanted: ClaimState) -> None:
        """Go to another state, if the table of moves allows it."""
        self.state = moved_to(self.state, wanted)


Index(
    "uq_lot_claim_lead", LotClaim.lot_bid_id, unique=True,
    postgresql_where=(LotClaim.role == ClaimRole.LEAD) & LotClaim.state.in_(LIVE),
)  # fmt: skip
Index(
    "uq_lot_claim_company", LotClaim.lot_bid_id, LotClaim.company_id, unique=True,
    postgresql_where=LotClaim.state.in_(LIVE),
)  # fmt: skip
