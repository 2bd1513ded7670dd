"""Asking for a letter, and its two-step sending."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from tender.core.queue import Work, ask_for
from tender.core.text import N_
from tender.messages.models import Letter, LetterState

UNKNOWN = N_("Envoi commencé, issue inconnue : il n’est pas répété.")


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
    """Commit to sending; None if it was already begun, sent or forgotten.

    One that another worker began and never ended may have left: that is noted for people to see.
    """
    letter = session.get(Letter, letter_id, with_for_update=True)
    if letter is None or letter.state is not LetterState.QUEUED:
        if letter is not None and letter.state is LetterState.SENDING:
            letter.error = UNKNOWN
        return None
    letter.state = LetterState.SENDING
    return letter


def postpone(session: Session, letter_id: UUID, *, error: str) -> None:
    """Put a letter that surely did not leave back among those to send."""
    letter = session.get_one(Letter, letter_id, with_for_update=True)
    letter.state, letter.error = LetterState.QUEUED, error


def end(session: Session, letter_id: UUID, *, now: datetime, error: str) -> None:
    """Note how it went; no further try will be made, so the secret link is forgotten."""
    letter = session.get_one(Letter, letter_id, with_for_update=True)
    letter.state, letter.error = (LetterState.FAILED if error else LetterState.SENT), error
    letter.sent_at = None if error else now
    letter.values = {k: v for k, v in letter.values.items() if k != "link"}


def doubt(session: Session, letter_id: UUID) -> None:
    """Note that nobody can tell whether it left: a person must ask, no machine repeats it."""
    letter = session.get_one(Letter, letter_id, with_for_update=True)
    letter.error = UNKNOWN
