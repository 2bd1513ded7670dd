"""The embedded engine in a child of little memory and time, one for each document."""

from collections.abc import Sequence
from typing import cast

from tender.documents.errors import N_, Refused
from tender.documents.rendering.sheets import Copy, Patience, Sheets
from tender.documents.sandboxed import MIB, in_child

_MEMORY = 2_000 * MIB


def convert(copies: Sequence[Copy], patience: Patience) -> list[Sheets | Refused]:
    """Each of them by a child of its own, in the order they came; raises Cancelled."""
    return [_converted(copy, patience) for copy in copies]


def _converted(copy: Copy, patience: Patience) -> Sheets | Refused:
    try:
        made = in_child(
            "rdocx", copy.data, timeout=patience.over(copy), memory=_MEMORY, watch=patience.check
        )
    except Refused as why:
        refused = Refused(
            N_(
                "Le moteur intégré n’a pas su mettre le document en pages."
                " Installez LibreOffice, puis relancez l’assemblage."
            ),
            code="rdocx",
        )
        refused.__cause__ = why
        return refused
    return cast("Sheets", made)
