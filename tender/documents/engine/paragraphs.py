"""A paragraph's place in the house: its style, its level as a heading, its list."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from tender.documents import trees
from tender.documents.engine import order
from tender.documents.engine.cells import spoken_for
from tender.documents.engine.headings import title_of
from tender.documents.engine.house import House, shown_name
from tender.documents.engine.lists import ListMap
from tender.documents.engine.roles import role_of
from tender.documents.engine.source import Source
from tender.documents.engine.styles import StyleMap
from tender.documents.trees import Element, q

_P, _STYLE, _NUMBER, _SPACING = q("w:p"), q("w:pStyle"), q("w:numPr"), q("w:spacing")
_TELLING = trees.finder("descendant::w:p[w:pPr[w:pStyle or w:numPr]]")
"""Paragraphs that name a style or a list: the others are as the house's usual ones."""
_SPACED = trees.finder("descendant::w:pPr[w:spacing][parent::w:p][not(ancestor::w:tbl)]")
_NOTE_STYLES = {
    q("w:footnotes"): "footnote text",
    q("w:endnotes"): "endnote text",
    q("w:comments"): "annotation text",
}


@dataclass(frozen=True, slots=True)
class _Plan:
    """What paragraphs of one style become: worked out once for all of them."""

    style: str | None
    level: int | None
    number: str | None
    list_level: str
    indents: Mapping[str, str]


class Paragraphs:
    """Adopts one author's paragraphs; `titled` where their section has a heading of ours."""

    def __init__(
        self, source: Source, house: House, styles: StyleMap, lists: ListMap, *, titled: bool
    ) -> None:
        self.source = source
        self.house = house
        self.styles = styles
        self.lists = lists
        self.titled = titled
        self.tally: Counter[str] = Counter()
        self._usual = source.default_style("paragraph")
        self._plans: dict[tuple[str | None, bool], _Plan] = {}

    def headings(self, story: Element) -> list[tuple[Element, int]]:
        """The author's headings in order with their level, without those in tables and boxes."""
        return [
            (paragraph, level)
            for paragraph, level in self._levelled(story)
            if not _is_boxed(paragraph) and title_of(paragraph)
        ]

    def _levelled(self, story: Element) -> Iterator[tuple[Element, int]]:
        """The paragraphs in styles of headings, found by the marks that name these."""
        if self.styles.heading_level(self._usual):
            marks: Iterable[Element] = story.iter(_P)
        else:
            marks = (mark for mark in story.iter(_STYLE) if self._level_by(mark))
        for mark in marks:
            paragraph = mark if mark.tag == _P else next(mark.iterancestors(_P), mark)
            level = self.styles.heading_level(self._style_of(paragraph))
            if level:
                yield paragraph, level

    def _level_by(self, mark: Element) -> int | None:
        return self.styles.heading_level(trees.value(mark))

    def _style_of(self, paragraph: Element) -> str | None:
        mark = trees.child(trees.properties(paragraph), "w:pStyle")
        return self._usual if mark is None else trees.value(mark)

    def adopt(self, story: Element, headings: Collection[Element]) -> None:
        """Give every paragraph of a story its style, list and level in the result."""
        celled = spoken_for(self.source, story) if self.styles.keeps_looks else frozenset()
        every = self._names_usual() or self._plan(self._usual).number is not None
        for paragraph in list(story.iter(_P)) if every else _TELLING(story):
            properties = properties_of(paragraph)
            kids = {kid.tag: kid for kid in properties}
            mark = kids.get(_STYLE)
            style = self._usual if mark is None else trees.value(mark)
            plan = self._plan(style, in_cell=paragraph in celled)
            is_heading = bool(plan.level and self.titled)
            dropped = is_heading and paragraph not in headings
            self.tally["plain_headings"] += dropped and bool(title_of(paragraph))
            self._style(properties, mark, plan, dropped=dropped)
            if _NUMBER in kids or plan.number is not None:
                self._number(properties, kids.get(_NUMBER), plan, is_heading=is_heading)
        if not self.styles.keeps_looks and next(story.iter(_SPACING), None) is not None:
            for properties in _SPACED(story):
                for spacing in list(properties.iterchildren(_SPACING)):
                    properties.remove(spacing)

    def _names_usual(self) -> bool:
        """Must paragraphs that name no style name one in the result: is theirs not the house's?"""
        if self.styles.keeps_looks or not self.styles.table:
            return self.styles.keeps_looks
        return self._plan(self._usual).style != self.house.style("paragraph", "normal")

    def _plan(self, style: str | None, *, in_cell: bool = False) -> _Plan:
        if self.styles.keeps_looks and style not in self.source.styles:
            style = self._usual
        key = (style, in_cell)
        if key not in self._plans:
            number, level = self._number_of(style)
            mapped = self.styles.map(style or "", in_cell=in_cell)
            heading = self.styles.heading_level(style)
            is_ours = number is None or mapped in self.house.styles.values()
            indents = {} if is_ours else self._indents_of(style)
            self._plans[key] = _Plan(mapped, heading, number, level, indents)
        return self._plans[key]

    def _style(
        self, properties: Element, mark: Element | None, plan: _Plan, *, dropped: bool
    ) -> None:
        """Name the style of the result; `dropped` for what only looks like a heading."""
        if mark is None:
            if plan.style is not None and not dropped and self._names_usual():
                properties.insert(0, trees.make("w:pStyle", val=plan.style))
        elif plan.style is None or dropped:
            properties.remove(mark)
        else:
            mark.set(q("w:val"), plan.style)

    def _number(
        self, properties: Element, own: Element | None, plan: _Plan, *, is_heading: bool
    ) -> None:
        """Carry a paragraph's place in a list over; the house numbers headings itself."""
        number = trees.child(own, "w:numId")
        if is_heading:
            if own is not None:
                properties.remove(own)
        elif own is not None and number is not None:
            new = self.lists.map(trees.value(number) or "0")
            self.tally["lost_lists"] += new is None
            if new is None:
                properties.remove(own)
            else:
                number.set(q("w:val"), new)
        elif plan.number is not None:
            new = self.lists.map(plan.number)
            if new is not None:
                told = trees.value(trees.child(own, "w:ilvl"))
                order.put(properties, numbering(told or plan.list_level, new))
                _indent(properties, plan.indents)

    def _number_of(self, style: str | None) -> tuple[str | None, str]:
        """The list and level that a style brings, unless the house's own style shows it."""
        number = trees.value(self.source.from_chain(style, "w:pPr", "w:numPr", "w:numId"))
        if number is None or number == "0":
            return None, "0"
        named = trees.value(self.source.from_chain(style, "w:pPr", "w:numPr", "w:ilvl"))
        level = named or self.lists.level_of(number, style)
        if self._is_house_bullet(style) and self.lists.is_bullet(number, level):
            return None, "0"
        return number, level

    def _indents_of(self, style: str | None) -> dict[str, str]:
        """Indents of a style that brings its list: they count more than the list's own."""
        indents: dict[str, str] = {}
        for item in self.source.chain(style):
            own = trees.child(item, "w:pPr", "w:ind")
            indents = _over(indents, _written(own))
            if trees.child(item, "w:pPr", "w:numPr", "w:numId") is not None:
                break
        return indents

    def _is_house_bullet(self, style: str | None) -> bool:
        found = self.source.styles.get(style or "")
        role = "" if found is None else role_of(shown_name(found))
        known = self.house.style("paragraph", role) is not None
        return not self.styles.keeps_looks and role.startswith("list bullet") and known

    def dress_notes(self, story: Element) -> None:
        """Give notes' paragraphs the house's style for notes where they name none."""
        wanted = _NOTE_STYLES.get(story.tag, "")
        found = None if self.styles.keeps_looks else self.house.style("paragraph", wanted)
        for note in story if found is not None else []:
            for paragraph in note.iterchildren(_P):
                properties = properties_of(paragraph)
                if next(properties.iterchildren(_STYLE), None) is None:
                    properties.insert(0, trees.make("w:pStyle", val=found or ""))


def _written(element: Element | None) -> dict[str, str]:
    items = () if element is None else element.attrib.items()
    return {str(name): str(text) for name, text in items}


def _over(near: Mapping[str, str], far: Mapping[str, str]) -> dict[str, str]:
    """Indents from near and far; a first line's indent and its hanging exclude each other."""
    firsts = {q("w:firstLine"), q("w:hanging")}
    hidden = firsts if firsts & set(near) else set()
    return {**{name: text for name, text in far.items() if name not in hidden}, **near}


def _indent(properties: Element, indents: Mapping[str, str]) -> None:
    """Write a style's indents into a paragraph, as far as it has none of its own."""
    if not indents:
        return
    own = properties.find(q("w:ind"))
    merged = _over(_written(own), indents)
    new = trees.make("w:ind")
    for name, text in merged.items():
        new.set(name, text)
    order.put(properties, new)


def _is_boxed(paragraph: Element) -> bool:
    return next(paragraph.iterancestors(q("w:tbl"), q("w:txbxContent")), None) is not None


def numbering(level: str, number: str) -> Element:
    """A `w:numPr` of this level and list."""
    wanted = trees.make("w:numPr")
    trees.add(wanted, "w:ilvl", val=level)
    trees.add(wanted, "w:numId", val=number)
    return wanted


def properties_of(paragraph: Element) -> Element:
    """A paragraph's properties, made if missing."""
    properties = trees.properties(paragraph)
    if properties is None:
        properties = trees.make("w:pPr")
        paragraph.insert(0, properties)
    return properties
