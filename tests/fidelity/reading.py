"""A Word file as plain facts, paragraph by paragraph in the order of the document."""

from tests.fidelity import tables
from tests.fidelity.archive import Archive, Element, child, q, value
from tests.fidelity.facts import Book, Bookmark, Paragraph
from tests.fidelity.looks import Looks
from tests.fidelity.scribe import Scribe
from tests.fidelity.views import View, settle

NOTES = {"footnotes": "w:footnote", "endnotes": "w:endnote", "comments": "w:comment"}


class Document:
    """All facts of one file, as a view of its changes and comments leaves it."""

    def __init__(self, data: bytes, view: View | None = None) -> None:
        self.archive = Archive(data)
        self.view = view or View()
        self.looks = Looks(self.archive)
        self._noted = {kind: self._read(kind) for kind in NOTES}
        settle(self.archive.body, self.view)
        self.book = Book(self.archive, self.looks, self._names())
        self.sections = [*self.archive.body.iter(q("w:sectPr"))]
        self.paragraphs = Scribe(self.book, self.archive.main).paragraphs(self.archive.body)
        for paragraph in self.paragraphs:
            self._complete(paragraph)
        self._place_in_sections()

    def _read(self, kind: str) -> dict[str, Element]:
        root = self.archive.side(kind)
        if root is None:
            return {}
        settle(root, self.view)
        return {value(note, "w:id") or "": note for note in root.findall(q(NOTES[kind]))}

    def _names(self) -> frozenset[str]:
        stories = (self.archive.body, *(n for kind in self._noted.values() for n in kind.values()))
        marks = (mark for story in stories for mark in story.iter(q("w:bookmarkStart")))
        return frozenset(value(mark, "w:name") or "" for mark in marks)

    @property
    def bookmarks(self) -> dict[str, Bookmark]:
        """Where each name stands."""
        return self.book.bookmarks

    def _complete(self, paragraph: Paragraph) -> None:
        for note in paragraph.notes:
            element = self._noted[note.kind].get(note.id)
            owner = self.archive.related(self.archive.main, note.kind)
            if element is not None and owner is not None:
                note.paragraphs = Scribe(self.book, owner).paragraphs(element)
                note.about = self._about(note.kind, element)
        first = tables.first_of(paragraph.element)
        if first is not None:
            paragraph.add("tables", tables.shape(first, self.looks))

    def _about(self, kind: str, element: Element) -> tuple[object, ...]:
        if kind != "comments":
            return ()
        return (value(element, "w:author"), value(element, "w:initials"), *self._thread(element))

    def _thread(self, comment: Element) -> tuple[str | None, str | None]:
        """The words of the comment that this one answers, and whether it is settled."""
        more = self.archive.side("commentsExtended")
        marks = {} if more is None else {value(item, "w15:paraId"): item for item in more}
        own = marks.get(_last_id(comment))
        parent = value(own, "w15:paraIdParent")
        for other in self._noted["comments"].values():
            if parent is not None and _last_id(other) == parent:
                return "".join(t.text or "" for t in other.iter(q("w:t"))), value(own, "w15:done")
        return None, value(own, "w15:done")

    def _place_in_sections(self) -> None:
        """Which page section each paragraph lies in: its settings, and how many came before."""
        ends = {child(p, "w:pPr", "w:sectPr"): p for p in self.archive.body.findall(q("w:p"))}
        at = 0
        by_block: dict[Element, int] = {}
        for block in self.archive.body:
            by_block[block] = at
            at += any(end is not None and p is block for end, p in ends.items())
        for paragraph in self.paragraphs:
            above = [paragraph.element, *paragraph.element.iterancestors()]
            block = next(e for e in above if e.getparent() is self.archive.body)
            paragraph.facts["section"] = [by_block[block]]


def _last_id(comment: Element) -> str | None:
    last = list(comment.iter(q("w:p")))[-1:]
    return value(last[0], "w14:paraId") if last else None


def read(data: bytes, view: View | None = None) -> Document:
    """The facts of a file."""
    return Document(data, view)
