"""Numbers shown by fields: captions counted through the whole, references that show them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from tender.documents import trees
from tender.documents.engine.blanks import Signs
from tender.documents.engine.fragment import Count
from tender.documents.fields import Field, keyword
from tender.documents.trees import Element, q

_SEQ = re.compile(r"^\s*SEQ\s+\"?([^\s\"\\]+)\"?(.*)$", re.IGNORECASE | re.DOTALL)
_SWITCH = re.compile(r"\\([a-zA-Z*#])\s*(\"[^\"]*\"|[^\s\\]+)?")
_ACTIONS = {"c": "repeat", "h": "hide", "n": "next"}
_BY_NUMBER = frozenset("rnw")
_NUMBER = re.compile(r"[0-9]{1,9}")
_MOST_PIECES = 100
"""A number and its word are a few pieces; thousands of bookmarks around thousands take for ever."""
_TEXT = q("w:t")


class Counter:
    """One part's captions: each SEQ field's result becomes a blank of kind `q`.

    `captions` are the paragraphs that a list of figures or tables may name, with their sequence.
    """

    def __init__(self, signs: Signs) -> None:
        self._signs = signs
        self.counts: list[Count] = []
        self.captions: dict[Element, str] = {}

    def read(self, story: Element, found: list[Field]) -> None:
        """Put blanks in the place of what a story's SEQ fields show."""
        for code, texts in shown_by(story, found, "SEQ"):
            self._replace(code, texts)

    def _replace(self, code: str, texts: list[Element]) -> None:
        count = count_of(code)
        if count is not None:
            write(texts, self._signs.blank("q", len(self.counts)))
            self.counts.append(count)
            paragraph = next(texts[0].iterancestors(q("w:p")), None)
            if paragraph is not None and count.action in ("next", "reset"):
                self.captions.setdefault(paragraph, count.sequence)


def count_of(code: str) -> Count | None:
    """What a SEQ field's code asks for (ECMA-376 part 1, 17.16.5.56).

    None if it is none, or one that starts anew at headings or from no number of a usual size:
    its author's number stands.
    """
    found = _SEQ.match(code)
    if found is None:
        return None
    action, number, form = "next", 0, "Arabic"
    for switch, value in _SWITCH.findall(found[2]):
        plain = value.strip('"')
        if switch == "*" and plain.upper() not in ("MERGEFORMAT", "CHARFORMAT"):
            form = plain
        elif switch == "r" and _NUMBER.fullmatch(plain):
            action, number = "reset", int(plain)
        elif switch in ("s", "r"):
            return None
        else:
            action = _ACTIONS.get(switch, action)
    return Count(found[1], action, number, form)


def shown_by(
    story: Element, found: list[Field], *kinds: str
) -> Iterator[tuple[str, list[Element]]]:
    """The codes of a story's fields of these kinds, in either form, with the texts they show."""
    for one in found:
        texts = results(one) if one.keyword in kinds else []
        if texts:
            yield one.code, texts
    for simple in story.iter(q("w:fldSimple")):
        code = simple.get(q("w:instr"), "")
        texts = list(simple.iter(_TEXT)) if keyword(code) in kinds else []
        if texts:
            yield code, texts


def results(one: Field) -> list[Element]:
    """The texts that a complex field shows, where it lies within one paragraph."""
    if one.separate is None or one.end is None:
        return []
    run, last = one.separate.getparent(), one.end.getparent()
    texts: list[Element] = []
    while run is not None and run is not last:
        run = run.getnext()
        if run is not None and run is not last:
            texts += run.iter(_TEXT)
    return texts if run is last else []


def write(texts: list[Element], shown: str) -> None:
    """Let the first of these texts say it all."""
    for text in texts:
        text.text = ""
    texts[0].text = shown


def refer(
    references: Iterable[tuple[str, list[Element]]],
    starts: Mapping[str, Element],
    numbers: Mapping[Element, str],
    notes: Mapping[str, str],
    signs: Signs,
) -> None:
    """Let cross-references show what they lead to: a caption's, heading's or note's new number.

    `references` are codes with the texts they show, `starts` bookmarks by their name in small
    letters, `numbers` blanks by heading, `notes` blanks by the blank of a note's id.
    """
    for code, texts in references:
        words = code.split()
        start = starts.get(words[1].strip('"').casefold()) if len(words) > 1 else None
        shown = None if start is None else _shown(code, start, numbers, notes)
        if shown is not None and signs.is_in(shown):
            write(texts, shown)


def _shown(
    code: str, start: Element, numbers: Mapping[Element, str], notes: Mapping[str, str]
) -> str | None:
    switches = {switch for switch, _ in _SWITCH.findall(code)}
    if keyword(code) == "NOTEREF":
        for sibling in _range(start):
            for mark in sibling.iter(q("w:footnoteReference"), q("w:endnoteReference")):
                return notes.get(mark.get(q("w:id"), ""))
        return None
    if switches & _BY_NUMBER:
        paragraph = next(start.iterancestors(q("w:p")), None)
        return None if paragraph is None else numbers.get(paragraph)
    if "p" in switches:
        return None
    return "".join(text.text or "" for sibling in _range(start) for text in sibling.iter(_TEXT))


def _range(start: Element) -> list[Element]:
    """What lies between a bookmark's start and end, side by side in one paragraph."""
    found: list[Element] = []
    number = trees.value(start, "w:id")
    for sibling in islice(start.itersiblings(), _MOST_PIECES):
        if sibling.tag == q("w:bookmarkEnd") and trees.value(sibling, "w:id") == number:
            return found
        found.append(sibling)
    return []
