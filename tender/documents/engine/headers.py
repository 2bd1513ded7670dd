"""The house's headers and footers: filled with the bid's words, and with each part's own."""

import re
from collections.abc import Mapping
from copy import deepcopy

from tender.documents import fields, trees
from tender.documents.engine.counting import results, write
from tender.documents.engine.house import HEADERS, House
from tender.documents.engine.parts import PartBook
from tender.documents.engine.sections import like, plain, sheet_of
from tender.documents.engine.writing import value
from tender.documents.package import Piece, Rel
from tender.documents.trees import Element, q

NAMES = ("acheteur", "lot", "section", "entreprise", "titre", "groupement")
"""What a header may say: by a content control of this tag, or by `{{lot}}` in one run."""
_PLACEHOLDER = re.compile(r"\{\{(" + "|".join(NAMES) + r")\}\}")


class Headers:
    """Gives each part's sections the references to headers that say what they should."""

    def __init__(self, house: House, parts: PartBook) -> None:
        self._house = house
        self._parts = parts
        self._made: dict[tuple[str, bool, tuple[tuple[str, str], ...]], bytes] = {}
        references = [kid for kid in house.section if kid.tag in HEADERS]
        self._references = [r for r in references if r.get(q("w:type")) != "first"]
        self._rels = house.package.pieces[house.main].rels
        own = sheet_of(house.section)
        lying = like(house.section, _lying(house.section), keeps_looks=False, first=False)
        self._more = 0 if own.is_wide else sheet_of(lying).text_width - own.text_width

    def values(self, variables: Mapping[str, str], *, lying: bool = False) -> list[bytes]:
        """The references for a part's upright pages and, where it has any, its lying ones."""
        return [self._all(variables, wide=wide) for wide in ((False, True) if lying else (False,))]

    def _all(self, variables: Mapping[str, str], *, wide: bool) -> bytes:
        return b"".join(
            b"<w:%b w:type=%b r:id=%b/>"
            % (
                reference.tag.rsplit("}", 1)[-1].encode(),
                value(reference.get(q("w:type"), "default")),
                value(self._id(reference.get(q("r:id"), ""), variables, wide=wide)),
            )
            for reference in self._references
        )

    def _id(self, rid: str, variables: Mapping[str, str], *, wide: bool) -> str:
        """The relationship to a header like this one, made when no part has needed it yet."""
        rel = self._rels[rid]
        tree = self._house.package.pieces[rel.target].tree(rel.target)
        used = tuple((n, variables[n]) for n in NAMES if n in variables and _uses(tree, n))
        wide = wide and bool(self._more) and next(tree.iter(q("w:tab")), None) is not None
        if not used and not wide:
            return rid
        key = (rid, wide, used)
        if key not in self._made:
            self._made[key] = self._copy(rel, tree, dict(used), wide=wide).encode()
        return self._made[key].decode()

    def _copy(self, rel: Rel, tree: Element, words: Mapping[str, str], *, wide: bool) -> str:
        copy = deepcopy(tree)
        fill(copy, {name: trees.plain(said) for name, said in words.items()})
        if wide:
            _widen(copy, self._more)
        piece = self._house.package.pieces[rel.target]
        name = self._parts.free(rel.target)
        self._house.package.pieces[name] = Piece(piece.content_type, copy, piece.rels)
        return self._parts.id_of(self._house.main, Rel(rel.kind, name))


def _lying(section: Element) -> Element:
    """The house's section with its page on its side."""
    lying = plain(section)
    size = lying.find(q("w:pgSz"))
    if size is not None:
        width, height = size.get(q("w:w"), ""), size.get(q("w:h"), "")
        size.set(q("w:w"), height)
        size.set(q("w:h"), width)
    return lying


def _widen(tree: Element, more: int) -> None:
    """Let right-hand stops stand at the right of the wider page."""
    for stop in tree.iter(q("w:tab")):
        place, side = stop.get(q("w:pos")), stop.get(q("w:val"))
        if place and side in ("right", "end", "center"):
            stop.set(q("w:pos"), str(int(place) + (more if side != "center" else more // 2)))


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
