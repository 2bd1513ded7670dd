"""How values look on a page: dates, countdowns, money, rates, in French and in English."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from babel.numbers import format_decimal
from flask_babel import get_locale  # type: ignore[import-untyped,unused-ignore]
from markupsafe import Markup

PARIS = ZoneInfo("Europe/Paris")
NBSP = "\u00a0"  # not U+202F: the font subset lacks it and it collapses

SOON, NEAR, LAST = timedelta(days=14), timedelta(hours=72), timedelta(hours=24)

_BEFORE = re.compile(r"(?<=\S)[ \u202f]+(?=[:;!?»%€])")
_AFTER_OPENING = re.compile(r"«[ \u202f]*")
_THOUSANDS = re.compile(r"(?<=\d)[ \u202f](?=\d{3}(?!\d))")
_NUMBER_UNIT = re.compile(r"(?<=\d)[ \u202f]+(?=(?:h|min|s|j|d|Ko|Mo|Go|k€|M€|pages?|lots?)\b)")
_CLOCK = re.compile(r"(?<=\d\u00a0h) (?=\d{2}\b)")
_ABBREVIATION = re.compile(
    r"\b(art\.|n°|[Ll]ots?|p\.|[LRD]\.|[Vv]ersion|[Aa]rticle)[ \u202f]+(?=[LRD]\.|\d)"
)


def _french() -> bool:
    locale = get_locale()
    return locale is None or locale.language == "fr"


def _code() -> str:
    return "fr" if _french() else "en"


def typo_fr(text: str) -> str:
    """Put the no-break spaces of French typography into a text; markup stays markup."""
    spaced = _BEFORE.sub(NBSP, str(text))
    spaced = _AFTER_OPENING.sub("«" + NBSP, spaced)
    for pattern in (_THOUSANDS, _NUMBER_UNIT, _CLOCK):
        spaced = pattern.sub(NBSP, spaced)
    spaced = _ABBREVIATION.sub(r"\1" + NBSP, spaced)
    return Markup(spaced) if isinstance(text, Markup) else spaced  # noqa: S704 - was markup already


def _local(instant: datetime) -> datetime:
    return instant.astimezone(PARIS)


def _pattern(instant: datetime, pattern: str) -> str:
    return str(format_datetime(_local(instant), pattern, tzinfo=PARIS, locale=_code()))


def clock_time(instant: datetime) -> str:
    """Hours and minutes: « 12 h 00 » or "12:00"."""
    local = _local(instant)
    return f"{local.hour}{NBSP}h{NBSP}{local:%M}" if _french() else f"{local:%H:%M}"


def _day_number(instant: datetime) -> str:
    day = _local(instant).day
    return "1er" if day == 1 and _french() else str(day)


def date_long(instant: datetime) -> str:
    """« lundi 14 décembre 2026 » or "Monday 14 December 2026"."""
    return f"{_pattern(instant, 'EEEE')} {_day_number(instant)} {_pattern(instant, 'MMMM y')}"


def capitalised(text: str) -> str:
    """A text that stands alone begins with a capital."""
    return text[:1].upper() + text[1:]


def date_short(instant: datetime) -> str:
    """« 14 déc. 2026 » or "14 Dec 2026"."""
    return f"{_day_number(instant)} {_pattern(instant, 'MMM y')}"


def day_short(instant: datetime) -> str:
    """A day of this season: « 5 déc. » or "5 Dec"."""
    return f"{_day_number(instant)}{NBSP}{_pattern(instant, 'MMM')}"


def deadline_long(instant: datetime) -> str:
    """A deadline read alone: weekday, date, time and zone, nothing left to guess."""
    if _french():
        return f"{date_long(instant)} à {clock_time(instant)} (heure de Paris)"
    return f"{date_long(instant)} at {clock_time(instant)} (Paris time)"


def deadline_short(instant: datetime) -> str:
    """A deadline in a table: « lun. 14 déc., 12 h 00 »."""
    weekday, month = _pattern(instant, "EEE"), _pattern(instant, "MMM")
    return f"{weekday} {_day_number(instant)} {month}, {clock_time(instant)}".replace(" ", NBSP, 2)


def _level(left: timedelta) -> str:
    if left > SOON:
        return ""
    if left > NEAR:
        return "soon"
    return "near" if left > LAST else "last"


def _parts(left: timedelta) -> tuple[int, int, int]:
    minutes = int(left.total_seconds()) // 60
    return minutes // 1440, minutes % 1440 // 60, minutes % 60


def _remaining(left: timedelta, *, fine: bool) -> str:
    days, hours, minutes = _parts(left)
    day, hour, minute = (f"{NBSP}{unit}" for unit in ("j" if _french() else "d", "h", "min"))
    if left <= LAST:
        shown = [f"{days * 24 + hours}{hour}", f"{minutes}{minute}"]
    elif fine:
        shown = [f"{days}{day}", f"{hours}{hour}", f"{minutes}{minute}"]
    else:
        shown = [f"{days}{day}"] + ([f"{hours}{hour}"] if left <= SOON else [])
    return NBSP.join(shown)


def countdown(
    now: datetime, instant: datetime, *, fine: bool = False, done: bool = False
) -> tuple[str, str]:
    """Say what is left, rounded down, and how urgent it is: "", soon, near, last, past or done."""
    if done:
        return ("Déposée" if _french() else "Submitted"), "done"
    left = instant - now
    if left <= timedelta(0):
        return ("Close" if _french() else "Closed"), "past"
    return _remaining(left, fine=fine), _level(left)


def number(value: float | Decimal, digits: int = 0) -> str:
    """A number with its thousands apart and at most so many decimals."""
    pattern = "#,##0" + ("." + "#" * digits if digits else "")
    return str(format_decimal(value, pattern, locale=_code())).replace("\u202f", NBSP)


def _with_currency(figure: str, currency: str, unit: str = "") -> str:
    if currency != "EUR":
        return f"{figure}{NBSP}{unit}{currency}"
    return f"{figure}{NBSP}{unit}€" if _french() else f"€{figure}{unit}"


def money(amount: Decimal | float | None, currency: str = "EUR") -> str:
    """An amount in full; cents only where there are some: « 2 480 000 € »."""
    if amount is None:
        return "–"
    cents = amount != int(amount)
    figure = format_decimal(amount, "#,##0.00" if cents else "#,##0", locale=_code())
    return _with_currency(str(figure).replace("\u202f", NBSP), currency)


def money_short(amount: Decimal | float | None, currency: str = "EUR") -> str:
    """An amount for a tight cell: « 741 k€ », « 10,3 M€ »."""
    if amount is None:
        return "–"
    value = float(amount)
    if abs(value) < 1000:
        return money(round(value), currency)
    if abs(value) < 999_500:
        return _with_currency(number(value / 1e3), currency, "k")
    return _with_currency(number(value / 1e6, 1), currency, "M")


def share(hundredths: Decimal | float | None, digits: int = 2) -> str:
    """A share already counted in hundredths: 37.5 → « 37,5 % »."""
    if hundredths is None:
        return "–"
    return f"{number(hundredths, digits)}{NBSP}%" if _french() else f"{number(hundredths, digits)}%"


def percent(ratio: Decimal | float | None, digits: int = 0) -> str:
    """A ratio between 0 and 1: 0.375 → « 38 % », or « 37,5 % » with one decimal."""
    if ratio is None:
        return "–"
    figure = _fixed(float(ratio) * 100, digits)
    return f"{figure}{NBSP}%" if _french() else f"{figure}%"


def _fixed(value: float, digits: int) -> str:
    pattern = "0" + ("." + "0" * digits if digits else "")
    return str(format_decimal(value, pattern, locale=_code()))


def interval(low: float, high: float, digits: int = 0) -> str:
    """The bounds of an interval, given as ratios: « 27 – 50 % »."""
    return f"{_fixed(low * 100, digits)}{NBSP}–{NBSP}{percent(high, digits)}"


def filesize(octets: int) -> str:
    """A size in the units people read: « 1,2 Mo »."""
    byte = "o" if _french() else "B"
    size, unit = float(octets), ""
    for larger in ("K" if _french() else "k", "M", "G"):
        if size < 1000:
            break
        size, unit = size / 1000, larger
    return f"{number(size, 1 if unit else 0)}{NBSP}{unit}{byte}"


def short_hash(digest: str) -> str:
    """The first and the last eight signs of a fingerprint."""
    return digest if len(digest) <= 17 else f"{digest[:8]}…{digest[-8:]}"


def ago(instant: datetime, now: datetime) -> str:
    """When something happened, in a thread: « il y a 5 min », « hier, 16 h 12 »."""
    minutes = int((now - instant).total_seconds()) // 60
    if 0 <= minutes < 60:
        return _minutes_ago(minutes)
    days = (_local(now).date() - _local(instant).date()).days
    near = {0: ("aujourd’hui", "today"), 1: ("hier", "yesterday")}.get(days)
    day = near[0 if _french() else 1] if near else _day_of(instant, now)
    return f"{day}, {clock_time(instant)}"


def _minutes_ago(minutes: int) -> str:
    if minutes == 0:
        return "à l’instant" if _french() else "just now"
    return f"il y a {minutes}{NBSP}min" if _french() else f"{minutes} min ago"


def _day_of(instant: datetime, now: datetime) -> str:
    if _local(instant).year != _local(now).year:
        return date_short(instant)
    return day_short(instant)


def initials(name: str) -> str:
    """At most two letters that stand for a person or a company."""
    words = [word for word in re.split(r"[\s’'-]+", name) if word[:1].isalnum()]
    if len(words) == 1:
        return words[0][:2].upper()
    capital = [word for word in words if word[0].isupper()] or words
    return "".join(word[0] for word in (*capital[:1], *capital[1:][-1:])).upper() or "?"


FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        name.__name__: name
        for name in (
            typo_fr, clock_time, date_long, date_short, day_short, deadline_long, deadline_short,
            number, money, money_short, share, percent, interval, filesize, short_hash, ago,
            initials, capitalised,
        )
    }
)  # fmt: skip
"""The Jinja filters, by name; `countdown` is a Jinja global, as it takes two instants."""
