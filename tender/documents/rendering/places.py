"""What rdocx is given in place of what it would lose, and where its layout put each bookmark.

It knows no links inside a document, so each becomes an address that `mended` turns back into a
place. Fields and bookmarks slow it down (their cost grows with the square of the pages): results
stay, as text. Fonts that only this machine has would part its layout from its PDF.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tender.documents import fields, trees
from tender.documents.fields import Field
from tender.documents.package import OFFICE, Package, Rel
from tender.documents.rendering.rescued import result_of
from tender.documents.trees import Element, q

ADDRESS = "https://interne.invalid/"
LIVE = ("PAGE", "NUMPAGES", "SECTIONPAGES")
_LINKING = ("REF", "PAGEREF", "NOTEREF")
_ITS_FONTS = {
    "arial", "helvetica", "liberation sans", "times new roman", "times", "liberation serif",
    "courier new", "courier", "liberation mono", "calibri", "calibri light", "carlito", "cambria",
    "caladea", "georgia", "gelasio", "symbol", "wingdings", "wingdings 2", "wingdings 3",
    "webdings",
}  # fmt: skip
_FALLBACK_FONT = "Carlito"
_FONTS = [q(f"w:{name}") for name in ("ascii", "hAnsi", "cs", "eastAsia")]


@dataclass(frozen=True)
class Place:
    """A page, from 1, and how far below its top."""

    page: int
    top: float


@dataclass(frozen=True)
class Spot:
    """Where a child of the body, or a piece of it, was laid out."""

    index: int
    place: Place
    height: float


@dataclass
class Prepared:
    """Bookmarks by the child of the body they stand in; the targets of the addresses, by number."""

    language: str
    marks: dict[str, int] = field(default_factory=dict)
    targets: list[str] = field(default_factory=list)


def prepare(opened: Package) -> Prepared:
    """Change the copy for rdocx; what is needed afterwards."""
    body = opened.pieces[opened.main].tree(opened.main).find(q("w:body"))
    prepared = Prepared(_language(opened))
    if body is None:
        return prepared
    for index, child in enumerate(body):
        for mark in child.iter(q("w:bookmarkStart")):
            prepared.marks.setdefault(mark.get(q("w:name"), ""), index)
    _Links(opened, prepared).rewrite(body)
    known = [one for one in fields.scan(body) if one.keyword not in LIVE]
    fields.unwrap(body, known)
    _keep_its_fonts(opened)
    return prepared


class _Links:
    """Turns links inside the document, and links that are fields, into plain addresses."""

    def __init__(self, opened: Package, prepared: Prepared) -> None:
        self.rels = opened.pieces[opened.main].rels
        self.prepared = prepared
        self.by_address: dict[str, str] = {}

    def rewrite(self, body: Element) -> None:
        """All links of the body."""
        for link in list(body.iter(q("w:hyperlink"))):
            anchor = link.get(q("w:anchor"))
            if link.get(q("r:id")) is None and anchor in self.prepared.marks:
                link.set(q("r:id"), self._inside(anchor))
        for one in fields.scan(body):
            address = self._of_field(one)
            if address is not None:
                _wrap(one, address)

    def _of_field(self, one: Field) -> str | None:
        """The relationship that a field's link needs, if it links at all."""
        words = one.code.split()
        name = words[1].strip('"') if len(words) > 1 else ""
        if one.keyword == "HYPERLINK" and name.startswith(("http://", "https://", "mailto:")):
            return self._rel(name)
        if one.keyword == "HYPERLINK" and name == "\\l" and len(words) > 2:
            name = words[2].strip('"')
        elif one.keyword not in _LINKING or "\\h" not in words:
            return None
        return self._inside(name) if name in self.prepared.marks else None

    def _inside(self, name: str) -> str:
        self.prepared.targets.append(name)
        return self._rel(f"{ADDRESS}{len(self.prepared.targets) - 1:06d}")

    def _rel(self, address: str) -> str:
        rid = self.by_address.setdefault(address, f"rIdLien{len(self.by_address)}")
        self.rels[rid] = Rel(OFFICE + "hyperlink", address, external=True)
        return rid


def _wrap(one: Field, rid: str) -> None:
    """Put a link around a field's result, outside other links."""
    shown = result_of(one)
    parent = shown[0].getparent() if shown else None
    if parent is None or parent.tag != q("w:p"):
        return
    link = trees.make("w:hyperlink")
    link.set(q("r:id"), rid)
    shown[0].addprevious(link)
    link.extend(shown)


def _language(opened: Package) -> str:
    """The language of the plain style, else of the defaults; French without any."""
    name = opened.related(opened.main, "styles")
    if name is None:
        return "fr-FR"
    root = opened.pieces[name].tree(name)
    plain = [
        style for style in root.findall(q("w:style"))
        if trees.value(style, "w:type") == "paragraph" and trees.value(style, "w:default") == "1"
    ]  # fmt: skip
    for holder in (*plain, root.find(q("w:docDefaults"))):
        marks = [] if holder is None else [trees.value(mark) for mark in holder.iter(q("w:lang"))]
        if marks and marks[0]:
            return marks[0]
    return "fr-FR"


def _keep_its_fonts(opened: Package) -> None:
    for name, piece in opened.pieces.items():
        if name.startswith("word/") and piece.content_type.endswith("+xml"):
            for fonts in piece.tree(name).iter(q("w:rFonts")):
                for key in _FONTS:
                    if fonts.get(key, "arial").casefold() not in _ITS_FONTS:
                        fonts.set(key, _FALLBACK_FONT)


def found(marks: Mapping[str, int], spots: Sequence[Spot]) -> dict[str, Place]:
    """Where each bookmark is: at the beginning of the child it stands in, or of the next one."""
    firsts: dict[int, Place] = {}
    for spot in spots:
        firsts.setdefault(spot.index, spot.place)
    last = max(firsts, default=-1)
    places = {}
    for name, index in marks.items():
        at = next((at for at in range(index, last + 1) if at in firsts), None)
        if name and at is not None:
            places[name] = firsts[at]
    return places
