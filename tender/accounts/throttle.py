"""How often one may guess. The counts are rows: they hold in every process, broker or not."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from tender.accounts.models import Attempt
from tender.core.errors import Refusal


@dataclass(frozen=True, slots=True)
class Limit:
    """So many attempts within so much time."""

    count: int
    within: timedelta


PASSWORD = (Limit(10, timedelta(minutes=5)), Limit(50, timedelta(days=1)))
CODE = (Limit(5, timedelta(minutes=5)), Limit(20, timedelta(hours=1)))
LETTER = (Limit(5, timedelta(days=1)),)
LETTERS = (Limit(20, timedelta(hours=1)),)
KEPT = timedelta(days=1)


class TooMany(Refusal):
    """One has tried too often; the text says how long to wait."""

    status = 429


def key(kind: str, value: str) -> str:
    """Name what is counted; an address or account is kept as a hash, never as itself."""
    return f"{kind}:{hashlib.sha256(value.encode()).hexdigest()}"


def spend(
    session: Session, limits: Mapping[str, Sequence[Limit]], *, now: datetime
) -> tuple[UUID, ...]:
    """Count one attempt against each key, in the order of a lock; raise TooMany if one is used up.

    Gives the attempts, so that a successful one can be taken back with `refund`.
    """
    _forget_old(session, now)
    for name in sorted(limits):
        session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))
    waits = [_wait(session, name, limit, now) for name in limits for limit in limits[name]]
    if longest := max(waits, default=timedelta(0)):
        raise TooMany(
            "Trop d’essais. Patientez {minutes} min, puis recommencez.",
            minutes=int(longest.total_seconds()) // 60 + 1,
        )
    made = [Attempt(key=name, at=now) for name in limits]
    session.add_all(made)
    return tuple(attempt.id for attempt in made)


def refund(session: Session, attempts: Sequence[UUID]) -> None:
    """Take back the attempts that succeeded: only wrong guesses use up a limit."""
    session.execute(delete(Attempt).where(Attempt.id.in_(attempts)))


def _wait(session: Session, name: str, limit: Limit, now: datetime) -> timedelta:
    """Tell how long until a key has an attempt left; zero if it has one now."""
    last_that_fits = session.scalar(
        select(Attempt.at)
        .where(Attempt.key == name)
        .order_by(Attempt.at.desc())
        .offset(limit.count - 1)
        .limit(1)
    )
    if last_that_fits is None:
        return timedelta(0)
    return max(timedelta(0), last_that_fits + limit.within - now)


def _forget_old(session: Session, now: datetime) -> None:
    old = (
        select(Attempt.id)
        .where(Attempt.at < now - KEPT)
        .limit(500)
        .with_for_update(skip_locked=True)
    )
    session.execute(delete(Attempt).where(Attempt.id.in_(old)))
