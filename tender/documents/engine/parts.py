"""The result's pictures, charts, objects and relationships: each carried part gets a free name."""

import posixpath
import re
from collections.abc import Sequence

from tender.documents.engine.blanks import Blanks, Values
from tender.documents.engine.fragment import Carried, Link
from tender.documents.package import Package, Piece, Rel

_DIGITS = re.compile(r"\d+$")
_ONCE = ("image/", "application/vnd.openxmlformats-officedocument.obfuscatedFont")


class PartBook:
    """What lies beside the texts; equal pictures lie there once."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._numbers: dict[str, int] = {}
        self._given: set[str] = set()
        self._once: dict[tuple[str, str], str] = {}
        self._rels: dict[str, dict[Rel, str]] = {}

    def names(self, carried: Sequence[Carried]) -> list[str]:
        """Names for what one part brings along."""
        return [self._name(item) for item in carried]

    def carry(self, carried: Sequence[Carried], names: Sequence[str], values: Values) -> None:
        """Take one part's in under these names, with what ties them to each other."""
        for item, name in zip(carried, names, strict=True):
            if name not in self.package.pieces:
                rels = {rid: _rel(link, names) for rid, link in item.links.items()}
                text = item.text
                if isinstance(text, Blanks):
                    text = b"".join(text.filled(values))
                self.package.pieces[name] = Piece(item.content_type, text, rels)

    def _name(self, item: Carried) -> str:
        if not item.content_type.startswith(_ONCE):
            return self.free(item.name)
        key = (item.content_type, item.digest)
        if key not in self._once:
            self._once[key] = self.free(item.name)
        return self._once[key]

    def free(self, name: str) -> str:
        """A name like this one that no part has yet."""
        stem, extension = posixpath.splitext(name)
        stem = _DIGITS.sub("", stem)
        while True:
            number = self._numbers[stem] = self._numbers.get(stem, 0) + 1
            free = f"{stem}{number}{extension}"
            if free not in self.package.pieces and free not in self._given:
                self._given.add(free)
                return free

    def relate(self, owner: str, links: Sequence[Link], names: Sequence[str]) -> list[bytes]:
        """The ids of relationships from a part of the result, each made once."""
        return [self.id_of(owner, _rel(link, names)).encode() for link in links]

    def id_of(self, owner: str, rel: Rel) -> str:
        """The id of a relationship from a part of the result, made once."""
        rels = self.package.pieces[owner].rels
        known = self._rels.get(owner)
        if known is None:
            known = self._rels[owner] = {rel: rid for rid, rel in reversed(rels.items())}
        if rel not in known:
            count = len(rels) + 1
            while f"rId{count}" in rels:
                count += 1
            known[rel] = f"rId{count}"
            rels[known[rel]] = rel
        return known[rel]


def _rel(link: Link, names: Sequence[str]) -> Rel:
    if isinstance(link.target, int):
        return Rel(link.kind, names[link.target])
    return Rel(link.kind, link.target, external=True)
