"""One element in each of the original languages of a notice: countries with two have two forms."""

from dataclasses import dataclass

from tender.formats.languages import UNDETERMINED
from tender.formats.notice import Texts
from tender.formats.tree import Element


@dataclass(frozen=True, slots=True)
class Side:
    """An element in one language."""

    language: str | None
    element: Element


@dataclass(frozen=True, slots=True)
class Sides:
    """The same element in each language; facts are read from the first, texts from all."""

    sides: tuple[Side, ...] = ()

    @property
    def element(self) -> Element:
        """The element in the notice's own language."""
        return self.sides[0].element

    def every(self, *paths: str) -> list["Sides"]:
        """The elements at these paths, each with its twin in the languages that list as many."""
        return [twins for path in paths for twins in self._paired(path)]

    def _paired(self, path: str) -> list["Sides"]:
        found = [side.element.every(path) for side in self.sides]
        alike = [at for at, items in enumerate(found) if len(items) == len(found[0])]
        return [
            Sides(tuple(Side(self.sides[at].language, found[at][index]) for at in alike))
            for index in range(len(found[0]))
        ]

    def texts(self, *paths: str) -> Texts | None:
        """The first text at these paths, by language; its own without a path."""
        found: dict[str, str] = {}
        for side in self.sides:
            text = text_at(side.element, *paths)
            if text:
                found.setdefault(side.language or UNDETERMINED, text)
        return found or None


def text_at(element: Element, *paths: str) -> str | None:
    """The text of the first element that has one at these paths; its own without a path."""
    items = [item for path in paths for item in element.every(path)] if paths else [element]
    return next((text for text in map(text_of, items) if text), None)


def text_of(element: Element) -> str:
    """The element's own text and that of its paragraphs, a line each."""
    paragraphs = [item.text for item in element.every("P")]
    return "\n".join(text for text in [element.text, *paragraphs] if text)
