"""What a part's text points to: pictures, charts, diagrams, objects, addresses."""

import hashlib
import re

from tender.documents import trees
from tender.documents.engine.blanks import Signs
from tender.documents.engine.fragment import Carried, Link
from tender.documents.engine.source import Source
from tender.documents.package import Rel
from tender.documents.packing import Packed
from tender.documents.trees import Element, q

_VML = f"{{{trees.V}}}*"
_OBJECT = q("o:OLEObject")
_LINKED_BOX = re.compile(r"(mso-next-textbox:#)([^;]+)")


class Carrier:
    """Collects what one part brings along; relationships become blanks of kind `r`."""

    def __init__(self, source: Source, signs: Signs) -> None:
        self._source = source
        self._signs = signs
        self._places: dict[str, int] = {}
        self._carried: list[Carried | None] = []
        self._known: dict[tuple[str, Rel], str] = {}
        self._shapes: dict[str, str] = {}
        self.links: dict[str, list[Link]] = {}

    @property
    def carried(self) -> tuple[Carried, ...]:
        """All that comes along, in the order in which it was met."""
        return tuple(item for item in self._carried if item is not None)

    @property
    def shapes(self) -> int:
        """How many old drawings have a name of their own."""
        return len(self._shapes)

    def link(self, story: Element, kind: str, owner: str) -> None:
        """Give every relationship of a story a blank; `kind` is the story's, `owner` its part."""
        rels = self._source.rels(owner)
        for element, name in trees.pointers(story):
            rel = rels.get(element.get(name, ""))
            if rel is None:
                del element.attrib[name]
            else:
                element.set(name, self._blank(kind, rel))

    def _blank(self, kind: str, rel: Rel) -> str:
        if (kind, rel) not in self._known:
            links = self.links.setdefault(kind, [])
            self._known[kind, rel] = self._signs.blank("r", len(links))
            links.append(self._link(rel))
        return self._known[kind, rel]

    def _link(self, rel: Rel) -> Link:
        return Link(rel.kind, rel.target if rel.external else self._take(rel.target))

    def _take(self, name: str) -> int:
        """The place of a part among those that come along; what it needs comes with it."""
        if name not in self._places:
            place = self._places[name] = len(self._carried)
            self._carried.append(None)
            piece = self._source.package.pieces[name]
            data = piece.data
            text = piece.text.alone() if isinstance(piece.text, Packed) else data
            links = {rid: self._link(rel) for rid, rel in piece.rels.items()}
            digest = hashlib.sha256(data).hexdigest()
            self._carried[place] = Carried(name, piece.content_type, text, digest, links)
        return self._places[name]

    def name_shapes(self, story: Element) -> None:
        """Give old drawings blanks for names, and follow those who name them."""
        for shape in story.iter(_VML):
            name = shape.get("id")
            if name and not shape.tag.endswith("}shapetype"):
                shape.set("id", self._shape(name))
                shape.attrib.pop(q("o:spid"), "")
            style = shape.get("style", "")
            if "mso-next-textbox" in style:
                shape.set("style", _LINKED_BOX.sub(lambda f: f[1] + self._shape(f[2]), style))
        for thing in story.iter(_OBJECT):
            if thing.get("ShapeID"):
                thing.set("ShapeID", self._shape(thing.get("ShapeID", "")))

    def _shape(self, name: str) -> str:
        if name not in self._shapes:
            self._shapes[name] = self._signs.blank("s", len(self._shapes))
        return self._shapes[name]
