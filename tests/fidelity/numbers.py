"""The number that Word shows before each paragraph of a list."""

from dataclasses import dataclass, field
from functools import cached_property

from tests.fidelity.archive import Archive, Element, child, q, value

Levels = dict[int, Element]
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A paragraph's list and level; `by_style` where its style says so, not itself."""

    num: str
    level: int
    by_style: bool


@dataclass
class _Counter:
    """Where one list definition has come to."""

    counts: dict[int, int] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)


class Numbers:
    """Counts through one document; ask for each paragraph once, in order."""

    def __init__(self, archive: Archive, styles: dict[str, Element]) -> None:
        self.styles = styles
        self.root = archive.side("numbering")
        self._counters: dict[str, _Counter] = {}

    @cached_property
    def nums(self) -> dict[str, Element]:
        """The lists in use, by id."""
        return self._by("w:num", "w:numId")

    @cached_property
    def abstracts(self) -> dict[str, Element]:
        """The definitions of lists, by id."""
        return self._by("w:abstractNum", "w:abstractNumId")

    def _by(self, tag: str, key: str) -> dict[str, Element]:
        items = [] if self.root is None else self.root.findall(q(tag))
        return {item.get(q(key), ""): item for item in items}

    def chain(self, style: str | None) -> list[Element]:
        """A style and those it is based on, nearest first."""
        found: list[Element] = []
        while style in self.styles and self.styles[style] not in found:
            found.append(self.styles[style])
            style = value(child(found[-1], "w:basedOn"))
        return found

    def place(self, properties: Element | None, style: str | None) -> Place | None:
        """Where a paragraph with these properties and this style stands, None outside lists."""
        own = child(properties, "w:numPr")
        marks = [own, *(child(item, "w:pPr", "w:numPr") for item in self.chain(style))]
        told = [value(child(mark, "w:numId")) for mark in marks]
        number = next((name for name in told if name is not None), None)
        if number in (None, "0"):
            return None
        levels = (value(child(mark, "w:ilvl")) for mark in marks)
        level = next((at for at in levels if at is not None), None)
        at = self._linked(number, style or "") if level is None else int(level)
        return Place(str(number), at, by_style=told[0] is None)

    def _linked(self, number: str | None, style: str) -> int:
        for at, item in self.levels(number or "").items():
            if value(child(item, "w:pStyle")) == style:
                return at
        return 0

    def definition(self, number: str) -> str | None:
        """The id of a list's definition, through a list style where it only points to one."""
        name = value(child(self.nums.get(number), "w:abstractNumId"))
        link = value(child(self.abstracts.get(name or ""), "w:numStyleLink"))
        if link is None or link not in self.styles:
            return name
        real = value(child(self.styles[link], "w:pPr", "w:numPr", "w:numId"))
        return value(child(self.nums.get(real or ""), "w:abstractNumId"))

    def levels(self, number: str) -> Levels:
        """The levels of a list as its own overrides leave them."""
        found = self.abstracts.get(self.definition(number) or "")
        items = [] if found is None else found.findall(q("w:lvl"))
        levels = {int(item.get(q("w:ilvl"), "0")): item for item in items}
        num = self.nums.get(number)
        for override in [] if num is None else num.findall(q("w:lvlOverride")):
            own = child(override, "w:lvl")
            if own is not None:
                levels[int(override.get(q("w:ilvl"), "0"))] = own
        return levels

    def show(self, place: Place | None) -> str | None:
        """The next number of this list and level; `•` and the level for a bullet."""
        if place is None:
            return None
        levels = self.levels(place.num)
        here = levels.get(place.level)
        if here is None:
            return None
        counts = self._count(place, levels)
        text = value(child(here, "w:lvlText")) or ""
        if _format(here) == "bullet":
            return f"•{place.level}"
        legal = child(here, "w:isLgl") is not None
        for at in range(9):
            if f"%{at + 1}" in text and at in levels:
                text = text.replace(f"%{at + 1}", _shown(counts[at], _format(levels[at]), legal))
        return text

    def _count(self, place: Place, levels: Levels) -> dict[int, int]:
        counter = self._counters.setdefault(self.definition(place.num) or "", _Counter())
        for at in range(place.level):
            counter.counts.setdefault(at, self._start(place.num, at, levels))
        for at in range(place.level + 1):
            self._restart(counter, place, at)
        if place.level in counter.counts:
            counter.counts[place.level] += 1
        else:
            counter.counts[place.level] = self._start(place.num, place.level, levels)
        for at in [at for at in counter.counts if at > place.level]:
            if _restarts(levels.get(at), place.level):
                del counter.counts[at]
        return counter.counts

    def _restart(self, counter: _Counter, place: Place, at: int) -> None:
        """A list that starts anew does so where it is first used at this level."""
        told = self._override(place.num, at)
        if told is not None and (place.num, at) not in counter.started and at == place.level:
            counter.counts.pop(at, None)
            counter.started.add((place.num, at))

    def _override(self, number: str, at: int) -> str | None:
        num = self.nums.get(number)
        for item in [] if num is None else num.findall(q("w:lvlOverride")):
            if item.get(q("w:ilvl")) == str(at):
                return value(child(item, "w:startOverride"))
        return None

    def _start(self, number: str, at: int, levels: Levels) -> int:
        told = self._override(number, at) or value(child(levels.get(at), "w:start"))
        return int(told or 0)


def _restarts(level: Element | None, above: int) -> bool:
    told = value(child(level, "w:lvlRestart"))
    return told is None or (told != "0" and above < int(told))


def _format(level: Element) -> str:
    return value(child(level, "w:numFmt")) or "decimal"


def _shown(count: int, form: str, legal: bool) -> str:
    if legal or form == "decimal":
        return str(count)
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman"):
        return roman(count) if form == "lowerRoman" else roman(count).upper()
    if form == "decimalZero":
        return f"{count:02}"
    return "" if form == "none" else f"{form}:{count}"


def roman(count: int) -> str:
    """A number in small Roman letters."""
    letters = ""
    for size, sign in _ROMAN:
        letters += sign * (count // size)
        count %= size
    return letters
