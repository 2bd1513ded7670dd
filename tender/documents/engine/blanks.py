"""Bytes with blanks: a part's text is ready but for the numbers that only the whole can give.

A blank is a letter and a number of the part's own; the result knows the letter's real numbers:

| letter | stands for | letter | stands for |
|---|---|---|---|
| `b` `k` | a bookmark's id, its name | `r` | a relationship of the story's part |
| `f` `e` `c` | a foot-, an endnote's, a comment's id | `d` `h` `s` | a drawing, a change, a shape |
| `u` `t` | the number that a foot-, an endnote shows | `n` `i` | a list, a drawn bullet |
| `q` | what a SEQ field shows | `p` | a comment's paragraph |
| `g` | the number that a heading shows | `y` | a style's name |
| `j` | boxes whose text runs on | | |
| `o` `v` `w` | slots in, before and after a heading | `x` `z` | slots: headers, a section's end |
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from tender.documents.trees import Element

_SLOTS = frozenset("ovwxz")
"""Blanks that stand for elements: comments until they are filled."""
Values = Mapping[str, Sequence[bytes]]


@dataclass(frozen=True, slots=True)
class Blanks:
    """`texts[0] blank[0] texts[1] …`: one text more than blanks."""

    texts: tuple[bytes, ...]
    blanks: tuple[tuple[str, int], ...] = ()

    def filled(self, values: Values) -> list[bytes]:
        """The texts with their blanks filled; the blank of index i stands at 2 i + 1."""
        out = [self.texts[0]]
        for (kind, number), text in zip(self.blanks, self.texts[1:], strict=True):
            out.append(values[kind][number])
            out.append(text)
        return out

    def place_of(self, kind: str) -> int | None:
        """Where among the filled texts the last blank of a kind stands."""
        for index in range(len(self.blanks) - 1, -1, -1):
            if self.blanks[index][0] == kind:
                return 2 * index + 1
        return None


class Signs:
    """Writes blanks into a tree and finds them again in its bytes.

    The sign is drawn from the part's own digest: no author can write it into that very part.
    """

    def __init__(self, digest: str) -> None:
        self._sign = f"G{digest[:16]}"
        self._bytes = self._sign.encode()

    def blank(self, kind: str, number: int) -> str:
        """A blank as the text of an attribute or element."""
        return f"{self._sign}{kind}{number};"

    def is_in(self, text: str) -> bool:
        """Does a text hold a blank?"""
        return self._sign in text

    def slot(self, kind: str, number: int = 0) -> Element:
        """A blank to be filled with elements: a comment, of which no part brings its own."""
        return etree.Comment(self.blank(kind, number))

    def cut(self, data: bytes) -> Blanks:
        """Bytes cut at their blanks; a slot goes with its whole comment."""
        first, *rest = data.split(self._bytes)
        texts, blanks = [first], []
        for piece in rest:
            end = piece.index(b";")
            blanks.append((chr(piece[0]), int(piece[1:end])))
            if chr(piece[0]) in _SLOTS:
                texts[-1] = texts[-1].removesuffix(b"<!--")
                end += len(b"-->")
            texts.append(piece[end + 1 :])
        return Blanks(tuple(texts), tuple(blanks))
