"""List numbers as Word shows them: definitions read once, counters run over the text's order."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from tender.documents.proof.archive import text_of

_ABSTRACT = re.compile(rb'\sw:abstractNumId="([^"]*)"')
_NUM = re.compile(rb'\sw:numId="([^"]*)"')
_POINTS_TO = re.compile(rb'<w:abstractNumId\s+w:val="([^"]*)"')
_LINK = re.compile(rb'<w:numStyleLink\s+w:val="([^"]*)"')
_STYLE = re.compile(rb'<w:pStyle\s+w:val="([^"]*)"')
_RANK = re.compile(rb'\sw:ilvl="(\d)"')
_OVERRIDE = re.compile(rb"<w:lvlOverride\s([^>]*[^/])>(.*?)</w:lvlOverride>", re.DOTALL)
_START_AT = re.compile(rb'<w:startOverride\s+w:val="(-?\d+)"')
_VALUE = {
    name: re.compile(rb"<w:%s\s[^>]*?w:val=\"([^\"]*)\"" % name)
    for name in (b"start", b"numFmt", b"lvlText", b"lvlRestart")
}
_LEGAL = re.compile(rb'<w:isLgl\s*(?:w:val="(?:1|true|on)"\s*)?/?>')
_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
BULLET = "•"


class Level(NamedTuple):
    """One level of a definition; `restart` is the number of the level that restarts it."""

    start: int = 1
    kind: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False


class Num(NamedTuple):
    """One list: the definition whose counters it shares, its levels, where it starts anew."""

    counters: str
    levels: tuple[Level, ...]
    starts: tuple[tuple[int, int], ...] = ()


class Numbering:
    """The lists of one document, each read when it is asked for."""

    def __init__(self, data: bytes, style_num: Callable[[bytes], bytes]) -> None:
        """`style_num` gives the list that a list style points to."""
        self._style_num = style_num
        self._abstracts = _pieces(data, b"abstractNum", _ABSTRACT)
        self._nums = _pieces(data, b"num", _NUM)

    def num(self, number: bytes) -> Num | None:
        """One list by its id, None where it or its definition is missing."""
        raw = self._nums.get(number)
        found = None if raw is None else self._abstract(raw)
        if raw is None or found is None:
            return None
        name, levels = found[0], list(_levels(found[1]))
        starts: list[tuple[int, int]] = []
        for told, inside in _OVERRIDE.findall(raw) if b"lvlOverride" in raw else ():
            rank = int((_RANK.search(b" " + told) or [b"", b"0"])[1])
            if b"<w:lvl " in inside:
                levels[rank] = _level(b"<w:lvl " + inside.split(b"<w:lvl ", 1)[1])
            start = _START_AT.search(inside)
            if start is not None:
                starts.append((rank, int(start[1])))
        return Num(name.decode("latin-1"), tuple(levels), tuple(starts))

    def rank(self, number: bytes, style: bytes) -> int:
        """The level that a definition gives to a style that names none."""
        raw = self._nums.get(number)
        found = None if raw is None else self._abstract(raw)
        for piece in () if found is None else found[1].split(b"<w:lvl ")[1:]:
            named = _STYLE.search(piece)
            if named is not None and named[1] == style:
                return int((_RANK.search(b" " + piece) or [b"", b"0"])[1])
        return 0

    def defined(self) -> tuple[list[bytes], list[bytes]]:
        """The ids of all lists, and of the definitions they point to."""
        return list(self._nums), [
            (_POINTS_TO.search(raw) or [b"", b""])[1] for raw in self._nums.values()
        ]

    def _abstract(self, num: bytes) -> tuple[bytes, bytes] | None:
        """The definition's name and XML, through a list style where it only points to one."""
        name = (_POINTS_TO.search(num) or [b"", b""])[1]
        raw = self._abstracts.get(name)
        link = None if raw is None else _LINK.search(raw)
        if link is not None:
            other = self._nums.get(self._style_num(link[1]), b"")
            name = (_POINTS_TO.search(other) or [b"", name])[1]
            raw = self._abstracts.get(name)
        return None if raw is None else (name, raw)


def _pieces(data: bytes, name: bytes, key: re.Pattern[bytes]) -> dict[bytes, bytes]:
    """Elements that follow each other, by their id, without a parse."""
    found: dict[bytes, bytes] = {}
    for piece in data.split(b"<w:" + name + b" ")[1:]:
        number = key.search(b" " + piece[: piece.find(b">")])
        if number is not None:
            found[number[1]] = piece.partition(b"</w:" + name + b">")[0]
    return found


@lru_cache(maxsize=4096)
def _levels(abstract: bytes) -> tuple[Level, ...]:
    levels = [Level()] * 9
    for piece in abstract.split(b"<w:lvl ")[1:]:
        rank = _RANK.search(b" " + piece[: piece.find(b">")])
        if rank is not None and int(rank[1]) < 9:
            levels[int(rank[1])] = _level(piece)
    return tuple(levels)


@lru_cache(maxsize=4096)
def _level(raw: bytes) -> Level:
    told = {name: found[1] for name, key in _VALUE.items() if (found := key.search(raw))}
    restart = told.get(b"lvlRestart")
    return Level(
        _number(told.get(b"start", b"0")),
        text_of(told.get(b"numFmt", b"decimal")),
        text_of(told.get(b"lvlText", b"")),
        None if restart is None else _number(restart),
        _LEGAL.search(raw) is not None,
    )


def _number(raw: bytes) -> int:
    return int(raw) if raw.isdigit() and len(raw) < 10 else 0


class Counters:
    """Gives each item of a text its number, in the text's order."""

    def __init__(self, nums: dict[bytes, Num]) -> None:
        self._nums = nums
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[bytes, int]] = set()

    def shown(self, number: bytes, rank: int) -> str:
        """The next item's number as it is shown, "" for a list that shows nothing."""
        num = self._nums.get(number)
        if num is None:
            return ""
        counts = self._counts.setdefault(num.counters, [None] * 9)
        self._step(number, num, rank, counts)
        level = num.levels[rank]
        if level.kind == "bullet":
            return BULLET
        if level.kind == "none" and "%" not in level.text:
            return level.text
        return _PLACE.sub(lambda found: _written(num, int(found[1]) - 1, counts, level), level.text)

    def _step(self, number: bytes, num: Num, rank: int, counts: list[int | None]) -> None:
        for at, start in num.starts:
            if at == rank and (number, at) not in self._begun:
                counts[at] = start - 1
        self._begun.add((number, rank))
        before = counts[rank]
        counts[rank] = num.levels[rank].start if before is None else before + 1
        for deeper in range(rank + 1, 9):
            restart = num.levels[deeper].restart
            if restart is None or (restart > 0 and rank < restart):
                counts[deeper] = None


def _written(num: Num, at: int, counts: list[int | None], level: Level) -> str:
    count = counts[at]
    count = num.levels[at].start if count is None else count
    return _formatted(count, "decimal" if level.legal else num.levels[at].kind)


def _formatted(count: int, kind: str) -> str:
    if kind == "none":
        return ""
    if kind == "decimalZero":
        return f"{count:02d}"
    shown = str(count)
    if kind in ("lowerLetter", "upperLetter") and count > 0:
        shown = chr(97 + (count - 1) % 26) * min(9, 1 + (count - 1) // 26)
    elif kind in ("lowerRoman", "upperRoman") and 0 < count < 5000:
        shown = _roman(count)
    elif kind == "ordinal":
        shown += "."
    return shown.upper() if kind.startswith("upper") else shown


def _roman(count: int) -> str:
    shown = ""
    for value, sign in _ROMAN:
        shown += sign * (count // value)
        count %= value
    return shown
