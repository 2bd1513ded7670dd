"""Where each section begins and ends in the result."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tender.documents.proof import marks
from tender.documents.proof.comparing import as_placed
from tender.documents.proof.facts import Facts

_FIRST = 20
"""By so many of its first lines a section without a heading of ours is found."""


@dataclass(frozen=True)
class Source:
    """One input as it was given to the assembly, and what the assembly said of it.

    `facts` is None for a file the proof could not read; `said` holds the codes of its findings;
    a `refused` part has a page in its place that says why; the `house` numbers its headings;
    `divider` holds the words of a page before it, line by line.
    """

    name: str
    facts: Facts | None
    number: str | None = None
    title: str = ""
    said: frozenset[str] = frozenset()
    refused: bool = False
    house: bool = True
    divider: str = ""

    @property
    def label(self) -> str:
        """How a place in it is called: its number, else its title or file."""
        return self.number or self.title or self.name


class Spans:
    """Finds sections in the lines of the result, each after the one before."""

    def __init__(self, lines: list[bytes]) -> None:
        self.lines = lines
        self._headings: dict[bytes, list[int]] = {}

    def of(
        self, sources: Sequence[Source], wanted: Sequence[list[bytes]]
    ) -> Iterator[tuple[int | None, int]]:
        """Begin (None where the section's heading is not found) and end of each section."""
        starts: list[int | None] = []
        low = guess = 0
        for source, lines in zip(sources, wanted, strict=True):
            start = self._titled(source, low, guess) if source.title else None
            if not source.title:
                start = self._first(lines, low, guess)
            starts.append(start)
            low = guess if start is None else start + bool(source.title or lines)
            guess = low + len(lines) - (not source.title and bool(lines))
        begins = [self._before(*pair) for pair in zip(sources, starts, strict=True)]
        for place, start in enumerate(starts, start=1):
            end = (begin for begin in begins[place:] if begin is not None)
            yield start, next(end, len(self.lines))

    def _before(self, source: Source, start: int | None) -> int | None:
        """Where the page before a section begins; the section's own start where it has none."""
        if start is None:
            return None
        words = [folded(line.encode()) for line in source.divider.split("\n")]
        words = [line for line in words if line]
        above = start - len(words)
        if above < 0 or [self._letters(at) for at in range(above, start)] != words:
            return start
        return above

    def _titled(self, source: Source, low: int, guess: int) -> int | None:
        """The line of a section's heading."""
        title, number = folded(source.title.encode()), folded((source.number or "").encode())
        for at in (guess, guess - 1):
            if low <= at < len(self.lines) and self._letters(at) in (title, number + title):
                return at
        near = [at for words in (title, number + title) for at in self._by_title().get(words, ())]
        return min((at for at in near if at >= low), key=lambda at: abs(at - guess), default=None)

    def _letters(self, at: int) -> bytes:
        """A line's letters; nothing inside a table of contents."""
        line = self.lines[at]
        return b"\0" if marks.CONTENTS in line else folded(marks.words(line))

    def _by_title(self) -> dict[bytes, list[int]]:
        """Where each heading of the result stands."""
        if not self._headings:
            for at, line in enumerate(self.lines):
                if marks.HEADING in line:
                    self._headings.setdefault(self._letters(at), []).append(at)
        return self._headings

    def _first(self, lines: list[bytes], low: int, guess: int) -> int:
        """The line of a section's first words, as near as possible to where they should be."""
        guess = min(guess, len(self.lines))
        here = self.lines[guess : guess + 1]
        if not lines or (here and _bare(here[0]) == _bare(lines[0])):
            return guess
        sought = {_bare(line): at for at, line in reversed([*enumerate(lines[:_FIRST])])}
        near = (
            at - sought[bare]
            for at, line in enumerate(self.lines[low:], start=low)
            if (bare := _bare(line)) in sought
        )
        return max(low, min(near, key=lambda at: abs(at - guess), default=guess))


def _bare(line: bytes) -> bytes:
    """A line wherever it stands, in a table or not, numbered or not."""
    return marks.SHAPE.sub(b"", as_placed(line))


def folded(text: bytes) -> bytes:
    """Letters and digits, to compare titles by."""
    return re.sub(r"[\W_]+", "", text.decode("utf-8", "replace")).casefold().encode()
