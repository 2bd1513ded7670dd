"""One author's document on its way into the result, a story at a time."""

from collections import Counter
from collections.abc import Iterator

from tender.documents import trees
from tender.documents.engine import fit, names, notes, policies, revisions
from tender.documents.engine.headings import Outline, title_of
from tender.documents.engine.namespaces import settle_choices
from tender.documents.engine.options import Options
from tender.documents.engine.paragraphs import Paragraphs
from tender.documents.engine.sections import Sections
from tender.documents.engine.source import Source
from tender.documents.engine.styles import StyleMap
from tender.documents.engine.target import Target
from tender.documents.package import Rel
from tender.documents.trees import Element, q

_REFERENCES = (q("w:headerReference"), q("w:footerReference"))
_R = f"{{{trees.R}}}"
_NOTES = ("footnotes", "endnotes", "comments")


class Graft:
    """Prepares everything on the author's own trees; only `place` touches the result's body."""

    beginning: Element
    ending: Element

    def __init__(self, source: Source, target: Target, options: Options, *, level: int) -> None:
        self.source = source
        self.target = target
        self.options = options
        self.level = level
        self.counts: Counter[str] = Counter()
        styles = StyleMap(source, target.styles, options)
        self.paragraphs = Paragraphs(source, target, styles, level=level)
        self._taken: dict[str, str] = {}

    def prepare(self, title: str, sections: Sections) -> None:
        """All that can fail: policies, names, styles, lists, links, notes, pages."""
        body = self.source.body
        settle_choices(self.source.document)
        policies.settle(body, self.options, self.counts)
        if self.level:
            self.counts["contents"] += policies.drop_contents(body)
            policies.drop_repeated_title(body, title)
            self.paragraphs.styles.rebase(self._used_levels(body), self.level)
        stories = [(body, self.source.main, self.target.main), *self._notes(body)]
        names.rename([story for story, _, _ in stories], self.target.names)
        for story, source_name, target_name in stories:
            self._links(story, source_name, target_name)
            self._adopt(story)
        self._pages(body, sections)
        self.counts += self.paragraphs.counts

    def place(self, outline: Outline) -> None:
        """Move the body into the result and number its headings."""
        for block in list(self.source.body):
            self.target.append(block)
        for paragraph, level in self.paragraphs.headings.items():
            outline.heading(paragraph, level, title_of(paragraph))

    def _used_levels(self, body: Element) -> set[int]:
        """The levels of heading the author has used."""
        levels = (
            self.paragraphs.styles.heading_level(trees.value(trees.child(p, "w:pPr", "w:pStyle")))
            for p in body.iter(q("w:p"))
            if title_of(p)
        )
        return {level for level in levels if level}

    def _notes(self, body: Element) -> Iterator[tuple[Element, str, str]]:
        """The notes that the text refers to: each with its part's name here and there."""
        for kind in _NOTES:
            found = self.source.side(kind)
            marks = list(body.iter(*(q(tag) for tag in notes.REFERENCES[kind])))
            known = {} if found is None else notes.notes_by_id(found[1], kind)
            wanted = [mark for mark in marks if mark.get(q("w:id"), "") in known]
            for mark in marks:
                if mark.get(q("w:id"), "") not in known:
                    trees.remove(mark)
            if found is not None and wanted:
                book = notes.NoteBook(self.target, kind)
                for note in self._take_notes(book, wanted, known):
                    yield note, found[0], book.owner

    def _take_notes(
        self, book: notes.NoteBook, marks: list[Element], known: dict[str, Element]
    ) -> Iterator[Element]:
        numbers: dict[str, str] = {}
        for mark in marks:
            old = mark.get(q("w:id"), "")
            if old not in numbers:
                policies.settle(known[old], self.options, self.counts)
                numbers[old] = book.add(known[old])
                self.counts[book.kind] += 1
                yield known[old]
            mark.set(q("w:id"), numbers[old])

    def _links(self, story: Element, source_name: str, target_name: str) -> None:
        """Point every relationship of a story to its copy in the result."""
        rels = self.source.rels(source_name)
        for element in story.iter("{*}*"):
            if element.tag in _REFERENCES:
                continue
            for name in [str(name) for name in element.attrib if str(name).startswith(_R)]:
                rel = rels.get(element.get(name, ""))
                if rel is None:
                    del element.attrib[name]
                    continue
                if not rel.external:
                    rel = Rel(rel.kind, self.target.take(self.source, rel.target, self._taken))
                element.set(name, self.target.relate(target_name, rel))

    def _adopt(self, story: Element) -> None:
        for paragraph in trees.each(story, "w:p"):
            self.paragraphs.adopt(paragraph)
        self.paragraphs.dress_note(story)
        for mark in trees.each(story, "w:rStyle", "w:tblStyle"):
            self.paragraphs.name_style(mark)
        if self.options.policy != "source":
            for properties in trees.each(story, "w:rPr"):
                self.paragraphs.undress(properties)
        self._renumber(story)

    def _renumber(self, story: Element) -> None:
        """Ids that must be unlike in the whole result."""
        for drawing in story.iter(q("wp:docPr")):
            drawing.set("id", str(next(self.target.drawings)))
        for change in story.iter(*(q(tag) for tag in revisions.TRACKED)):
            change.set(q("w:id"), str(next(self.target.changes)))
        for number in trees.each(story, "w:id"):
            trees.remove(number)

    def _pages(self, body: Element, sections: Sections) -> None:
        """The author's sections in the house's dress; the last one waits for what follows."""
        house = self.options.policy != "source"
        last = body.find(q("w:sectPr"))
        if last is not None:
            body.remove(last)
        inner = list(body.iter(q("w:sectPr")))
        authors = [*inner, last]
        self.counts["headers"] += sum(
            1
            for author in authors
            if author is not None
            for kid in author
            if kid.tag in _REFERENCES
        )
        made = [
            sections.like(author, house=house, first=n == 0) for n, author in enumerate(authors)
        ]
        for old, new in zip(inner, made, strict=False):
            above = old.getparent()
            if above is not None:
                above.replace(old, new)
        self.beginning, self.ending = made[0], made[-1]
        if house:
            self.counts["fitted"] += fit.fit(body, self.ending)
