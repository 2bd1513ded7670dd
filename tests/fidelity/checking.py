"""Compares a result with its inputs, part by part, under the options it was made with."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tests.fidelity import explained, whole
from tests.fidelity.facts import Bookmark, Note, Paragraph
from tests.fidelity.matching import Difference, Match, is_heading, match
from tests.fidelity.reading import Document
from tests.fidelity.views import View

Pair = tuple[Paragraph, Paragraph]
_EQUAL = ("links", "fields", "images", "charts", "diagrams", "objects", "shapes", "descriptions",
          "equations", "controls", "changes", "tables", "place")  # fmt: skip


@dataclass(frozen=True)
class Terms:
    """What the result was asked to be.

    `titles` are the headings that the parts got; `policies` each part's own, else `policy` for all.
    """

    policy: str = "house"
    view: View = View()  # noqa: RUF009 - frozen
    titles: tuple[str, ...] = ()
    house: bytes = b""
    policies: tuple[str, ...] = ()

    def of(self, part: int) -> str:
        """The policy of one part."""
        return self.policies[part] if self.policies else self.policy


@lru_cache(maxsize=1_000)
def _read(data: bytes, view: View, time: int) -> Document:
    """The facts of an input; a document that comes twice is read twice."""
    del time
    return Document(data, view)


def differences(inputs: Sequence[bytes], result: bytes, terms: Terms) -> list[Difference]:
    """Everything that is not kept, explained or in its place; empty is good."""
    count: Counter[bytes] = Counter()
    wanted = []
    for data in inputs:
        wanted.append(_read(data, terms.view, count[data]))
        count[data] += 1
    found = Document(result)
    matched = match(wanted, found)
    check = _Check(wanted, found, matched, terms)
    return [
        *check.lost(),
        *check.added(),
        *check.parts(),
        *whole.faults(wanted, found, matched, terms.house),
    ]


class _Check:
    """One comparison: which paragraph is which is known."""

    def __init__(
        self, wanted: list[Document], found: Document, matched: Match, terms: Terms
    ) -> None:
        self.wanted = wanted
        self.found = found
        self.matched = matched
        self.terms = terms
        self.judges = {p: explained.Judge(found, p, terms.house) for p in ("house", "source")}
        self.twin = dict(_with_notes(pair for pairs in matched.pairs for pair in pairs))
        self.part = 0

    @property
    def judge(self) -> explained.Judge:
        """The one for the running part's policy."""
        return self.judges[self.terms.of(self.part)]

    def _is_ours(self, a: Paragraph) -> bool:
        """Is it an author's heading that goes under one of ours?"""
        return bool(self.terms.titles) and is_heading(self.wanted[self.part], a)

    def _tell(
        self, feature: str, where: Paragraph, wanted: object, found: object
    ) -> Iterator[Difference]:
        if wanted != found:
            yield Difference(feature, self.part, where.shown, wanted, found)

    def lost(self) -> Iterator[Difference]:
        """Paragraphs of an input that the result does not have in their place."""
        for part, paragraphs in enumerate(self.matched.lost):
            for p in paragraphs:
                if not (self.terms.titles and ("contents" in p.facts or not p.text.strip())):
                    yield Difference("paragraph", part, p.shown, p.text)

    def added(self) -> Iterator[Difference]:
        """Words that no input has (a titled part's heading and the contents are expected)."""
        for p in self.matched.added:
            if p.text.strip() and p.text not in self.terms.titles:
                yield Difference("paragraph", -1, p.shown, None, p.text)

    def parts(self) -> Iterator[Difference]:
        """The differences of all pairs."""
        for part, pairs in enumerate(self.matched.pairs):
            self.part = part
            for pair in pairs:
                yield from self._paragraph(*pair)
                yield from self._numbered(*pair)
            yield from self._sections(pairs)

    def _paragraph(self, a: Paragraph, b: Paragraph) -> Iterator[Difference]:
        for name in _EQUAL:
            yield from self._tell(name, a, a.facts.get(name, []), b.facts.get(name, []))
        colours = "colours" if self.judge.policy == "house" else "looks of colours"
        yield from self._tell("colours", a, a.facts.get(colours, []), b.facts.get(colours, []))
        yield from self._tell("meaning", a, self._meaning(a, a), self._meaning(b, a))
        told = self.judge.looks(self.wanted[self.part], a, b, is_ours=self._is_ours(a))
        for feature, wanted, got in told:
            yield from self._tell(feature, a, wanted, got)
        yield from self._bookmarks(a, b)
        yield from self._references(a, b)
        yield from self._notes(a, b)

    def _meaning(self, p: Paragraph, a: Paragraph) -> list[tuple[str, frozenset[str]]]:
        """Stretches of one meaning; a heading of the house says bold by itself."""
        is_ours = self._is_ours(a)
        kept = ("i", "vertAlign superscript", "vertAlign subscript", "vanish")
        merged: list[tuple[str, frozenset[str]]] = []
        for piece in p.pieces:
            said = frozenset(m for m in piece.meaning if not is_ours or m in kept)
            if merged and merged[-1][1] == said:
                merged[-1] = (merged[-1][0] + piece.text, said)
            else:
                merged.append((piece.text, said))
        return merged

    def _numbered(self, a: Paragraph, b: Paragraph) -> Iterator[Difference]:
        """The house numbers headings by itself; any other number is the author's."""
        document, policy = self.wanted[self.part], self.terms.of(self.part)
        if self._is_ours(a) or (policy == "house" and is_heading(document, a)):
            return
        numbers = a.number, b.number
        if policy == "house" and document.looks.name_of(a.style).startswith("list bullet"):
            numbers = (a.number or "")[:1], (b.number or "")[:1]
        yield from self._tell("number", a, *numbers)

    def _bookmarks(self, a: Paragraph, b: Paragraph) -> Iterator[Difference]:
        wanted = [(m.start[1], _end(m)) for m in a.bookmarks if m.name != "_GoBack"]
        found = [(m.start[1], _end(m)) for m in b.bookmarks]
        missing = [mark for mark in wanted if mark not in found]
        if missing:
            yield Difference("bookmarks", self.part, a.shown, missing, found)

    def _references(self, a: Paragraph, b: Paragraph) -> Iterator[Difference]:
        """Each leads to the paragraph that came from the one it led to."""
        wanted = [self._lead(self.wanted[self.part], r) for r in a.references]
        expected = [(kind, rest, self.twin.get(p) if p else None) for kind, rest, p in wanted]
        found = [self._lead(self.found, r) for r in b.references]
        if expected != found:
            yield Difference("references", self.part, a.shown, _told(expected), _told(found))

    def _lead(
        self, document: Document, reference: tuple[str, str, str]
    ) -> tuple[str, str, Paragraph | None]:
        kind, rest, name = reference
        mark = document.bookmarks.get(name)
        return kind, rest, mark.start[0] if mark else None

    def _notes(self, a: Paragraph, b: Paragraph) -> Iterator[Difference]:
        yield from self._tell("notes", a, [_face(n) for n in a.notes], [_face(n) for n in b.notes])
        for one, other in zip(a.notes, b.notes, strict=False):
            texts = [[p.text for p in note.paragraphs] for note in (one, other)]
            yield from self._tell(one.kind, a, *texts)
            for pair in zip(one.paragraphs, other.paragraphs, strict=False):
                yield from self._paragraph(*pair)
                yield from self._numbered(*pair)

    def _sections(self, pairs: Sequence[Pair]) -> Iterator[Difference]:
        """Page settings of each section, and how many sections apart paragraphs stand."""
        if not pairs:
            return
        document = self.wanted[self.part]
        first = [p.facts["section"][0] for p in pairs[0]]
        seen: set[tuple[object, object]] = set()
        for a, b in pairs:
            at, there = a.facts["section"][0], b.facts["section"][0]
            wanted, found = _minus(at, first[0]), _minus(there, first[1])
            yield from self._tell("sections", a, wanted, found)
            if (at, there) not in seen:
                seen.add((at, there))
                pages = self.judge.pages(document, int(str(at)), int(str(there)))
                yield from self._tell("page", a, *pages)


def _with_notes(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Pairs of paragraphs, and of those in their notes."""
    for a, b in pairs:
        yield a, b
        for one, other in zip(a.notes, b.notes, strict=False):
            yield from zip(one.paragraphs, other.paragraphs, strict=False)


def _minus(at: object, first: object) -> int:
    return int(str(at)) - int(str(first))


def _end(mark: Bookmark) -> object:
    if mark.end is None:
        return None
    return mark.end[1] if mark.end[0] is mark.start[0] else "later"


def _told(leads: list[tuple[str, str, Paragraph | None]]) -> list[tuple[str, str, str | None]]:
    return [(kind, rest, p.shown[:40] if p else None) for kind, rest, p in leads]


def _face(note: Note) -> tuple[object, ...]:
    return (note.kind, note.offset, note.anchor, note.about)
