"""Bookmarks: ids and names unique in the result; fields and links that name them follow."""

import re
from collections.abc import Mapping

from tender.documents import fields, trees
from tender.documents.trees import Element, q

_NAMING = frozenset({"REF", "PAGEREF", "NOTEREF", "HYPERLINK", "TOC", "INDEX", "SEQ", "="})
_WORD = re.compile(r"[^\s\"\\]+")
MAX_NAME = 40


class NameBook:
    """The bookmarks of the result."""

    def __init__(self, document: Element) -> None:
        starts = list(document.iter(q("w:bookmarkStart")))
        self.taken = {start.get(q("w:name"), "").casefold() for start in starts}
        ids = [start.get(q("w:id"), "") for start in starts]
        self._next = 1 + max((int(text) for text in ids if text.isdigit()), default=0)

    def new_id(self) -> str:
        """A number no bookmark has yet."""
        self._next += 1
        return str(self._next - 1)

    def free(self, name: str) -> str:
        """The name itself, or a near one that is free; it is taken from now on."""
        new, count = name[:MAX_NAME], 2
        while new.casefold() in self.taken:
            new, count = f"{name[: MAX_NAME - 6]}_{count}", count + 1
        self.taken.add(new.casefold())
        return new


def rename(roots: list[Element], book: NameBook) -> None:
    """Give one author's bookmarks their place in the result, in all stories at once."""
    names: dict[str, str] = {}
    for root in roots:
        _renumber(root, names, book)
    changed = {old: new for old, new in names.items() if old != new}
    if changed:
        for root in roots:
            _follow(root, changed)


def _renumber(root: Element, names: dict[str, str], book: NameBook) -> None:
    ids: dict[str, str] = {}
    for mark in trees.each(root, "w:bookmarkStart", "w:bookmarkEnd"):
        old = mark.get(q("w:id"), "")
        if mark.tag == q("w:bookmarkStart"):
            _start(mark, names, book)
            ids[old] = book.new_id()
        if old in ids:
            mark.set(q("w:id"), ids[old])
        else:
            trees.remove(mark)


def _start(mark: Element, names: dict[str, str], book: NameBook) -> None:
    name = mark.get(q("w:name"), "")
    if name not in names:
        names[name] = book.free(name)
    mark.set(q("w:name"), names[name])


def _follow(root: Element, changed: Mapping[str, str]) -> None:
    for link in root.iter(q("w:hyperlink")):
        anchor = link.get(q("w:anchor"))
        if anchor is not None and anchor in changed:
            link.set(q("w:anchor"), changed[anchor])
    for one in fields.scan(root):
        if one.own and one.keyword in _NAMING:
            code = renamed(one.code, changed)
            if code != one.code:
                fields.set_code(one, code)
    for simple in root.iter(q("w:fldSimple")):
        simple.set(q("w:instr"), renamed(simple.get(q("w:instr"), ""), changed))


def renamed(code: str, changed: Mapping[str, str]) -> str:
    """A field's code with the names in it changed."""
    return _WORD.sub(lambda found: changed.get(found[0], found[0]), code)
