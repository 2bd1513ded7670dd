"""Pages of sections, counted from the outline of the finished document."""

from tender.assembly.pages import counted
from tender.documents.engine.outline import Heading


def section(number: str, title: str, budget: int | None = None) -> dict[str, object]:
    return {"number": number, "title": title, "company": "C", "budget": budget}


def test_a_section_ends_where_the_next_begins() -> None:
    outline = [
        Heading("a", 1, "1.", "Besoin"),
        Heading("b", 2, "1.1", "Besoin"),
        Heading("c", 1, "2.", "Méthode"),
    ]
    found = counted(
        [section("1", "Besoin", 2), section("2", "Méthode", 2)], outline,
        {"a": 3, "b": 4, "c": 6}, 7,
    )  # fmt: skip
    assert [(s.first, s.pages, s.over) for s in found] == [(3, 3, True), (6, 2, False)]


def test_a_section_that_was_not_found_has_no_count() -> None:
    outline = [Heading("a", 1, "1.", "Besoin"), Heading("c", 1, "3.", "Suivi")]
    found = counted(
        [section("1", "Besoin"), section("2", "Perdue"), section("3", "Suivi")], outline,
        {"a": 3, "c": 6}, 6,
    )  # fmt: skip
    assert [s.pages for s in found] == [None, None, 1]
