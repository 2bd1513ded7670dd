"""Amounts, counts and texts by language, as a notice writes them."""

import math
import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from tender.formats.languages import UNDETERMINED
from tender.formats.notice import Duration, Money, Texts
from tender.formats.tree import Element
from tender.formats.unreadable import Unreadable

LONGEST = 30
# What XML Schema calls a decimal, as long as an amount may be.
_PLAIN = re.compile(rf"\+?(\d{{0,{LONGEST}}})(?:\.(\d{{0,{LONGEST}}}))?", re.ASCII)
_COUNT = re.compile(r"(\d{1,6})(?:\.0+)?", re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z]{3}", re.ASCII)
_BLANKS = re.compile(r"[\s\u00a0\u202f]+")


def texts(elements: Iterable[Element], own: str | None = None) -> Texts | None:
    """One text a language, the notice's own first; what one language says twice is joined."""
    found: dict[str, dict[str, None]] = {}
    for element in elements:
        if element.text:
            key = language(element.attributes.get("languageID")) or UNDETERMINED
            found.setdefault(key, {})[element.text] = None
    ordered = sorted(found.items(), key=lambda item: item[0] != own)
    return {key: "\n".join(said) for key, said in ordered} or None


def undetermined(text: str | None) -> Texts | None:
    """A text whose language the source does not name."""
    return {UNDETERMINED: text} if text else None


def language(code: str | None) -> str | None:
    """An ISO 639-3 code in its own spelling (eForms writes "FRA"); None for anything else."""
    return code.lower() if code and _LANGUAGE.fullmatch(code) else None


def decimal(text: str, place: str) -> str:
    """A number of zero or more in plain decimal; anything else is refused."""
    found = _PLAIN.fullmatch(text)
    whole, fraction = found.groups() if found else (None, None)
    if not whole and not fraction:
        raise Unreadable(
            "{place} : « {value} » n’est pas un nombre décimal positif.", place=place, value=text
        )
    return f"{whole or '0'}.{fraction}" if fraction else whole or "0"


def plain(text: str, place: str) -> str:
    """The same for JSON's numbers, where "1.5e6" is one like any other."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return decimal(text, place)
    if "e" in text.lower() and number.is_finite() and abs(number.adjusted()) < LONGEST:
        return decimal(format(number, "f"), place)
    return decimal(text, place)


def count(text: str | None, place: str) -> int | None:
    """A small whole number."""
    if text is None:
        return None
    found = _COUNT.fullmatch(text)
    if not found:
        raise Unreadable(
            "{place} : « {value} » n’est pas un nombre entier.", place=place, value=text
        )
    return int(found.group(1))


def money(element: Element | None, place: str, currency: str = "currencyID") -> Money | None:
    """The amount of an element whose attribute names the currency."""
    if element is None or not element.text:
        return None
    return Money(decimal(element.text, place), element.attributes.get(currency) or None)


def french_money(element: Element | None, place: str) -> Money | None:
    """An amount as people type it ("120 000,50"); None when it is prose."""
    if element is None:
        return None
    typed = _BLANKS.sub("", element.text).replace(",", ".")
    if not is_number(typed):
        return None
    unit = next((value for key, value in element.attributes.items() if key.lower() == "devise"), "")
    return Money(decimal(typed, place), unit or None)


def duration(text: str | None, unit: str | None) -> Duration | None:
    """A number of units; None when it is prose ("NC") or no length of time."""
    if text is None or not _PLAIN.fullmatch(text) or not any(map(str.isdigit, text)):
        return None
    number = float(text)
    return Duration(int(number) if number.is_integer() else number, unit)


def is_number(text: str) -> bool:
    """True for anything that can be read as a number, however absurd."""
    try:
        return not math.isnan(float(text))
    except ValueError:
        return False
