"""Bookmarks: blanks instead of ids and names; fields and links that name them follow."""

import re
from collections.abc import Sequence

from tender.documents import fields, trees
from tender.documents.engine.blanks import Signs
from tender.documents.fields import Field
from tender.documents.trees import Element, q

NAMING = frozenset({"REF", "PAGEREF", "NOTEREF", "HYPERLINK", "GOTOBUTTON", "TOC", "="})
_WORD = re.compile(r"\\[*#@]\s*(?:\"[^\"]*\"|\S+)|\\.|[^\s\"\\]+")
"""A switch (those of forms with what they say), or a word."""
_KEYWORD = re.compile(r"\s*\w*")
_ELSEWHERE = re.compile(r"\s*HYPERLINK\s++(?!\\|\"\s*\"\s)", re.IGNORECASE)
"""A link to another document, with a place in that one."""
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
        """The blank that stands for a name, whatever its capitals; the same for all of its uses."""
        key = name.casefold()
        if key not in self._blanks:
            self._blanks[key] = self._signs.blank("k", len(self.names))
            self.names.append(name)
        return self._blanks[key]

    def renumber(self, story: Element) -> dict[str, Element]:
        """Give a story's bookmarks blanks; starts by name in small letters; odd ends go."""
        ids: dict[str, str] = {}
        starts: dict[str, Element] = {}
        for mark in list(story.iter(_START, _END)):
            old = mark.get(q("w:id"), "")
            if mark.tag == _START:
                name = mark.get(q("w:name"), "")
                starts.setdefault(name.casefold(), mark)
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
        unended = set(ids.values())
        for start in starts.values():
            if start.get(q("w:id")) in unended:
                start.addnext(trees.make("w:bookmarkEnd", id=start.get(q("w:id"), "")))

    def follow(self, story: Element, found: Sequence[Field]) -> None:
        """Point links and fields of a story to the blanks of the names they use."""
        for link in story.iter(q("w:hyperlink")):
            anchor = link.get(q("w:anchor"))
            elsewhere = link.get(q("r:id")) is not None
            if anchor and anchor not in _EVERYWHERE and not elsewhere:
                link.set(q("w:anchor"), self.blank(anchor))
        for one in found:
            if one.own and _is_naming(one.code):
                fields.set_code(one, self.renamed(one.code))
        for simple in story.iter(q("w:fldSimple")):
            code = simple.get(q("w:instr"), "")
            if _is_naming(code):
                simple.set(q("w:instr"), self.renamed(code))

    def renamed(self, code: str) -> str:
        """A field's code with blanks for names; what a REF names is one even if it is nowhere."""
        self._call(code)
        found = _KEYWORD.match(code)
        start = found.end() if found else 0
        return code[:start] + _WORD.sub(lambda f: self._word(f[0]), code[start:])

    def _word(self, word: str) -> str:
        return self._blanks.get(word.casefold(), word)

    def _call(self, code: str) -> None:
        """Make sure that what a cross-reference names leads into this part, or nowhere."""
        found = _FIRST.match(code)
        if found and fields.keyword(code) in ("REF", "PAGEREF", "NOTEREF"):
            self.blank(found[1])


def _is_naming(code: str) -> bool:
    """Does a field name bookmarks of its own document?"""
    return fields.keyword(code) in NAMING and _ELSEWHERE.match(code) is None
