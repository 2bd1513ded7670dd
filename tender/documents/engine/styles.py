"""Styles: matched by kind and name, never by id; what the house does not know is copied."""

import re
from collections.abc import Mapping
from copy import deepcopy
from types import MappingProxyType

from tender.documents import trees
from tender.documents.engine.looks import dress_down, flatten
from tender.documents.engine.options import Options
from tender.documents.engine.source import Source
from tender.documents.trees import Element, q

_HEADING = re.compile(
    r"^(?:heading|titre|überschrift|título|titolo|kop|intertitre) ?([1-9])$", re.IGNORECASE
)
_RENAMED: Mapping[str, str] = MappingProxyType({"title": "chapeau", "subtitle": "chapeau"})
"""Inside a section an author's document title becomes a lead-in: the section has its heading."""


class StyleBook:
    """The styles of the result."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.by_name: dict[tuple[str, str], str] = {}
        self.ids: set[str] = set()
        for style in root.findall(q("w:style")):
            self._note(style)

    def _note(self, style: Element) -> None:
        name = style.get(q("w:styleId"), "")
        self.ids.add(name)
        self.by_name.setdefault((style.get(q("w:type"), "paragraph"), shown_name(style)), name)

    def find(self, kind: str, name: str) -> str | None:
        """The id of a style by kind and name in small letters."""
        return self.by_name.get((kind, name))

    def add(self, style: Element, wanted: str) -> str:
        """Take a style in under a free id near the wanted one, and a free name."""
        kind, base = (
            style.get(q("w:type"), "paragraph"),
            re.sub(r"[^A-Za-z0-9]", "", wanted) or "Style",
        )
        new, count = base, 2
        while new in self.ids:
            new, count = f"{base}{count}", count + 1
        style.set(q("w:styleId"), new)
        style.attrib.pop(q("w:default"), "")
        style.set(q("w:customStyle"), "1")
        name = style.find(q("w:name"))
        if name is not None:
            plain, count = trees.value(name) or new, 2
            while (kind, (trees.value(name) or "").lower()) in self.by_name:
                name.set(q("w:val"), f"{plain} ({count})")
                count += 1
        self.root.append(style)
        self._note(style)
        return new


def shown_name(style: Element) -> str:
    """A style's name in small letters."""
    return (trees.value(style.find(q("w:name"))) or "").strip().lower()


class StyleMap:
    """From one author's style ids to those of the result, copied when first used."""

    def __init__(self, source: Source, book: StyleBook, options: Options) -> None:
        self.source = source
        self.book = book
        self.house = options.policy != "source"
        self.levels: dict[int, int] = {}
        self.copied: set[str] = set()
        self._known: dict[str, str | None] = {}
        self._levels: dict[str, int | None] = {}

    def map(self, style: str) -> str | None:
        """The id in the result, None for a style the author's file does not define."""
        if style not in self._known:
            self._known[style] = None
            found = self.source.styles.get(style)
            if found is not None:
                self._known[style] = self._matched(style, found) or self._copied(style, found)
        return self._known[style]

    def rebase(self, used: set[int], below: int) -> None:
        """Let an author's levels follow each other right below a section's, without gaps."""
        ranks = enumerate(sorted(used or {1}), start=below + 1)
        self.levels = {level: min(9, rank) for rank, level in ranks}

    def level_of(self, level: int) -> int:
        """An author's level in the result."""
        return self.levels.get(level, level)

    def heading_level(self, style: str | None) -> int | None:
        """1 to 9 where the style is a heading, in the author's own counting."""
        if style is None:
            return None
        if style not in self._levels:
            self._levels[style] = heading_level(self.source, style)
        return self._levels[style]

    def _matched(self, style: str, found: Element) -> str | None:
        """The house's style for it, if the policy looks for one."""
        kind = found.get(q("w:type"), "paragraph")
        level = self.heading_level(style) if kind == "paragraph" else None
        if level is not None and (self.house or self.levels):
            return self.book.find("paragraph", f"heading {self.level_of(level)}")
        if not self.house:
            return None
        name = shown_name(found)
        if found.get(q("w:default")) in ("1", "true") and kind == "paragraph":
            name = "normal"
        renamed = self.book.find(kind, _RENAMED.get(name, "")) if self.levels else None
        return renamed or self.book.find(kind, name)

    def _copied(self, style: str, found: Element) -> str:
        copy = deepcopy(found)
        based = copy.find(q("w:basedOn"))
        if self.house:
            dress_down(copy)
        elif based is None and found.get(q("w:type")) in ("paragraph", None):
            flatten(copy, self.source.style_defaults)
        wanted = style if self.house else f"{style}P{self.source.index + 1}"
        for number in trees.each(copy, "w:numPr"):
            trees.remove(number)
        new = self.book.add(copy, wanted)
        self._known[style] = new
        self.copied.add(style)
        for link in (based, copy.find(q("w:next")), copy.find(q("w:link"))):
            self._follow(link)
        return new

    def _follow(self, link: Element | None) -> None:
        if link is None:
            return
        target = self.map(trees.value(link) or "")
        if target is None:
            trees.remove(link)
        else:
            link.set(q("w:val"), target)


def heading_level(source: Source, style: str | None) -> int | None:
    """1 to 9 where an author's style is a heading, by its outline level or else by its name."""
    for item in source.chain(style):
        outline = trees.value(trees.child(item, "w:pPr", "w:outlineLvl"))
        if outline is not None:
            return int(outline) + 1 if outline.isdigit() and int(outline) < 9 else None
        named = _HEADING.match(shown_name(item))
        if named:
            return int(named[1])
    return None
