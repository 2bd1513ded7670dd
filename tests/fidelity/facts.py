"""The plain facts of a document: paragraphs, and what stands in them."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.fidelity.archive import Archive, Element
from tests.fidelity.looks import Look, Looks


@dataclass(frozen=True)
class Piece:
    """A stretch of text in one run, what it means and how it looks."""

    text: str
    meaning: frozenset[str]
    look: Look
    style: str


@dataclass
class Note:
    """A footnote, endnote or comment at its place, with its own paragraphs."""

    kind: str
    offset: int
    id: str
    anchor: str = ""
    about: tuple[object, ...] = ()
    paragraphs: list[Paragraph] = field(default_factory=list)


@dataclass
class Field:
    """A field: its code, what it shows, and the paragraph in which it begins."""

    paragraph: Paragraph
    offset: int
    code: str = ""
    shown: str = ""
    in_result: bool = False

    @property
    def keyword(self) -> str:
        """The first word of the code, in capitals."""
        return (self.code.split() or [""])[0].upper()


@dataclass
class Bookmark:
    """Where a name stands: paragraph and offset of both ends, in text and in what is shown."""

    name: str
    start: tuple[Paragraph, int, int]
    end: tuple[Paragraph, int, int] | None = None

    @property
    def covered(self) -> str | None:
        """The text shown between its ends, None where they lie in two paragraphs."""
        if self.end is None or self.end[0] is not self.start[0]:
            return None
        return self.start[0].shown[self.start[2] : self.end[2]]


@dataclass(eq=False)
class Paragraph:
    """One paragraph: `text` with signs for what may change (page numbers…), `shown` as it is."""

    element: Element
    story: str
    style: str | None = None
    text: str = ""
    shown: str = ""
    number: str | None = None
    look: Look = field(default_factory=dict)
    pieces: list[Piece] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    references: list[tuple[str, str, str]] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)
    facts: dict[str, list[object]] = field(default_factory=dict)

    def add(self, kind: str, fact: object) -> None:
        """Note one thing that stands in this paragraph."""
        self.facts.setdefault(kind, []).append(fact)


@dataclass
class Book:
    """What the stories of one file share while they are read."""

    archive: Archive
    looks: Looks
    names: frozenset[str]
    bookmarks: dict[str, Bookmark] = field(default_factory=dict)
    fields: list[Field] = field(default_factory=list)
