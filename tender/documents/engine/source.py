"""One author's document, opened: its trees, its styles and lists by id."""

from collections.abc import Iterator
from functools import cached_property

from tender.documents import trees
from tender.documents.package import Package, Rel
from tender.documents.trees import Element, q


class Source:
    """A part's package with the trees the engine needs; the trees are its own to change."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.main = package.main
        self.document = self.tree(package.main)
        self._chains: dict[str | None, tuple[Element, ...]] = {}

    @property
    def body(self) -> Element:
        """The body of the text."""
        body = self.document.find(q("w:body"))
        if body is None:
            raise KeyError("w:body")
        return body

    def tree(self, name: str) -> Element:
        """The tree of one part."""
        return self.package.pieces[name].tree(name)

    def rels(self, name: str) -> dict[str, Rel]:
        """The relationships of one part."""
        return self.package.pieces[name].rels

    def side(self, kind: str) -> tuple[str, Element] | None:
        """Name and tree of a part beside the main one (`footnotes`, `styles`…), or None."""
        name = self.package.related(self.main, kind)
        return None if name is None else (name, self.tree(name))

    @cached_property
    def styles_root(self) -> Element | None:
        """The tree of styles."""
        found = self.side("styles")
        return None if found is None else found[1]

    @cached_property
    def styles(self) -> dict[str, Element]:
        """The styles by id."""
        root = self.styles_root
        items = [] if root is None else root.findall(q("w:style"))
        return {item.get(q("w:styleId"), ""): item for item in items}

    def default_style(self, kind: str) -> str | None:
        """The id of the style of what names none: a `paragraph`, `character` or `table`."""
        return self._defaults.get(kind)

    @cached_property
    def _defaults(self) -> dict[str, str]:
        return {
            style.get(q("w:type"), "paragraph"): name
            for name, style in self.styles.items()
            if style.get(q("w:default")) in ("1", "true", "on")
        }

    @cached_property
    def numbering(self) -> Element | None:
        """The tree of lists."""
        found = self.side("numbering")
        return None if found is None else found[1]

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
        found = (trees.child(item, *path) for item in self.chain(style))
        return next((element for element in found if element is not None), None)
