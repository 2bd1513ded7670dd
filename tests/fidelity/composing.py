"""Composes documents in the way under test, and judges the result."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import docx

from tender.documents.compose import Composed, Part, compose
from tender.documents.engine.options import Options, Policy
from tender.documents.house import house_template
from tests.fidelity.checking import Terms, differences
from tests.fidelity.producers.catalogue import made
from tests.fidelity.soundness import faults
from tests.fidelity.views import View

POLICIES: tuple[Policy, ...] = ("house", "source")


@dataclass(frozen=True)
class Way:
    """How an assembly is asked for; `titled` parts come under headings of their own."""

    policy: Policy = "house"
    revisions: str = "keep"
    comments: str = "keep"
    hidden: str = "keep"
    titled: bool = False

    @property
    def options(self) -> Options:
        """As the engine takes them."""
        asked: Mapping[str, object] = {
            "policy": self.policy, "revisions": self.revisions, "comments": self.comments,
            "hidden": self.hidden,
        }  # fmt: skip
        return Options(**asked)  # type: ignore[arg-type] # one of the words it knows

    @property
    def terms(self) -> Terms:
        """As the checker takes them."""
        view = View(self.revisions, self.comments, self.hidden)
        return Terms(self.policy, view, self.titled, house_template())


def composed(names: Sequence[str], way: Way) -> Composed:
    """The documents of these names in this order."""
    parts = [
        Part(
            f"{at}.docx",
            made(name),
            str(at) if way.titled else None,
            f"Partie {at}" if way.titled else "",
        )
        for at, name in enumerate(names, start=1)
    ]
    return compose(house_template(), parts, options=way.options)


@cache
def _own_faults() -> frozenset[str]:
    return frozenset(faults(house_template()))


def complaints(names: Sequence[str], way: Way) -> list[str]:
    """All that is wrong with the result of an assembly, in lines to read; empty is good."""
    result = composed(names, way)
    docx.Document(io.BytesIO(result.data))
    refused = [f"{part.name}: {part.refused}" for part in result.report.refused]
    apart = differences([made(name) for name in names], result.data, way.terms)
    broken = [fault for fault in faults(result.data) if fault not in _own_faults()]
    return [*refused, *(str(difference) for difference in apart), *broken]
