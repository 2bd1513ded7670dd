"""Sending one letter: by SMTP, or into a folder when no server is set."""

import smtplib
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from config import Settings
from tender.core import clock

Post = Callable[[EmailMessage], None]


def letter(*, sender: str, to: str, subject: str, body: str, message_id: str) -> EmailMessage:
    """Make a message; EmailMessage refuses line breaks in a header by itself."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = f"<{message_id}@grappe>"
    message.set_content(body)
    return message


def to_folder(folder: Path) -> Post:
    """Keep letters as files, for a demonstration or a test."""

    def post(message: EmailMessage) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        name = str(message["Message-ID"]).strip("<>").split("@")[0]
        (folder / f"{name}.eml").write_bytes(bytes(message))

    return post


def by_smtp(settings: Settings) -> Post:
    """Send through the server of SMTP_HOST; raises OSError or smtplib.SMTPException."""

    def post(message: EmailMessage) -> None:
        with smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=20) as server:
            if settings.smtp_starttls:
                server.starttls()
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password)
            server.send_message(message)

    return post
