"""Asking for a letter, and its two-step sending."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from tender.core.queue import Work, ask_for
from tender.messages.models import Letter, LetterState


def write(
    session: Session,
    *,
    to: str,
    template: str,
    locale: str,
    now: datetime,
    person_id: UUID | None = None,
    values: dict[str, object],
) -> Letter:
    """Ask for a letter in the caller's transaction: it leaves if, and only if, that commits."""
    letter = Letter(
        to=to, template=template, locale=locale, values=values, queued_at=now, person_id=person_id
    )
    session.add(letter)
    ask_for(session, Work.SEND_LETTER, letter.id, now=now)
    return letter


def begin(session: Session, letter_id: UUID) -> Letter | None:
    """Commit to sending; None if it was already begun, sent or forgotten."""
    letter = session.get(Letter, letter_id, with_for_update=True)
    if letter is None or letter.state is not LetterState.QUEUED:
        return None
    letter.state = LetterState.SENDING
    return letter


def end(session: Session, letter_id: UUID, *, now: datetime, error: str) -> None:
    """Note how it went; the secret link is forgotten once the letter has left."""
    letter = session.get(Letter, letter_id, with_for_update=True)
    if letter is None:
        return
    letter.state, letter.error = (LetterState.FAILED if error else LetterState.SENT), error
    letter.sent_at = None if error else now
    if not error:
        letter.values = {k: v for k, v in letter.values.items() if k != "link"}
