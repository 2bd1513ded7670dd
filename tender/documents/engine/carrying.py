"""What a part's text points to: pictures, charts, diagrams, objects, addresses."""

import hashlib
import re

from tender.documents import images, trees
from tender.documents.engine.blanks import Blanks, Signs
from tender.documents.engine.fragment import Carried, Link
from tender.documents.engine.house import HEADERS
from tender.documents.engine.namespaces import outer
from tender.documents.engine.source import Source
from tender.documents.package import Piece, Rel
from tender.documents.packing import Packed
from tender.documents.trees import Element, q

BODY = "body"
_DIAGRAM = "diagramData+xml"
_DRAWING = re.compile(rb"""(<[\w.-]*:?dataModelExt\b[^>]*?\brelId=["'])([^"']*)(["'])""")
_VML = f"{{{trees.V}}}*"
_BOXES = tuple(
    f"{{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}}{local}"
    for local in ("txbx", "linkedTxbx")
)
_OBJECT = q("o:OLEObject")
_LINKED_BOX = re.compile(r"(mso-next-textbox:#)([^;]+)")


class Carrier:
    """Collects what one part brings along; relationships become blanks of kind `r`."""

    def __init__(self, source: Source, signs: Signs, dpi: int | None = None) -> None:
        self._source = source
        self._signs = signs
        self._dpi = dpi
        self._sizes: dict[str, tuple[int, int]] = {}
        self.lighter = 0
        self._places: dict[str, int] = {}
        self._carried: list[Carried | None] = []
        self._known: dict[tuple[str, Rel], str] = {}
        self._shapes: dict[str, str] = {}
        self._boxes: dict[str, str] = {}
        self.links: dict[str, list[Link]] = {}

    @property
    def carried(self) -> tuple[Carried, ...]:
        """All that comes along, in the order in which it was met."""
        return tuple(item for item in self._carried if item is not None)

    @property
    def boxes(self) -> int:
        """How many boxes whose text runs on have a number of their own."""
        return len(self._boxes)

    @property
    def shapes(self) -> int:
        """How many old drawings have a name of their own."""
        return len(self._shapes)

    def link(self, story: Element, kind: str, owner: str) -> None:
        """Give every relationship of a story a blank; `kind` is the story's, `owner` its part."""
        rels = self._source.rels(owner)
        for element, name in trees.pointers(story):
            if element.tag in HEADERS:  # the author's own headers stay behind
                continue
            rel = rels.get(element.get(name, ""))
            if rel is None:
                del element.attrib[name]
            else:
                element.set(name, self._blank(kind, rel))

    def _blank(self, kind: str, rel: Rel) -> str:
        if (kind, rel) not in self._known:
            link = self._link(rel)
            links = self.links.setdefault(kind, [])
            self._known[kind, rel] = self._signs.blank("r", len(links))
            links.append(link)
        return self._known[kind, rel]

    def _link(self, rel: Rel) -> Link:
        return Link(rel.kind, rel.target if rel.external else self._take(rel.target))

    def _take(self, name: str) -> int:
        """The place of a part among those that come along; what it needs comes with it."""
        if name not in self._places:
            place = self._places[name] = len(self._carried)
            self._carried.append(None)
            piece = self._source.package.pieces[name]
            links = {rid: self._link(rel) for rid, rel in piece.rels.items()}
            text = self._lighter(name, piece) or self._text(piece)
            data = text if isinstance(text, bytes) else piece.data
            digest = hashlib.sha256(data).hexdigest()
            self._carried[place] = Carried(name, piece.content_type, text, digest, links)
        return self._places[name]

    def _lighter(self, name: str, piece: Piece) -> bytes | None:
        """A picture brought down to what its size on the page needs, where that is asked for."""
        size = self._sizes.get(name)
        if self._dpi is None or size is None:
            return None
        made = images.lighter(piece.data, width_emu=size[0], height_emu=size[1], dpi=self._dpi)
        self.lighter += made is not None
        return made

    def measure(self, story: Element, owner: str) -> None:
        """Note how large each picture shows at most; those shown in part stay as they are."""
        rels = self._source.rels(owner)
        for blip in story.iter(q("a:blip")) if self._dpi else ():
            rel = rels.get(blip.get(q("r:embed"), ""))
            frame = next(blip.iterancestors(q("wp:inline"), q("wp:anchor")), None)
            extent = trees.child(frame, "wp:extent")
            above = blip.getparent()
            cut = None if above is None else above.find(q("a:srcRect"))
            if rel is not None and extent is not None and not (cut is not None and cut.attrib):
                known = self._sizes.get(rel.target, (0, 0))
                width, height = (_int(extent.get(side)) for side in ("cx", "cy"))
                self._sizes[rel.target] = max(known[0], width), max(known[1], height)

    def _text(self, piece: Piece) -> bytes | Packed | Blanks:
        """A part's text; a diagram names its drawing by a relationship of the body."""
        if isinstance(piece.text, Packed) and not piece.content_type.endswith(_DIAGRAM):
            return piece.text.alone()
        drawing = _DRAWING.search(piece.data) if piece.content_type.endswith(_DIAGRAM) else None
        rel = (
            None
            if drawing is None
            else self._source.rels(self._source.main).get(drawing[2].decode())
        )
        if drawing is None or rel is None:
            return piece.data
        blank = drawing[1] + self._blank(BODY, rel).encode() + drawing[3]
        return self._signs.cut(_DRAWING.sub(lambda _: blank, piece.data, count=1))

    def name_shapes(self, story: Element) -> None:
        """Give old drawings blanks for names, and follow those who name them."""
        for shape in story.iter(_VML, *_BOXES):
            name = shape.get("id")
            if shape.tag in _BOXES:
                if name:
                    shape.set("id", self._box(name))
                continue
            if name and not shape.tag.endswith("}shapetype"):
                shape.set("id", self._shape(name))
                shape.attrib.pop(q("o:spid"), "")
            style = shape.get("style", "")
            if "mso-next-textbox" in style:
                shape.set("style", _LINKED_BOX.sub(lambda f: f[1] + self._shape(f[2]), style))
        for thing in story.iter(_OBJECT):
            if thing.get("ShapeID"):
                thing.set("ShapeID", self._shape(thing.get("ShapeID", "")))

    def _box(self, number: str) -> str:
        """The common number of a box and of those that its text runs on in."""
        if number not in self._boxes:
            self._boxes[number] = self._signs.blank("j", len(self._boxes))
        return self._boxes[number]

    def _shape(self, name: str) -> str:
        if name not in self._shapes:
            self._shapes[name] = self._signs.blank("s", len(self._shapes))
        return self._shapes[name]


def _int(text: str | None) -> int:
    return int(text) if text is not None and text.isdecimal() else 0


def embedded_fonts(source: Source, carrier: Carrier, signs: Signs) -> dict[str, Blanks]:
    """The fonts whose letters an author's file holds, by name."""
    name = source.package.related(source.main, "fontTable")
    if name is None or not source.rels(name):
        return {}
    fonts: dict[str, Blanks] = {}
    for font in list(source.tree(name)):
        if trees.pointers(font):
            carrier.link(font, "fontTable", name)
            fonts[font.get(q("w:name"), "")] = signs.cut(outer([font]))
    return fonts
