"""The house's styles that an author's may take, and which of them it looks like."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from unicodedata import normalize

from tender.core.text import N_

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
_LOOK_ALIKES = tuple(
    (re.compile(pattern), style)
    for pattern, style in (
        (r"listbullet|listes?apuces|puce|aufzahlung|listaconvinetas", "List Bullet"),
        (r"listnumber|listes?(?:anumeros|numerotee)|listennummer", "List Number"),
        (r"listparagraph|paragraphedeliste|listenabsatz", "List Paragraph"),
        (r"caption|legende|beschriftung|epigrafe|didascalia", "Caption"),
        (r"(?:intense)?quote|citation|zitat", "Quote"),
        (r"(?:sub|sous)?tit(?:le|re)$|(?:unter)?titel$|chapeau|intro", "Chapeau"),
        (r"normal|standard|body|corps|text|nospacing|sansinterligne|paragraphe", "Normal"),
    )
)
"""Names in French, English, German and others, small, without accents or spaces."""
_PLAIN_TABLES = ("tablegrid", "grilledutableau", "tabellenraster", "tableausimple")


def guess(name: str, kind: str, level: int | None = None) -> str:
    """Give the house's style that a style most likely stands for, or AS_IS."""
    folded = "".join(filter(str.isalnum, normalize("NFKD", name).casefold()))
    if kind == "table":
        return "Table Grid" if folded.startswith(_PLAIN_TABLES) else AS_IS
    if level is not None:
        return f"heading {min(level, DEEPEST)}"
    return next((style for like, style in _LOOK_ALIKES if like.match(folded)), AS_IS)
