"""What the address of an inbox page asks for, and addresses that ask for nearly the same."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import request

from tender.watches.rules import Shelf, Wanted

PAGE = 30
PAGE_NUMBER = re.compile(r"[1-9]\d{0,5}", re.ASCII)
PLACE = re.compile(r"[A-Z]{2}[A-Z0-9]{0,3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    wanted: Wanted
    page: int

    def query(self, **changed: Any) -> dict[str, Any]:
        """Give the parameters of an address that asks the same but for what is changed."""
        same = {
            "etat": "" if self.wanted.shelf is Shelf.NEW else self.wanted.shelf.value,
            "q": self.wanted.words,
            "reserve": "1" if self.wanted.reserved else "",
            "lieu": self.wanted.place,
            "page": self.page if self.page > 1 else "",
        }
        return {name: value for name, value in (same | changed).items() if value}


def asked() -> Asked:
    """Read the address; what it cannot mean counts as not asked."""
    args = request.args
    shelf = args.get("etat", "")
    place = args.get("lieu", "").upper()
    return Asked(
        Wanted(
            shelf=Shelf(shelf) if shelf in list(Shelf) else Shelf.NEW,
            words=args.get("q", "").strip()[:200],
            reserved=args.get("reserve") == "1",
            place=place if PLACE.fullmatch(place) else "",
        ),
        number(args.get("page", "")),
    )


def number(text: str) -> int:
    """Read the number of a page; the first one for anything else."""
    return int(text) if PAGE_NUMBER.fullmatch(text) else 1


def pages(at: int, count: int, address: Callable[[int], str]) -> dict[str, Any]:
    """Give what `m.pagination` shows."""
    return {
        "number": at,
        "count": max(1, count),
        "previous_url": address(min(at - 1, max(1, count))) if at > 1 else None,
        "next_url": address(at + 1) if at < count else None,
    }
