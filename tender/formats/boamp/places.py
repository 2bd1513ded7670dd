"""Where a buyer is, by département: national notices write no NUTS code, and not all of France
keeps the time of Paris."""

import re

from tender.formats.tree import Element

_POSTAL_CODE = re.compile(r"\d{5}", re.ASCII)
_OF_BUYER = ("cp", "adr/cp", "CP")
_BUYERS = ("FNSimple/organisme", "MAPA/organisme", "DSP/organisme", "IDENTITE")


def departments(body: Element, told: list[str]) -> tuple[str, ...]:
    """The départements of the buyers' postal codes, else those the bulletin files the notice under.

    Both are numbers such as "84" or "974".
    """
    codes = [code for path in _BUYERS for buyer in body.every(path)
             for code in buyer.texts_at(*_OF_BUYER)]  # fmt: skip
    own = [department(code) for code in codes]
    found = [item for item in own if item] or told
    return tuple(dict.fromkeys(found))


def department(postal_code: str) -> str | None:
    """The département of a French postal code; overseas its three first digits."""
    if not _POSTAL_CODE.fullmatch(postal_code):
        return None
    return postal_code[: 3 if postal_code >= "97" else 2]
