"""What an assembly kept, changed and left out, part by part, in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tender.documents.errors import N_, Finding, Refused

CHANGES: Mapping[str, str] = {
    "revisions": N_("{n} modifications suivies ont été traitées selon la règle choisie."),
    "comments_cut": N_("{n} commentaires ont été retirés."),
    "hidden": N_("{n} passages masqués ont été retirés."),
    "contents": N_("{n} sommaires propres à la section ont été retirés."),
    "typed_numbers": N_("{n} numéros saisis à la main devant des titres ont été remplacés."),
    "plain": N_("{n} passages ont pris la police, la taille et la couleur de la maison."),
    "fitted": N_("{n} tableaux ou images ont été ramenés à la largeur de la page."),
    "headers": N_("{n} en-têtes et pieds de page ont été remplacés par ceux de la maison."),
}


@dataclass(frozen=True)
class Note:
    """One change in words: a French template and its values."""

    message: str
    params: Mapping[str, object]

    def __str__(self) -> str:
        return self.message.format(**self.params)


@dataclass(frozen=True)
class PartReport:
    """One part: how much of each kind was kept, what was changed, or why it is missing."""

    name: str
    title: str
    company: str
    kept: Mapping[str, int] = field(default_factory=dict)
    changes: tuple[Note, ...] = ()
    findings: tuple[Finding, ...] = ()
    refused: Refused | None = None

    def as_json(self) -> dict[str, object]:
        """Plain values, texts formatted in French."""
        return {
            "name": self.name,
            "title": self.title,
            "company": self.company,
            "kept": dict(self.kept),
            "changes": [str(note) for note in self.changes],
            "findings": [finding.as_json() for finding in self.findings],
            "refused": None if self.refused is None else str(self.refused),
        }


@dataclass(frozen=True)
class Report:
    """All parts in their order."""

    parts: tuple[PartReport, ...]

    @property
    def refused(self) -> tuple[PartReport, ...]:
        """The parts in whose place stands a page with the reason."""
        return tuple(part for part in self.parts if part.refused is not None)

    def as_json(self) -> dict[str, object]:
        """Plain values, texts formatted in French."""
        return {"parts": [part.as_json() for part in self.parts]}
