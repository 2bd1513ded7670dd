"""What the engine makes, put to the proof."""

from collections.abc import Sequence

import pytest

from tender.demo.documents import demo_sections
from tender.documents.compose import Part, compose
from tender.documents.cover import Cover
from tender.documents.engine.options import Options
from tender.documents.house import house_template
from tender.documents.proof.proving import Proof
from tender.documents.proving import proof_of
from tests.documents import hostile
from tests.documents.made import docx, paragraph
from tests.documents.proven import GOOD, lines
from tests.documents.written import simple

KEEP = Options()
FINAL = Options(comments="drop", revisions="accept", hidden="drop")


def proven(parts: Sequence[Part], options: Options = KEEP) -> Proof:
    """The proof of an assembly."""
    composed = compose(house_template(), parts, cover=Cover("Titre"), options=options)
    return proof_of(parts, composed.report, composed.data, options=options)


@pytest.fixture(scope="module")
def demo() -> list[Part]:
    """The demonstration's sections."""
    return [Part(s.filename, s.data, s.number, s.title, s.company) for s in demo_sections()]


@pytest.mark.parametrize(
    "options", [KEEP, FINAL, Options(revisions="reject"), Options(policy="source")]
)
def test_everything_in_the_demonstration_is_found_in_its_place(
    demo: list[Part], options: Options
) -> None:
    proof = proven(demo, options)
    assert lines(proof) == []
    wanted, found = proof.counts()
    assert found == wanted
    assert (wanted["paragraphs"], wanted["images"], wanted["footnotes"]) == (669, 13, 12)


@pytest.mark.parametrize("title", ["", "Un titre"])
def test_each_kind_of_fact_is_found_in_what_the_engine_makes(title: str) -> None:
    parts = [Part(f"{n}.docx", GOOD, str(n), title and f"{title} {n}") for n in (1, 2, 3)]
    assert lines(proven(parts)) == []


def test_what_a_section_repeats_or_loses_by_rule_is_not_missed() -> None:
    contents = hostile.field('TOC \\o "1-3"', "vieux sommaire")
    parts = [
        Part(
            "a", simple("# Méthode", "# 1. Contexte", "texte", "1. un", "1. deux"), "1", "Méthode"
        ),
        Part("b", docx(contents + paragraph("texte")), "A", "Annexe"),
        Part("c", b"%PDF-1.4", "3", "Prix"),
        Part("d", simple("# 3 engagements", "fin"), None, "Suite"),
    ]
    assert lines(proven(parts)) == []


def test_a_page_before_a_section_belongs_to_none() -> None:
    parts = [
        Part("a", simple("un"), "1", "Méthode", divider="Lot 1\nFormation"),
        Part("b", simple("deux"), "2", "Prix", divider="Lot 2\nDéplacements"),
    ]
    assert lines(proven(parts, Options(dividers=True))) == []


def test_facts_come_from_the_cache_when_they_are_there() -> None:
    kept: dict[str, bytes] = {}

    class Memory:
        def get(self, key: str) -> bytes | None:
            return kept.get(key)

        def put(self, key: str, value: bytes) -> None:
            kept[key] = value

    parts = [Part("a.docx", GOOD, "1", "Un")]
    composed = compose(house_template(), parts)
    first = proof_of(parts, composed.report, composed.data, options=KEEP, cache=Memory())
    assert len(kept) == 1
    again = proof_of(parts, composed.report, composed.data, options=KEEP, cache=Memory())
    assert (again, lines(again)) == (first, [])
