"""What became of letters; their contents are nobody's to read."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tender.messages.models import Letter


def last_letters(session: Session, *, limit: int = 10) -> Sequence[Letter]:
    """Give the letters asked for last, newest first; for the scope of the mail."""
    return session.scalars(select(Letter).order_by(Letter.queued_at.desc()).limit(limit)).all()
