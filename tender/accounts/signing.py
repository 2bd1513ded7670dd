"""Signing in: password, then code. The guess is counted before it is judged.

The password is judged between two transactions (`begin`, `passwords.check`, `finish`), as a hash
takes too long to hold a connection.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pyotp
import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from tender.accounts import rules, sessions, throttle
from tender.accounts.models import Credential
from tender.accounts.passwords import Verdict
from tender.accounts.queries import actor_of, credential_for_update, person_by_email
from tender.companies.models import Person
from tender.core.errors import Conflict, Invalid
from tender.history import service as history

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Device:
    """A browser that a person has signed in from before: it has its own count of guesses."""

    person_id: UUID
    mark: str


@dataclass(frozen=True, slots=True)
class Browser:
    """What is known of the browser at the other end."""

    name: str
    address: str
    device: Device | None = None


@dataclass(frozen=True, slots=True)
class Guess:
    """A counted try at an account that may not exist: then there is no hash to compare with."""

    person_id: UUID | None
    stored: str | None
    attempts: tuple[UUID, ...]


def begin(session: Session, email: str, browser: Browser, *, now: datetime) -> Guess:
    """Count a guess against the account and the address; raise TooMany if either is used up."""
    person = person_by_email(session, email)
    stored = session.scalar(
        select(Credential.password_hash).where(
            Credential.person_id == (person.id if person else None)
        )
    )
    account = throttle.key("account", email.strip().lower())
    if person and browser.device and browser.device.person_id == person.id:
        account = throttle.key("device", browser.device.mark)
    counted = {account: throttle.PASSWORD, throttle.key("from", browser.address): throttle.PASSWORD}
    attempts = throttle.spend(session, counted, now=now)
    return Guess(person.id if person else None, stored, attempts)


def finish(
    session: Session, guess: Guess, verdict: Verdict, browser: Browser, *, now: datetime
) -> str | None:
    """Open a session for a right guess and give its token; None for a wrong one."""
    credential = credential_for_update(session, guess.person_id)
    if not verdict.right or credential is None or credential.password_hash != guess.stored:
        log.warning("accounts.sign_in_refused", address=browser.address)
        return None
    person = session.get_one(Person, credential.person_id)
    if person.disabled_at is not None:
        return None
    throttle.refund(session, guess.attempts)
    if verdict.fresh is not None:
        credential.password_hash = verdict.fresh
    sessions.forget_old(session, person.id, now=now)
    history.record(session, actor_of(session, person), "accounts.signed_in", now=now)
    due = credential.totp_secret is not None
    return _opened(session, person, browser, second_factor_due=due, now=now)


def forgive(session: Session, guess: Guess) -> None:
    """Take back a guess that was right and opens no session: the password is being changed."""
    throttle.refund(session, guess.attempts)


def pass_second_factor(
    session: Session, token: str, typed: str, browser: Browser, *, now: datetime
) -> str | None:
    """Trade a half-open session and a fresh code for an open one; None for a wrong code."""
    found, credential = _holder(session, token, now)
    if credential.totp_secret is None:
        raise Conflict("La vérification en deux étapes n’est pas active pour ce compte.")
    counted = {throttle.key("code", str(found.person.id)): throttle.CODE}
    attempts = throttle.spend(session, counted, now=now)
    step = rules.matching_step(credential.totp_secret, typed, now=now, after=credential.totp_step)
    if step is None:
        log.warning("accounts.code_refused", address=browser.address)
        return None
    throttle.refund(session, attempts)
    credential.totp_step = step
    return _stepped_up(session, token, found.person, browser, now)


def enrol(
    session: Session, token: str, secret: str, typed: str, browser: Browser, *, now: datetime
) -> str | None:
    """Put a second factor on an account that has none; None if the code is not the secret's."""
    found, credential = _holder(session, token, now)
    if found.second_factor_due or credential.totp_secret is not None:
        raise Conflict("La vérification en deux étapes est déjà active pour ce compte.")
    throttle_key = throttle.key("code", str(found.person.id))
    attempts = throttle.spend(session, {throttle_key: throttle.CODE}, now=now)
    step = rules.matching_step(secret, typed, now=now, after=0)
    if step is None:
        return None
    throttle.refund(session, attempts)
    credential.totp_secret, credential.totp_step = secret, step
    history.record(session, found.actor, "accounts.second_factor_added", now=now)
    sessions.end_all(session, found.person.id, now=now)
    return _stepped_up(session, token, found.person, browser, now)


def new_secret() -> str:
    """Make a secret for an authenticator application (160 bits, base 32)."""
    return pyotp.random_base32()


def enrolment_address(secret: str, email: str) -> str:
    """Give the otpauth: address that the QR code holds."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name="Grappe")


def _holder(session: Session, token: str, now: datetime) -> tuple[sessions.SignedIn, Credential]:
    found = sessions.recognise(session, token, now=now)
    credential = credential_for_update(session, found.person.id if found else None)
    if found is None or credential is None:
        raise Invalid("Votre session a pris fin. Connectez-vous à nouveau.")
    return found, credential


def _stepped_up(
    session: Session, token: str, person: Person, browser: Browser, now: datetime
) -> str:
    sessions.end_session(session, token, now=now)
    return _opened(session, person, browser, second_factor_due=False, now=now)


def _opened(
    session: Session, person: Person, browser: Browser, *, second_factor_due: bool, now: datetime
) -> str:
    return sessions.open_session(
        session, person, browser=browser.name, address=browser.address,
        second_factor_due=second_factor_due, now=now,
    )  # fmt: skip
