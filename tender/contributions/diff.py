"""Two versions of a text compared, word by word. A text is lines: « ## » starts a heading."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")
MOST_TOKENS = 4000
CONTEXT = 1
ALIKE = 0.4


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph in pieces (kind, text), kind being same, ins or del; or a fold of so many."""

    parts: tuple[tuple[str, str], ...] = ()
    heading: bool = False
    folded: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed, and how many words came and went."""

    blocks: tuple[Block, ...]
    added: int
    removed: int


def compare(old: str, new: str) -> Comparison:
    """Compare two texts paragraph by paragraph, then word by word in those that differ."""
    a, b = _paragraphs(old), _paragraphs(new)
    if a == b:
        return Comparison((), 0, 0)
    blocks = list(_blocks(a, b))
    return Comparison(tuple(blocks), _words(blocks, "ins"), _words(blocks, "del"))


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _blocks(a: Sequence[str], b: Sequence[str]) -> Iterator[Block]:
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, a, b).get_opcodes():
        if tag == "equal":
            yield from _same(a[i1:i2])
            continue
        for k in range(max(i2 - i1, j2 - j1)):
            before = a[i1 + k] if i1 + k < i2 else ""
            after = b[j1 + k] if j1 + k < j2 else ""
            yield _block(_word_parts(_bare(before), _bare(after)), after or before)


def _same(lines: Sequence[str]) -> Iterator[Block]:
    """Show the neighbours of a change, fold what lies further away."""
    shown = [_block([("same", _bare(line))], line) for line in lines]
    hidden = len(shown) - 2 * CONTEXT
    if hidden < 2:
        yield from shown
        return
    yield from shown[:CONTEXT]
    yield Block(folded=hidden)
    yield from shown[-CONTEXT:]


def _block(parts: Sequence[tuple[str, str]], line: str) -> Block:
    return Block(tuple(parts), heading=line.startswith("#"))


def _bare(line: str) -> str:
    return line.lstrip("#").strip()


def _word_parts(before: str, after: str) -> list[tuple[str, str]]:
    a, b = _TOKENS.findall(before), _TOKENS.findall(after)
    if not a or not b or len(a) + len(b) > MOST_TOKENS:
        return [(kind, text) for kind, text in (("del", before), ("ins", after)) if text]
    if not _alike(a, b):
        return [("del", before), ("ins", after)]
    parts: list[tuple[str, str]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(("same", "".join(a[i1:i2])))
            continue
        parts += [
            (kind, text)
            for kind, text in (("del", "".join(a[i1:i2])), ("ins", "".join(b[j1:j2])))
            if text
        ]
    return parts


def _alike(a: Sequence[str], b: Sequence[str]) -> bool:
    """Tell whether two paragraphs share enough words for a comparison word by word to be read."""
    old, new = ([token for token in tokens if token[0].isalnum()] for tokens in (a, b))
    return SequenceMatcher(None, old, new, autojunk=False).ratio() >= ALIKE


def _words(blocks: Sequence[Block], kind: str) -> int:
    return sum(len(re.findall(r"\w+", text)) for b in blocks for k, text in b.parts if k == kind)
