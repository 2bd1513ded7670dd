"""Each check before an assembly, with the facts that make it speak or stay quiet."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tender.assembly import checks
from tender.assembly.checks import PagesFacts, PaperFacts, SectionFacts
from tender.bids.findings import Finding, Severity
from tender.core.text import Text

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
GOOD = SectionFacts("2", "Méthode", "Nette Rive", approved=True, empty=False, pages=3, budget=4)


def severities(found: Iterable[Finding]) -> list[Severity]:
    return [f.severity for f in found]


def test_an_approved_section_passes_and_the_others_stop() -> None:
    assert severities(checks.sections([GOOD])) == [Severity.OK]
    for bad in (replace(GOOD, approved=False), replace(GOOD, empty=True)):
        assert severities(checks.sections([GOOD, bad])) == [Severity.BLOCK]
    assert severities(checks.sections([])) == [Severity.BLOCK]


@pytest.mark.parametrize("left", [{"comments": 1}, {"revisions": 2}, {"hidden": 3}])
def test_what_an_author_left_behind_is_told(left: dict[str, int]) -> None:
    assert severities(checks.traces([replace(GOOD, **left)])) == [Severity.WARN]
    assert severities(checks.traces([GOOD])) == [Severity.OK]


def test_all_that_was_left_stands_in_one_sentence() -> None:
    (found,) = checks.traces([replace(GOOD, comments=1, revisions=2)])
    assert "(modifications suivies : 2, commentaires : 1)" in str(found.text)


def test_a_blank_to_fill_in_is_shown() -> None:
    (found,) = checks.placeholders([replace(GOOD, placeholders=("[à compléter]", "XXX"))])
    assert found.severity is Severity.WARN
    assert "[à compléter], XXX" in str(found.text)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (PagesFacts(40, 40), [Severity.OK]),
        (PagesFacts(40.2, 40), [Severity.WARN]),
        (PagesFacts(41, 40, binding=True), [Severity.BLOCK]),
        (PagesFacts(None, 40), []),
        (PagesFacts(400, None), [Severity.INFORM]),
    ],
)
def test_the_page_limit_stops_only_when_pages_were_measured(facts, expected) -> None:
    assert severities(checks.page_limit(facts)) == expected


def test_an_estimate_says_that_it_is_one() -> None:
    (found,) = checks.page_limit(PagesFacts(40.25, 40))
    assert "40,2 pages (estimation)" in str(found.text)


def test_a_section_over_its_budget_is_told() -> None:
    assert severities(checks.budgets([replace(GOOD, pages=4.1)])) == [Severity.WARN]
    assert severities(checks.budgets([GOOD, replace(GOOD, budget=None)])) == []


def test_papers_are_told_company_by_company() -> None:
    bad = PaperFacts("Lin et Lumière", expired=(Text("extrait Kbis"),), missing=(Text("RC"),))
    assert severities(checks.papers([PaperFacts("Nette Rive"), bad])) == [Severity.WARN] * 2
    assert severities(checks.papers([PaperFacts("Nette Rive")])) == [Severity.OK]


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (timedelta(seconds=0), Severity.BLOCK),
        (timedelta(seconds=1), Severity.WARN),
        (timedelta(hours=24), Severity.WARN),
        (timedelta(hours=24, seconds=1), Severity.OK),
        (None, Severity.WARN),
    ],
)
def test_the_deadline_is_known_far_near_or_passed(left, expected) -> None:
    instant = None if left is None else NOW + left
    assert severities(checks.deadline(instant, NOW)) == [expected]


@pytest.mark.parametrize(
    ("members", "need", "expected"),
    [(2, "", []), (3, "", [Severity.WARN]), (3, "Chacun son métier", [Severity.OK])],
)
def test_a_large_group_says_why(members, need, expected) -> None:
    assert severities(checks.need_for_grouping(members, need)) == expected
