"""A paragraph's place in the house: its style, its level as a heading, its list."""

from collections import Counter

from tender.documents import trees
from tender.documents.engine.headings import put_property, strip_typed_number, title_of
from tender.documents.engine.lists import ListMap
from tender.documents.engine.looks import plain_run
from tender.documents.engine.source import Source
from tender.documents.engine.styles import StyleMap, shown_name
from tender.documents.engine.target import Target
from tender.documents.trees import Element, q

_NOTE_STYLES = {
    q("w:footnote"): "footnote text",
    q("w:endnote"): "endnote text",
    q("w:comment"): "annotation text",
}


class Paragraphs:
    """Adopts one author's paragraphs; `level` is their section's, 0 where it has no heading."""

    def __init__(self, source: Source, target: Target, styles: StyleMap, *, level: int) -> None:
        self.source = source
        self.target = target
        self.styles = styles
        self.level = level
        self.lists = ListMap(source, target.lists)
        self.counts: Counter[str] = Counter()
        self.headings: dict[Element, int] = {}

    def adopt(self, paragraph: Element) -> None:
        """Give one paragraph its style, list and level in the result."""
        properties = paragraph.find(q("w:pPr"))
        mark = None if properties is None else properties.find(q("w:pStyle"))
        style = trees.value(mark) or self.source.default_style
        level = self.styles.heading_level(style)
        self._number(paragraph, style, is_heading=bool(level and self.level))
        if mark is not None:
            self.name_style(mark)
        elif not self.styles.house and style is not None:
            self._write_style(paragraph, style)
        if level and self.level:
            self._heading(paragraph, level)

    def name_style(self, mark: Element) -> None:
        """Point a style mark to the result's style; without one it goes."""
        new = self.styles.map(trees.value(mark) or "")
        if new is None:
            trees.remove(mark)
        else:
            mark.set(q("w:val"), new)

    def dress_note(self, note: Element) -> None:
        """Give a note's paragraphs the house's style for notes where they name none."""
        name = _NOTE_STYLES.get(note.tag, "")
        found = self.target.styles.find("paragraph", name) if self.styles.house else None
        for paragraph in note.findall(q("w:p")):
            if found is not None and trees.child(paragraph, "w:pPr", "w:pStyle") is None:
                properties_of(paragraph).insert(0, trees.make("w:pStyle", val=found))

    def undress(self, properties: Element) -> None:
        """Take an author's direct looks off a run, as far as the house wants."""
        paragraph = next(properties.iterancestors(q("w:p")), None)
        in_table = next(properties.iterancestors(q("w:tbl")), None) is not None
        if plain_run(properties, in_table=in_table, heading=paragraph in self.headings):
            self.counts["plain"] += 1

    def _write_style(self, paragraph: Element, style: str) -> None:
        new = self.styles.map(style)
        if new is not None:
            properties_of(paragraph).insert(0, trees.make("w:pStyle", val=new))

    def _heading(self, paragraph: Element, level: int) -> None:
        boxed = next(paragraph.iterancestors(q("w:tbl"), q("w:txbxContent")), None) is not None
        if boxed or not title_of(paragraph):
            mark = trees.child(paragraph, "w:pPr", "w:pStyle")
            if mark is not None:
                trees.remove(mark)
            return
        if strip_typed_number(paragraph):
            self.counts["typed_numbers"] += 1
        self.headings[paragraph] = self.styles.level_of(level)

    def _number(self, paragraph: Element, style: str | None, *, is_heading: bool) -> None:
        """Carry a paragraph's place in a list over; the house numbers headings itself."""
        own = trees.child(paragraph, "w:pPr", "w:numPr")
        number = trees.child(own, "w:numId")
        if own is None or number is None:
            if not is_heading:
                self._number_by_style(paragraph, own, style)
            return
        new = None if is_heading else self.lists.map(trees.value(number) or "0")
        if new is None:
            trees.remove(own)
        else:
            number.set(q("w:val"), new)

    def _number_by_style(self, paragraph: Element, own: Element | None, style: str | None) -> None:
        number = trees.value(self.source.from_chain(style, "w:pPr", "w:numPr", "w:numId"))
        if number is None or number == "0":
            return
        level = self._level_by_style(own, style, number)
        if self._is_house_bullet(style) and self.lists.is_bullet(number, level):
            return
        new = self.lists.map(number)
        if new is None:
            return
        if own is not None:
            trees.remove(own)
        wanted = trees.make("w:numPr")
        trees.add(wanted, "w:ilvl", val=level)
        trees.add(wanted, "w:numId", val=new)
        put_property(properties_of(paragraph), wanted)

    def _level_by_style(self, own: Element | None, style: str | None, number: str) -> str:
        told = trees.value(trees.child(own, "w:ilvl"))
        named = trees.value(self.source.from_chain(style, "w:pPr", "w:numPr", "w:ilvl"))
        return told or named or self.lists.level_of(number, style)

    def _is_house_bullet(self, style: str | None) -> bool:
        found = self.source.styles.get(style or "")
        name = "" if found is None else shown_name(found)
        known = self.target.styles.find("paragraph", name) is not None
        return self.styles.house and name.startswith("list bullet") and known


def properties_of(paragraph: Element) -> Element:
    """A paragraph's properties, made if missing."""
    properties = paragraph.find(q("w:pPr"))
    if properties is None:
        properties = trees.make("w:pPr")
        paragraph.insert(0, properties)
    return properties
