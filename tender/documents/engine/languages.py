"""Languages: text stays said to be in the one its author wrote it in, not in the house's own."""

import re
from collections.abc import Iterable
from functools import cached_property

from tender.documents import trees
from tender.documents.engine.house import House
from tender.documents.engine.source import Source
from tender.documents.trees import Element, q

_LANGUAGE, _P = q("w:lang"), q("w:p")
_UNSAID = trees.finder(".//w:r/w:rPr[not(w:lang/@w:val)]")
_RUNS = trees.finder(".//w:r[not(w:rPr/w:lang/@w:val)]")
_BARE = re.compile(rb"<w:r>(?!<w:rPr)")


class Languages:
    """One part's languages; where they are not the house's, they are written into its runs.

    Most runs have no properties: `fill` gives them theirs once the text is bytes.
    """

    def __init__(self, source: Source, house: House) -> None:
        self._source = source
        self._house = house
        self._by_style: dict[str | None, str | None] = {}

    @cached_property
    def usual(self) -> str | None:
        """The author's usual language, None where it is the house's or not said."""
        root = self._source.styles_root
        said = self.of_style(self._source.default_style("paragraph")) or _default(root)
        return None if said == self._houses else said

    @cached_property
    def _houses(self) -> str | None:
        root = self._house.side("styles")
        name = self._house.style("paragraph", "normal")
        for style in [] if root is None else root.findall(q("w:style")):
            if style.get(q("w:styleId")) == name:
                return _said(style) or _default(root)
        return _default(root)

    def of_style(self, style: str | None) -> str | None:
        """The language that a style says, by itself or by those it is based on."""
        if style not in self._by_style:
            found = (_said(item) for item in self._source.chain(style))
            self._by_style[style] = next((name for name in found if name), None)
        return self._by_style[style]

    def note(self, story: Element) -> None:
        """Write the languages that styles say into their runs: the styles may be changed."""
        for mark in list(story.iter(q("w:pStyle"), q("w:rStyle"))):
            said = self.of_style(trees.value(mark))
            if said is None or said == (self.usual or self._houses):
                continue
            owner = mark.getparent()
            above = None if owner is None else owner.getparent()
            if above is not None and above.tag == q("w:r"):
                _say(owner, said)
            elif above is not None and above.tag == _P:
                self.say_all(above, said)

    def say_all(self, tree: Element, language: str) -> None:
        """Write a language into all runs that say none."""
        for run in _RUNS(tree):
            properties = run.find(q("w:rPr"))
            if properties is None:
                properties = trees.make("w:rPr")
                run.insert(0, properties)
            _say(properties, language)

    def keep(self, story: Element) -> None:
        """Write the usual language into the properties of the runs that have any."""
        for properties in _UNSAID(story) if self.usual else ():
            _say(properties, self.usual or "")

    def keep_in(self, paragraphs: Iterable[Element]) -> None:
        """Write the usual language into whole paragraphs, which get the house's look."""
        for paragraph in paragraphs if self.usual else ():
            self.say_all(paragraph, self.usual or "")

    def fill(self, text: bytes) -> bytes:
        """Write the usual language into the runs that have no properties."""
        if not self.usual:
            return text
        said = b'<w:r><w:rPr><w:lang w:val="%b"/></w:rPr>' % self.usual.encode()
        return _BARE.sub(said, text)


def _said(style: Element) -> str | None:
    return trees.value(trees.child(style, "w:rPr", "w:lang")) or None


def _default(root: Element | None) -> str | None:
    path = ("w:docDefaults", "w:rPrDefault", "w:rPr", "w:lang")
    return trees.value(trees.child(root, *path)) or None


def _say(properties: Element | None, language: str) -> None:
    if properties is None:
        return
    mark = properties.find(_LANGUAGE)
    if mark is None:
        mark = trees.add(properties, "w:lang")
    if mark.get(q("w:val")) is None:
        mark.set(q("w:val"), language)
