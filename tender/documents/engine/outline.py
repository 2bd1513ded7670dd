"""The outline: which number each heading bears, by the house's own list or written out."""

import re
from dataclasses import dataclass

_NUMERIC = re.compile(r"^\d+(?:\.\d+)*$")


@dataclass(frozen=True)
class Heading:
    """One line of the outline: `bookmark` stands on it in the result."""

    bookmark: str
    level: int
    number: str
    title: str


@dataclass(frozen=True)
class Numbered:
    """What a heading shows; `written` where its number is text, `listed` where a list counts."""

    number: str
    written: bool

    @property
    def listed(self) -> bool:
        """Does the house's list show the number by itself?"""
        return not self.written


class Outline:
    """Counts headings as the house's list does; the table of contents is made from it."""

    def __init__(self, *, automatic: bool) -> None:
        self.automatic = automatic
        self.headings: list[Heading] = []
        self._counters = [0] * 9
        self._prefix: str | None = None
        self._written = False
        self._base = 0
        self._local = [0] * 9

    def begin(self, number: str | None, level: int) -> None:
        """A new part: decide whether its headings are numbered by the list or written out."""
        self._written = number is None or not self._follows(number, level)
        self._prefix = number if number and _NUMERIC.match(number) else None
        self._base = level
        self._local = [0] * 9

    def _follows(self, number: str, level: int) -> bool:
        """Will the list itself come to this number?"""
        if not self.automatic or not _NUMERIC.match(number):
            return False
        steps = [int(step) for step in number.split(".")]
        expected = [*self._counters[: level - 1], self._counters[level - 1] + 1]
        return steps == expected

    def section(self, level: int, number: str | None) -> Numbered:
        """The number of a part's own heading."""
        if self._written:
            return Numbered(number or "", written=True)
        return Numbered(self._count(level), written=False)

    def heading(self, level: int) -> Numbered:
        """The number of an author's heading inside the running part."""
        if not self._written:
            return Numbered(self._count(level), written=False)
        if self._prefix is not None and level > self._base:
            return Numbered(self._count_locally(level), written=True)
        return Numbered("", written=True)

    def _count(self, level: int) -> str:
        self._counters[level - 1] += 1
        self._counters[level:] = [0] * (9 - level)
        self._counters[: level - 1] = [max(1, count) for count in self._counters[: level - 1]]
        shown = ".".join(str(count) for count in self._counters[:level])
        return shown + ("." if level == 1 else "")

    def _count_locally(self, level: int) -> str:
        depth = level - self._base - 1
        self._local[depth] += 1
        self._local[depth + 1 :] = [0] * (8 - depth)
        inner = [str(max(1, count)) for count in self._local[: depth + 1]]
        return ".".join([self._prefix or "", *inner])
