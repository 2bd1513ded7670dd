"""Sending one letter: by SMTP, or into a folder when no server is set."""

import smtplib
from collections.abc import Callable
from contextlib import suppress
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from config import Settings
from tender.core import clock

Post = Callable[[EmailMessage], None]
SECONDS = 20
PERMANENT = 500  # an SMTP code from here on says that another try is of no use


class NotSent(Exception):
    """The letter surely did not leave; `again` tells whether another try may help."""

    def __init__(self, reason: str, *, again: bool) -> None:
        super().__init__(reason)
        self.again = again


def letter(*, sender: str, to: str, subject: str, body: str, message_id: str) -> EmailMessage:
    """Make a message; EmailMessage refuses line breaks in a header by itself (ValueError)."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = f"<{message_id}@grappe>"
    message.set_content(body)
    return message


def to_folder(folder: Path) -> Post:
    """Keep letters as files, for a demonstration or a test."""

    def post(message: EmailMessage) -> None:
        name = str(message["Message-ID"]).strip("<>").split("@")[0]
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{name}.eml").write_bytes(bytes(message))
        except OSError as error:
            raise NotSent(str(error), again=True) from error

    return post


def by_smtp(settings: Settings) -> Post:
    """Send through the server of SMTP_HOST.

    Raises NotSent while it is certain; OSError or SMTPException when nobody can tell.
    """

    def post(message: EmailMessage) -> None:
        server = _greeted(settings)
        try:
            _hand_over(server, message)
            with suppress(OSError, smtplib.SMTPException):
                server.quit()  # accepted is sent, however the two part
        finally:
            server.close()

    return post


def _greeted(settings: Settings) -> smtplib.SMTP:
    try:
        server = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=SECONDS)
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(str(error), again=True) from error
    try:
        if settings.smtp_starttls:
            server.starttls()
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password)
    except (OSError, smtplib.SMTPException) as error:
        server.close()
        raise NotSent(str(error), again=True) from error
    return server


def _hand_over(server: smtplib.SMTP, message: EmailMessage) -> None:
    try:
        server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        raise NotSent(str(error), again=max(codes) < PERMANENT) from error
    except (smtplib.SMTPSenderRefused, smtplib.SMTPHeloError, smtplib.SMTPDataError) as error:
        raise NotSent(str(error), again=error.smtp_code < PERMANENT) from error
    except smtplib.SMTPNotSupportedError as error:
        raise NotSent(str(error), again=False) from error
