"""Triage."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tender.companies.models import Person
from tender.core.orm import Model
from tender.notices.models import Tender


class TriageState(StrEnum):
    """What a person made of a call; no row means not looked at yet."""

    KEPT = "kept"
    DISCARDED = "discarded"
    LATER = "later"


class Triage(Model):
    """One person's own view of one call: a rival learns nothing from it."""

    __tablename__ = "triage"
    __table_args__ = (UniqueConstraint("person_id", "tender_id"),)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    tender_id: Mapped[UUID] = mapped_column(ForeignKey(Tender.id))
    state: Mapped[TriageState]
    at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(default="")
