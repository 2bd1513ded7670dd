"""The proof itself: every fact of every input looked for in the result, and the package checked."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from tender.documents.proof import marks, words
from tender.documents.proof.archive import Archive, Unreadable
from tender.documents.proof.comparing import MOST, Section, as_placed, failures
from tender.documents.proof.defects import defects_of
from tender.documents.proof.facts import Facts, facts_in
from tender.documents.proof.places import Source, Spans, folded
from tender.documents.proof.settling import Choices, settled
from tender.documents.proof.words import Failure, Sentence

KINDS = ("paragraphs", "images", "charts", "objects", "footnotes", "endnotes", "comments",
         "links", "references", "numbers", "fields")  # fmt: skip
_LINK = re.compile(rb"\x01l([^\x02]*)\x02([^\x01]*)\x01z\x02")
_UNSAFE = re.compile(rb"(?!https?://|mailto:)", re.IGNORECASE)
_FIELD_MARKS = re.compile(rb"\x01[lrzq][^\x02]*\x02")
_OBJECT = re.compile(rb"\x01o[^\x02]*\x02")
_WORKBOOK = re.compile(rb"\x01w[^\x02]*\x02")
_KIND = re.compile(rb"\x01(.)")
_THING = re.compile(rb"(\x01[icdow][^\x02]*\x02)")
_THINGS_OUT = frozenset({"broken", "linked_image"})
_IMAGE = re.compile(rb"\x01i([^\x02]*)\x02")


@dataclass(frozen=True)
class PartProof:
    """One section: how many facts of each kind it holds, how many were found in place."""

    label: str
    name: str
    wanted: Mapping[str, int] = field(default_factory=dict)
    found: Mapping[str, int] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Plain values, texts in French."""
        return {
            "label": self.label,
            "name": self.name,
            "wanted": dict(self.wanted),
            "found": dict(self.found),
            "failures": [failure.as_json() for failure in self.failures],
        }


@dataclass(frozen=True)
class Proof:
    """The whole: each section, and the defects of the package."""

    parts: tuple[PartProof, ...]
    defects: tuple[Failure, ...] = ()

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Everything that is not as it should be."""
        return (*(failure for part in self.parts for failure in part.failures), *self.defects)

    @property
    def holds(self) -> bool:
        """Is everything in its place, and nothing wrong with the package?"""
        return not any(failure.severity == "block" for failure in self.failures)

    def counts(self) -> tuple[dict[str, int], dict[str, int]]:
        """How many facts of each kind are wanted, and found, in all sections."""
        wanted: Counter[str] = Counter()
        found: Counter[str] = Counter()
        for part in self.parts:
            wanted.update(part.wanted)
            found.update(part.found)
        return dict(wanted), dict(found)

    def as_json(self) -> dict[str, object]:
        """Plain values, texts in French."""
        wanted, found = self.counts()
        return {
            "holds": self.holds,
            "wanted": wanted,
            "found": found,
            "parts": [part.as_json() for part in self.parts],
            "defects": [failure.as_json() for failure in self.defects],
        }


def prove(sources: Sequence[Source], result: bytes, choices: Choices) -> Proof:
    """Look for every fact of every input in the result, in its place and order."""
    try:
        archive = Archive(result)
        facts = facts_in(archive)
    except Unreadable:
        fact = Sentence(words.UNREADABLE_RESULT)
        nothing = tuple(PartProof(source.label, source.name) for source in sources)
        return Proof(nothing, (Failure("package", "block", Sentence(words.IN_FILE), fact),))
    finder = _Finder(settled(facts), facts)
    return Proof(tuple(finder.parts(sources, choices)), tuple(defects_of(archive)))


class _Finder:
    """Finds where each section begins in the result, and compares its lines."""

    def __init__(self, lines: list[bytes], facts: Facts) -> None:
        self.lines = lines
        self.facts = facts
        self.shrunk, self.shaped = False, True

    def parts(self, sources: Sequence[Source], choices: Choices) -> list[PartProof]:
        """Each section's proof, in order."""
        self.shrunk = choices.images == "shrink"
        self.shaped = choices.revisions == "keep"
        choices = replace(choices, images="keep")
        wanted = [
            settled(s.facts, choices) if s.facts is not None and not s.refused else []
            for s in sources
        ]
        spans = Spans(self.lines).of(sources, wanted)
        return [
            self._part(source, lines, *span)
            for source, lines, span in zip(sources, wanted, spans, strict=True)
        ]

    def _part(self, source: Source, wanted: list[bytes], start: int | None, end: int) -> PartProof:
        part = PartProof(source.label, source.name)
        place = Sentence(words.IN_SECTION, {"section": source.label})
        if start is None:
            told = Failure("paragraphs", "block", place, Sentence(words.TITLE))
            part = replace(part, failures=(told,))
            start = end
        if source.refused:
            return self._refused(part, source, self.lines[start:end])
        if source.facts is None:
            told = Failure("section", "warn", place, Sentence(words.UNREADABLE))
            return replace(part, failures=(*part.failures, told))
        found = self.lines[start + bool(source.title) : end]
        section = self._section(source, wanted, found)
        return _counted(part, section)

    def _refused(self, part: PartProof, source: Source, found: list[bytes]) -> PartProof:
        if any(folded(source.name.encode()) in folded(line) for line in found):
            return part
        place = Sentence(words.IN_SECTION, {"section": source.label})
        return replace(part, failures=(Failure("section", "block", place, Sentence(words.UNSAID)),))

    def _section(self, source: Source, wanted: list[bytes], found: list[bytes]) -> Section:
        """Both sides as the assembly may show them."""
        if source.title or source.house:
            wanted, found = _placed(wanted), _placed(found)
        if source.title:
            wanted, found = _without_contents(wanted), _without_contents(found)
            wanted = _untitled(wanted, found, source.title)
        wanted, found = _begun(wanted), _begun(found)
        if wanted != found and source.facts is not None:
            if not self.shaped:  # rows may go with what was tracked in them
                found = _levelled(wanted, found)
            wanted = [_explained(line, source) for line in wanted]
            wanted = _without_refused(wanted, found, source.said)
            found = [_FIELD_MARKS.sub(b"", line) for line in found] if source.facts.loose else found
        facts = source.facts or Facts(b"")
        alike = _smaller(wanted, found, facts, self.facts) if self.shrunk else {}
        notes = {**self.facts.notes, **facts.notes}
        return Section(source.label, wanted, found, notes, alike, "aFChunk" in source.said)


def _counted(part: PartProof, section: Section) -> PartProof:
    """The proof of a section whose lines were compared."""
    told = failures(section)
    missing = Counter(failure.kind for failure in told if failure.kind in KINDS)
    wanted = _counts(section.wanted)
    found = {kind: max(0, count - missing[kind]) for kind, count in wanted.items()}
    if len(told) > MOST:
        place = Sentence(words.IN_SECTION, {"section": section.label})
        more = Failure("more", "block", place, Sentence(words.MORE, {"n": len(told) - MOST}))
        told = [*told[:MOST], more]
    return replace(part, wanted=wanted, found=found, failures=(*part.failures, *told))


def _counts(lines: Sequence[bytes]) -> dict[str, int]:
    counts: Counter[str] = Counter(paragraphs=len(lines))
    for kind, count in Counter(_KIND.findall(b"".join(lines))).items():
        counts[words.COUNTED.get(kind.decode(), "")] += count
    return {kind: counts[kind] for kind in KINDS if counts[kind]}


def _untitled(wanted: list[bytes], found: list[bytes], title: str) -> list[bytes]:
    """Without a first line that only repeats the section's title."""
    if wanted and wanted[:1] != found[:1]:
        first = folded(marks.words(wanted[0]))
        if first == folded(title.encode()) and not marks.MARK.search(wanted[0]):
            return wanted[1:]
    return wanted


def _placed(lines: list[bytes]) -> list[bytes]:
    return [as_placed(line) if marks.HEADING in line else line for line in lines]


def _without_contents(lines: list[bytes]) -> list[bytes]:
    """The lines outside of an author's table of contents; tables still begin and end."""
    kept: list[bytes] = []
    shape = b""
    for line in lines:
        if marks.CONTENTS in line:
            shape += marks.shape_of(line)
        else:
            kept.append(shape + line)
            shape = b""
    return kept


def _begun(lines: list[bytes]) -> list[bytes]:
    """A section's lines without the end of a table before it."""
    if not lines or marks.TABLE_END not in lines[0]:
        return lines
    shape = marks.shape_of(lines[0])
    return [shape.rpartition(marks.TABLE_END)[2] + lines[0][len(shape) :], *lines[1:]]


def _explained(line: bytes, source: Source) -> bytes:
    """A wanted line without what the assembly said it had taken out."""
    if "oleObject" in source.said:
        line = _OBJECT.sub(b"", line)
    if "package" in source.said:
        line = _WORKBOOK.sub(b"", line)
    if source.facts is not None and source.facts.loose:
        line = _FIELD_MARKS.sub(b"", line)
    return line


def _levelled(wanted: list[bytes], found: list[bytes]) -> list[bytes]:
    """Found lines that differ by their place in a table alone, as they are wanted."""
    if len(wanted) != len(found):
        return found
    return [
        old if marks.SHAPE.sub(b"", old) == marks.SHAPE.sub(b"", new) else new
        for old, new in zip(wanted, found, strict=True)
    ]


def _without_refused(wanted: list[bytes], found: list[bytes], said: frozenset[str]) -> list[bytes]:
    """Wanted lines without the things and unsafe links that are nowhere, if some were refused."""
    whole = b"".join(found)
    if said & _THINGS_OUT:
        things = set(_THING.findall(whole))
        wanted = [_THING.sub(lambda m: m[0] if m[1] in things else b"", line) for line in wanted]
    if "link" in said:
        links = {address for address, _ in _LINK.findall(whole)}
        wanted = [
            _LINK.sub(lambda m: m[2] if m[1] not in links and _UNSAFE.match(m[1]) else m[0], line)
            for line in wanted
        ]
    return wanted


def _smaller(
    wanted: list[bytes], found: list[bytes], before: Facts, after: Facts
) -> dict[bytes, bytes]:
    """Images that were made smaller or lighter: in the same order, of the same proportions."""
    old, new = _IMAGE.findall(b"".join(wanted)), _IMAGE.findall(b"".join(found))
    if len(old) != len(new):
        return {}
    return {
        now: was
        for was, now in zip(old, new, strict=True)
        if was != now and _same_picture(before.pixels.get(was), after.pixels.get(now))
    }


def _same_picture(old: tuple[int, int] | None, new: tuple[int, int] | None) -> bool:
    if old is None or new is None or 0 in (*old, *new) or new[0] > old[0]:
        return False
    return abs(old[0] * new[1] - old[1] * new[0]) <= max(old[0] * 1.5, old[1] * 1.5)
