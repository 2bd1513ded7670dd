"""Posting letters, in two steps: a letter that may have left is never sent twice."""

import smtplib
from datetime import timedelta
from email.message import EmailMessage
from uuid import UUID

import structlog

from tender.accounts.queries import is_closed
from tender.core import clock, mail, queue, setup
from tender.core.actor import system
from tender.core.publishing import celery
from tender.core.text import N_
from tender.core.transaction import Session, transaction
from tender.messages import service
from tender.messages.models import Letter
from workers.leases import LEASE
from workers.writing import written

log = structlog.get_logger(__name__)
MAIL = system("mail")
CLOSED = N_("Le compte du destinataire est fermé.")
UNREADABLE = N_("Ce message n’a pas pu être rédigé.")


@celery().task(name=queue.Work.SEND_LETTER)
def send(item_id: str) -> None:
    """Send one letter; safe to run twice, or to die half way."""
    with transaction(MAIL) as session:
        job = queue.take(session, UUID(item_id), now=clock.now(), lease=LEASE)
        letter = service.begin(session, job.object_id) if job else None
        if job is not None and letter is None:
            queue.complete(session, job, now=clock.now())
        closed = letter is not None and is_closed(session, letter.person_id)
    if job is None or letter is None:
        return
    failure = mail.NotSent(CLOSED, again=False) if closed else _failure(letter)
    with transaction(MAIL) as session:
        _end(session, job, failure)


def _failure(letter: Letter) -> Exception | None:
    """Post a letter; give what went wrong."""
    try:
        setup.post()(_message(letter))
    except (mail.NotSent, OSError, smtplib.SMTPException) as error:
        again = getattr(error, "again", None)
        log.warning("letters.not_sent", letter=str(letter.id), kind=_kind(error), again=again)
        return error
    return None


def _message(letter: Letter) -> EmailMessage:
    try:
        subject, body = written(letter)
        return mail.letter(
            sender=setup.settings().mail_from, to=letter.to, subject=subject, body=body,
            message_id=letter.id.hex,
        )  # fmt: skip
    except Exception as error:
        log.exception("letters.unreadable", letter=str(letter.id), template=letter.template)
        raise mail.NotSent(UNREADABLE, again=False) from error


def _kind(error: Exception) -> str:
    """Name the fault; what servers say holds addresses, which are no business of a log."""
    return type(error.__cause__ or error).__name__


def _end(session: Session, job: queue.Job, failure: Exception | None) -> None:
    """End the work with its letter, or put both back while another try may help."""
    ours = queue.hold(session, job) is not None
    now, after = clock.now(), timedelta(minutes=4 ** (job.fence - 1))
    if failure is not None and not isinstance(failure, mail.NotSent):
        service.doubt(session, job.object_id)
    elif failure is None or not (failure.again and ours and job.fence < queue.MOST_ATTEMPTS):
        service.end(session, job.object_id, now=now, error=str(failure or ""))
    else:
        service.postpone(session, job.object_id, error=str(failure))
        queue.give_back(session, job, now=now, after=after)
        return
    queue.complete(session, job, now=now)
