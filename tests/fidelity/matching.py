"""Which paragraph of the result is which paragraph of which input, found by their order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from tests.fidelity.facts import Paragraph
from tests.fidelity.reading import Document

_TYPED = re.compile(r"^\s*(?:\d+(?:\.\d+)+\.?|\d+[.)]|[IVXLC]+[.)]|[A-Z][.)])\s+(?=\S)")
_OBJECTS = ("images", "charts", "diagrams", "objects", "shapes", "equations")
Key = tuple[object, ...]


@dataclass(frozen=True)
class Difference:
    """One thing of one input that is not as it was; `part` is -1 for the whole result."""

    feature: str
    part: int
    where: str
    wanted: object = None
    found: object = None

    def __str__(self) -> str:
        wanted, found = _narrowed(self.wanted, self.found)
        where = f"{self.feature}, part {self.part}, « {self.where[:60]} »"
        return f"{where}: {_short(wanted)} became {_short(found)}"


def _narrowed(one: object, two: object) -> tuple[object, object]:
    """What really differs: inside equal sequences, the only item that does."""
    while isinstance(one, list | tuple) and isinstance(two, list | tuple) and len(one) == len(two):
        apart = [(a, b) for a, b in zip(one, two, strict=True) if a != b]
        if len(apart) != 1:
            break
        one, two = apart[0]
    return one, two


def _short(thing: object) -> str:
    text = repr(thing)
    return text if len(text) < 400 else f"{text[:400]}…"


@dataclass(frozen=True)
class Match:
    """Pairs of paragraphs, input by input; those lost, and those nobody asked for."""

    pairs: tuple[tuple[tuple[Paragraph, Paragraph], ...], ...]
    lost: tuple[tuple[Paragraph, ...], ...]
    added: tuple[Paragraph, ...]


def is_heading(document: Document, paragraph: Paragraph) -> bool:
    """Is its style one of headings, by its name or by its level in the outline?"""
    for style in document.looks.numbers.chain(paragraph.style):
        level = style.find("{*}pPr/{*}outlineLvl")
        if level is not None:
            return next(iter(level.attrib.values())) != "9"
        name = next((str(v) for n in style.findall("{*}name") for v in n.attrib.values()), "")
        if re.match(r"(heading|titre|überschrift) \d$", name, re.IGNORECASE):
            return True
    return False


def _key(document: Document, paragraph: Paragraph) -> Key:
    text = paragraph.text
    if is_heading(document, paragraph):
        text = _TYPED.sub("", text)
    if text.strip():
        return (text,)
    return ("", *(kind for kind in _OBJECTS if kind in paragraph.facts), *_around(paragraph))


def _around(paragraph: Paragraph) -> list[object]:
    return list(paragraph.facts["place"])


def match(inputs: Sequence[Document], result: Document) -> Match:
    """Pair the paragraphs of all inputs in order with those of the result."""
    wanted = [(n, p) for n, document in enumerate(inputs) for p in document.paragraphs]
    wanted_keys = [_key(inputs[n], p) for n, p in wanted]
    found_keys = [_key(result, p) for p in result.paragraphs]
    pairs: list[list[tuple[Paragraph, Paragraph]]] = [[] for _ in inputs]
    lost: list[list[Paragraph]] = [[] for _ in inputs]
    added: list[Paragraph] = []
    steps = SequenceMatcher(None, wanted_keys, found_keys, autojunk=False).get_opcodes()
    for step, a0, a1, b0, b1 in steps:
        for at in range(a0, a1):
            n, paragraph = wanted[at]
            if step == "equal":
                pairs[n].append((paragraph, result.paragraphs[b0 + at - a0]))
            else:
                lost[n].append(paragraph)
        if step != "equal":
            added += result.paragraphs[b0:b1]
    return Match(tuple(map(tuple, pairs)), tuple(map(tuple, lost)), tuple(added))
