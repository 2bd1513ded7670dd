"""One section's lines, wanted and found: what is missing, moved, changed, in words."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from tender.documents.proof import marks, words
from tender.documents.proof.archive import text_of
from tender.documents.proof.settling import bare
from tender.documents.proof.words import Failure, Sentence

MOST = 200
_SAMPLE = 60
_HEADING = re.compile(rb"^([\x11-\x14]*)((?:\x01[thn][^\x02]*\x02)*)")
_SPACES = re.compile(rb"[ \t\n\r]+")
_TRACKING = re.compile(rb"[\x03-\x08]")
_SIGNS = re.compile(rb"[\x03-\x08\x0e\x0f\x11-\x16]")
Mark = tuple[bytes, bytes]


@dataclass
class Section:
    """One section to compare: its label, its lines in the input and in the result."""

    label: str
    wanted: Sequence[bytes]
    found: Sequence[bytes]
    notes: Mapping[bytes, bytes] = field(default_factory=dict)
    alike: Mapping[bytes, bytes] = field(default_factory=dict)
    """What stands for an image that was made smaller: hash found → hash wanted."""
    grown: bool = False
    """Did the assembly write out a document that was embedded in this one?"""


def as_placed(line: bytes) -> bytes:
    """A line under a section's heading: the house numbers headings, typed numbers give way."""
    if marks.HEADING not in line:
        return line
    found = _HEADING.match(line)
    shape, end = (b"", 0) if found is None else (found[1], found.end())
    return shape + bare(line[end:])


def failures(section: Section) -> list[Failure]:
    """Every fact that is not in its place; nothing for equal lines."""
    if list(section.wanted) == list(section.found):
        return []
    return list(_Comparison(section).all())


class _Comparison:
    """Aligns by words, then compares what stands in each pair of lines."""

    def __init__(self, section: Section) -> None:
        self.section = section
        self.wanted = [_tidy(line) for line in section.wanted]
        self.found = [_tidy(self._as_wanted(line)) for line in section.found]
        self._places = _places(section)

    def _as_wanted(self, line: bytes) -> bytes:
        for now, before in self.section.alike.items():
            line = line.replace(now, before)
        return line

    def all(self) -> Iterator[Failure]:
        """The failures in the input's order, then what the result has in excess."""
        pairs, lost, added = _aligned(self.wanted, self.found)
        if lost or added:  # a row that went is told by its text
            self.wanted = [marks.SHAPE.sub(b"", line) for line in self.wanted]
            self.found = [marks.SHAPE.sub(b"", line) for line in self.found]
        spare = Counter(_core(self.found[at]) for at in added)
        told: dict[int, list[Failure]] = {}
        for here, there in pairs:
            if self.wanted[here] != self.found[there]:
                told[here] = list(self._differences(here, self.found[there]))
        for here in lost:
            told[here] = list(self._lost(here, spare))
        for here in sorted(told):
            yield from told[here]
        for at in added if not self.section.grown else ():
            core = _core(self.found[at])
            if spare[core] > 0:
                spare[core] -= 1
                yield from self._added(self.found[at])

    # -- one line ---------------------------------------------------------------------------

    def _lost(self, here: int, spare: Counter[bytes]) -> Iterator[Failure]:
        line = self.wanted[here]
        text, core = marks.words(line), _core(line)
        if spare[core] > 0:
            spare[core] -= 1
            yield self._failure("paragraphs", here, words.TEXT_MOVED, text=_shown(text or b"..."))
            return
        if text:
            yield self._failure("paragraphs", here, words.TEXT_LOST, text=_shown(text))
        for mark in _marks_of(line):
            if mark[0] != b"n":
                yield self._mark_failure(here, words.LOST, mark)

    def _added(self, line: bytes) -> Iterator[Failure]:
        text = marks.words(line)
        if text:
            place = Sentence(words.IN_SECTION, {"section": self.section.label})
            fact = Sentence(words.TEXT_ADDED, {"text": _shown(text)})
            yield Failure("added", "warn", place, fact)

    def _differences(self, here: int, now: bytes) -> Iterator[Failure]:
        line = self.wanted[here]
        before, after = marks.words(line), marks.words(now)
        if before != after:
            old, new = _around(before, after)
            yield self._failure("paragraphs", here, words.TEXT_CHANGED, text=old, now=new)
        changed = list(self._marks(here, now))
        yield from changed
        if before == after and not changed:
            yield self._elsewhere(here, now)

    def _marks(self, here: int, now: bytes) -> Iterator[Failure]:
        """Marks that are missing, or of which another stands there; kind by kind."""
        old, new = _marks_of(self.wanted[here]), _marks_of(now)
        for kind in dict.fromkeys(kind for kind, _ in old):
            before = [mark for mark in old if mark[0] == kind]
            after = [mark for mark in new if mark[0] == kind]
            for place, mark in enumerate(before):
                if len(before) == len(after) and mark != after[place]:
                    yield self._mark_failure(here, words.CHANGED, mark, after[place][1])
                elif len(before) != len(after) and Counter(before)[mark] > Counter(after)[mark]:
                    yield self._mark_failure(here, words.LOST, mark)

    def _elsewhere(self, here: int, now: bytes) -> Failure:
        """The same words and marks in another order, or in another shape."""
        line = self.wanted[here]
        text = _shown(marks.words(line) or b"...")
        if _SIGNS.sub(b"", line) != _SIGNS.sub(b"", now):
            return self._failure("places", here, words.PLACE, text=text)
        if _TRACKING.findall(line) != _TRACKING.findall(now):
            return self._failure("changes", here, words.TRACKED, text=text)
        if marks.SHAPE.sub(b"", line) == marks.SHAPE.sub(b"", now):
            return self._failure("tables", here, words.SHAPE)
        return self._failure("places", here, words.PLACE, text=text)

    # -- words ------------------------------------------------------------------------------

    def _failure(self, kind: str, here: int, message: str, /, **params: object) -> Failure:
        severity = "warn" if kind in ("tables", "changes", "fields", "places") else "block"
        return Failure(kind, severity, self._places[here], Sentence(message, params))

    def _mark_failure(
        self, here: int, table: Mapping[str, str], mark: Mark, now: bytes = b""
    ) -> Failure:
        kind = mark[0].decode()
        params = {"n": self._ordinal(here, mark), "text": self._told(mark)}
        if now:
            params["now"] = self._told((mark[0], now))
        used = {name: value for name, value in params.items() if f"{{{name}}}" in table[kind]}
        return self._failure(words.COUNTED[kind], here, table[kind], **used)

    def _ordinal(self, here: int, mark: Mark) -> int:
        """The how-manieth of its kind in the section."""
        opening = marks.OPEN + mark[0]
        before = sum(line.count(opening) for line in self.wanted[:here])
        inside = [one for one in _marks_of(self.wanted[here]) if one[0] == mark[0]]
        return before + 1 + (inside.index(mark) if mark in inside else 0)

    def _told(self, mark: Mark) -> str:
        kind, value = mark
        if kind in (b"f", b"e", b"k"):
            value = marks.words(self.section.notes.get(value, b"?"))
        return _shown(value)


def _aligned(
    wanted: list[bytes], found: list[bytes]
) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Pairs of lines, lines only wanted, lines only found."""
    pairs: list[tuple[int, int]] = []
    lost: list[int] = []
    added: list[int] = []
    matcher = SequenceMatcher(
        None, [_key(x) for x in wanted], [_key(x) for x in found],
        autojunk=len(wanted) * len(found) > 1_000_000,
    )  # fmt: skip
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            pairs += zip(range(a, b), range(c, d), strict=True)
        else:
            near = _near(wanted[a:b], found[c:d])
            pairs += [(a + i, c + j) for i, j in near.items()]
            lost += [at for at in range(a, b) if at - a not in near]
            added += [at for at in range(c, d) if at - c not in set(near.values())]
    return pairs, lost, added


def _near(wanted: Sequence[bytes], found: Sequence[bytes]) -> dict[int, int]:
    """Lines of which one became the other: half of their words in common, in the same order."""
    near: dict[int, int] = {}
    at = 0
    for i, line in enumerate(wanted[:MOST]):
        for j in range(at, min(len(found), at + 8)):
            if _like(line, found[j]):
                near[i], at = j, j + 1
                break
    return near


def _like(one: bytes, other: bytes) -> bool:
    old, new = Counter(marks.words(one).split()), Counter(marks.words(other).split())
    if not old and not new:
        return [kind for kind, _ in _marks_of(one)] == [kind for kind, _ in _marks_of(other)]
    return 2 * sum((old & new).values()) >= max(sum(old.values()), sum(new.values()))


def _key(line: bytes) -> bytes:
    """What lines are aligned by: their words; their marks where they have none."""
    return marks.words(line) or marks.SHAPE.sub(b"", line)


def _core(line: bytes) -> bytes:
    """A line without its place in a table or list, to find it elsewhere."""
    return marks.SHAPE.sub(b"", re.sub(rb"\x01n[^\x02]*\x02", b"", line))


def _tidy(line: bytes) -> bytes:
    """Spaces as one: a line may be broken anew, words may not; looks are no facts."""
    return _SPACES.sub(b" ", line.replace(marks.HEADING, b"")).strip()


def _marks_of(line: bytes) -> list[Mark]:
    return [(kind, value) for kind, value in marks.MARK.findall(line) if kind not in b"htz"]


def _places(section: Section) -> list[Sentence]:
    """Where each wanted line stands, as a reader counts: paragraphs, tables and their rows."""
    places: list[Sentence] = []
    inside: list[tuple[int, int]] = []
    tables, paragraphs = 0, 0
    for line in section.wanted:
        for sign in marks.shape_of(line):
            if sign == marks.TABLE[0]:
                tables += 1
                inside.append((tables, 0))
            elif sign == marks.ROW[0] and inside:
                inside[-1] = (inside[-1][0], inside[-1][1] + 1)
            elif sign == marks.TABLE_END[0] and inside:
                inside.pop()
        if inside:
            told: dict[str, object] = {"table": inside[-1][0], "row": inside[-1][1]}
            places.append(Sentence(words.IN_TABLE, {"section": section.label} | told))
        else:
            paragraphs += 1
            told = {"section": section.label, "n": paragraphs}
            places.append(Sentence(words.IN_PARAGRAPH, told))
    return places


def _around(before: bytes, after: bytes) -> tuple[str, str]:
    """Both texts near the place where they begin to differ."""
    old, new = text_of(before), text_of(after)
    at = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), 0)
    start = max(0, at - _SAMPLE // 2)
    return _cut(old[start:], start), _cut(new[start:], start)


def _shown(raw: bytes) -> str:
    return _cut(raw.decode("utf-8", "replace"), 0)


def _cut(text: str, start: int) -> str:
    short = text if len(text) <= _SAMPLE else text[: _SAMPLE - 1].rstrip() + "…"
    return ("…" if start else "") + short
