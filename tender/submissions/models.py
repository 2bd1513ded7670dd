"""Sealed packages and their deposit."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from tender.assembly.models import AssemblyRun
from tender.bids.models import Bid
from tender.core.orm import Json, Model


class PackageState(StrEnum):
    """The life of a package."""

    DRAFT = "draft"
    SEALED = "sealed"
    SUBMITTED = "submitted"
    RECEIPTED = "receipted"


class SubmissionPackage(Model):
    """The archive that was sealed from one final run; there is one for each run at most."""

    __tablename__ = "submission_package"
    bid_id: Mapped[UUID] = mapped_column(ForeignKey(Bid.id), index=True)
    run_id: Mapped[UUID] = mapped_column(ForeignKey(AssemblyRun.id), unique=True)
    file_name: Mapped[str]
    file_key: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    manifest: Mapped[Json]
    sealed_at: Mapped[datetime]
    sealed_by: Mapped[str]
    deadline_at: Mapped[datetime]
    state: Mapped[PackageState] = mapped_column(default=PackageState.SEALED)


class Submission(Model):
    """A deposit on the buyer's platform, as recorded with its receipt."""

    __tablename__ = "submission"
    bid_id: Mapped[UUID] = mapped_column(ForeignKey(Bid.id), index=True)
    package_id: Mapped[UUID] = mapped_column(ForeignKey(SubmissionPackage.id))
    deposited_at: Mapped[datetime]
    platform: Mapped[str]
    receipt_number: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
    receipt_name: Mapped[str] = mapped_column(default="")
    receipt_key: Mapped[str] = mapped_column(default="")
    receipt_sha256: Mapped[str] = mapped_column(default="")
