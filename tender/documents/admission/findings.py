"""What the gate tells an author, gathered once each, with the place in words."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import islice
from types import MappingProxyType

from tender.documents.admission.places import Places
from tender.documents.errors import N_, Finding, Severity
from tender.documents.trees import Element, q

MOST_PLACED = 20
"""So many places for one thing are told one by one; then the part must do."""
MOST_TOLD = 300
"""A file made to be refused could fill pages; what is cleaned is cleaned in any case."""
_MORE = N_("{n} autres points ne sont pas détaillés.")

DOCUMENT = N_("le document")
PLACES: Mapping[str, str] = MappingProxyType(
    {
        "officeDocument": N_("le corps du texte"),
        "header": N_("un en-tête"),
        "footer": N_("un pied de page"),
        "footnotes": N_("les notes de bas de page"),
        "endnotes": N_("les notes de fin"),
        "comments": N_("les commentaires"),
        "settings": N_("les réglages du document"),
        "styles": N_("les styles"),
        "numbering": N_("les listes"),
        "chart": N_("un graphique"),
    }
)


def place_of(kind: str) -> str:
    """Where in words, by the kind of the part."""
    return PLACES.get(kind, DOCUMENT)


class Findings:
    """Findings in the order they were found; a repeat in the same place counts once."""

    def __init__(self) -> None:
        self._seen: dict[tuple[object, ...], tuple[Finding, Element | None]] = {}
        self._placed: Counter[tuple[str, str]] = Counter()

    def add(
        self,
        code: str,
        message: str,
        place: str,
        severity: Severity = Severity.CLEAN,
        **params: object,
    ) -> None:
        """Note one, for a whole part."""
        self._note(Finding(code, severity, message, place, params), None)

    def at(
        self, element: Element | None, code: str, message: str, place: str, **params: object
    ) -> None:
        """Note one where an element stands; `place` names its part where the body has it not."""
        block = None if element is None else _block_of(element)
        if block is not None:
            self._placed[code, message] += 1
            if self._placed[code, message] > MOST_PLACED:
                block = None
        self._note(Finding(code, Severity.CLEAN, message, place, params), block)

    def extend(self, others: Iterable[Finding]) -> None:
        """Note what was found of an equal part before."""
        for one in others:
            self._note(one, None)

    def _note(self, one: Finding, block: Element | None) -> None:
        values = sorted((name, str(value)) for name, value in one.params.items())
        self._seen.setdefault((one.code, one.message, one.place, block, *values), (one, block))

    @property
    def wants_places(self) -> bool:
        """Was anything noted at an element?"""
        return bool(self._placed)

    def all(self, places: Places | None = None) -> tuple[Finding, ...]:
        """In the order they were found, each in the words of its place."""
        listed = islice(self._seen.values(), MOST_TOLD)
        told = tuple(_placed(one, block, places) for one, block in listed)
        more = len(self._seen) - MOST_TOLD
        return (
            told
            if more <= 0
            else (*told, Finding("more", Severity.CLEAN, _MORE, DOCUMENT, {"n": more}))
        )


def _block_of(element: Element) -> Element | None:
    """The block of the body that an element stands in."""
    running = element
    while (above := running.getparent()) is not None:
        if above.tag == q("w:body"):
            return running
        running = above
    return None


def _placed(one: Finding, block: Element | None, places: Places | None) -> Finding:
    place = places.of(block) if places is not None and block is not None else None
    if place is None:
        return one
    return Finding(one.code, one.severity, one.message, place.words, {**one.params, **place.params})
