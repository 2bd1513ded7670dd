"""One author's styles as the engine reads them: by id, with what they are based on; never changed.

The sections of one company mostly bring the very same styles: these are read once for all of them.
"""

import hashlib
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from tender.documents import trees
from tender.documents.engine.house import shown_name
from tender.documents.engine.roles import heading_of
from tender.documents.trees import Element, q


class Stylesheet:
    """The styles below a root; what was found once is remembered."""

    def __init__(self, root: Element | None) -> None:
        self.root = root
        items = [] if root is None else root.findall(q("w:style"))
        self.styles = {item.get(q("w:styleId"), ""): item for item in items}
        self.defaults = {
            style.get(q("w:type"), "paragraph"): name
            for name, style in self.styles.items()
            if style.get(q("w:default")) in ("1", "true", "on")
        }
        self._chains: dict[str | None, tuple[Element, ...]] = {}
        self._found: dict[tuple[str | None, ...], Element | None] = {}
        self._levels: dict[str, int | None] = {}
        self._marks: dict[str, str] = {}

    def chain(self, style: str | None) -> tuple[Element, ...]:
        """A style and those it is based on, nearest first."""
        if style not in self._chains:
            self._chains[style] = tuple(self._based(style))
        return self._chains[style]

    def _based(self, style: str | None) -> Iterator[Element]:
        seen: set[str] = set()
        while style is not None and style in self.styles and style not in seen:
            seen.add(style)
            found = self.styles[style]
            yield found
            style = trees.value(trees.child(found, "w:basedOn"))

    def from_chain(self, style: str | None, *path: str) -> Element | None:
        """The first element at a path along a style's chain."""
        key = (style, *path)
        if key not in self._found:
            found = (trees.child(item, *path) for item in self.chain(style))
            self._found[key] = next((element for element in found if element is not None), None)
        return self._found[key]

    def heading_level(self, style: str | None) -> int | None:
        """1 to 9 where a style is a heading, by its outline level or else by its name."""
        if style is None:
            return None
        if style not in self._levels:
            self._levels[style] = self._level(style)
        return self._levels[style]

    def _level(self, style: str) -> int | None:
        for item in self.chain(style):
            outline = trees.value(trees.child(item, "w:pPr", "w:outlineLvl"))
            if outline is not None:
                return int(outline) + 1 if outline.isdecimal() and int(outline) < 9 else None
            named = heading_of(shown_name(item))
            if named:
                return named
        return None

    def mark(self, policy: str) -> str:
        """Some letters that files with the very same styles share, and no others."""
        if policy not in self._marks:
            text = b"" if self.root is None else etree.tostring(self.root)
            self._marks[policy] = "G" + hashlib.sha256(policy.encode() + text).hexdigest()[:8]
        return self._marks[policy]


@lru_cache(maxsize=16)
def of_bytes(data: bytes, name: str) -> Stylesheet:
    """The styles of these bytes."""
    return Stylesheet(trees.parse(data, name))
