"""A page of JSON taken apart without rewriting it: each notice keeps the bytes it came in."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from tender.core.text import N_
from tender.notices.sources.trouble import Trouble

GARBLED = N_("La réponse est tronquée ou n’est pas du JSON.")
_BLANKS = " \t\r\n"
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Piece:
    """An item of a list: what it says, and its own bytes."""

    value: object
    data: bytes


def whole(data: bytes) -> object:
    """Give the value of an answer; Trouble if it is cut or no JSON."""
    try:
        value: object = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Trouble(GARBLED) from error
    return value


def pieces(data: bytes, key: str) -> list[Piece]:
    """Give the items of the list under a key of the outermost object, word for word."""
    try:
        text = data.decode()
        at = dict(_members(text)).get(key)
        return [] if at is None or text[at] != "[" else list(_items(text, at))
    except (ValueError, RecursionError, IndexError) as error:
        raise Trouble(GARBLED) from error


def _members(text: str) -> Iterator[tuple[str, int]]:
    """Give each key of the outermost object with the place of its value."""
    at = _past(text, 0)
    if text[at] != "{":
        raise ValueError(text[:1])
    while text[at] in "{,":
        at = _past(text, at + 1)
        if text[at] == "}":
            return
        key, at = _DECODER.raw_decode(text, at)
        at = _past(text, _past(text, at) + 1)
        yield str(key), at
        at = _past(text, _DECODER.raw_decode(text, at)[1])


def _items(text: str, at: int) -> Iterator[Piece]:
    while text[at] in "[,":
        at = _past(text, at + 1)
        if text[at] == "]":
            return
        value, end = _DECODER.raw_decode(text, at)
        yield Piece(value, text[at:end].encode())
        at = _past(text, end)


def _past(text: str, at: int) -> int:
    while text[at] in _BLANKS:
        at += 1
    return at
