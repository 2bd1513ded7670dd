"""The house's headers and footers: filled with the bid's words, and with each part's own."""

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy

from tender.documents import fields, trees
from tender.documents.engine.counting import results, write
from tender.documents.engine.house import HEADERS, House
from tender.documents.engine.parts import PartBook
from tender.documents.engine.sections import sheet_of
from tender.documents.engine.writing import value
from tender.documents.package import Piece, Rel
from tender.documents.trees import Element, q

NAMES = ("acheteur", "lot", "section", "entreprise", "titre", "groupement")
"""What a header may say: by a content control of this tag, or by `{{lot}}` in one run."""
_PLACE = re.compile(r"-?[0-9]+")
_PLACEHOLDER = re.compile(r"\{\{(" + "|".join(NAMES) + r")\}\}")


class Headers:
    """Gives each part's sections the references to headers that say what they should."""

    def __init__(self, house: House, parts: PartBook) -> None:
        self._house = house
        self._parts = parts
        self._words: dict[str, tuple[str, ...]] = {}
        self._made: dict[tuple[str, int, tuple[tuple[str, str], ...]], str] = {}
        references = [kid for kid in house.section if kid.tag in HEADERS]
        self._references = [r for r in references if r.get(q("w:type")) != "first"]
        self._rels = house.package.pieces[house.main].rels
        self._width = sheet_of(house.section).text_width

    def values(self, variables: Mapping[str, str], widths: Sequence[int]) -> list[bytes]:
        """The references for a part's pages, by the room for text in twentieths of a point."""
        return [self._all(variables, width - self._width) for width in widths]

    def plain(self) -> bytes:
        """The references for pages of our own."""
        return self._all({}, 0)

    def _all(self, variables: Mapping[str, str], more: int) -> bytes:
        return b"".join(
            b"<w:%b w:type=%b r:id=%b/>"
            % (
                reference.tag.rsplit("}", 1)[-1].encode(),
                value(reference.get(q("w:type"), "default")),
                value(self._id(reference.get(q("r:id"), ""), variables, more)),
            )
            for reference in self._references
        )

    def _id(self, rid: str, variables: Mapping[str, str], more: int) -> str:
        """The relationship to a header like this one, made when no part has needed it yet."""
        rel = self._rels[rid]
        tree = self._house.package.pieces[rel.target].tree(rel.target)
        used = tuple((name, variables.get(name, "")) for name in self._asked(rel.target))
        if next(tree.iter(q("w:tab")), None) is None:
            more = 0
        if not more and not any(said for _, said in used):
            return rid
        key = (rid, more, used)
        if key not in self._made:
            self._made[key] = self._copy(rel, tree, dict(used), more)
        return self._made[key]

    def close(self) -> None:
        """Leave the template's own headers, for pages of our own, blank where a part is named."""
        for reference in self._references:
            part = self._rels[reference.get(q("r:id"), "")].target
            blank = dict.fromkeys(self._asked(part), "")
            fill(self._house.package.pieces[part].tree(part), blank)

    def _asked(self, part: str) -> tuple[str, ...]:
        """The words that a header asks for; without a value they are blank."""
        if part not in self._words:
            tree = self._house.package.pieces[part].tree(part)
            self._words[part] = tuple(name for name in NAMES if _uses(tree, name))
        return self._words[part]

    def _copy(self, rel: Rel, tree: Element, words: Mapping[str, str], more: int) -> str:
        copy = deepcopy(tree)
        fill(copy, {name: trees.plain(said) for name, said in words.items()})
        _widen(copy, more)
        piece = self._house.package.pieces[rel.target]
        name = self._parts.free(rel.target)
        self._house.package.pieces[name] = Piece(piece.content_type, copy, piece.rels)
        return self._parts.id_of(self._house.main, Rel(rel.kind, name))


def _widen(tree: Element, more: int) -> None:
    """Let stops at the middle and right stand there on a page with so much more room, or less."""
    for stop in tree.iter(q("w:tab")):
        place, side = stop.get(q("w:pos")), stop.get(q("w:val"))
        if _PLACE.fullmatch(place or "") and side in ("right", "end", "center"):
            stop.set(q("w:pos"), str(int(place or 0) + (more if side != "center" else more // 2)))


def _uses(tree: Element, name: str) -> bool:
    if any(_tag(control) == name for control in tree.iter(q("w:sdt"))):
        return True
    return any(name in _PLACEHOLDER.findall(words.text or "") for words in tree.iter(q("w:t")))


def _tag(control: Element) -> str:
    return (trees.value(trees.child(control, "w:sdtPr", "w:tag")) or "").casefold()


def fill(tree: Element, words: Mapping[str, str]) -> None:
    """Write words into the content controls and placeholders that ask for them."""
    for text in tree.iter(q("w:t")):
        # In one pass: what is said is never itself read as a placeholder.
        text.text = _PLACEHOLDER.sub(lambda f: words.get(f[1], f[0]), text.text or "")
    for control in tree.iter(q("w:sdt")):
        name = _tag(control)
        texts = list(control.iter(q("w:t"))) if name in words else []
        if texts:
            write(texts, words[name])


def fill_fields(tree: Element, words: Mapping[str, str]) -> None:
    """Write what fields of these names show."""
    for one in fields.scan(tree):
        texts = results(one) if one.keyword in words else []
        if texts:
            write(texts, words[one.keyword])
