"""Posting letters, in two steps: a letter that may have left is never sent twice."""

import smtplib
from uuid import UUID

import structlog

from tender.core import clock, mail, queue, setup
from tender.core.actor import system
from tender.core.publishing import celery
from tender.core.transaction import transaction
from tender.messages import service
from tender.messages.models import Letter
from workers.leases import LEASE
from workers.writing import written

log = structlog.get_logger(__name__)


@celery().task(name=queue.Work.SEND_LETTER)
def send(item_id: str) -> None:
    """Send one letter; safe to run twice, or to die half way."""
    with transaction(system("work")) as session:
        job = queue.take(session, UUID(item_id), now=clock.now(), lease=LEASE)
    if job is None:
        return
    with transaction(system("mail")) as session:
        letter = service.begin(session, job.object_id)
    error = "" if letter is None else _post(letter)
    if letter is not None:
        with transaction(system("mail")) as session:
            service.end(session, letter.id, now=clock.now(), error=error)
    with transaction(system("work")) as session:
        queue.complete(session, job, now=clock.now())


def _post(letter: Letter) -> str:
    subject, body = written(letter)
    message = mail.letter(
        sender=setup.settings().mail_from,
        to=letter.to,
        subject=subject,
        body=body,
        message_id=letter.id.hex,
    )
    try:
        setup.post()(message)
    except (OSError, smtplib.SMTPException) as error:
        log.warning("letters.not_sent", letter=str(letter.id), error=str(error))
        return str(error) or type(error).__name__
    return ""
