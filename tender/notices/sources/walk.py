"""Reading a source day by day: where one stands, what a page gave, when the walk is over.

A day's window keeps every query far below the limits of paging, and a cursor of a few values
is enough to go on after any interruption. Yesterday is read again with today: notices of a day
still come in after it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Protocol, cast
from zoneinfo import ZoneInfo

from tender.core.orm import Json
from tender.core.text import N_
from tender.notices.sources.trouble import Trouble

OVERLAP = timedelta(days=1)
PUBLISHERS = ZoneInfo("Europe/Paris")  # Luxembourg has the same time
REPEATED = N_("La même page est revenue deux fois de suite ({day}) : rien n’est sauté.")
RESHAPED = N_("La réponse a changé de forme : « {key} » manque ou n’est pas lisible.")
MISSING = N_("Il manque des avis du {day} : {count} reçus sur {total} annoncés.")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the walk stands: `seen` notices of `day`, the `last` page by its digest."""

    day: date
    seen: int = 0
    total: int = 0
    token: str = ""
    last: str = ""

    def stored(self) -> Json:
        """Give the values for the cursor."""
        return {**asdict(self), "day": self.day.isoformat()}


def begin(today: date, days: int) -> Place:
    """Begin some days back."""
    return Place(today - timedelta(days=days))


def place(cursor: Mapping[str, object]) -> Place:
    """Read a cursor back."""
    return Place(
        date.fromisoformat(str(cursor["day"])), int(str(cursor["seen"])),
        int(str(cursor["total"])), str(cursor["token"]), str(cursor["last"]),
    )  # fmt: skip


def today_at(now: datetime) -> date:
    """Give the publishers' day."""
    return now.astimezone(PUBLISHERS).date()


@dataclass(frozen=True, slots=True)
class Entry:
    """A notice of a page: what it is called, the key we may know it by, its bytes if there."""

    name: str
    key: str
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as it was, so that it need not be sent again while it stays the same."""

    etag: str
    modified: str
    count: int
    total: int
    digest: str


def seen(stored: Json) -> Seen:
    """Read a page's marks back."""
    return Seen(
        str(stored["etag"]), str(stored["modified"]), int(str(stored["count"])),
        int(str(stored["total"])), str(stored["digest"]),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a source: its notices, where to go on, whether the walk is over for now."""

    entries: Sequence[Entry]
    then: Place
    over: bool
    seen: Mapping[str, Seen]


class Client(Protocol):
    """A source, page by page."""

    @property
    def name(self) -> str:
        """Name the source, as in the settings."""

    def page(self, at: Place, *, today: date, seen: Mapping[str, Seen]) -> Page:
        """Give the page at a place; Trouble if there is none to be had."""

    def data(self, entry: Entry) -> bytes:
        """Give the bytes of a notice that the page only names; Trouble likewise."""


def digest(names: Sequence[str]) -> str:
    """Tell one page from another."""
    return sha256("\n".join(names).encode()).hexdigest()[:32]


def onward(at: Place, *, count: int, total: int, mark: str, token: str = "") -> Place:
    """Go on within the day; a page that came before, or one too few, is no progress."""
    restart = Place(at.day).stored()
    if count and mark == at.last:
        raise Trouble(REPEATED, restart=restart, day=at.day.isoformat())
    if not count and at.seen < total:
        raise Trouble(
            MISSING, restart=restart, day=at.day.isoformat(), count=at.seen, total=total
        )  # fmt: skip
    return replace(at, seen=at.seen + count, total=total, token=token, last=mark)


def turned(at: Place, today: date) -> tuple[Place, bool]:
    """Go on to the next day, or back to yesterday when all is read; tell whether it is."""
    if at.seen < at.total:
        return at, False
    if at.day < today:
        return Place(at.day + OVERLAP), False
    return Place(today - OVERLAP), True


def listed(value: object, key: str) -> list[object]:
    """Give the list under a key of an answer; Trouble if the answer is not of that shape."""
    found = value.get(key) if isinstance(value, dict) else None
    if not isinstance(found, list):
        raise Trouble(RESHAPED, key=key)
    return cast("list[object]", found)


def counted(value: object, key: str) -> int:
    """Give the number under a key of an answer; Trouble if there is none."""
    found = value.get(key) if isinstance(value, dict) else None
    if not isinstance(found, int) or isinstance(found, bool) or found < 0:
        raise Trouble(RESHAPED, key=key)
    return found
