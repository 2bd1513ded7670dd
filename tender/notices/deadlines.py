"""From a deadline as written to the instant that binds.

A notice names a day, mostly a clock time, sometimes an offset. What the buyer typed is the clock
time; the offset is its software's. Wherever the words can be read in two ways, the earlier
instant binds us, the later one is kept beside it, and a person is told why:

- an offset that is not legal time at the buyer's on that day;
- a clock time that the change of hour repeats or skips;
- a day without a time: it may end at any moment of that day, so its first one binds.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from enum import StrEnum
from zoneinfo import ZoneInfo

from tender.core.errors import Invalid

LAST_SECOND = time(23, 59, 59)


class Doubt(StrEnum):
    """Why a deadline can be read in two ways."""

    OFFSET = "offset"
    CLOCK_CHANGE = "clock_change"
    NO_TIME = "no_time"
    MIDNIGHT = "midnight"


@dataclass(frozen=True, slots=True)
class Instants:
    """The instant that binds, the later one it could also mean, and why (both in UTC)."""

    binding: datetime
    other: datetime | None = None
    doubt: Doubt | None = None


def binding(day: str, clock: str | None, offset: str | None, zone: str) -> Instants:
    """Read a deadline as written; Invalid if it names no moment of our calendar."""
    try:
        date = datetime.fromisoformat(day).date()
        local = ZoneInfo(zone)
        if clock:
            return _timed(datetime.combine(date, time.fromisoformat(clock)), offset, local)
        first = _readings(datetime.combine(date, time()), offset, local)
        last = _readings(datetime.combine(date, LAST_SECOND), offset, local)
        return Instants(min(first), max(last), Doubt.NO_TIME)
    except (ValueError, OverflowError) as error:
        raise Invalid(
            "La date limite « {written} » n’est pas une date de notre calendrier : "
            "demandez un avis rectifié à l’acheteur.",
            written=" ".join(filter(None, (day, clock, offset))),
        ) from error


def _timed(written: datetime, offset: str | None, local: ZoneInfo) -> Instants:
    legal = _readings(written, None, local)
    readings = _readings(written, offset, local)
    if offset and _utc(written, _fixed(offset)) in legal:
        readings = {_utc(written, _fixed(offset))}  # it agrees, and settles a repeated hour
    first, last = min(readings), max(readings)
    if first != last:
        return Instants(first, last, Doubt.OFFSET if offset else Doubt.CLOCK_CHANGE)
    return Instants(first, doubt=Doubt.MIDNIGHT if written.time() == time() else None)


def _readings(written: datetime, offset: str | None, local: ZoneInfo) -> set[datetime]:
    """Give the instants that a clock time can mean: by legal time, and by its offset."""
    found = {_utc(written, local), _utc(written.replace(fold=1), local)}
    return found | {_utc(written, _fixed(offset))} if offset else found


def _utc(written: datetime, zone: tzinfo) -> datetime:
    return written.replace(tzinfo=zone).astimezone(UTC)


def _fixed(offset: str) -> timezone:
    sign = -1 if offset.startswith("-") else 1
    hours, minutes = offset[1:].split(":")
    return timezone(sign * timedelta(hours=int(hours), minutes=int(minutes)))
