"""What an assembly kept, changed and left out, part by part, in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tender.documents.admission.places import Place
from tender.documents.errors import N_, Finding, Refused

HELD = ("paragraphs", "tables", "images", "footnotes", "endnotes", "comments")
"""What is counted of each part."""
CHANGES: Mapping[str, str] = {
    "revisions": N_("Modifications suivies traitées selon la règle choisie : {n}."),
    "comments_cut": N_("Commentaires retirés : {n}."),
    "hidden": N_("Passages masqués retirés : {n}."),
    "contents": N_("Sommaires propres à la section retirés : {n}."),
    "repeated_title": N_("Premières lignes retirées, car elles répétaient le titre : {n}."),
    "plain_headings": N_(
        "Titres dans un tableau, un cadre ou une note, mis en texte courant : {n}."
    ),
    "lost_lists": N_("Paragraphes d’une liste qui n’est définie nulle part, sans numéro : {n}."),
    "lost_styles": N_("Styles employés et définis nulle part, sans effet : {n}."),
    "typed_numbers": N_("Numéros saisis devant des titres, remplacés par ceux de la maison : {n}."),
    "plain": N_("Passages mis à la police, à la taille et à la couleur de la maison : {n}."),
    "fitted": N_("Tableaux et images ramenés à la largeur de la page : {n}."),
    "lighter": N_("Images ramenées à la résolution choisie : {n}."),
    "headers": N_("En-têtes et pieds de page remplacés par ceux de la maison : {n}."),
}


DETAILS: Mapping[str, str] = {
    "inserted": N_("Ajout de {author} : « {text} »."),
    "deleted": N_("Suppression de {author} : « {text} »."),
    "formatted": N_("Mise en forme modifiée par {author} : « {text} »."),
    "comment": N_("Commentaire de {author}, retiré : « {text} »."),
    "hidden": N_("Texte masqué, retiré : « {text} »."),
    "fitted": N_("Plus large que la page, ramené entre les marges."),
    "header": N_("En-tête ou pied de page remplacé par celui de la maison : « {text} »."),
}


@dataclass(frozen=True)
class Note:
    """One change in words, and where: French templates and their values."""

    message: str
    params: Mapping[str, object]
    where: Place | None = None

    def __str__(self) -> str:
        return self.message.format(**self.params)

    def as_json(self) -> dict[str, object]:
        """Text and place, formatted in French."""
        where = self.where
        return {
            "text": str(self),
            "place": "" if where is None else where.words.format(**where.params),
        }


def changes(tally: Mapping[str, int]) -> tuple[Note, ...]:
    """What was changed in a part, in words, from how often it was."""
    counted = ((words, tally.get(name, 0)) for name, words in CHANGES.items())
    return tuple(Note(words, {"n": count}) for words, count in counted if count)


@dataclass(frozen=True)
class PartReport:
    """One part: how much of each kind was kept, what was changed, or why it is missing.

    `details` tell one by one, with the place, what `changes` count.
    """

    name: str
    title: str
    company: str
    kept: Mapping[str, int] = field(default_factory=dict)
    changes: tuple[Note, ...] = ()
    details: tuple[Note, ...] = ()
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
            "details": [note.as_json() for note in self.details],
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
