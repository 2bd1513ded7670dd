"""Bookmarks: blanks instead of ids and names; fields and links that name them follow."""

import re
from collections.abc import Sequence

from tender.documents import fields, trees
from tender.documents.engine.blanks import Signs
from tender.documents.fields import Field
from tender.documents.trees import Element, q

NAMING = frozenset({"REF", "PAGEREF", "NOTEREF", "HYPERLINK", "GOTOBUTTON", "TOC", "="})
_WORD = re.compile(r"[^\s\"\\]+")
_FIRST = re.compile(r"^\s*\w+\s+\"?([^\s\"\\]+)")
_EVERYWHERE = frozenset({"_top", "_Hlk"})
_START, _END = q("w:bookmarkStart"), q("w:bookmarkEnd")
_RANGES = tuple(
    q(f"w:{kind}{end}")
    for kind in ("moveFromRange", "moveToRange", "perm")
    for end in ("Start", "End")
)


class NameMap:
    """One part's bookmarks: the names it uses, and how many ids it needs."""

    def __init__(self, signs: Signs) -> None:
        self._signs = signs
        self._blanks: dict[str, str] = {}
        self.names: list[str] = []
        self.ids = 0

    def blank(self, name: str) -> str:
        """The blank that stands for a name; the same for all of its uses."""
        if name not in self._blanks:
            self._blanks[name] = self._signs.blank("k", len(self.names))
            self.names.append(name)
        return self._blanks[name]

    def renumber(self, story: Element) -> dict[str, Element]:
        """Give a story's bookmarks blanks; the starts by their author's name; odd ends go."""
        ids: dict[str, str] = {}
        starts: dict[str, Element] = {}
        for mark in list(story.iter(_START, _END)):
            old = mark.get(q("w:id"), "")
            if mark.tag == _START:
                name = mark.get(q("w:name"), "")
                starts.setdefault(name, mark)
                mark.set(q("w:name"), self.blank(name))
                ids[old] = self._signs.blank("b", self.ids)
                self.ids += 1
                mark.set(q("w:id"), ids[old])
            elif old in ids:
                mark.set(q("w:id"), ids.pop(old))
            else:
                trees.remove(mark)
        self._end_all(starts, ids)
        self._renumber_ranges(story)
        return starts

    def _renumber_ranges(self, story: Element) -> None:
        """Moves and protected passages: both ends keep their common id, both moves their name."""
        ids: dict[tuple[str, str], str] = {}
        for mark in story.iter(*_RANGES):
            kind = mark.tag.removesuffix("Start").removesuffix("End")
            key = (kind, mark.get(q("w:id"), ""))
            if key not in ids:
                ids[key] = self._signs.blank("b", self.ids)
                self.ids += 1
            mark.set(q("w:id"), ids[key])
            if mark.get(q("w:name")):
                mark.set(q("w:name"), self.blank(mark.get(q("w:name"), "")))

    def _end_all(self, starts: dict[str, Element], ids: dict[str, str]) -> None:
        """A bookmark that its author never ended ends where it begins."""
        for start in starts.values():
            if start.get(q("w:id")) in ids.values():
                start.addnext(trees.make("w:bookmarkEnd", id=start.get(q("w:id"), "")))

    def follow(self, story: Element, found: Sequence[Field]) -> None:
        """Point links and fields of a story to the blanks of the names they use."""
        for link in story.iter(q("w:hyperlink")):
            anchor = link.get(q("w:anchor"))
            if anchor and anchor not in _EVERYWHERE:
                link.set(q("w:anchor"), self.blank(anchor))
        for one in found:
            if one.own and self._is_naming(one.code):
                fields.set_code(one, self.renamed(one.code))
        for simple in story.iter(q("w:fldSimple")):
            code = simple.get(q("w:instr"), "")
            if self._is_naming(code):
                simple.set(q("w:instr"), self.renamed(code))

    def _is_naming(self, code: str) -> bool:
        """Does a field name bookmarks? A bookmark's bare name is a cross-reference, too."""
        words = code.split(None, 1)
        return bool(words) and (words[0].upper() in NAMING or words[0] in self._blanks)

    def renamed(self, code: str) -> str:
        """A field's code with blanks for names; what a REF names is one even if it is nowhere."""
        return _WORD.sub(lambda found: self._blanks.get(found[0], found[0]), self._called(code))

    def _called(self, code: str) -> str:
        """Make sure that what a cross-reference names leads into this part, or nowhere."""
        found = _FIRST.match(code)
        if found and fields.keyword(code) in ("REF", "PAGEREF", "NOTEREF"):
            self.blank(found[1])
        return code
