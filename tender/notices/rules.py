"""What a notice may do to the tender it belongs to, and how its words become ours."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from tender.core.actor import Actor, ClusterSeat
from tender.core.errors import Forbidden, Invalid

IMPORTERS = frozenset({ClusterSeat.COORDINATOR, ClusterSeat.ADMINISTRATOR})
SYSTEM = frozenset({"import", "operator"})
BACKGROUND = frozenset({"result", "modification"})
CALLS = frozenset({"planning", "competition", "change", "cancellation", "other"})
NOT_RESERVED = frozenset({"none", "no", "non", "false"})
MOST = Decimal(10) ** 14
LONGEST_LINE = 300

_UUID = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:-\d{1,4})?", re.IGNORECASE)
_OJ_PLACE = re.compile(r"(\d{4})/s \d{1,3}-0*(\d+)", re.ASCII)
_OJ_NUMBER = re.compile(r"0*(\d+-\d{4})", re.ASCII)
_NUMBER = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,10}[A-Za-z0-9])?", re.ASCII)
_LOT_WORD = re.compile(r"^\s*lots?\s*(?:n°|no)?\s*", re.IGNORECASE)


def require_may_import(actor: Actor) -> None:
    """Coordinators and administrators bring calls in; so does the watched folder."""
    if not (actor.seats & IMPORTERS or actor.scope in SYSTEM):
        raise Forbidden("Seules la coordination et l’administration peuvent importer des avis.")


@dataclass(frozen=True, slots=True, order=True)
class Edition:
    """Where a notice stands in the chain of its procedure: by date, then version, then arrival."""

    issued_at: datetime
    version: int
    received_at: datetime


def edition(issued_at: datetime | None, version: str, received_at: datetime) -> Edition:
    """Place a notice; one without a date counts as of its arrival."""
    number = int(version) if version.isascii() and version.isdigit() else 0
    return Edition(issued_at or received_at, number, received_at)


def name_of(reference: str) -> str:
    """Give the one spelling of a notice's name, whoever wrote it.

    "<uuid>-01" is that version of the notice <uuid>; "00711911-2023" is 711911-2023, and so is
    "2023/S 231-711911".
    """
    cleaned = _OJ_PLACE.sub(r"\2-\1", reference.strip().lower())
    for pattern in (_UUID, _OJ_NUMBER):
        found = pattern.fullmatch(cleaned)
        if found:
            return found.group(1)
    return cleaned


def names_of(*references: str | None) -> list[str]:
    """Give the names among some references, each once."""
    return list(dict.fromkeys(name_of(r) for r in references if r and r.strip()))


def line(text: str, longest: int = LONGEST_LINE) -> str:
    """Put a text on one line: titles come as paragraphs, and with marks that turn the writing."""
    shown = "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in text)
    kept = "".join(c for c in shown if unicodedata.category(c) != "Cf" or c == "\u00ad")
    words = " ".join(kept.split())
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def bare_title(title: str, number: str) -> str:
    """Leave out the lot's own number that a buyer writes before its title: "Lot 1 : Repas"."""
    found = re.match(
        rf"(?:lots?\s*)?(?:n°\s*)?{re.escape(number)}\s*[:.–-]\s+", title, re.IGNORECASE
    )
    return title[found.end() :] if found and found.end() < len(title) else title


def prose(text: str) -> str:
    """Keep the lines of a text, without the marks that turn the writing."""
    return "".join(c for c in text if unicodedata.category(c) not in {"Cf", "Cc"} or c in "\n\t")


def amount(written: str, place: str) -> Decimal:
    """Read an amount; one that no contract reaches is a mistake."""
    value = Decimal(written)
    if value >= MOST:
        raise Invalid(
            "{place} : le montant {written} est démesuré. Vérifiez-le auprès de l’acheteur.",
            place=place,
            written=written,
        )
    return value.quantize(Decimal("0.01"))


def reserved(written: str | None) -> str | None:
    """Give the source's code for a reserved lot; None when it is open to all, or does not say."""
    return None if written is None or written.lower() in NOT_RESERVED else written


def lot_numbers(written: Sequence[str | None], taken: Iterable[str] = ()) -> list[str]:
    """Give each lot the buyer's number if it is short and its own, else its place in the list.

    Numbers stand in addresses: "3: Fourniture et pose" or a number used twice will not do.
    """
    used = set(taken)
    wanted = [_LOT_WORD.sub("", text or "").strip() for text in written]
    return [
        _free(text if _NUMBER.fullmatch(text) else "", i, used) for i, text in enumerate(wanted, 1)
    ]


def _free(wanted: str, place: int, used: set[str]) -> str:
    number = wanted or str(place)
    if number in used:
        number = str(place)
    while number in used:
        place += 1
        number = str(place)
    used.add(number)
    return number
