"""The go/no-go grid: weighted criteria, several voters, a score with its spread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tender.core.errors import Invalid
from tender.core.text import N_

WEIGHTS: Mapping[str, tuple[str, int]] = {
    "fit": (N_("Adéquation au métier des membres"), 30),
    "capacity": (N_("Capacités et références"), 20),
    "competition": (N_("Concurrence et titulaire sortant"), 15),
    "price": (N_("Prix et marge"), 15),
    "delay": (N_("Délai pour répondre"), 10),
    "load": (N_("Charge de travail des équipes"), 10),
}
HIGHEST = 100


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes together: a score out of 100, and the lowest and highest voter's."""

    score: int
    lowest: int
    highest: int
    voters: int


def require_scores(scores: Mapping[str, int]) -> None:
    """Every criterion has a score from 0 to 100."""
    for criterion in WEIGHTS:
        if scores.get(criterion) not in range(HIGHEST + 1):
            raise Invalid("Donnez une note de 0 à 100 à chaque critère.", field=criterion)


def score(scores: Mapping[str, object]) -> int:
    """Weigh one voter's scores into 0-100, rounded down."""
    total = sum(weight * int(str(scores.get(c, 0))) for c, (_, weight) in WEIGHTS.items())
    return total * 100 // (HIGHEST * sum(weight for _, weight in WEIGHTS.values()))


def tally(votes: Sequence[Mapping[str, object]]) -> Tally | None:
    """Put the votes together; None when there is none."""
    if not votes:
        return None
    scores = [score(v) for v in votes]
    return Tally(sum(scores) // len(scores), min(scores), max(scores), len(scores))


def mean(criterion: str, votes: Sequence[Mapping[str, object]]) -> int | None:
    """Average one criterion over the voters; None when there is none."""
    marks = [int(str(v[criterion])) for v in votes if criterion in v]
    return sum(marks) // len(marks) if marks else None
