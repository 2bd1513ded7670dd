"""What the proof says, in French: each failure has its place and its fact."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from tender.documents.errors import N_

IN_PARAGRAPH = N_("Section {section}, paragraphe {n}")
IN_TABLE = N_("Section {section}, tableau {table}, ligne {row}")
IN_SECTION = N_("Section {section}")
IN_FILE = N_("Le fichier assemblé")

TITLE = N_("le titre de la section manque.")
UNREADABLE = N_("le fichier déposé n’a pas pu être relu ; rien n’est prouvé pour cette section.")
UNSAID = N_("la page qui dit pourquoi cette section manque n’est pas à sa place.")
TEXT_LOST = N_("le texte « {text} » manque.")
TEXT_MOVED = N_("le texte « {text} » n’est plus à sa place.")
TEXT_CHANGED = N_("le texte « {text} » est devenu « {now} ».")
TEXT_ADDED = N_("le texte « {text} » n’est pas dans le fichier déposé.")
SHAPE = N_("les lignes ou les cellules d’un tableau ne sont plus les mêmes.")
PLACE = N_("dans « {text} », un élément n’est plus à sa place.")
TRACKED = N_("dans « {text} », les modifications suivies ne sont plus les mêmes.")
UNREADABLE_RESULT = N_("il ne peut pas être relu.")
UNPROVEN = N_("la preuve n’a pas pu être établie ; relisez le document assemblé.")
MORE = N_("autres écarts, non détaillés : {n}.")

LOST: Mapping[str, str] = MappingProxyType(
    {
        "i": N_("l’image n° {n} manque."),
        "c": N_("le graphique n° {n} manque."),
        "w": N_("le classeur du graphique n° {n} manque."),
        "d": N_("le schéma n° {n} manque."),
        "o": N_("l’objet incorporé n° {n} manque."),
        "f": N_("la note de bas de page « {text} » manque."),
        "e": N_("la note de fin « {text} » manque."),
        "k": N_("le commentaire « {text} » manque."),
        "l": N_("le lien vers {text} manque."),
        "r": N_("le renvoi à « {text} » manque."),
        "n": N_("le numéro de liste « {text} » manque."),
        "q": N_("un champ {text} manque."),
    }
)
CHANGED: Mapping[str, str] = MappingProxyType(
    {
        "i": N_("l’image n° {n} n’est plus la même."),
        "c": N_("le graphique n° {n} n’est plus le même."),
        "w": N_("le classeur du graphique n° {n} n’est plus le même."),
        "d": N_("le schéma n° {n} n’est plus le même."),
        "o": N_("l’objet incorporé n° {n} n’est plus le même."),
        "f": N_("la note de bas de page « {text} » est devenue « {now} »."),
        "e": N_("la note de fin « {text} » est devenue « {now} »."),
        "k": N_("le commentaire « {text} » est devenu « {now} »."),
        "l": N_("le lien vers {text} mène à {now}."),
        "r": N_("le renvoi à « {text} » mène à « {now} »."),
        "n": N_("le numéro de liste « {text} » est devenu « {now} »."),
        "q": N_("un champ {text} est devenu {now}."),
    }
)
COUNTED: Mapping[str, str] = MappingProxyType(
    {
        "i": "images", "c": "charts", "w": "objects", "d": "objects", "o": "objects",
        "f": "footnotes", "e": "endnotes", "k": "comments", "l": "links", "r": "references",
        "n": "numbers", "q": "fields",
    }
)  # fmt: skip
"""Under which name each kind of mark is counted."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A French template and its values, sentences among them."""

    message: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message.format(**self.params)

    def as_json(self) -> dict[str, object]:
        """The template and its values, as the edge says them."""
        params = {
            name: value.as_json() if isinstance(value, Sentence) else value
            for name, value in self.params.items()
        }
        return {"message": self.message, "params": params}


@dataclass(frozen=True, slots=True)
class Failure:
    """One fact that is not in its place; `block` for what a reader would miss, else `warn`."""

    kind: str
    severity: str
    place: Sentence
    fact: Sentence

    def __str__(self) -> str:
        return f"{self.place} : {self.fact}"

    def as_json(self) -> dict[str, object]:
        """Plain values: both sentences with their values, and the whole in French."""
        return {
            "kind": self.kind,
            "severity": self.severity,
            "place": self.place.as_json(),
            "fact": self.fact.as_json(),
            "text": str(self),
        }
