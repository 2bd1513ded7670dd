"""Notices as they came, the tenders they feed, and lots in the buyer's words."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Numeric, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tender.core.orm import Json, Model


class Tender(Model):
    """A procedure that we follow, fed by a chain of notices or typed by hand.

    `deadline_at` is the earliest binding instant of its open lots, None when nobody wrote one.
    """

    __tablename__ = "tender"
    title: Mapped[str]
    buyer: Mapped[str]
    added_at: Mapped[datetime]
    buyer_type: Mapped[str] = mapped_column(default="")
    procedure_id: Mapped[str | None] = mapped_column(default=None, index=True)
    procedure_type: Mapped[str | None] = mapped_column(default=None)
    nature: Mapped[str | None] = mapped_column(default=None)
    description: Mapped[str] = mapped_column(default="")
    cpv: Mapped[str | None] = mapped_column(default=None)
    nuts: Mapped[str | None] = mapped_column(default=None)
    estimated_value: Mapped[Decimal | None] = mapped_column(Numeric(16, 2), default=None)
    currency: Mapped[str] = mapped_column(default="EUR")
    language: Mapped[str] = mapped_column(default="fra")
    published_on: Mapped[date | None] = mapped_column(default=None)
    deadline_at: Mapped[datetime | None] = mapped_column(default=None, index=True)
    zone: Mapped[str] = mapped_column(default="Europe/Paris")
    max_lots_submit: Mapped[int | None] = mapped_column(default=None)
    max_lots_award: Mapped[int | None] = mapped_column(default=None)
    cancelled_at: Mapped[datetime | None] = mapped_column(default=None)
    lots: Mapped[list["Lot"]] = relationship(
        init=False, order_by="Lot.position", back_populates="tender"
    )
    notices: Mapped[list["Notice"]] = relationship(
        init=False, order_by="Notice.received_at", back_populates="tender"
    )


class Lot(Model):
    """A lot as published. Its deadline keeps the clock time, offset and zone as written.

    `deadline_at` is the binding instant: the earlier one where the written offset and the
    buyer's legal time differ; `deadline_other_at` is then the later.
    """

    __tablename__ = "lot"
    __table_args__ = (UniqueConstraint("tender_id", "position"),)
    tender_id: Mapped[UUID] = mapped_column(ForeignKey(Tender.id))
    tender: Mapped[Tender] = relationship(init=False, back_populates="lots")
    position: Mapped[int]
    native_id: Mapped[str]
    number: Mapped[str]
    title: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    cpv: Mapped[str | None] = mapped_column(default=None)
    nuts: Mapped[list[str]] = mapped_column(ARRAY(Text), default_factory=list)
    estimated_value: Mapped[Decimal | None] = mapped_column(Numeric(16, 2), default=None)
    reserved: Mapped[str | None] = mapped_column(default=None)
    criteria: Mapped[list[Json]] = mapped_column(default_factory=list)
    duration: Mapped[str | None] = mapped_column(default=None)
    deadline_kind: Mapped[str | None] = mapped_column(default=None)
    deadline_date: Mapped[str | None] = mapped_column(default=None)
    deadline_time: Mapped[str | None] = mapped_column(default=None)
    deadline_offset: Mapped[str | None] = mapped_column(default=None)
    deadline_at: Mapped[datetime | None] = mapped_column(default=None)
    deadline_other_at: Mapped[datetime | None] = mapped_column(default=None)
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)


class Notice(Model):
    """A publication as it came: its bytes are kept for ever, its neutral value beside them.

    `names` are what others may call it by, `previous` the names of those that it refers to.
    """

    __tablename__ = "notice"
    __table_args__ = (UniqueConstraint("source", "native_id", "version", "sha256"),)
    tender_id: Mapped[UUID] = mapped_column(ForeignKey(Tender.id), index=True)
    tender: Mapped[Tender] = relationship(init=False, back_populates="notices")
    source: Mapped[str]
    native_id: Mapped[str]
    version: Mapped[str]
    kind: Mapped[str]
    title: Mapped[str]
    raw_key: Mapped[str]
    sha256: Mapped[str]
    value: Mapped[Json]
    issued_at: Mapped[datetime | None]
    received_at: Mapped[datetime]
    changes: Mapped[list[Json]] = mapped_column(default_factory=list)
    names: Mapped[list[str]] = mapped_column(ARRAY(Text), default_factory=list)
    previous: Mapped[list[str]] = mapped_column(ARRAY(Text), default_factory=list)


Index("ix_notice_native", Notice.source, Notice.native_id)
Index("ix_notice_names", Notice.names, postgresql_using="gin")
Index("ix_notice_previous", Notice.previous, postgresql_using="gin")
