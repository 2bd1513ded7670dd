"""The BOAMP, by the Explore API v2.1 of its open data portal.

At most 100 records a page, and `offset + limit` at most 10,000: the second half of a longer day
is read from its end. A page that has not changed is not sent again (ETag, Last-Modified).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import urlencode

from tender.core.text import N_
from tender.notices.sources import verbatim, walk
from tender.notices.sources.trouble import Trouble
from tender.notices.sources.walk import Entry, Page, Place, Seen
from tender.notices.sources.wire import Answer, Wire

PATH = "/api/explore/v2.1/catalog/datasets/boamp/records"
AT_ONCE = 100
FARTHEST = 10_000
TOO_MANY = N_("Le {day} compte plus d’avis que l’API n’en laisse lire ({limit}).")


class Stretch(NamedTuple):
    """What of a day to ask for."""

    order: str
    offset: int
    limit: int


@dataclass(frozen=True, slots=True)
class Boamp:
    """The client; `address` is the portal's, without a path."""

    address: str
    wire: Wire = field(default_factory=Wire)
    name: str = "boamp"

    def page(self, at: Place, *, today: date, seen: Mapping[str, Seen]) -> Page:
        """Give up to 100 records of the day, from where we stand."""
        key = f"{at.day.isoformat()}/{at.seen}"
        known = seen.get(key)
        answer = self.wire.ask(self._url(at), headers=_conditions(known))
        entries, now_seen = _read(answer, known)
        then = walk.onward(
            at, count=now_seen.count, total=now_seen.total, mark=now_seen.digest
        )  # fmt: skip
        place, over = walk.turned(then, today)
        kept = {k: v for k, v in seen.items() if k >= (today - walk.OVERLAP).isoformat()}
        return Page(entries, place, over, {**kept, key: now_seen})

    def data(self, entry: Entry) -> bytes:
        """Give the record: it came with its page."""
        return entry.data or b""

    def _url(self, at: Place) -> str:
        order, offset, limit = stretch(at)
        asked = {
            "where": f"dateparution=date'{at.day.isoformat()}'", "order_by": order,
            "limit": limit, "offset": offset,
        }  # fmt: skip
        return f"{self.address}{PATH}?{urlencode(asked)}"


def stretch(at: Place) -> Stretch:
    """Say what to ask for next; past the API's limit the day is read from its end."""
    if at.seen + AT_ONCE <= FARTHEST:
        return Stretch("idweb", at.seen, AT_ONCE)
    limit = max(1, min(AT_ONCE, at.total - at.seen))
    offset = max(0, at.total - at.seen - limit)
    if offset + limit > FARTHEST:
        raise Trouble(TOO_MANY, again=False, day=at.day.isoformat(), limit=2 * FARTHEST)
    return Stretch("idweb desc", offset, limit)


def _conditions(known: Seen | None) -> dict[str, str]:
    if known is None:
        return {}
    told = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in told.items() if value}


def _read(answer: Answer, known: Seen | None) -> tuple[list[Entry], Seen]:
    if answer.status == 304 and known is not None:
        return [], known
    value = verbatim.whole(answer.data)
    total, count = walk.counted(value, "total_count"), len(walk.listed(value, "results"))
    entries = [_entry(piece) for piece in verbatim.pieces(answer.data, "results")]
    if count and not any(entry.name for entry in entries):
        raise Trouble(walk.RESHAPED, again=False, key="idweb")
    mark = walk.digest([entry.key for entry in entries])
    return entries, Seen(answer.etag, answer.modified, count, total, mark)


def _entry(piece: verbatim.Piece) -> Entry:
    idweb = piece.value.get("idweb") if isinstance(piece.value, dict) else None
    return Entry(str(idweb or ""), sha256(piece.data).hexdigest(), piece.data)
