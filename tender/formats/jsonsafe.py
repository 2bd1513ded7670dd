"""JSON from strangers: strict, bounded, and every number kept as it was written."""

import json
import math
import re
from collections.abc import Iterator

from tender.formats.tree import MAX_DEPTH
from tender.formats.unreadable import Unreadable
from tender.formats.xmlsafe import require_size

MAX_DIGITS = 40
MAX_VALUES = 200_000
_HALF = re.compile("[\ud800-\udfff]")
_BLANKS = re.compile(r"[ \t\r\n]*")


def parse(data: bytes) -> list[object]:
    """The values of a JSON file, mostly one; some put several after one another."""
    require_size(data)
    return list(_values(_decode(data), "Le fichier"))


def require_utf8(data: bytes) -> None:
    """JSON is UTF-8; read as anything else, one bad byte would garble every accent."""
    try:
        data.decode(json.detect_encoding(data))
    except UnicodeError as error:
        raise Unreadable("Le fichier n’est pas en UTF-8.") from error


def parse_text(text: str, *, place: str) -> object:
    """The one value of a JSON text that stands at `place` inside another."""
    found = list(_values(text, place))
    if len(found) != 1:
        raise Unreadable("{place} : une seule valeur JSON est attendue.", place=place)
    return found[0]


def _values(text: str, place: str) -> Iterator[object]:
    """Value by value; numbers are texts, as written."""
    reader = _Reader()
    decoder = json.JSONDecoder(
        object_pairs_hook=reader.pairs,
        parse_int=reader.number,
        parse_float=reader.number,
        parse_constant=_no_constant,
    )
    end = _next(text, 0)
    while end < len(text):
        try:
            value, end = decoder.raw_decode(text, end)
        except json.JSONDecodeError as error:
            raise Unreadable(
                "{place} : JSON mal formé, ligne {line}, colonne {column}.",
                place=place,
                line=error.lineno,
                column=error.colno,
            ) from error
        except RecursionError as error:
            raise Unreadable("{place} : trop de niveaux emboîtés.", place=place) from error
        _require_shallow(value, place)
        yield value
        end = _next(text, end)


def _next(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at


def _require_shallow(value: object, place: str) -> None:
    """Readers may call themselves once a level."""
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            inner
            for item in level
            if isinstance(item, (dict, list))
            for inner in (item.values() if isinstance(item, dict) else item)
        ]
        if not level:
            return
    raise Unreadable("{place} : trop de niveaux emboîtés.", place=place)


class _Reader:
    """The hooks of one parse; they count, so that a small file cannot become a huge value."""

    def __init__(self) -> None:
        self.seen = 0

    def pairs(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        found: dict[str, object] = {}
        for key, value in pairs:
            _require_text(key, key)
            if key in found:
                raise Unreadable("La clé « {key} » figure deux fois dans le même objet.", key=key)
            items = value if isinstance(value, list) else [value]
            self._count(len(items))
            for item in items:
                if isinstance(item, str):
                    _require_text(item, key)
            found[key] = value
        return found

    def number(self, text: str) -> str:
        self._count(1)
        if len(text) > MAX_DIGITS or not math.isfinite(float(text)):
            raise Unreadable("Le nombre {number} est démesuré.", number=text)
        return text

    def _count(self, more: int) -> None:
        self.seen += more
        if self.seen > MAX_VALUES:
            raise Unreadable("Le fichier contient trop de valeurs pour un avis.")


def _require_text(text: str, key: str) -> None:
    if "\0" in text:
        raise Unreadable("« {key} » contient un caractère nul.", key=key)
    if not text.isascii() and _HALF.search(text):
        raise Unreadable("« {key} » contient un demi-caractère Unicode.", key=key)


def _no_constant(name: str) -> object:
    raise Unreadable("{name} n’est pas une valeur JSON.", name=name)


def _decode(data: bytes) -> str:
    """The text; some publishers of other formats still write ISO 8859-1."""
    try:
        return data.decode(json.detect_encoding(data)).removeprefix("\ufeff")
    except UnicodeError:
        return data.decode("iso-8859-1")
