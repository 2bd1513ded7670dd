"""The only reading of the system's clock; all else is given `now`."""

from datetime import UTC, datetime

from sqlalchemy import DateTime, func, select
from sqlalchemy.orm import Session


def now() -> datetime:
    """Give the present instant, in UTC."""
    return datetime.now(UTC)


def database_now(session: Session) -> datetime:
    """Give the instant by the database's clock: the judge of every deadline.

    It moves on within a transaction, so a check just before the commit is an honest one.
    """
    instant = session.scalars(select(func.clock_timestamp(type_=DateTime(timezone=True)))).one()
    return instant.astimezone(UTC)
