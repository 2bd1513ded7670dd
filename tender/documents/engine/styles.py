"""Styles: matched by kind and role, never by id; what the house does not know comes along."""

import hashlib
import re
from collections.abc import Mapping
from copy import deepcopy
from types import MappingProxyType

from tender.documents import trees
from tender.documents.engine import order
from tender.documents.engine.blanks import Signs
from tender.documents.engine.fragment import NewStyle
from tender.documents.engine.house import House, shown_name
from tender.documents.engine.looks import dress_down, flatten
from tender.documents.engine.namespaces import outer
from tender.documents.engine.options import Policy
from tender.documents.engine.roles import heading_of, role_of
from tender.documents.engine.source import Source
from tender.documents.engine.theme import Theme
from tender.documents.trees import Element, q

_LINKS = ("w:basedOn", "w:next", "w:link")
_LEAD_IN: Mapping[str, str] = MappingProxyType({"title": "chapeau", "subtitle": "chapeau"})
"""Inside a section an author's document title becomes a lead-in: the section has its heading."""


class StyleMap:
    """From one author's style ids to those of the result, copied when first used.

    `table` (policy map) gives the house style's name for an author's style's name; an empty one
    brings the author's style along.
    """

    def __init__(
        self, source: Source, house: House, signs: Signs, policy: Policy, table: Mapping[str, str]
    ) -> None:
        self.source = source
        self.house = house
        self.signs = signs
        self.keeps_looks = policy == "source"
        self.table = {_plain(name): wanted for name, wanted in table.items()}
        if policy != "map":
            self.table = {}
        self.levels: dict[int, int] = {}
        self._waiting: list[tuple[str, Element, str, bool]] = []
        self._policy = policy
        self._known: dict[tuple[str, bool], str | None] = {}
        self._levels: dict[str, int | None] = {}
        self.theme = Theme(source)
        self.lost: set[str] = set()

    def map(self, style: str, *, in_cell: bool = False) -> str | None:
        """The id in the result, None for a style the author's file does not define.

        No name: text in no style at all, where its author's defaults are to be kept.
        `in_cell`: for text where a table's style has its say, between the defaults and this style.
        """
        key = (style, in_cell)
        if key not in self._known:
            self._known[key] = None
            found = self.source.styles.get(style)
            if not style and self.keeps_looks:
                found = _bare()
            if found is None and style:
                self.lost.add(style)
            if found is not None:
                matched = self._matched(style, found)
                self._known[key] = matched or self._wanted(style, found, in_cell=in_cell)
        return self._known[key]

    @property
    def _mark(self) -> str:
        """What the ids of styles end with that are the very same in other files."""
        theme = self.theme.mark if self.keeps_looks else ""
        table = str(sorted(self.table.items())) if self.table else ""
        return self.source.sheet.mark(self._policy + table) + theme

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
            self._levels[style] = self._level(style)
        return self._levels[style]

    def _level(self, style: str) -> int | None:
        found = self.source.styles.get(style)
        wanted = None if found is None else self.table.get(_plain(shown_name(found)))
        return heading_level(self.source, style) if wanted is None else heading_of(wanted)

    def _matched(self, style: str, found: Element) -> str | None:
        """The house's style for it, if the policy looks for one."""
        kind = found.get(q("w:type"), "paragraph")
        level = self.heading_level(style) if kind == "paragraph" else None
        if level is not None and (self.levels or not self.keeps_looks):
            return self.house.style("paragraph", f"heading {self.level_of(level)}")
        if self.keeps_looks:
            return None
        return self._by_role(style, found, kind)

    def _by_role(self, style: str, found: Element, kind: str) -> str | None:
        name = shown_name(found)
        wanted = self.table.get(_plain(name))
        if wanted == "":
            return None
        if wanted is not None:
            mapped = self.house.style(kind, wanted.lower())
            if mapped is not None:
                return mapped
        if style == self.source.default_style(kind) and kind == "paragraph":
            name = "normal"
        role = role_of(name)
        lead_in = self.house.style(kind, _LEAD_IN.get(role, "")) if self.levels else None
        return lead_in or self.house.style(kind, name) or self.house.style(kind, role)

    def _wanted(self, style: str, found: Element, *, in_cell: bool) -> str:
        """Have the style brought along, under an id that only its author's set of styles gives."""
        plain = re.sub(r"[^A-Za-z0-9]", "", style)[:60]
        if plain != style:
            plain += hashlib.sha256(style.encode()).hexdigest()[:4]
        new = plain + self._mark + self._headings_under(found) + ("C" if in_cell else "")
        self._waiting.append((style, found, new, in_cell))
        return new

    def _headings_under(self, found: Element) -> str:
        """The levels of the house's headings that a style would name: they differ by section."""
        if self.keeps_looks and not self.levels:
            return ""
        named = (trees.value(found.find(q(link))) for link in _LINKS)
        levels = (self.heading_level(style) for style in named)
        return "".join(f"H{self.level_of(level)}" for level in levels if level)

    def brought(self) -> tuple[NewStyle, ...]:
        """The styles that come along; those they name join the queue while it is worked off.

        Each is copied once for all parts that bring the very same one.
        """
        made: list[NewStyle] = []
        known = self.house.brought
        for style, found, new, in_cell in self._waiting:
            named = tuple(self._named(found, link, in_cell=in_cell) for link in _LINKS)
            if (new, named) not in known:
                known[new, named] = self._copied(style, found, new, named, in_cell=in_cell)
            made.append(known[new, named])
        return tuple(made)

    def _named(self, found: Element, link: str, *, in_cell: bool) -> str | None:
        """The id in the result of what a style is based on, linked to or followed by."""
        if in_cell and link != _LINKS[0]:
            return None
        name = trees.value(found.find(q(link)))
        return None if name is None else self.map(name, in_cell=in_cell)

    def _copied(
        self, style: str, found: Element, new: str, named: tuple[str | None, ...], *, in_cell: bool
    ) -> NewStyle:
        copy = deepcopy(found)
        kind = copy.get(q("w:type"), "paragraph")
        for number in trees.each(copy, "w:numPr"):
            trees.remove(number)
        self._dress(copy, "" if in_cell else kind)
        for link, target in zip(_LINKS, named, strict=True):
            _relink(copy, link, target)
        name = trees.value(copy.find(q("w:name"))) or style
        self._sign(copy, new, self.signs.blank("y", 0))
        return NewStyle(new, kind, name, self.signs.cut(outer([copy])))

    def _dress(self, copy: Element, kind: str) -> None:
        if not self.keeps_looks:
            dress_down(copy)
            return
        if copy.find(q("w:basedOn")) is None and kind in ("paragraph", "table"):
            root = self.source.styles_root
            flatten(copy, None if root is None else root.find(q("w:docDefaults")))
        self.theme.resolve(copy)

    def _sign(self, copy: Element, new: str, name: str) -> None:
        copy.set(q("w:styleId"), new)
        copy.attrib.pop(q("w:default"), "")
        copy.set(q("w:customStyle"), "1")
        order.mend(copy)
        shown = copy.find(q("w:name"))
        if shown is None:
            shown = trees.make("w:name")
            copy.insert(0, shown)
        shown.set(q("w:val"), name)


def _relink(copy: Element, link: str, target: str | None) -> None:
    """Name another style, or none, in a copied one."""
    found = copy.find(q(link))
    if found is not None and target is None:
        copy.remove(found)
    elif found is not None and target is not None:
        found.set(q("w:val"), target)


def _bare() -> Element:
    """What text in no style is in, where its author's defaults must be said somewhere."""
    style = trees.make("w:style", type="paragraph")
    trees.add(style, "w:name", val="Texte sans style")
    return style


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def heading_level(source: Source, style: str | None) -> int | None:
    """1 to 9 where an author's style is a heading, by its outline level or else by its name."""
    return source.sheet.heading_level(style)
