"""The TED: its search API v3 names the notices of a day, its site gives the XML of each.

At most 250 notices a page; the iteration mode has no limit beyond. Its token may be stale after
a pause, which the API answers with an error: the day then begins anew, and what is known is not
fetched again. The token is still there after the last page: the announced total ends a day.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tender.core.text import N_
from tender.notices.rules import name_of
from tender.notices.sources import verbatim, walk
from tender.notices.sources.trouble import Trouble
from tender.notices.sources.walk import Entry, Page, Place, Seen
from tender.notices.sources.wire import Wire

AT_ONCE = 50  # each is fetched by itself, and a page is one transaction
NUMBER = re.compile(r"[0-9]{1,8}-[0-9]{4}")
HALTED = N_("La recherche du TED s’est arrêtée avant la fin.")


def _calm() -> Wire:
    return Wire(pace=0.6)


@dataclass(frozen=True, slots=True)
class Ted:
    """The client; `query` says which notices, in the words of the expert search."""

    api: str
    site: str
    query: str
    wire: Wire = field(default_factory=_calm)
    name: str = "ted"

    def page(self, at: Place, *, today: date, seen: Mapping[str, Seen]) -> Page:
        """Give up to 50 notices of the day, by their numbers."""
        value = self._found(at)
        if isinstance(value, dict) and value.get("timedOut"):
            raise Trouble(HALTED)
        numbers = _numbers(walk.listed(value, "notices"))
        then = walk.onward(
            at, count=len(numbers), total=walk.counted(value, "totalNoticeCount"),
            mark=walk.digest(numbers), token=_token(value),
        )  # fmt: skip
        if then.seen < then.total and not then.token:
            raise Trouble(
                walk.MISSING, restart=Place(at.day).stored(), day=at.day.isoformat(),
                count=then.seen, total=then.total,
            )  # fmt: skip
        place, over = walk.turned(then, today)
        entries = [Entry(number, name_of(number)) for number in numbers if number]
        return Page(entries, place, over, seen)

    def data(self, entry: Entry) -> bytes:
        """Fetch the XML of a notice from the site, never from where an answer points."""
        return self.wire.ask(f"{self.site}/en/notice/{entry.name}/xml").data

    def _found(self, at: Place) -> object:
        asked: dict[str, object] = {
            "query": f"({self.query}) AND publication-date = {at.day:%Y%m%d}"
            " SORT BY publication-number ASC",
            "fields": ["publication-number"],
            "limit": AT_ONCE, "scope": "ALL", "paginationMode": "ITERATION",
        }  # fmt: skip
        if at.token:
            asked["iterationNextToken"] = at.token
        try:
            answer = self.wire.ask(
                f"{self.api}/v3/notices/search", body=json.dumps(asked).encode(),
                headers={"Content-Type": "application/json", "Accept": "application/json"},
            )  # fmt: skip
        except Trouble as trouble:
            if at.token and trouble.status not in {0, 429}:
                trouble.restart = Place(at.day).stored()
            raise
        return verbatim.whole(answer.data)


def _token(value: object) -> str:
    token = value.get("iterationNextToken") if isinstance(value, dict) else None
    return token if isinstance(token, str) else ""


def _numbers(notices: list[object]) -> list[str]:
    """Give the publication numbers; "" for a notice that has none. Trouble if none has."""
    numbers = [_number(notice) for notice in notices]
    if numbers and not any(numbers):
        raise Trouble(walk.RESHAPED, again=False, key="publication-number")
    return numbers


def _number(notice: object) -> str:
    told = notice.get("publication-number") if isinstance(notice, dict) else None
    first = told[0] if isinstance(told, list) and told else told
    return first if isinstance(first, str) and NUMBER.fullmatch(first) else ""
