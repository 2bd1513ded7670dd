"""Pages: each part ends in a section of its own, so landscape lasts as long as it should."""

from copy import deepcopy
from dataclasses import dataclass

from tender.documents import trees
from tender.documents.engine.target import Target
from tender.documents.package import Piece, Rel
from tender.documents.trees import Element, q

A4 = (11906, 16838)
_SIDES = ("top", "right", "bottom", "left")
_NEAR = 0.1


@dataclass(frozen=True)
class Sheet:
    """A page in twentieths of a point."""

    width: int
    height: int
    left: int
    right: int

    @property
    def text_width(self) -> int:
        """What lies between the margins."""
        return max(1, self.width - self.left - self.right)


def sheet_of(section: Element) -> Sheet:
    """The page a section asks for; A4 with usual margins where it does not say."""
    size, margins = section.find(q("w:pgSz")), section.find(q("w:pgMar"))
    return Sheet(
        _number(size, "w:w", A4[0]),
        _number(size, "w:h", A4[1]),
        _number(margins, "w:left", 1417),
        _number(margins, "w:right", 1417),
    )


def _number(element: Element | None, name: str, default: int) -> int:
    text = (trees.value(element, name) or "").split(".")[0]
    return int(text) if text.lstrip("-").isdigit() else default


class Sections:
    """Makes the result's sections from the house's one and each author's own."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.house = deepcopy(target.section)
        self._wide: list[Element] | None = None

    def plain(self) -> Element:
        """A section of the house, as its template has it but for a first page of its own."""
        section = deepcopy(self.house)
        for name in ("w:titlePg", "w:pgNumType", "w:type"):
            for kid in section.findall(q(name)):
                section.remove(kid)
        for reference in section.findall(q("w:headerReference")) + section.findall(
            q("w:footerReference")
        ):
            if reference.get(q("w:type")) == "first":
                section.remove(reference)
        return section

    def like(self, author: Element | None, *, house: bool, first: bool) -> Element:
        """The house's section with an author's paper, direction and columns."""
        section = self.plain()
        if author is not None:
            self._paper(section, author, house=house)
            self._columns(section, author)
        kind = "nextPage" if first else (trees.value(_kid(author, "w:type")) or "nextPage")
        _insert(section, trees.make("w:type", val=kind))
        return section

    def _paper(self, section: Element, author: Element, *, house: bool) -> None:
        sheet, own = sheet_of(author), sheet_of(self.house)
        wide = sheet.width > sheet.height
        width, height = sheet.width, sheet.height
        if house and _near(sorted((width, height)), sorted((own.width, own.height))):
            width, height = sorted((own.width, own.height), reverse=wide)
        size = trees.make("w:pgSz", w=str(width), h=str(height))
        if wide:
            size.set(q("w:orient"), "landscape")
        margins = self.house.find(q("w:pgMar")) if house else author.find(q("w:pgMar"))
        _replace(section, size)
        if margins is not None:
            turned = wide != (own.width > own.height)
            _replace(section, _turned(margins) if house and turned else deepcopy(margins))
        if wide and own.width <= own.height:
            self._wide_references(section, sheet_of(section).text_width - own.text_width)

    def _columns(self, section: Element, author: Element) -> None:
        columns = author.find(q("w:cols"))
        if columns is not None and _number(columns, "w:num", 1) > 1:
            _replace(section, deepcopy(columns))

    def _wide_references(self, section: Element, more: int) -> None:
        """Headers whose right-hand stops stand at the right of the wider page."""
        if self._wide is None:
            self._wide = []
            for reference in section.findall(q("w:headerReference")) + section.findall(
                q("w:footerReference")
            ):
                copy = deepcopy(reference)
                copy.set(q("r:id"), self._widened(reference.get(q("r:id"), ""), more))
                self._wide.append(copy)
        for old in section.findall(q("w:headerReference")) + section.findall(
            q("w:footerReference")
        ):
            section.remove(old)
        section[0:0] = [deepcopy(reference) for reference in self._wide]

    def _widened(self, rid: str, more: int) -> str:
        rel = self.target.package.pieces[self.target.main].rels[rid]
        piece = self.target.package.pieces[rel.target]
        root = trees.parse(trees.serialise(self.target.tree(rel.target)), rel.target)
        for stop in root.iter(q("w:tab")):
            place, side = stop.get(q("w:pos")), stop.get(q("w:val"))
            if place and side in ("right", "end", "center"):
                move = more if side != "center" else more // 2
                stop.set(q("w:pos"), str(int(place) + move))
        name = rel.target.replace(".xml", "wide.xml")
        self.target.package.pieces[name] = Piece(
            piece.content_type, trees.serialise(root), dict(piece.rels)
        )
        return self.target.relate(self.target.main, Rel(rel.kind, name))

    def end(self, following: Element) -> None:
        """End the running section here; what comes after belongs to `following`."""
        body, section = self.target.body, self.target.section
        last = body[-1] if len(body) else None
        while last is not None and last.tag in (q("w:bookmarkEnd"), q("w:bookmarkStart")):
            last = last.getprevious()
        if (
            last is None
            or last.tag != q("w:p")
            or trees.child(last, "w:pPr", "w:sectPr") is not None
        ):
            last = tiny_paragraph()
            body.append(last)
        properties = last.find(q("w:pPr"))
        if properties is None:
            properties = trees.make("w:pPr")
            last.insert(0, properties)
        change = properties.find(q("w:pPrChange"))
        if change is None:
            properties.append(section)
        else:
            change.addprevious(section)
        self.target.section = following


def tiny_paragraph() -> Element:
    """An end of section that takes almost no room, for parts that end in a table."""
    paragraph = trees.make("w:p")
    properties = trees.add(paragraph, "w:pPr")
    trees.add(properties, "w:spacing", before="0", after="0", line="20", lineRule="exact")
    trees.add(trees.add(properties, "w:rPr"), "w:sz", val="2")
    return paragraph


_ORDER = tuple(
    q(f"w:{name}")
    for name in ("headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz",
                 "pgMar", "paperSrc", "pgBorders", "lnNumType", "pgNumType", "cols", "formProt",
                 "vAlign", "noEndnote", "titlePg", "textDirection", "bidi", "rtlGutter", "docGrid")
)  # fmt: skip


def _insert(section: Element, new: Element) -> None:
    """Put a setting where the format's order wants it."""
    place = _ORDER.index(new.tag)
    for kid in section:
        if kid.tag in _ORDER and _ORDER.index(kid.tag) > place:
            kid.addprevious(new)
            return
    section.append(new)


def _replace(section: Element, new: Element) -> None:
    for old in section.findall(new.tag):
        section.remove(old)
    _insert(section, new)


def _kid(element: Element | None, name: str) -> Element | None:
    return None if element is None else element.find(q(name))


def _near(one: list[int], other: list[int]) -> bool:
    return all(abs(a - b) <= _NEAR * b for a, b in zip(one, other, strict=True))


def _turned(margins: Element) -> Element:
    """Margins of the page turned a quarter."""
    turned = deepcopy(margins)
    for side, before in zip(_SIDES, (_SIDES[-1], *_SIDES[:-1]), strict=True):
        old = margins.get(q(f"w:{before}"))
        if old is not None:
            turned.set(q(f"w:{side}"), old.lstrip("-"))
    return turned
