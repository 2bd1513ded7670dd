"""The growing result: one tree for each shared part, one counter for each space of ids."""

import hashlib
import itertools
import posixpath
import re
from collections.abc import Iterator

from lxml import etree

from tender.documents import allowed, trees
from tender.documents.engine.lists import ListBook
from tender.documents.engine.names import NameBook
from tender.documents.engine.namespaces import rooted
from tender.documents.engine.source import Source
from tender.documents.engine.styles import StyleBook
from tender.documents.package import DOCUMENT_TYPE, OFFICE, Package, Piece, Rel, write
from tender.documents.trees import Element, q

_ROOTS = {"styles": "w:styles", "numbering": "w:numbering", "settings": "w:settings",
          "footnotes": "w:footnotes", "endnotes": "w:endnotes",
          "comments": "w:comments"}  # fmt: skip


class Target:
    """The template on its way to becoming the result; `close` gives the bytes."""

    def __init__(self, template: Package) -> None:
        self.package = template
        self.main = template.main
        self._trees: dict[str, Element] = {}
        self.document = self.tree(self.main)
        body = self.document.find(q("w:body"))
        self.body: Element = trees.add(self.document, "w:body") if body is None else body
        self.section = self._own_section()
        self.styles = StyleBook(self.side("styles"))
        self.lists = ListBook(self.side("numbering"))
        self.names = NameBook(self.document)
        self.drawings = itertools.count(_highest_drawing(self.document) + 1)
        self.changes = itertools.count(1)
        self._by_digest = {
            _digest(piece): name
            for name, piece in template.pieces.items()
            if piece.content_type.startswith("image/")
        }

    def _own_section(self) -> Element:
        """The template's last section settings, out of the body until the end."""
        section = self.body.find(q("w:sectPr"))
        if section is None:
            return trees.make("w:sectPr")
        self.body.remove(section)
        return section

    def tree(self, name: str) -> Element:
        """The one tree of a part, written back at the end."""
        if name not in self._trees:
            self._trees[name] = rooted(trees.parse(self.package.pieces[name].data, name))
        return self._trees[name]

    def side(self, kind: str) -> Element:
        """The tree of a part beside the main one, made if the template has none."""
        name = self.package.related(self.main, kind)
        if name is None:
            name = f"word/{kind}.xml"
            empty = etree.Element(q(_ROOTS[kind]), nsmap={"w": trees.W})
            self.package.pieces[name] = Piece(allowed.KEPT[kind], trees.serialise(empty))
            self.relate(self.main, Rel(OFFICE + kind, name))
        return self.tree(name)

    def side_name(self, kind: str) -> str:
        """The name of a part beside the main one."""
        self.side(kind)
        return self.package.related(self.main, kind) or self.main

    def relate(self, owner: str, rel: Rel) -> str:
        """The id of a relationship from a part, made once."""
        rels = self.package.pieces[owner].rels
        for rid, known in rels.items():
            if known == rel:
                return rid
        rid = next(f"rId{n}" for n in itertools.count(len(rels) + 1) if f"rId{n}" not in rels)
        rels[rid] = rel
        return rid

    def take(self, source: Source, name: str, taken: dict[str, str]) -> str:
        """Copy a part and all it needs in; equal pictures once. `taken` remembers this source."""
        if name in taken:
            return taken[name]
        piece = source.package.pieces[name]
        is_image = piece.content_type.startswith("image/")
        digest = _digest(piece)
        if is_image and digest in self._by_digest:
            return self._by_digest[digest]
        new = taken[name] = self._free_name(name)
        copy = self.package.pieces[new] = Piece(piece.content_type, piece.data)
        if is_image:
            self._by_digest[digest] = new
        for rid, rel in piece.rels.items():
            inside = None if rel.external else self.take(source, rel.target, taken)
            copy.rels[rid] = rel if inside is None else Rel(rel.kind, inside)
        return new

    def _free_name(self, name: str) -> str:
        stem, extension = posixpath.splitext(name)
        stem = re.sub(r"\d+$", "", stem)
        names = (f"{stem}{n}{extension}" for n in itertools.count(1))
        return next(free for free in names if free not in self.package.pieces)

    def append(self, element: Element) -> None:
        """Add to the end of the body."""
        self.body.append(element)

    def close(self) -> bytes:
        """Write every tree back; the bytes of the result."""
        self.body.append(self.section)
        self.lists.close()
        for name, root in self._trees.items():
            self.package.pieces[name].text = root
        self.package.pieces[self.main].content_type = DOCUMENT_TYPE
        return write(self.package)


def _digest(piece: Piece) -> str:
    return hashlib.sha256(piece.data).hexdigest()


def _highest_drawing(root: Element) -> int:
    ids: Iterator[str] = (item.get("id", "") for item in root.iter(q("wp:docPr")))
    return max((int(text) for text in ids if text.isdigit()), default=0)
