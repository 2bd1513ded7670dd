"""One author's document, opened for grafting: its trees, its styles and lists by id."""

from functools import cached_property

from tender.documents import trees
from tender.documents.package import Package, Rel
from tender.documents.trees import Element, q


class Source:
    """A part's package with the trees the engine needs; the trees are its own to change."""

    def __init__(self, package: Package, index: int) -> None:
        self.package = package
        self.index = index
        self.main = package.main
        self.document = self.tree(package.main)

    @property
    def body(self) -> Element:
        """The body of the text."""
        body = self.document.find(q("w:body"))
        if body is None:
            raise KeyError("w:body")
        return body

    def tree(self, name: str) -> Element:
        """A fresh tree of one part."""
        return self.package.pieces[name].tree(name)

    def rels(self, name: str) -> dict[str, Rel]:
        """The relationships of one part."""
        return self.package.pieces[name].rels

    def side(self, kind: str) -> tuple[str, Element] | None:
        """Name and tree of a part beside the main one (`footnotes`, `styles`…), or None."""
        name = self.package.related(self.main, kind)
        return None if name is None else (name, self.tree(name))

    @cached_property
    def styles(self) -> dict[str, Element]:
        """The styles by id."""
        found = self.side("styles")
        root = None if found is None else found[1]
        items = [] if root is None else root.iter(q("w:style"))
        return {item.get(q("w:styleId"), ""): item for item in items}

    @cached_property
    def style_defaults(self) -> Element | None:
        """The document's defaults for runs and paragraphs."""
        found = self.side("styles")
        return None if found is None else found[1].find(q("w:docDefaults"))

    @cached_property
    def default_style(self) -> str | None:
        """The id of the style of a paragraph that names none."""
        for name, style in self.styles.items():
            usual = style.get(q("w:default")) in ("1", "true", "on")
            if usual and style.get(q("w:type")) == "paragraph":
                return name
        return None

    @cached_property
    def numbering(self) -> Element | None:
        """The tree of lists."""
        found = self.side("numbering")
        return None if found is None else found[1]

    def chain(self, style: str | None) -> list[Element]:
        """A style and those it is based on, nearest first."""
        found: list[Element] = []
        while style in self.styles and self.styles[style] not in found:
            found.append(self.styles[style])
            style = trees.value(found[-1].find(q("w:basedOn")))
        return found

    def from_chain(self, style: str | None, *path: str) -> Element | None:
        """The first element at a path along a style's chain."""
        for item in self.chain(style):
            found = trees.child(item, *path)
            if found is not None:
                return found
        return None
