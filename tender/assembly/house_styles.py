"""The house's styles that an author's may take, and which of them it looks like."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from tender.core.text import N_
from tender.documents.engine.roles import role_of

AS_IS = ""
"""The author's style stays as it is."""
HOUSE_STYLES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "paragraph": {
            "heading 1": N_("Titre 1"),
            "heading 2": N_("Titre 2"),
            "heading 3": N_("Titre 3"),
            "heading 4": N_("Titre 4"),
            "Normal": N_("Corps"),
            "Chapeau": N_("Chapeau"),
            "List Bullet": N_("Liste à puces"),
            "List Bullet 2": N_("Liste à puces, deuxième niveau"),
            "List Number": N_("Liste numérotée"),
            "List Paragraph": N_("Paragraphe de liste"),
            "Caption": N_("Légende"),
            "Quote": N_("Citation"),
        },
        "table": {"Table Grid": N_("Tableau de la maison")},
    }
)
"""By kind, the template's own name of a style and what people call it."""
DEEPEST = 4
_OF_ROLE: Mapping[str, str] = MappingProxyType(
    {
        "normal": "Normal",
        "body text": "Normal",
        "no spacing": "Normal",
        "title": "Chapeau",
        "subtitle": "Chapeau",
        "list bullet": "List Bullet",
        "list number": "List Number",
        "list paragraph": "List Paragraph",
        "caption": "Caption",
        "quote": "Quote",
        "table grid": "Table Grid",
    }
)
"""By the engine's name of what a style is for."""
_LOOK_ALIKES = tuple(
    (re.compile(pattern), style)
    for pattern, style in (
        (r"list bullet|puces?\b|liste . puces", "List Bullet"),
        (r"list number|num.ros?\b", "List Number"),
        (r"légende|caption", "Caption"),
        (r"citation|intense quote", "Quote"),
        (r"chapeau|introduction", "Chapeau"),
        (r"corps\b|texte\b|body text|paragraphe$", "Normal"),
    )
)
"""By how a name of its author's own begins."""


def guess(name: str, kind: str, level: int | None = None) -> str:
    """Give the house's style that a style most likely stands for, or AS_IS."""
    if level is not None:
        return f"heading {min(level, DEEPEST)}"
    folded = " ".join(name.split()).casefold()
    alike = (style for like, style in _LOOK_ALIKES if like.match(folded))
    found = _OF_ROLE.get(role_of(name)) or next(alike, AS_IS)
    return found if found in HOUSE_STYLES[kind] else AS_IS
