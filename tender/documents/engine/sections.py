"""Pages: each part ends in a section of its own, so landscape lasts as long as it should."""

from copy import deepcopy
from dataclasses import dataclass

from tender.documents import trees
from tender.documents.engine import order
from tender.documents.engine.house import HEADERS
from tender.documents.trees import Element, q

A4 = (11906, 16838)
_SIDES = ("top", "right", "bottom", "left")
_NEAR = 0.1
_TO_HEADERS = (q("w:header"), q("w:footer"))
"""How far the headers stand from the edge: they are the house's."""
_FIRST_PAGE = tuple(q(name) for name in ("w:titlePg", "w:pgNumType", "w:type"))
_OF_THE_AUTHOR = ("w:pgBorders", "w:lnNumType", "w:cols", "w:vAlign", "w:noEndnote",
                  "w:textDirection", "w:bidi", "w:rtlGutter", "w:docGrid")  # fmt: skip


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

    @property
    def is_wide(self) -> bool:
        """Does it lie on its side?"""
        return self.width > self.height


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
    return int(text) if text.lstrip("-").isdecimal() else default


def plain(house: Element) -> Element:
    """The house's section without headers and without a first page of its own."""
    section = deepcopy(house)
    for kid in list(section):
        if kid.tag in HEADERS or kid.tag in _FIRST_PAGE:
            section.remove(kid)
    return section


def like(house: Element, author: Element | None, *, keeps_looks: bool, first: bool) -> Element:
    """The house's section with an author's paper, direction and columns; headers left out."""
    section = plain(house)
    if author is not None:
        _paper(section, house, author, keeps_looks=keeps_looks)
        columns = author.find(q("w:cols"))
        if columns is not None and _number(columns, "w:num", 1) > 1:
            order.put(section, deepcopy(columns))
        for name in _OF_THE_AUTHOR if keeps_looks else ():
            _as_the_author(section, author, name)
    own = None if author is None else trees.value(author.find(q("w:type")))
    order.put(section, trees.make("w:type", val="nextPage" if first else own or "nextPage"))
    return section


def _as_the_author(section: Element, author: Element, name: str) -> None:
    for old in section.findall(q(name)):
        section.remove(old)
    found = author.find(q(name))
    if found is not None:
        order.put(section, deepcopy(found))


def _paper(section: Element, house: Element, author: Element, *, keeps_looks: bool) -> None:
    sheet, own = sheet_of(author), sheet_of(house)
    width, height = sheet.width, sheet.height
    if not keeps_looks and _near(sorted((width, height)), sorted((own.width, own.height))):
        width, height = sorted((own.width, own.height), reverse=sheet.is_wide)
    size = trees.make("w:pgSz", w=str(width), h=str(height))
    if sheet.is_wide:
        size.set(q("w:orient"), "landscape")
    order.put(section, size)
    margins = house.find(q("w:pgMar"))
    wanted = author.find(q("w:pgMar")) if keeps_looks else margins
    if wanted is not None and margins is not None:
        turned = not keeps_looks and sheet.is_wide != own.is_wide
        made = _turned(wanted) if turned else deepcopy(wanted)
        for name in _TO_HEADERS:
            made.set(name, margins.get(name, "708"))
        order.put(section, made)


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


def tiny_paragraph() -> Element:
    """An end of section that takes almost no room, for parts that end in a table."""
    paragraph = trees.make("w:p")
    properties = trees.add(paragraph, "w:pPr")
    trees.add(properties, "w:spacing", before="0", after="0", line="20", lineRule="exact")
    trees.add(trees.add(properties, "w:rPr"), "w:sz", val="2")
    return paragraph
