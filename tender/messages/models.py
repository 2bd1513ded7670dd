"""Letters."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from tender.core.orm import Json, Model


class LetterState(StrEnum):
    """Its life; one left in `sending` by a dead worker may have gone: it is never repeated."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


class Letter(Model):
    """A mail to send: the template's name and its values; the worker writes the text."""

    __tablename__ = "letter"
    to: Mapped[str]
    template: Mapped[str]
    locale: Mapped[str]
    values: Mapped[Json]
    queued_at: Mapped[datetime]
    person_id: Mapped[UUID | None] = mapped_column(default=None)
    state: Mapped[LetterState] = mapped_column(default=LetterState.QUEUED)
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    error: Mapped[str] = mapped_column(default="")
