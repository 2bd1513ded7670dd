"""An input's lines as the result must show them: the assembly's choices applied, lists counted."""

import re
from dataclasses import dataclass
from typing import Literal

from tender.documents.proof import marks
from tender.documents.proof.facts import Facts, hashed
from tender.documents.proof.lists import Counters

_TYPED = re.compile(
    rb"^\s*(?:(?:\d+(?:\.\d+)+\.?|\d+[.)]|\d+(?=\t)|\d+ ?(?:\xe2\x80\x93|-)|[IVXLC]+[.)]|[A-Z][.)])"
    rb"(?:\s|\xc2\xa0|\xe2\x80\xaf)+)(?=\S)"
)
_REFERENCE = re.compile(rb"\x01r([^\x02]*)\x02")
_NOTE = re.compile(rb"\x01([fek])([^\x02]*)\x02")
_COMMENT = re.compile(rb"\x01k[^\x02]*\x02")
_INSERTED = re.compile(rb"\x03[^\x04\x1e]*\x04")
_DELETED = re.compile(rb"\x05[^\x06\x1e]*\x06")
_HIDDEN = re.compile(rb"\x0e[^\x0f\x1e]*\x0f")
_BEGINNING = re.compile(rb"^[\x11-\x14]*(?:\x01[thn][^\x02]*\x02)*")


@dataclass(frozen=True)
class Choices:
    """What the assembly was asked to do with what readers of the page do not see."""

    revisions: Literal["keep", "accept", "reject"] = "keep"
    comments: Literal["keep", "drop"] = "keep"
    hidden: Literal["keep", "drop"] = "keep"
    images: Literal["keep", "shrink"] = "keep"


KEEP = Choices()


def settled(facts: Facts, choices: Choices = KEEP) -> list[bytes]:
    """The lines that the result must hold: list numbers shown, references by what they name."""
    text, moved = facts.text, dict[int, int]()
    if choices != KEEP:
        text, moved = _chosen(text, choices)
    if b"\x01n" in text:
        text = _counted(text, facts)
    lines = text.split(marks.LINE) if text else []
    if b"\x01r" in text:
        lines = [
            _referring(line, lines, facts, moved) if b"\x01r" in line else line for line in lines
        ]
    renamed = _renamed_notes(facts, choices, lines, moved)
    if renamed:
        lines = [_with_notes(line, renamed) for line in lines]
    return [line for line in lines if line] if choices == KEEP else _saying(lines)


def _saying(lines: list[bytes]) -> list[bytes]:
    return [line for line in lines if marks.says(line)]


def bare(text: bytes) -> bytes:
    """Words without the numbers typed in front of them."""
    found = _TYPED.match(text)
    while found is not None:
        text = text[found.end() :]
        found = _TYPED.match(text)
    return text


def _chosen(text: bytes, choices: Choices) -> tuple[bytes, dict[int, int]]:
    """The text under the choices, as many lines as before; where joined lines went."""
    moved: dict[int, int] = {}
    if choices.comments == "drop":
        text = _COMMENT.sub(b"", text)
    if choices.hidden == "drop":
        text = _HIDDEN.sub(b"", text)
    if choices.revisions != "keep":
        accept = choices.revisions == "accept"
        text = (_DELETED if accept else _INSERTED).sub(b"", text)
        joining = marks.END_DELETED if accept else marks.END_INSERTED
        if joining in text:
            text, moved = _joined(text, joining)
        text = text.translate(None, b"\x03\x04\x05\x06\x07\x08")
    return text.replace(marks.BLANK, b""), moved


def _joined(text: bytes, joining: bytes) -> tuple[bytes, dict[int, int]]:
    """Paragraphs whose end goes flow into the next one, which keeps its own beginning."""
    lines, moved = text.split(marks.LINE), dict[int, int]()
    for place, line in enumerate(lines[:-1]):
        if not line.endswith(joining):
            continue
        shape, words = _cut(line[:-1])
        begin, rest = _cut(lines[place + 1])
        if begin[:1] in marks.SHAPES:
            continue
        lines[place] = b""
        lines[place + 1] = marks.shape_of(shape) + begin + words + rest
        moved[place] = place + 1
    return marks.LINE.join(lines), moved


def _cut(line: bytes) -> tuple[bytes, bytes]:
    """A line's beginning (table, heading, list) and its words."""
    found = _BEGINNING.match(line)
    end = 0 if found is None else found.end()
    return line[:end], line[end:]


def _counted(text: bytes, facts: Facts) -> bytes:
    counters = Counters(facts.lists)

    def shown(found: re.Match[bytes]) -> bytes:
        number = counters.shown(found[1], int(found[2]))
        return marks.mark(b"n", number.encode()) if number else b""

    return marks.NUMBER.sub(shown, text)


def _referring(line: bytes, lines: list[bytes], facts: Facts, moved: dict[int, int]) -> bytes:
    """The line with the words of the paragraph instead of each bookmark's name."""

    def named(found: re.Match[bytes]) -> bytes:
        return marks.mark(b"r", _target(found[1], lines, facts, moved))

    return _REFERENCE.sub(named, line)


def _target(name: bytes, lines: list[bytes], facts: Facts, moved: dict[int, int]) -> bytes:
    place = facts.bookmarks.get(name)
    if place is None:
        return b"?"
    while place in moved:
        place = moved[place]
    return bare(marks.words(lines[place])) if place >= 0 else b""


def _renamed_notes(
    facts: Facts, choices: Choices, lines: list[bytes], moved: dict[int, int]
) -> dict[bytes, bytes]:
    """Notes whose text changes under the choices, or refers to a paragraph: their new hash."""
    renamed: dict[bytes, bytes] = {}
    for name, text in facts.notes.items():
        new = text if choices == KEEP else _chosen(text, choices)[0]
        new = _referring(new, lines, facts, moved)
        if new != text:
            new = marks.LINE.join(_saying(new.split(marks.LINE)))
            renamed[name] = hashed(new)
    return renamed


def _with_notes(line: bytes, renamed: dict[bytes, bytes]) -> bytes:
    return _NOTE.sub(lambda m: marks.mark(m[1], renamed.get(m[2], m[2])), line)
