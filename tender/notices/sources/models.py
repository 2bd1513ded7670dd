"""Where each source stands: one row a source, which is also its queue."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from tender.core.orm import Json, Model


class NoticeSource(Model):
    """A source: how far it was read, when it is due again, and how it is doing.

    `cursor` and `pages` are the client's (`walk.Place`, `walk.Seen`); `error` and the `why` of
    each refusal are sentences as `core.text` stores them. Whoever polls holds `fence` until
    `leased_until`.
    """

    __tablename__ = "notice_source"
    name: Mapped[str] = mapped_column(unique=True)
    due_at: Mapped[datetime]
    cursor: Mapped[Json] = mapped_column(default_factory=dict)
    pages: Mapped[Json] = mapped_column(default_factory=dict)
    fence: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None] = mapped_column(default=None)
    asked_at: Mapped[datetime | None] = mapped_column(default=None)
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    completed_at: Mapped[datetime | None] = mapped_column(default=None)
    failures: Mapped[int] = mapped_column(default=0)
    failing_since: Mapped[datetime | None] = mapped_column(default=None)
    error: Mapped[Json | None] = mapped_column(default=None)
    taken_in: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    refusals: Mapped[list[Json]] = mapped_column(default_factory=list)
