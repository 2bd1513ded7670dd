"""JSON from strangers: strict, bounded, and every number kept as it was written."""

import json
import math

from tender.formats.unreadable import Unreadable
from tender.formats.xmlsafe import require_size

MAX_DIGITS = 40
MAX_VALUES = 200_000


def parse(data: bytes) -> object:
    """The value of a JSON file; numbers are texts, as written."""
    require_size(data)
    return parse_text(_decode(data), place="")


def require_utf8(data: bytes) -> None:
    """JSON is UTF-8; read as anything else, one bad byte would garble every accent."""
    try:
        data.decode(json.detect_encoding(data))
    except UnicodeError as error:
        raise Unreadable("Le fichier n’est pas en UTF-8.") from error


def parse_text(text: str, *, place: str) -> object:
    """The value of a JSON text, which stands at `place` inside another; "" for the file itself."""
    where = place or "Le fichier"
    reader = _Reader()
    try:
        value: object = json.loads(
            text,
            object_pairs_hook=reader.pairs,
            parse_int=reader.number,
            parse_float=reader.number,
            parse_constant=_no_constant,
        )
    except json.JSONDecodeError as error:
        raise Unreadable(
            "{place} : JSON mal formé, ligne {line}, colonne {column}.",
            place=where,
            line=error.lineno,
            column=error.colno,
        ) from error
    except RecursionError as error:
        raise Unreadable("{place} : trop de niveaux emboîtés.", place=where) from error
    return value


class _Reader:
    """The hooks of one parse; they count, so that a small file cannot become a huge value."""

    def __init__(self) -> None:
        self.seen = 0

    def pairs(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        found: dict[str, object] = {}
        for key, value in pairs:
            _require_text(key, key)
            if key in found:
                raise Unreadable("La clé « {key} » figure deux fois dans le même objet.", key=key)
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
        raise Unreadable("« {key} » contient un caractère nul.", key=key)
    if not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text):
        raise Unreadable("« {key} » contient un demi-caractère Unicode.", key=key)


def _no_constant(name: str) -> object:
    raise Unreadable("{name} n’est pas une valeur JSON.", name=name)


def _decode(data: bytes) -> str:
    """The text; some publishers of other formats still write ISO 8859-1."""
    try:
        return data.decode(json.detect_encoding(data)).removeprefix("\ufeff")
    except UnicodeError:
        return data.decode("iso-8859-1")
