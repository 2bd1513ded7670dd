"""Passwords, kept as argon2id (19 MiB, two passes): 30 to 40 ms each, on purpose.

Never called within a transaction: a hash would hold its locks and its connection.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from tender.accounts import rules
from tender.accounts.throttle import TooMany
from tender.core import setup

AT_ONCE = BoundedSemaphore(2)  # each takes 19 MiB and a core: a flood of guesses must queue
LONGEST_WAIT = 10.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a password was right, and its new hash if the old one has outdated parameters."""

    right: bool
    fresh: str | None = None


@cache
def _hasher() -> PasswordHasher:
    cost = setup.settings().password_cost
    if cost == "low":
        return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@cache
def _nobodys() -> str:
    """The hash that unknown addresses are checked against, so that they cost the same."""
    return _hasher().hash(secrets.token_urlsafe(32))


def hashed(password: str) -> str:
    """Give the form in which a password is kept."""
    with _turn():
        return _hasher().hash(rules.prepared(password))


def make(password: str, *, email: str, name: str) -> str:
    """Judge a new password, then hash it; raise Invalid if it is weak."""
    rules.require_good_password(password, about=rules.about(email, name))
    return hashed(password)


def check(stored: str | None, password: str) -> Verdict:
    """Compare a password with a hash; with none, do the same work and say no."""
    typed = rules.prepared(password)[: rules.LONGEST + 1]
    with _turn():
        right = _verified(stored or _nobodys(), typed) and stored is not None
        if not right or stored is None or not _hasher().check_needs_rehash(stored):
            return Verdict(right)
        return Verdict(right, _hasher().hash(typed))


def _verified(stored: str, typed: str) -> bool:
    try:
        return _hasher().verify(stored, typed)
    except (VerificationError, InvalidHashError):
        return False


@contextmanager
def _turn() -> Iterator[None]:
    if not AT_ONCE.acquire(timeout=LONGEST_WAIT):
        raise TooMany("Beaucoup de connexions en même temps. Réessayez dans une minute.")
    try:
        yield
    finally:
        AT_ONCE.release()
