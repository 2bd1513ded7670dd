"""One author's document on its way into the result: a fragment is made of it, story by story."""

from collections import Counter as Tally
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from tender.documents import fields, trees
from tender.documents.engine import fit, namespaces, order, policies, revisions, sections
from tender.documents.engine.blanks import Blanks, Signs
from tender.documents.engine.carrying import BODY, Carrier, embedded_fonts
from tender.documents.engine.counting import Counter, refer, shown_by
from tender.documents.engine.fragment import Fragment, Mark
from tender.documents.engine.headings import strip_typed_number, title_of
from tender.documents.engine.house import HEADERS, House
from tender.documents.engine.languages import Languages
from tender.documents.engine.lists import ListMap
from tender.documents.engine.looks import undress
from tender.documents.engine.names import NameMap
from tender.documents.engine.notes import KINDS, LETTERS, Notes, Thread, threads_of
from tender.documents.engine.options import Options, Policy
from tender.documents.engine.paragraphs import Paragraphs, properties_of
from tender.documents.engine.source import Source
from tender.documents.engine.styles import StyleMap
from tender.documents.engine.telling import Teller
from tender.documents.package import Package
from tender.documents.report import Note
from tender.documents.trees import Element, q

_NAMED = tuple(q(name) for name in ("w:rStyle", "w:tblStyle"))
_SECTION, _FORMER = q("w:sectPr"), q("w:sectPrChange")
_TRACKED = tuple(q(name) for name in revisions.TRACKED)
_COUNTED = {"paragraphs": q("w:p"), "tables": q("w:tbl"), "images": q("a:blip")}


@dataclass(frozen=True)
class Order:
    """How a part is to come: its policy and table of styles, its heading's words and level.

    Level 0: it has no heading of ours, and comes as it is.
    """

    policy: Policy = "house"
    styles: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    level: int = 0


class Normaliser:
    """The work on one part; each step leaves the trees ready for the next, and uses them up.

    `digest` is of the part's own bytes.
    """

    def __init__(
        self, package: Package, digest: str, house: House, options: Options, wanted: Order
    ) -> None:
        self.source = Source(package)
        self.body = self.source.body
        self.house = house
        self.options = options
        self.order = wanted
        self.tally: Tally[str] = Tally()
        self.ids: Tally[str] = Tally()
        self.marks: list[Mark] = []
        self.widths: dict[int, int] = {}
        self.details: list[Note] = []
        self.teller = Teller(self.source, house)
        self.signs = signs = Signs(digest)
        self.styles = StyleMap(self.source, house, signs, wanted.policy, wanted.styles)
        self.names = NameMap(signs)
        self.counter = Counter(signs)
        self.carrier = Carrier(self.source, signs, options.image_dpi)
        self.languages = Languages(self.source, house)
        self.lists = ListMap(self.source, signs, self.carrier)
        self.notes = {kind: Notes(self.source, kind, signs) for kind in KINDS}
        titled = bool(wanted.level)
        self.paragraphs = Paragraphs(self.source, house, self.styles, self.lists, titled=titled)

    def fragment(self) -> Fragment:
        """All steps in their order. Raises Refused, and KeyError or ValueError for odd files."""
        self._settle()
        stories = self._stories()
        headings = self._headings()
        captions = self._name([story for _, story in stories], headings)
        owners = {kind: book.name for kind, book in self.notes.items()} | {BODY: self.source.main}
        for kind, story in stories:
            self.carrier.measure(story, owners[kind])
        for kind, story in stories:
            self.carrier.link(story, kind, owners[kind])
            self._adopt(story, headings if kind == BODY else {})
        threads = self._threads()
        ending = self._pages()
        self._surround(headings | captions)
        open_last(self.body, self.signs)
        return self._made(ending, self._counted(), threads)

    def _settle(self) -> None:
        """Extensions, tracked changes, comments, hidden text, the author's own contents."""
        namespaces.settle(self.source.document)
        self.details += self.teller.all(self.options)
        self.tally += policies.settle(self.body, self.options)
        if self.order.level:
            self.tally += policies.drop_contents(self.body)
            self.tally += policies.drop_repeated_title(self.body, self.order.title)

    def _stories(self) -> list[tuple[str, Element]]:
        """The body, and the notes of each kind that it and they refer to."""
        stories = [(BODY, self.body)]
        for kind in KINDS:
            for _, story in stories:
                self.notes[kind].follow(story)
            book = self.notes[kind]
            book.gather()
            if book.story is not None and book.taken:
                self.tally += policies.settle(book.story, self.options)
                stories.append((kind, book.story))
        return stories

    def _headings(self) -> dict[Element, int]:
        """Enter the headings, without numbers typed by hand; their place among the marks."""
        found = self.paragraphs.headings(self.body) if self.order.level else []
        if found:
            self.styles.rebase({level for _, level in found}, self.order.level)
        for heading, level in found:
            self.tally["typed_numbers"] += strip_typed_number(heading)
            self.marks.append(Mark(self.styles.level_of(level), self._words(heading)))
        return {heading: place for place, (heading, _) in enumerate(found)}

    def _words(self, paragraph: Element) -> Blanks:
        return self.signs.cut(title_of(paragraph).encode())

    def _name(self, stories: list[Element], headings: dict[Element, int]) -> dict[Element, int]:
        """Bookmarks, captions and the references to them; the captions' place among the marks."""
        starts: dict[str, Element] = {}
        for story in stories:
            starts |= self.names.renumber(story)
        found = [(story, fields.scan(story)) for story in stories]
        for story, those in found:
            self.counter.read(story, those)
        shown = {heading: self.signs.blank("g", place) for heading, place in headings.items()}
        notes = self.notes["footnotes"].shown() | self.notes["endnotes"].shown()
        for story, those in found:
            refer(shown_by(story, those, "REF", "NOTEREF"), starts, shown, notes, self.signs)
            self.names.follow(story, those)
        captions: dict[Element, int] = {}
        for caption, sequence in self.counter.captions.items():
            if caption not in headings:
                captions[caption] = len(self.marks)
                self.marks.append(Mark(0, self._words(caption), sequence))
        return captions

    def _adopt(self, story: Element, headings: Mapping[Element, int]) -> None:
        """Styles, lists and looks; then the ids that must be unlike in the whole."""
        keeps = self.styles.keeps_looks
        if keeps:
            self.languages.keep_in(headings)
        else:
            self.languages.note(story)
        self.paragraphs.adopt(story, headings)
        self.paragraphs.dress_notes(story)
        for mark in list(story.iter(*_NAMED)):
            new = self.styles.map(trees.value(mark) or "")
            if new is None:
                trees.remove(mark)
            else:
                mark.set(q("w:val"), new)
        if keeps:
            self.styles.theme.resolve(story)
        else:
            self.tally["plain"] += undress(story, headings)
            self.languages.keep(story)
        order.mend(story)
        self._renumber(story)

    def _threads(self) -> tuple[Thread, ...]:
        story = self.notes["comments"].story
        if story is None or not self.notes["comments"].taken:
            return ()
        found = threads_of(self.source, story, self.signs)
        self.ids["p"] = len(found)
        return found

    def _renumber(self, story: Element) -> None:
        etree.strip_elements(story, q("w:id"), with_tail=False)
        for letter, tags, name in (("d", (q("wp:docPr"),), "id"), ("h", _TRACKED, q("w:id"))):
            for item in story.iter(*tags):
                item.set(name, self.signs.blank(letter, self.ids[letter]))
                self.ids[letter] += 1
        self.carrier.name_shapes(story)

    def _pages(self) -> Element:
        """The author's sections in the house's dress; the last one, which ends the part."""
        last = self.body.find(q("w:sectPr"))
        if last is not None:
            self.body.remove(last)
        inner = [item for item in self.body.iter(_SECTION) if not _is_former(item)]
        authors = [*inner, last]
        made = [self._section(author, first=n == 0) for n, author in enumerate(authors)]
        for old, new in zip(inner, made, strict=False):
            above = old.getparent()
            if above is not None:
                above.replace(old, new)
        if not self.styles.keeps_looks:
            fitted = fit.fit(self.body, made[-1], alone=not inner)
            self.tally["fitted"] += len(fitted)
            self.details += self.teller.fitted(fitted)
        for section in made:
            width = sections.sheet_of(section).text_width
            place = self.widths.setdefault(width, len(self.widths))
            section.insert(0, self.signs.slot("x", place))
        return made[-1]

    def _section(self, author: Element | None, *, first: bool) -> Element:
        if author is not None:
            self.tally["headers"] += sum(1 for kid in author if kid.tag in HEADERS)
        return sections.like(
            self.house.section, author, keeps_looks=self.styles.keeps_looks, first=first
        )

    def _surround(self, marks: Mapping[Element, int]) -> None:
        """Slots in and around each heading and caption: its number, its bookmark."""
        for paragraph, place in marks.items():
            properties = properties_of(paragraph)
            if self.marks[place].level:
                _slot_for_number(properties, self.signs.slot("o", place))
            properties.addnext(self.signs.slot("v", place))
            paragraph.append(self.signs.slot("w", place))

    def _text(self, story: Element) -> bytes:
        text = namespaces.inner(story)
        return text if self.styles.keeps_looks else self.languages.fill(text)

    def _made(
        self, ending: Element, tally: Mapping[str, int], threads: tuple[Thread, ...]
    ) -> Fragment:
        cut = self.signs.cut
        notes = {
            kind: cut(self._text(book.story))
            for kind, book in self.notes.items()
            if book.story is not None and book.taken
        }
        ids = {LETTERS[kind]: len(book.taken) for kind, book in self.notes.items()}
        fonts = embedded_fonts(self.source, self.carrier, self.signs)
        return Fragment(
            body=cut(self._text(self.body)), ending=cut(namespaces.outer([ending])),
            bullets=tuple(self.lists.bullets), fonts=fonts, threads=threads, notes=notes,
            links={kind: tuple(links) for kind, links in self.carrier.links.items()},
            carried=self.carrier.carried, styles=self.styles.brought(),
            lists=tuple(self.lists.definitions), uses=tuple(self.lists.uses),
            names=tuple(self.names.names), marks=tuple(self.marks),
            counts=tuple(self.counter.counts),
            ids={
                "b": self.names.ids, "s": self.carrier.shapes, "j": self.carrier.boxes,
                **ids, **self.ids,
            },
            widths=tuple(self.widths),
            tally=tally, details=tuple(self.details),
        )  # fmt: skip

    def _counted(self) -> dict[str, int]:
        """What the part holds, and what was changed in it, by the names of `report`."""
        body = self.body
        found = Tally(item.tag for item in body.iter(*_COUNTED.values()))
        held = {name: found[tag] for name, tag in _COUNTED.items()}
        notes = {kind: len(book.taken) for kind, book in self.notes.items()}
        tally = self.tally + self.paragraphs.tally
        tally["lost_styles"] = len(self.styles.lost)
        return {**held, **notes, **tally, "lighter": self.carrier.lighter}


def _is_former(section: Element) -> bool:
    """Is it what a tracked change has replaced?"""
    above = section.getparent()
    return above is not None and above.tag == _FORMER


def _slot_for_number(properties: Element, slot: Element) -> None:
    stand_in = trees.make("w:numPr")
    order.put(properties, stand_in)
    properties.replace(stand_in, slot)


def open_last(body: Element, signs: Signs) -> None:
    """Leave a slot for the end of the section in the last paragraph, where there is one."""
    last = next(body.iterchildren(reversed=True), None)
    while last is not None and last.tag in (q("w:bookmarkEnd"), q("w:bookmarkStart")):
        last = last.getprevious()
    if last is None or last.tag != q("w:p"):
        return
    properties = properties_of(last)
    change = properties.find(q("w:pPrChange"))
    if properties.find(q("w:sectPr")) is None and change is None:
        properties.append(signs.slot("z"))
    elif properties.find(q("w:sectPr")) is None and change is not None:
        change.addprevious(signs.slot("z"))
