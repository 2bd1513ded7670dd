"""Pages of each section in a finished document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tender.core.orm import Json
from tender.documents.engine.outline import Heading


@dataclass(frozen=True, slots=True)
class SectionPages:
    """How long one section came out, beside what it was given; None where nobody can tell."""

    number: str
    title: str
    company: str
    first: int | None
    pages: int | None
    budget: int | None

    @property
    def over(self) -> bool:
        """Whether it is longer than it was given."""
        return self.pages is not None and self.budget is not None and self.pages > self.budget

    def as_json(self) -> Json:
        """Give plain values."""
        return {
            "number": self.number, "title": self.title, "company": self.company,
            "first": self.first, "pages": self.pages, "budget": self.budget, "over": self.over,
        }  # fmt: skip


def counted(
    sections: Sequence[Mapping[str, Any]],
    outline: Sequence[Heading],
    page_of: Mapping[str, int],
    pages: int,
) -> list[SectionPages]:
    """Count from a section's own heading to the next section's; each begins on a new page."""
    firsts = [page_of.get(bookmark) if bookmark else None for bookmark in _own(sections, outline)]
    ends = [*firsts[1:], pages + 1]
    return [
        SectionPages(
            s["number"], s["title"], s["company"], first,
            max(1, end - first) if first is not None and end is not None else None, s["budget"],
        )
        for s, first, end in zip(sections, firsts, ends, strict=True)
    ]  # fmt: skip


def _own(sections: Sequence[Mapping[str, Any]], outline: Sequence[Heading]) -> list[str | None]:
    """Find each section's heading among all headings, which stand in the same order."""
    found: list[str | None] = []
    at = 0
    for section in sections:
        hit = next(
            (i for i in range(at, len(outline)) if _is_of(outline[i], section)),
            None,
        )
        found.append(None if hit is None else outline[hit].bookmark)
        at = at if hit is None else hit + 1
    return found


def _is_of(heading: Heading, section: Mapping[str, Any]) -> bool:
    return (heading.number.rstrip("."), heading.title) == (section["number"], section["title"])
