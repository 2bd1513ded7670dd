"""Lists: each author's definitions get ids of their own, so numbering starts anew in each part."""

from copy import deepcopy
from functools import lru_cache

from lxml import etree

from tender.documents import trees
from tender.documents.engine import order
from tender.documents.engine.blanks import Blanks, Signs
from tender.documents.engine.carrying import Carrier
from tender.documents.engine.namespaces import inner, outer
from tender.documents.engine.source import Source
from tender.documents.trees import Element, q

_FOREIGN = tuple(
    q(name)
    for name in ("w:nsid", "w:tmpl", "w:styleLink", "w:numStyleLink", "w:pStyle", "w:rStyle")
)
"""What ties a definition to its author's file: its signature and styles."""
_NOTHING = Blanks((b"",))


class Numbering:
    """One author's lists as their part defines them; never changed, and shared as styles are."""

    def __init__(self, root: Element | None) -> None:
        self.pictures = {} if root is None else _by(root, "w:numPicBullet", "w:numPicBulletId")
        self.nums = {} if root is None else _by(root, "w:num", "w:numId")
        self.abstracts = {} if root is None else _by(root, "w:abstractNum", "w:abstractNumId")
        self.cuts: dict[str, Blanks] = {}
        """Definitions made ready, where they hold nothing of the part that uses them."""


@lru_cache(maxsize=16)
def _of_bytes(data: bytes, name: str) -> Numbering:
    return Numbering(trees.parse(data, name))


def _numbering_of(source: Source) -> Numbering:
    known = source.shared("numbering")
    if known is not None:
        return _of_bytes(*known)
    found = source.side("numbering")
    return Numbering(None if found is None else found[1])


class ListMap:
    """From one author's list ids to blanks of kind `n`, definitions copied when first used."""

    def __init__(self, source: Source, signs: Signs, carrier: Carrier) -> None:
        self._source = source
        self._signs = signs
        self._carrier = carrier
        self._drawn: dict[str, str] = {}
        self.bullets: list[Blanks] = []
        self._blanks: dict[str, str] = {}
        self._places: dict[str, int] = {}
        self.definitions: list[Blanks] = []
        self.uses: list[tuple[int, Blanks]] = []
        self._owner = source.package.related(source.main, "numbering") or ""
        self._known = _numbering_of(source)

    def map(self, num_id: str) -> str | None:
        """The list's blank; "0" stays none; None where the list is not defined."""
        if num_id == "0":
            return "0"
        if num_id not in self._blanks:
            num = self._known.nums.get(num_id)
            place = None if num is None else self._define(num)
            if num is None or place is None:
                return None
            self._blanks[num_id] = self._signs.blank("n", len(self.uses))
            plain = len(num) == 1  # names its definition, and changes nothing in it
            self.uses.append((place, _NOTHING if plain else self._cut(num, q("w:abstractNumId"))))
        return self._blanks[num_id]

    def _define(self, num: Element) -> int | None:
        """Where the definition of a list stands among this part's."""
        found = self._definition(trees.value(num.find(q("w:abstractNumId"))) or "")
        if found is None:
            return None
        name = found.get(q("w:abstractNumId"), "")
        if name not in self._places:
            self._places[name] = len(self.definitions)
            self.definitions.append(self._known.cuts.get(name) or self._cut(found))
            if not self.definitions[-1].blanks:
                self._known.cuts[name] = self.definitions[-1]
        return self._places[name]

    def _cut(self, element: Element, *more: str) -> Blanks:
        """The inside of a definition or use, free of what ties it to its author's file."""
        copy = deepcopy(element)
        etree.strip_elements(copy, *_FOREIGN, *more, with_tail=False)
        for bullet in list(copy.iter(q("w:lvlPicBulletId"))):
            self._draw(bullet)
        order.mend(copy)
        return self._signs.cut(inner(copy))

    def _draw(self, reference: Element) -> None:
        """Bring the picture of a bullet along."""
        name = trees.value(reference) or ""
        found = self._known.pictures.get(name)
        if found is None:
            trees.remove(reference)
            return
        if name not in self._drawn:
            blank = self._drawn[name] = self._signs.blank("i", len(self.bullets))
            copy = deepcopy(found)
            copy.set(q("w:numPicBulletId"), blank)
            self._carrier.link(copy, "numbering", self._owner)
            self.bullets.append(self._signs.cut(outer([copy])))
        reference.set(q("w:val"), self._drawn[name])

    def _definition(self, name: str) -> Element | None:
        """The definition, through a list style where it only points to one."""
        found = self._known.abstracts.get(name)
        link = None if found is None else trees.value(found.find(q("w:numStyleLink")))
        if found is None or link is None:
            return found
        reference = trees.child(self._source.styles.get(link), "w:pPr", "w:numPr", "w:numId")
        num = self._known.nums.get(trees.value(reference) or "")
        real = None if num is None else trees.value(num.find(q("w:abstractNumId")))
        return self._known.abstracts.get(real or "")

    def _levels(self, num_id: str) -> list[Element]:
        num = self._known.nums.get(num_id)
        name = None if num is None else trees.value(num.find(q("w:abstractNumId")))
        found = self._definition(name or "")
        return [] if found is None else found.findall(q("w:lvl"))

    def level_of(self, num_id: str, style: str | None) -> str:
        """The level that a definition gives to a style, as Word does when the style names none."""
        for level in self._levels(num_id):
            if style and trees.value(level.find(q("w:pStyle"))) == style:
                return level.get(q("w:ilvl"), "0")
        return "0"

    def is_bullet(self, num_id: str, level: str) -> bool:
        """Does this level show a sign instead of a number?"""
        for item in self._levels(num_id):
            if item.get(q("w:ilvl")) == level:
                return trees.value(item.find(q("w:numFmt"))) == "bullet"
        return False


def _by(root: Element, tag: str, key: str) -> dict[str, Element]:
    return {item.get(q(key), ""): item for item in root.findall(q(tag))}
