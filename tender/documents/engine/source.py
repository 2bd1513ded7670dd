"""One author's document, opened: its trees, its styles and lists by id."""

from functools import cached_property

from tender.documents.engine import stylesheet
from tender.documents.engine.stylesheet import Stylesheet
from tender.documents.package import Package, Rel
from tender.documents.packing import Packed
from tender.documents.trees import Element, q

_SHARED_MOST = 200_000


class Source:
    """A part's package with the trees the engine needs; the trees are its own to change."""

    def __init__(self, package: Package) -> None:
        self.package = package
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
        """The tree of one part."""
        return self.package.pieces[name].tree(name)

    def rels(self, name: str) -> dict[str, Rel]:
        """The relationships of one part."""
        return self.package.pieces[name].rels

    def side(self, kind: str) -> tuple[str, Element] | None:
        """Name and tree of a part beside the main one (`footnotes`, `styles`…), or None."""
        name = self.package.related(self.main, kind)
        return None if name is None else (name, self.tree(name))

    def shared(self, kind: str) -> tuple[bytes, str] | None:
        """Bytes and name of a part beside the main one, to be read once for all that bring it.

        None where a step has changed it, and for large ones, which would fill the memory.
        """
        name = self.package.related(self.main, kind)
        piece = None if name is None else self.package.pieces[name]
        if name is None or piece is None or not isinstance(piece.text, bytes | Packed):
            return None
        data = piece.data
        return (data, name) if len(data) <= _SHARED_MOST else None

    @cached_property
    def sheet(self) -> Stylesheet:
        """The styles."""
        known = self.shared("styles")
        if known is not None:
            return stylesheet.of_bytes(*known)
        found = self.side("styles")
        return Stylesheet(None if found is None else found[1])

    @property
    def styles_root(self) -> Element | None:
        """The tree of styles."""
        return self.sheet.root

    @property
    def styles(self) -> dict[str, Element]:
        """The styles by id."""
        return self.sheet.styles

    def default_style(self, kind: str) -> str | None:
        """The id of the style of what names none: a `paragraph`, `character` or `table`."""
        return self.sheet.defaults.get(kind)

    def chain(self, style: str | None) -> tuple[Element, ...]:
        """A style and those it is based on, nearest first."""
        return self.sheet.chain(style)

    def from_chain(self, style: str | None, *path: str) -> Element | None:
        """The first element at a path along a style's chain."""
        return self.sheet.from_chain(style, *path)
