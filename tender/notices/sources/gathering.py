"""What a page of a source brings: each new notice fetched, read and kept, outside a transaction."""

from collections.abc import Callable, Set
from dataclasses import dataclass, field

from tender.core.storage import Storage
from tender.core.text import Text
from tender.formats import reading
from tender.notices import service
from tender.notices.service import Received
from tender.notices.sources.trouble import Patience, Trouble
from tender.notices.sources.walk import Client, Entry, Page

NOT_THERE = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class Refused:
    """A notice of the source that cannot be read, or is not there (`again`: perhaps later)."""

    entry: Entry
    why: Text
    again: bool = False


@dataclass(slots=True)
class Gathered:
    """A page and what could be had of it; `whole` if nothing of it is left to fetch."""

    page: Page
    received: list[tuple[Entry, Received]] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    whole: bool = True
    trouble: Trouble | None = None


def gather(
    client: Client, page: Page, storage: Storage, *,
    passed: Set[str], patience: Patience, enough: Callable[[], bool],
) -> Gathered:  # fmt: skip
    """Fetch what is new of a page, until it is all there, time is up, or the source fails.

    `passed` are the keys of notices that are known, or known to be unreadable.
    """
    found = Gathered(page)
    for entry in page.entries:
        if entry.key in passed:
            continue
        if enough():
            found.whole = False
            break
        try:
            _add(found, entry, patience(lambda entry=entry: client.data(entry)), storage)  # type: ignore[misc]
        except Trouble as trouble:
            if trouble.status not in NOT_THERE:
                found.whole, found.trouble = False, trouble
                break
            found.refused.append(Refused(entry, trouble.text, again=True))
    return found


def _add(found: Gathered, entry: Entry, data: bytes, storage: Storage) -> None:
    """Read a notice and keep its bytes; one that cannot be read keeps none of the others back."""
    try:
        values = reading.read(data)
    except reading.Unreadable as error:
        found.refused.append(Refused(entry, Text(error.message, **error.params)))
        return
    found.received.append((entry, service.keep(values, data, storage)))
