"""Sections, their revisions and what was said about them."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tender.bids.models import Bid, LotBid
from tender.companies.models import Company, Person
from tender.contributions.rules import Look, SectionState
from tender.core.orm import Json, Model


class Section(Model):
    """One part of the technical proposal, for one lot or for all.

    `number` is the outline's ("2", "2.1"); the depth of the number is the heading level.
    `last_revision` is the number of the newest revision, known even to who may not read it.
    """

    __tablename__ = "section"
    __table_args__ = (UniqueConstraint("bid_id", "number"),)
    bid_id: Mapped[UUID] = mapped_column(ForeignKey(Bid.id))
    number: Mapped[str]
    position: Mapped[int]
    title: Mapped[str]
    owner_company_id: Mapped[UUID] = mapped_column(ForeignKey(Company.id))
    owner_company: Mapped[Company] = relationship(init=False)
    lot_bid_id: Mapped[UUID | None] = mapped_column(ForeignKey(LotBid.id), default=None)
    lot_bid: Mapped[LotBid | None] = relationship(init=False)
    writer_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id), default=None)
    writer: Mapped[Person | None] = relationship(init=False)
    instructions: Mapped[str] = mapped_column(default="")
    due_at: Mapped[datetime | None] = mapped_column(default=None)
    page_budget: Mapped[int | None] = mapped_column(default=None)
    look: Mapped[Look] = mapped_column(default=Look.HOUSE)
    state: Mapped[SectionState] = mapped_column(default=SectionState.TODO)
    last_revision: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class RevisionKind(StrEnum):
    """How it was written."""

    DOCX = "docx"
    TEXT = "text"


class Revision(Model):
    """One version of a section's text. Until it is approved it stays with its company,
    the coordinator and the reviewers. `text` is what was typed, or the words of the file.
    """

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("section_id", "number"),)
    bid_id: Mapped[UUID] = mapped_column(ForeignKey(Bid.id))
    section_id: Mapped[UUID] = mapped_column(ForeignKey(Section.id))
    number: Mapped[int]
    kind: Mapped[RevisionKind]
    company_id: Mapped[UUID] = mapped_column(ForeignKey(Company.id))
    author_name: Mapped[str]
    file_name: Mapped[str]
    file_key: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    health: Mapped[Json]
    created_at: Mapped[datetime]
    text: Mapped[str] = mapped_column(default="")
    approved_at: Mapped[datetime | None] = mapped_column(default=None)
    approved_by: Mapped[str] = mapped_column(default="")


class RemarkKind(StrEnum):
    """What a remark is."""

    COMMENT = "comment"
    CHANGES_REQUESTED = "changes_requested"
    APPROVAL = "approval"


class Remark(Model):
    """A word about a section: a comment, a request for changes, an approval."""

    __tablename__ = "remark"
    bid_id: Mapped[UUID] = mapped_column(ForeignKey(Bid.id))
    section_id: Mapped[UUID] = mapped_column(ForeignKey(Section.id), index=True)
    company_id: Mapped[UUID] = mapped_column(ForeignKey(Company.id))
    kind: Mapped[RemarkKind]
    author_name: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime]
    revision_number: Mapped[int | None] = mapped_column(default=None)
