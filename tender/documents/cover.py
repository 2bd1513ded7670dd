"""The first page: what we answer to, who answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tender.documents.engine.house import House
from tender.documents.engine.writing import paragraph, run


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

    @property
    def group(self) -> str:
        """Who answers, in a few words: « Orvanne et 2 cotraitants »."""
        count = len(self.members)
        return f"{self.lead} et {count} cotraitant{'s' * (count > 1)}" if count else self.lead


def cover_page(house: House, cover: Cover) -> bytes:
    """The cover's paragraphs in the house's styles for it."""
    lines = [paragraph(_style(house, "Couverture espace"))]
    lines += [paragraph(_style(house, name), run(text)) for name, text in _lines(cover) if text]
    return b"".join(lines)


def _lines(cover: Cover) -> Iterator[tuple[str, str]]:
    yield "Couverture acheteur", cover.buyer
    yield "Couverture titre", cover.title
    yield "Couverture lots", cover.subtitle
    for lot in cover.lots:
        yield "Couverture nom", lot
    if cover.lead:
        yield "Couverture rôle", "Mandataire du groupement" if cover.members else "Candidat"
        yield "Couverture nom", cover.lead
    if cover.members:
        yield "Couverture rôle", "Membres du groupement"
    for member in cover.members:
        yield "Couverture nom", member
    yield "Couverture date", cover.date


def divider_page(house: House, words: str) -> bytes:
    """The paragraphs of a page between two lots, a line each."""
    first, *more = words.split("\n")
    lines = [paragraph(_style(house, "Couverture espace"))]
    lines.append(paragraph(_style(house, "Couverture titre"), run(first)))
    lines += [paragraph(_style(house, "Couverture lots"), run(line)) for line in more]
    return b"".join(lines)


def _style(house: House, name: str) -> str | None:
    return house.style("paragraph", name.lower())
