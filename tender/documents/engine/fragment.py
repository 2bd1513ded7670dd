"""One part made ready: bytes with blanks, and all that they need; equal inputs, equal fragments.

It holds no tree and nothing of the other parts, so that it may be kept and used again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tender.documents.engine.blanks import Blanks
from tender.documents.packing import Packed
from tender.documents.report import Note


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship: to an address, or to the fragment's carried part of that number."""

    kind: str
    target: str | int


@dataclass(frozen=True, slots=True)
class Carried:
    """A picture, chart, diagram, font… with its own relationships by id.

    Blanks in its text are the body's.
    """

    name: str
    content_type: str
    text: bytes | Packed | Blanks
    digest: str
    links: Mapping[str, Link] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewStyle:
    """A style to add under its id, once for all parts that bring it; `y` is its shown name."""

    id: str
    kind: str
    name: str
    xml: Blanks


@dataclass(frozen=True, slots=True)
class Mark:
    """A heading (`level` 1 to 9) or a caption (`level` 0, of a sequence) that lists may name."""

    level: int
    title: Blanks
    sequence: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """A SEQ field: whose numbers it counts, how, and how it shows them."""

    sequence: str
    action: str = "next"
    number: int = 0
    form: str = "Arabic"


@dataclass(frozen=True)
class Fragment:
    """What one part brings.

    `links` by story (`body`, `footnotes`…); `notes` by kind, in the order in which the text refers
    to them; `lists` the insides of definitions, `uses` which of them each list uses, `bullets` the
    drawn ones; `fonts` by name; `threads` which comment's paragraph answers which, and if it
    is done; `ids` how many it needs of each kind of blank; `widths` the
    room for text on its pages, in twentieths of a point; `tally` what it holds and what was
    changed, `details` one by one.
    """

    body: Blanks
    ending: Blanks
    links: Mapping[str, tuple[Link, ...]]
    notes: Mapping[str, Blanks]
    carried: tuple[Carried, ...]
    styles: tuple[NewStyle, ...]
    lists: tuple[Blanks, ...]
    uses: tuple[tuple[int, Blanks], ...]
    bullets: tuple[Blanks, ...]
    fonts: Mapping[str, Blanks]
    threads: tuple[tuple[int, int | None, bool], ...]
    names: tuple[str, ...]
    marks: tuple[Mark, ...]
    counts: tuple[Count, ...]
    ids: Mapping[str, int]
    widths: tuple[int, ...]
    tally: Mapping[str, int]
    details: tuple[Note, ...]
