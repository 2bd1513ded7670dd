"""The outline: which number each heading bears, by the house's own list or written out."""

import re
import unicodedata
from dataclasses import dataclass

from tender.documents import trees
from tender.documents.engine.target import Target
from tender.documents.trees import Element, q

_NUMERIC = re.compile(r"^\d+(?:\.\d+)*$")
_TYPED = re.compile(
    r"^\s*(?:(?:\d+(?:\.\d+)+\.?|\d+[.)]|\d+ ?[–-]|[IVXLC]+[.)]|[A-Z][.)])[\s\u00a0\u202f]+)(?=\S)"
)


@dataclass(frozen=True)
class Heading:
    """One line of the outline: `bookmark` stands on it in the result."""

    bookmark: str
    level: int
    number: str
    title: str


class Outline:
    """Counts headings as the house's list does; the table of contents is made from it."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.headings: list[Heading] = []
        self._counters = [0] * 9
        style = target.styles.find("paragraph", "heading 1")
        self.automatic = _has_list(target, style)
        self._prefix: str | None = None
        self._written = False
        self._local = [0] * 9

    def begin(self, number: str | None, level: int) -> None:
        """A new part: decide whether its headings are numbered by the list or written out."""
        self._written = number is None or not self._follows(number, level)
        self._prefix = number if number and _NUMERIC.match(number) else None
        self._base = level
        self._local = [0] * 9

    def _follows(self, number: str, level: int) -> bool:
        """Will the list itself come to this number?"""
        if not self.automatic or not _NUMERIC.match(number):
            return False
        steps = [int(step) for step in number.split(".")]
        expected = [*self._counters[: level - 1], self._counters[level - 1] + 1]
        return steps == expected

    def section(self, paragraph: Element, level: int, number: str | None, title: str) -> None:
        """Enter a part's own heading."""
        if self._written:
            shown = number or ""
            self._write(paragraph, shown)
        else:
            shown = self._count(level)
        self._enter(paragraph, level, shown, title)

    def heading(self, paragraph: Element, level: int, title: str) -> None:
        """Enter an author's heading inside the running part."""
        if not self._written:
            shown = self._count(level)
        elif self._prefix is not None and level > self._base:
            shown = self._count_locally(level)
            self._write(paragraph, shown)
        else:
            shown = ""
            self._write(paragraph, "")
        self._enter(paragraph, level, shown, title)

    def _count(self, level: int) -> str:
        self._counters[level - 1] += 1
        self._counters[level:] = [0] * (9 - level)
        shown = [str(max(1, count)) for count in self._counters[:level]]
        self._counters[: level - 1] = [max(1, count) for count in self._counters[: level - 1]]
        return ".".join(shown) + ("." if level == 1 else "")

    def _count_locally(self, level: int) -> str:
        depth = level - self._base - 1
        self._local[depth] += 1
        self._local[depth + 1 :] = [0] * (8 - depth)
        inner = [str(max(1, count)) for count in self._local[: depth + 1]]
        return ".".join([self._prefix or "", *inner])

    def _write(self, paragraph: Element, number: str) -> None:
        """Take the heading out of the list, and write its number as text."""
        properties = _properties(paragraph)
        if self.automatic:
            level = self.target.lists.silent() if number else "0"
            _set_numbering(properties, level)
        if number:
            run = trees.make("w:r")
            text = trees.add(run, "w:t")
            text.text = number
            trees.add(run, "w:tab")
            properties.addnext(run)

    def _enter(self, paragraph: Element, level: int, number: str, title: str) -> None:
        name = self.target.names.free(f"_Toc{470000000 + len(self.headings):09d}")
        mark = self.target.names.new_id()
        start = trees.make("w:bookmarkStart", id=mark, name=name)
        _properties(paragraph).addnext(start)
        trees.add(paragraph, "w:bookmarkEnd", id=mark)
        self.headings.append(Heading(name, level, number, title))


def _has_list(target: Target, style: str | None) -> bool:
    for item in target.styles.root.findall(q("w:style")):
        if item.get(q("w:styleId")) == style:
            number = trees.value(trees.child(item, "w:pPr", "w:numPr", "w:numId"))
            return number not in (None, "0")
    return False


def _properties(paragraph: Element) -> Element:
    properties = paragraph.find(q("w:pPr"))
    if properties is None:
        properties = trees.make("w:pPr")
        paragraph.insert(0, properties)
    return properties


def _set_numbering(properties: Element, number: str) -> None:
    old = properties.find(q("w:numPr"))
    if old is not None:
        properties.remove(old)
    new = trees.make("w:numPr")
    trees.add(new, "w:ilvl", val="0")
    trees.add(new, "w:numId", val=number)
    put_property(properties, new)


_BEFORE_NUMBERS = {q(f"w:{n}") for n in ("pStyle", "keepNext", "keepLines", "pageBreakBefore",
                                         "framePr", "widowControl")}  # fmt: skip


def put_property(properties: Element, numbering: Element) -> None:
    """Insert `w:numPr` where the format's order wants it."""
    place = 0
    for index, kid in enumerate(properties):
        if kid.tag in _BEFORE_NUMBERS:
            place = index + 1
    properties.insert(place, numbering)


def title_of(paragraph: Element) -> str:
    """A heading's words: no deleted text, no field codes, breaks as spaces."""
    pieces: list[str] = []
    for item in paragraph.iter(q("w:t"), q("w:tab"), q("w:br"), q("w:noBreakHyphen")):
        if any(above.tag == q("w:pPr") for above in item.iterancestors()):
            continue
        pieces.append(item.text or "" if item.tag == q("w:t") else _BREAKS.get(item.tag, " "))
    return " ".join("".join(pieces).split())


_BREAKS = {q("w:noBreakHyphen"): "-"}


def strip_typed_number(paragraph: Element) -> bool:
    """Take off a number typed by hand in front of a heading that gets one from the house."""
    texts = [item for item in paragraph.iter(q("w:t"), q("w:tab")) if item.getparent() is not None]
    texts = [item for item in texts if not _is_stop(item)]
    whole = "".join(item.text or "" if item.tag == q("w:t") else "\t" for item in texts)
    found = _TYPED.match(whole)
    left = found.end() if found else 0
    for item in texts:
        if left <= 0:
            break
        length = len(item.text or "") if item.tag == q("w:t") else 1
        if item.tag == q("w:tab"):
            trees.remove(item)
        else:
            item.text = (item.text or "")[left:]
        left -= length
    return found is not None


def _is_stop(item: Element) -> bool:
    above = item.getparent()
    return above is not None and above.tag == q("w:tabs")


def fold(text: str) -> str:
    """A text for comparison: small, without accents, numbers in front, and signs."""
    found = _TYPED.match(text)
    plain = unicodedata.normalize("NFKD", text[found.end() :] if found else text).casefold()
    return " ".join(re.findall(r"[a-z0-9]+", plain))
