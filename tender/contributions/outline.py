"""The outline of a technical proposal: numbers in order, and a sensible one to start from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from uuid import UUID


@dataclass(frozen=True, slots=True)
class LotInPlan:
    """A lot that we answer; its companies, the lead first."""

    id: UUID
    number: str
    title: str
    companies: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """One section of the starting outline."""

    depth: int
    title: str
    instructions: str
    company_id: UUID
    lot_id: UUID | None = None
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of domain.md section 4; `by_lead` stays with the lead member."""

    title: str
    instructions: str
    weight: int
    by_lead: bool = False
    by_lot: bool = False


CHAPTERS = (
    Chapter("Compréhension du besoin et des enjeux",
            "Reformuler le besoin de l’acheteur, ses enjeux et ce qui rend ce marché particulier.",
            2, by_lead=True),
    Chapter("Le groupement : membres, rôles et gouvernance",
            "Présenter chaque membre, qui fait quoi, l’interlocuteur unique et la continuité en "
            "cas de défaillance.", 3, by_lead=True),
    Chapter("Équipe affectée au marché",
            "Organigramme, personnes nommées par tâche, jours par personne, suppléances.", 3),
    Chapter("Méthodologie", "Démarche commune à tous les lots, puis une section par lot.", 2,
            by_lead=True, by_lot=True),
    Chapter("Calendrier et délais",
            "Jalons, délais de réaction et d’exécution, planning d’ensemble.", 2),
    Chapter("Moyens et outils", "Locaux, matériel, logiciels et fournitures affectés.", 2),
    Chapter("Qualité, contrôle et suivi",
            "Indicateurs, contrôles, réunions et comptes rendus ; traitement des écarts.", 2),
    Chapter("Engagement social et insertion",
            "Heures d’insertion, accessibilité, égalité, ancrage local.", 2),
    Chapter("Démarche environnementale",
            "Déplacements, achats, déchets, numérique : mesures et preuves.", 2),
    Chapter("Protection des données et confidentialité",
            "Données traitées, durées, sécurité, sous-traitants.", 1),
    Chapter("Références comparables",
            "Trois références par membre au plus, avec la part réalisée par le membre.", 2),
)  # fmt: skip


def starting_outline(lead: UUID, lots: Sequence[LotInPlan]) -> list[Planned]:
    """Deal the usual chapters: to the lead what speaks for all, to each lot's companies theirs."""
    several = dict.fromkeys((lead, *(c for lot in lots for c in lot.companies)))
    turn = cycle([c for c in several if c != lead] or [lead])
    found: list[Planned] = []
    for chapter in CHAPTERS:
        owner = lead if chapter.by_lead else next(turn)
        found.append(Planned(1, chapter.title, chapter.instructions, owner, weight=chapter.weight))
        if chapter.by_lot:
            found += _lots(lots)
    return found


def _lots(lots: Sequence[LotInPlan]) -> Iterator[Planned]:
    for lot in lots:
        yield Planned(
            2,
            f"Lot {lot.number} : {lot.title}"[:200],
            "Moyens humains et méthode propres à ce lot, prestation par prestation.",
            lot.companies[0],
            lot.id,
            weight=4,
        )


def budgets(weights: Sequence[int], limit: int | None) -> list[int | None]:
    """Deal a page limit by weight, keeping a few pages for cover and contents; None without."""
    if limit is None:
        return [None] * len(weights)
    room, whole = max(limit - 3, len(weights)), sum(weights)
    return [max(1, room * weight // whole) for weight in weights]


def renumbered(depths: Sequence[int]) -> list[str]:
    """Number an outline in order: each keeps its depth, but never hangs in the air."""
    above: list[int] = []
    counters: list[int] = []
    numbers = []
    for depth in depths:
        while above and above[-1] >= depth:
            above.pop()
        above.append(depth)
        level = len(above)
        counters = [*counters[:level], *[0] * (level - len(counters))]
        counters[level - 1] += 1
        numbers.append(".".join(map(str, counters)))
    return numbers


def depth_of(number: str) -> int:
    """Tell how deep a number stands: "2.1" is 2."""
    return number.count(".") + 1
