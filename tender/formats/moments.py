"""Days and clock times as a notice writes them, and the instant they name.

The rule: what is written must be a real day and a clock time from 00:00:00 to 23:59:59; then it
is kept, only spelled as ISO 8601 ("9:00" is "09:00:00", "Z" is "+00:00", zero fractions of a
second go). 30 February, 24:00 and :60 are refused, with their place: nobody can say which day or
minute was meant, and a guess could cost the bid.
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone

from tender.formats.notice import Moment
from tender.formats.unreadable import Unreadable

_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(Z|[+-]\d{2}:?\d{2})?", re.ASCII)
_TIME = re.compile(r"(\d{1,2}:\d{2})(?::(\d{2})(?:\.(\d{1,12}))?)?(Z|[+-]\d{2}:?\d{2})?", re.ASCII)
_STAMP = re.compile(r"(\d{4}-\d{1,2}-\d{1,2}\S*?)(?:[T ]+(\S+))?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[ T]+(\S+))?", re.ASCII)
_WIDEST = timedelta(hours=14)
_LONGEST = 64


def moment(day: str | None, clock: str | None, place: str) -> Moment | None:
    """A day and a clock time from two texts, each with or without its offset."""
    if not day:
        if clock:
            raise Unreadable("{place} : une heure sans date.", place=place)
        return None
    date, day_offset = _day(day, place)
    if not clock:
        return Moment(date, None, day_offset, None)
    time, offset = _clock(clock, place)
    offset = _earlier(day_offset, offset)
    return Moment(date, time, offset, _utc(date, time, offset, place))


def stamp(text: str | None, place: str) -> Moment | None:
    """A moment from one text such as "2026-10-12T17:00:00.000"; None when the text is prose."""
    found = _STAMP.fullmatch(text) if text and len(text) <= _LONGEST else None
    return moment(found.group(1), found.group(2), place) if found else None


def written(text: str | None, place: str) -> str | None:
    """A moment as one text: "2026-10-01T09:05:00+02:00", or its day alone."""
    found = stamp(text, place)
    if found is None:
        return None
    return f"{found.date}T{found.time}{found.offset or ''}" if found.time else found.date


def compact(text: str | None) -> Moment | None:
    """A moment from "20210326 16:00", as TED's header writes it; None for anything else."""
    found = _COMPACT.fullmatch(text or "")
    if not found:
        return None
    year, month, date, clock = found.groups()
    return moment(f"{year}-{month}-{date}", clock, "DT_DATE_FOR_SUBMISSION")


def compact_day(text: str | None, place: str) -> str | None:
    """A day from "20210326"."""
    return day(f"{text[:4]}-{text[4:6]}-{text[6:]}", place) if text else None


def day(text: str | None, place: str) -> str | None:
    """The day alone, without its time and offset; None when the text is prose."""
    found = stamp(text, place)
    return found.date if found else None


def _day(text: str, place: str) -> tuple[str, str | None]:
    found = _DATE.fullmatch(text)
    try:
        day = date.fromisoformat(found.group(1) if found else "")
    except ValueError as error:
        raise Unreadable(
            "{place} : « {value} » n’est pas une date.", place=place, value=text
        ) from error
    return day.isoformat(), _offset(found.group(2) if found else None, place)


def _clock(text: str, place: str) -> tuple[str, str | None]:
    found = _TIME.fullmatch(text)
    if not found:
        raise Unreadable("{place} : « {value} » n’est pas une heure.", place=place, value=text)
    minutes, seconds, fraction, offset = found.groups()
    spelled = f"{minutes.zfill(5)}:{seconds or '00'}"
    if not "00:00:00" <= spelled <= "23:59:59" or spelled[3] > "5" or spelled[6] > "5":
        raise Unreadable("{place} : « {value} » n’est pas une heure.", place=place, value=text)
    rest = (fraction or "").rstrip("0")
    return f"{spelled}.{rest}" if rest else spelled, _offset(offset, place)


def _offset(text: str | None, place: str) -> str | None:
    if text is None or text == "Z":
        return text and "+00:00"
    if ":" not in text:  # ISO 8601 knows both; we write one
        text = f"{text[:3]}:{text[3:]}"
    if int(text[4:]) > 59 or abs(_delta(text)) > _WIDEST:
        raise Unreadable(
            "{place} : « {value} » n’est pas un décalage horaire.", place=place, value=text
        )
    return text


def _delta(offset: str) -> timedelta:
    hours, minutes = int(offset[1:3]), int(offset[4:])
    return timedelta(hours=hours, minutes=minutes) * (-1 if offset[0] == "-" else 1)


def _earlier(one: str | None, other: str | None) -> str | None:
    """Of two offsets written for one moment, that of the earlier instant: it binds."""
    if one is None or other is None:
        return other or one
    return max(other, one, key=_delta)


def _utc(date: str, time: str, offset: str | None, place: str) -> str | None:
    if offset is None:
        return None
    try:
        local = datetime.fromisoformat(f"{date}T{time}").replace(tzinfo=timezone(_delta(offset)))
        return local.astimezone(UTC).isoformat().removesuffix("+00:00") + "Z"
    except (ValueError, OverflowError) as error:
        raise Unreadable(
            "{place} : « {value} » est hors du calendrier.", place=place, value=date
        ) from error
