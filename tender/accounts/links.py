"""One-time links sent by mail, and the reset of a password by one. Only their hash is kept."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tender.accounts import sessions, throttle
from tender.accounts.models import LinkPurpose, OneTimeLink
from tender.accounts.queries import actor_of, credential_for_update, person_by_email
from tender.companies.models import Person
from tender.history import service as history
from tender.messages import service as messages

RESET_LASTS = timedelta(minutes=30)
LinkTo = Callable[[str], str]
"""Builds the address of a token's page, from the configured origin only."""


def new_token() -> tuple[str, str]:
    """Make a token of 256 bits: itself, for the letter, and its hash, for the row."""
    token = secrets.token_urlsafe(32)
    return token, sessions.hashed(token)


def usable(
    session: Session, token: str, purpose: LinkPurpose, *, now: datetime
) -> OneTimeLink | None:
    """Find and lock a link that is neither used nor lapsed."""
    return session.scalar(
        select(OneTimeLink)
        .where(
            OneTimeLink.token_hash == sessions.hashed(token),
            OneTimeLink.purpose == purpose,
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > now,
        )
        .with_for_update()
    )


def use_up(session: Session, email: str, purpose: LinkPurpose, *, now: datetime) -> None:
    """Spend a link, and the others of its kind that went to the same address."""
    session.execute(
        update(OneTimeLink)
        .where(
            OneTimeLink.email == email,
            OneTimeLink.purpose == purpose,
            OneTimeLink.used_at.is_(None),
        )
        .values(used_at=now)
    )


def may_ask(session: Session, address: str, *, now: datetime) -> None:
    """Count a request for a letter against the address that it comes from; raise TooMany."""
    throttle.spend(session, {throttle.key("letters", address): throttle.LETTERS}, now=now)


def ask_reset(session: Session, email: str, *, link_to: LinkTo, now: datetime) -> None:
    """Send a link for a new password, if the address has an account and was not sent too many."""
    person = person_by_email(session, email)
    if person is None:
        return
    try:
        throttle.spend(session, {throttle.key("reset", person.email): throttle.LETTER}, now=now)
    except throttle.TooMany:
        return
    token, token_hash = new_token()
    session.add(
        OneTimeLink(
            token_hash=token_hash, purpose=LinkPurpose.RESET, email=person.email,
            expires_at=now + RESET_LASTS, person_id=person.id,
        )
    )  # fmt: skip
    minutes = int(RESET_LASTS.total_seconds()) // 60
    values = {"link": link_to(token), "name": person.name, "minutes": minutes}
    messages.write(
        session, to=person.email, template="reset", locale=person.locale, now=now,
        person_id=person.id, values=values,
    )  # fmt: skip


def reset_for(session: Session, token: str, *, now: datetime) -> Person | None:
    """Give the person whose password a link may change, and hold the link; None if it may not."""
    link = usable(session, token, LinkPurpose.RESET, now=now)
    person = session.get(Person, link.person_id) if link else None
    if link is None or person is None or person.disabled_at or person.email != link.email:
        return None
    return person


def reset_password(session: Session, token: str, password_hash: str, *, now: datetime) -> bool:
    """Set a new password by a link, ending all sessions; False if the link is of no use."""
    person = reset_for(session, token, now=now)
    credential = credential_for_update(session, person.id if person else None)
    if person is None or credential is None:
        return False
    credential.password_hash = password_hash
    use_up(session, person.email, LinkPurpose.RESET, now=now)
    sessions.end_all(session, person.id, now=now)
    history.record(session, actor_of(session, person), "accounts.password_reset", now=now)
    tell_of_change(session, person, now=now)
    return True


def tell_of_change(session: Session, person: Person, *, now: datetime) -> None:
    """Tell a person that their password was changed: they may not be the one who did."""
    messages.write(
        session, to=person.email, template="password_changed", locale=person.locale, now=now,
        person_id=person.id, values={"name": person.name},
    )  # fmt: skip
