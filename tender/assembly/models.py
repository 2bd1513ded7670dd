"""Runs of the assembly, and the tables of styles that they go by."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tender.assembly.rules import RunKind, RunState, Step
from tender.bids.models import Bid
from tender.companies.models import Company
from tender.core.orm import Json, Model


class AssemblyRun(Model):
    """One assembly of one bid, from inputs frozen when it was asked for.

    `files` is a list of {name, key, sha256, size}; keys carry the attempt, so that a worker
    come back from the dead overwrites nothing.
    """

    __tablename__ = "assembly_run"
    __table_args__ = (UniqueConstraint("bid_id", "number"),)
    bid_id: Mapped[UUID] = mapped_column(ForeignKey(Bid.id))
    number: Mapped[int]
    kind: Mapped[RunKind]
    manifest: Mapped[Json]
    manifest_hash: Mapped[str]
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    state: Mapped[RunState] = mapped_column(default=RunState.QUEUED)
    attempt: Mapped[int] = mapped_column(default=0)
    step: Mapped[Step] = mapped_column(default=Step.COLLECT)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    journal: Mapped[list[Json]] = mapped_column(default_factory=list)
    cancel_asked_at: Mapped[datetime | None] = mapped_column(default=None)
    started_at: Mapped[datetime | None] = mapped_column(default=None)
    finished_at: Mapped[datetime | None] = mapped_column(default=None)
    failure: Mapped[Json | None] = mapped_column(default=None)
    files: Mapped[list[Json]] = mapped_column(default_factory=list)
    report: Mapped[Json] = mapped_column(default_factory=dict)
    findings: Mapped[list[Json]] = mapped_column(default_factory=list)
    pages: Mapped[int | None] = mapped_column(default=None)
    pages_binding: Mapped[bool] = mapped_column(default=False)
    accepted: Mapped[list[Json]] = mapped_column(default_factory=list)


class StyleMap(Model):
    """The house's styles for those of one company's texts in one bid.

    `styles` gives a house style's name by an author's; "" leaves that style as it is. Rivals in
    the room see nothing of it: names of styles tell how a company works.
    """

    __tablename__ = "style_map"
    __table_args__ = (UniqueConstraint("bid_id", "company_id"),)
    bid_id: Mapped[UUID] = mapped_column(ForeignKey(Bid.id))
    company_id: Mapped[UUID] = mapped_column(ForeignKey(Company.id))
    styles: Mapped[Json]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form
