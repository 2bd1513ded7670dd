"""What the parts need to know of the house's template; they never change it."""

from functools import cached_property

from tender.documents import trees
from tender.documents.engine.fragment import NewStyle
from tender.documents.engine.namespaces import settle
from tender.documents.package import Package
from tender.documents.trees import Element, q

HEADERS = (q("w:headerReference"), q("w:footerReference"))


class House:
    """The template, opened once: its styles by kind and name, its page, its numbering."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.main = package.main
        self.document = package.pieces[package.main].tree(package.main)
        settle(self.document)
        body = self.document.find(q("w:body"))
        self.body: Element = trees.add(self.document, "w:body") if body is None else body
        self.section = self._own_section()
        self.brought: dict[tuple[str, tuple[str | None, ...]], NewStyle] = {}
        """Authors' styles copied for one part and wanted by others, by id and the ids they name."""

    def _own_section(self) -> Element:
        """The settings of the template's last section, out of its body."""
        section = self.body.find(q("w:sectPr"))
        if section is None:
            return trees.make("w:sectPr")
        self.body.remove(section)
        return section

    def side(self, kind: str) -> Element | None:
        """The tree of a part beside the main one, or None."""
        name = self.package.related(self.main, kind)
        return None if name is None else self.package.pieces[name].tree(name)

    @cached_property
    def styles(self) -> dict[tuple[str, str], str]:
        """The ids of the styles by kind and name in small letters."""
        root = self.side("styles")
        items = [] if root is None else root.findall(q("w:style"))
        found: dict[tuple[str, str], str] = {}
        for item in items:
            key = (item.get(q("w:type"), "paragraph"), shown_name(item))
            found.setdefault(key, item.get(q("w:styleId"), ""))
        return found

    def style(self, kind: str, name: str) -> str | None:
        """The id of a style by kind and name in small letters, or None."""
        return self.styles.get((kind, name))

    @property
    def is_empty(self) -> bool:
        """Has the template no text of its own?"""
        if any(text.text for text in self.body.iter(q("w:t"))):
            return False
        shown = next(self.body.iter(q("w:drawing"), q("w:pict"), q("w:tbl")), None)
        return shown is None and len(self.body) <= 1

    @property
    def highest_drawing(self) -> int:
        """The highest id of a drawing in the template."""
        ids = (item.get("id", "") for item in self.document.iter(q("wp:docPr")))
        return max((int(text) for text in ids if text.isdecimal()), default=0)

    @cached_property
    def numbers_headings(self) -> bool:
        """Does the template's own list number its headings?"""
        root = self.side("styles")
        wanted = self.style("paragraph", "heading 1")
        for item in [] if root is None or wanted is None else root.findall(q("w:style")):
            if item.get(q("w:styleId")) == wanted:
                number = trees.value(trees.child(item, "w:pPr", "w:numPr", "w:numId"))
                return number not in (None, "0")
        return False


def shown_name(style: Element) -> str:
    """A style's name in small letters."""
    return (trees.value(trees.child(style, "w:name")) or "").strip().lower()
