"""Where in a text something stands, in words: under which heading, which table or paragraph."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tender.documents.errors import N_
from tender.documents.trees import Element, q

LONGEST_HEADING = 60
_WORDS: Mapping[tuple[bool, bool], str] = MappingProxyType(
    {
        (False, False): N_("paragraphe {number}"),
        (False, True): N_("tableau {number}"),
        (True, False): N_("sous « {heading} », paragraphe {number}"),
        (True, True): N_("sous « {heading} », tableau {number}"),
    }
)
"""By: is there a heading, is it a table."""


@dataclass(frozen=True)
class Place:
    """A French template and its values."""

    words: str
    params: Mapping[str, object]


class Places:
    """The blocks of a body, counted under each heading when the first is asked for."""

    def __init__(self, body: Element, is_heading: Callable[[Element], bool]) -> None:
        self._body = body
        self._is_heading = is_heading
        self._known: dict[Element, Place] = {}

    def of(self, element: Element) -> Place | None:
        """The place of an element in the body, by the block it stands in; None elsewhere."""
        if not self._known:
            self._count()
        running: Element | None = element
        while running is not None and running not in self._known:
            running = running.getparent()
        return None if running is None else self._known[running]

    def _count(self) -> None:
        heading, numbers = "", {True: 0, False: 0}
        for block in self._body.iterchildren(q("w:p"), q("w:tbl"), q("w:sdt")):
            table = block.tag == q("w:tbl")
            if not table and self._is_heading(block) and (words := text_of(block)):
                heading, numbers = words, {True: 0, False: 0}
            numbers[table] += 1
            params: dict[str, object] = {"number": numbers[table]}
            if heading:
                params["heading"] = heading
            self._known[block] = Place(_WORDS[bool(heading), table], params)


def text_of(block: Element) -> str:
    """The first words of a block."""
    words = "".join(text.text or "" for text in block.iter(q("w:t"))).split()
    whole = " ".join(words)
    return whole if len(whole) <= LONGEST_HEADING else whole[: LONGEST_HEADING - 1].rstrip() + "…"
