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
    """How an assembly is asked for.

    `titled` parts come under headings of their own; `mixed` ones have a policy of their own.
    """

    policy: Policy = "house"
    revisions: str = "keep"
    comments: str = "keep"
    hidden: str = "keep"
    titled: bool = False
    mixed: bool = False

    def policy_of(self, at: int) -> Policy | None:
        """A part's own policy, where parts have theirs in turn."""
        return POLICIES[at % 2] if self.mixed else None

    @property
    def options(self) -> Options:
        """As the engine takes them."""
        asked: Mapping[str, object] = {
            "policy": self.policy, "revisions": self.revisions, "comments": self.comments,
            "hidden": self.hidden,
        }  # fmt: skip
        return Options(**asked)  # type: ignore[arg-type] # one of the words it knows

    def terms(self, count: int) -> Terms:
        """As the checker takes them for so many parts."""
        view = View(self.revisions, self.comments, self.hidden)
        titles = tuple(f"Partie {at}" for at in range(1, count + 1)) if self.titled else ()
        own = tuple(POLICIES[at % 2] for at in range(1, count + 1)) if self.mixed else ()
        return Terms(self.policy, view, titles, house_template(), own)


def composed(names: Sequence[str], way: Way) -> Composed:
    """The documents of these names in this order."""
    parts = [
        Part(
            f"{at}.docx",
            made(name),
            str(at) if way.titled else None,
            f"Partie {at}" if way.titled else "",
            policy=way.policy_of(at),
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
    apart = differences([made(name) for name in names], result.data, way.terms(len(names)))
    broken = [fault for fault in faults(result.data) if fault not in _own_faults()]
    return [*refused, *(str(difference) for difference in apart), *broken]
