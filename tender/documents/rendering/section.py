"""One section in the house style, drawn while a person waits: pages as pictures, their count."""

import pickle
from dataclasses import dataclass
from typing import cast

from tender.documents.compose import Part, compose
from tender.documents.engine.options import Options
from tender.documents.report import PartReport
from tender.documents.sandboxed import MIB, Watch, in_child

SECONDS = 30.0
MOST_IMAGES = 12
DPI = 110.0
_MEMORY = 900 * MIB


@dataclass(frozen=True)
class Preview:
    """The first pages as PNG pictures, how many there would be (an estimate), what became of it."""

    images: tuple[bytes, ...]
    pages: int
    report: PartReport


@dataclass(frozen=True)
class _Wish:
    template: bytes
    part: Part
    options: Options
    most: int
    dpi: float


def preview_section(
    template: bytes,
    part: Part,
    options: Options = Options(),  # noqa: B008 - frozen
    *,
    most: int = MOST_IMAGES,
    dpi: float = DPI,
    watch: Watch = None,
) -> Preview:
    """Compose and draw one section alone in a child, by the embedded engine.

    Raises Refused with the reason why the part cannot be inserted or drawn.
    """
    wish = pickle.dumps(_Wish(template, part, options, most, dpi))
    made = in_child("section", wish, timeout=SECONDS, memory=_MEMORY, watch=watch)
    return cast("Preview", made)


def drawn(pickled: bytes) -> Preview:
    """The child's side."""
    from tender.documents.rendering import typeset  # noqa: PLC0415 - rdocx stays in the child

    wish = cast("_Wish", pickle.loads(pickled))  # noqa: S301 - written by our own parent
    composed = compose(wish.template, [wish.part], options=wish.options)
    report = composed.report.parts[0]
    if report.refused is not None:
        raise report.refused
    images, count = typeset.to_images(composed.data, most=wish.most, dpi=wish.dpi)
    return Preview(tuple(images), count, report)
