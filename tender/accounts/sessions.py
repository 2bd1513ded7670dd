"""Signed-in browsers: opened, recognised, ended."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from tender.accounts.models import Credential, WebSession
from tender.accounts.queries import actor_of
from tender.companies.models import Person
from tender.core.actor import Actor, ClusterSeat

LONGEST = timedelta(hours=12)
IDLE = timedelta(minutes=60)
NOTED_EVERY = timedelta(minutes=1)
KEPT = timedelta(days=30)
STRONG_SEATS = frozenset({ClusterSeat.ADMINISTRATOR, ClusterSeat.COORDINATOR})


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A browser's session, its person and what is still asked of them."""

    session_id: UUID
    person: Person
    actor: Actor
    second_factor_due: bool
    must_enrol: bool


def hashed(token: str) -> str:
    """Give the form in which a secret token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_session(
    session: Session,
    person: Person,
    *,
    browser: str,
    second_factor_due: bool,
    now: datetime,
    address: str = "",
) -> str:
    """Start a session; give the new random token, which only the browser keeps."""
    token = secrets.token_urlsafe(32)
    session.add(
        WebSession(
            token_hash=hashed(token),
            person_id=person.id,
            created_at=now,
            seen_at=now,
            browser=browser[:200],
            address=address,
            second_factor_due=second_factor_due,
        )
    )
    return token


def recognise(session: Session, token: str, *, now: datetime) -> SignedIn | None:
    """Find the session of a token that has neither ended, expired nor lain idle."""
    row = session.scalar(
        select(WebSession).where(
            WebSession.token_hash == hashed(token), WebSession.ended_at.is_(None)
        )
    )
    if row is None or now - row.created_at > LONGEST or now - row.seen_at > IDLE:
        return None
    person = session.get_one(Person, row.person_id)
    if person.disabled_at is not None:
        return None
    if now - row.seen_at > NOTED_EVERY:
        row.seen_at = now
    actor = actor_of(session, person)
    secret = session.scalar(select(Credential.totp_secret).where(Credential.person_id == person.id))
    must_enrol = secret is None and bool(actor.seats & STRONG_SEATS)
    return SignedIn(row.id, person, actor, row.second_factor_due, must_enrol)


def end_session(session: Session, token: str, *, now: datetime) -> None:
    """End one session, by its token."""
    session.execute(
        update(WebSession)
        .where(WebSession.token_hash == hashed(token), WebSession.ended_at.is_(None))
        .values(ended_at=now)
    )


def end_all(session: Session, person_id: UUID, *, now: datetime, but: UUID | None = None) -> None:
    """End every session of a person, perhaps but one: after a new password, say."""
    session.execute(
        update(WebSession)
        .where(
            WebSession.person_id == person_id,
            WebSession.ended_at.is_(None),
            WebSession.id.is_distinct_from(but),
        )
        .values(ended_at=now)
    )


def end_one(session: Session, person_id: UUID, session_id: UUID, *, now: datetime) -> None:
    """End one session of one's own, chosen from the list."""
    session.execute(
        update(WebSession)
        .where(WebSession.id == session_id, WebSession.person_id == person_id)
        .values(ended_at=now)
    )


def live_sessions(session: Session, person_id: UUID, *, now: datetime) -> Sequence[WebSession]:
    """List a person's open sessions, the latest seen first."""
    return session.scalars(
        select(WebSession)
        .where(
            WebSession.person_id == person_id,
            WebSession.ended_at.is_(None),
            WebSession.created_at > now - LONGEST,
            WebSession.seen_at > now - IDLE,
        )
        .order_by(WebSession.seen_at.desc())
    ).all()


def forget_old(session: Session, person_id: UUID, *, now: datetime) -> None:
    """Delete a person's sessions that began long ago: they tell where somebody was."""
    session.execute(
        delete(WebSession).where(
            WebSession.person_id == person_id, WebSession.created_at < now - KEPT
        )
    )
