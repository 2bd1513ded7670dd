"""Bids, who may enter their rooms, votes, rules of the consultation."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tender.bids.rules import LiabilityForm, LotBidState, PassKind, Stage
from tender.companies.models import Company, Person
from tender.core.orm import Json, Model
from tender.notices.models import Lot, Tender


class Bid(Model):
    """Our joint answer to a tender: one consortium, one room."""

    __tablename__ = "bid"
    ref: Mapped[str] = mapped_column(unique=True)
    tender_id: Mapped[UUID] = mapped_column(ForeignKey(Tender.id), index=True)
    tender: Mapped[Tender] = relationship(init=False)
    coordinator_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    coordinator: Mapped[Person] = relationship(init=False)
    opened_at: Mapped[datetime]
    stage: Mapped[Stage] = mapped_column(default=Stage.DETECTED)
    lead_company_id: Mapped[UUID | None] = mapped_column(ForeignKey(Company.id), default=None)
    lead_company: Mapped[Company | None] = relationship(init=False)
    liability: Mapped[LiabilityForm] = mapped_column(default=LiabilityForm.SEVERAL)
    lead_jointly_liable: Mapped[bool] = mapped_column(default=True)
    grouping_need: Mapped[str] = mapped_column(default="")
    decision_reason: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    lot_bids: Mapped[list["LotBid"]] = relationship(init=False, order_by="LotBid.position")


class LotBid(Model):
    """Our answer to one lot: the unit of outcome."""

    __tablename__ = "lot_bid"
    __table_args__ = (UniqueConstraint("bid_id", "lot_id"),)
    bid_id: Mapped[UUID] = mapped_column(ForeignKey(Bid.id))
    lot_id: Mapped[UUID] = mapped_column(ForeignKey(Lot.id), index=True)
    lot: Mapped[Lot] = relationship(init=False)
    position: Mapped[int]
    state: Mapped[LotBidState] = mapped_column(default=LotBidState.CONSIDERED)


class BidPass(Model):
    """Leave to enter a room, for a company or a person. Row-level policies start from here."""

    __tablename__ = "bid_pass"
    __table_args__ = (
        CheckConstraint("(company_id is null) <> (person_id is null)", name="one_holder"),
    )
    bid_id: Mapped[UUID] = mapped_column(ForeignKey(Bid.id))
    kind: Mapped[PassKind]
    given_at: Mapped[datetime]
    company_id: Mapped[UUID | None] = mapped_column(ForeignKey(Company.id), default=None)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id), default=None)


Index(
    "uq_bid_pass_bid_id_company_id", BidPass.bid_id, BidPass.company_id, unique=True,
    postgresql_where=BidPass.company_id.is_not(None),
)  # fmt: skip
Index(
    "uq_bid_pass_bid_id_person_id", BidPass.bid_id, BidPass.person_id, BidPass.kind, unique=True,
    postgresql_where=BidPass.person_id.is_not(None),
)  # fmt: skip


class Vote(Model):
    """One person's scores on the go/no-go grid, 0 to 100 by criterion."""

    __tablename__ = "vote"
    __table_args__ = (UniqueConstraint("bid_id", "person_id"),)
    bid_id: Mapped[UUID] = mapped_column(ForeignKey(Bid.id))
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    person: Mapped[Person] = relationship(init=False)
    scores: Mapped[Json]
    comment: Mapped[str]
    at: Mapped[datetime]


class ConsultationRules(Model):
    """What the règlement de la consultation (RC) says, entered by the coordinator.

    None is "nobody has read it yet", which a rule answers with a warning, never with a pass.
    """

    __tablename__ = "consultation_rules"
    bid_id: Mapped[UUID] = mapped_column(ForeignKey(Bid.id), unique=True)
    max_lots_bid: Mapped[int | None] = mapped_column(default=None)
    max_lots_awarded: Mapped[int | None] = mapped_column(default=None)
    several_candidatures_forbidden: Mapped[bool | None] = mapped_column(default=None)
    page_limit: Mapped[int | None] = mapped_column(default=None)
    platform_url: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
