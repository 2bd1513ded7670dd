"""The first page: what we answer to, who answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from tender.documents import trees
from tender.documents.engine.target import Target
from tender.documents.trees import Element


@dataclass(frozen=True)
class Cover:
    """Words of the first page; a date is given as text, this package has no clock."""

    title: str
    buyer: str = ""
    lots: Sequence[str] = ()
    lead: str = ""
    members: Sequence[str] = ()
    date: str = ""
    subtitle: str = "Mémoire technique"
    contents: bool = True


def add_cover(target: Target, cover: Cover) -> None:
    """Append the cover's paragraphs; the caller ends the section."""
    lines = [("Couverture acheteur", cover.buyer), ("Couverture titre", cover.title)]
    lines += [("Couverture lots", cover.subtitle)] if cover.subtitle else []
    lines += [("Couverture nom", lot) for lot in cover.lots]
    if cover.lead:
        role = "Mandataire du groupement" if cover.members else "Candidat"
        lines += [("Couverture rôle", role), ("Couverture nom", cover.lead)]
    if cover.members:
        lines.append(("Couverture rôle", "Membres du groupement"))
        lines += [("Couverture nom", member) for member in cover.members]
    lines += [("Couverture date", cover.date)] if cover.date else []
    target.append(paragraph(target, "Couverture espace", ""))
    for style, text in lines:
        if text:
            target.append(paragraph(target, style, text))


def paragraph(target: Target, style: str, text: str) -> Element:
    """A paragraph in a style of the result; without one where the template lacks it."""
    element = trees.make("w:p")
    found = target.styles.find("paragraph", style.lower())
    if found is not None:
        trees.add(trees.add(element, "w:pPr"), "w:pStyle", val=found)
    if text:
        element.append(run(text))
    return element


def run(text: str) -> Element:
    """A run of plain text."""
    element = trees.make("w:r")
    words = trees.add(element, "w:t")
    words.text = trees.plain(text)
    words.set(f"{{{trees.XML}}}space", "preserve")
    return element
