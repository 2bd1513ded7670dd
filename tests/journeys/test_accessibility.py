"""axe finds nothing: every page, both widths, both themes (WCAG 2.2 AA and best practices)."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import SIZES, Visit

pytestmark = [pytest.mark.browser, pytest.mark.live, pytest.mark.xdist_group("site")]
AXE = (Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
RUN = """async () => (await axe.run(document, {runOnly: {type: "tag", values: [
    "wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}})).violations.map(
    v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.target.join(" ")).join(" | "))"""
COORDINATOR, MEMBER, ADMINISTRATOR = "Salomé Ridel", "Inès Bocquet", "Hugo Vermeersch"
OPEN = (
    "/connexion",
    "/mot-de-passe-oublie",
    "/accessibilite",
    "/donnees-personnelles",
    "/nulle-part",
)
PAGES = (
    "/moi", "/moi?pour=entreprise", "/avis", "/avis/importer", "/affaires", "/affaires/tableau",
    "/affaires?closed=1", "/affaires?q=introuvable", "/resultats", "/entreprises/",
    "/entreprises/orvanne-competences", "/entreprises/orvanne-competences/coffre",
    "/entreprises/orvanne-competences/coffre/nouvelle", "/compte", "/aide", "/aide/raccourcis",
)  # fmt: skip
OF_A_BID = (
    "lots", "lots/1/positions/nouvelle", "decision", "invitations", "reglement", "plan",
    "plan/nouvelle", "plan/1", "sections/1", "sections/1/versions", "sections/1/ecrire",
    "assemblage", "activite", "etape", "sections/1/maison", "assemblage/mise-en-forme",
    "assemblage/mise-en-forme/orvanne-competences",
)  # fmt: skip


def _faults(page: Page, address: str) -> list[str]:
    """Open a page in each theme, and look at it at each width."""
    faults = []
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        page.goto(address)
        page.evaluate(AXE)
        for size in SIZES:
            faults += [f"{address} {size} {theme}: {fault}" for fault in _look(page, size)]
    return faults


def _look(page: Page, size: str) -> list[str]:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    found: list[str] = page.evaluate(RUN)
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*found, *(["scrolls sideways"] if wide else [])]


def _ready_bid(page: Page) -> str:
    """Find the bid whose sections are all approved."""
    page.goto("/affaires?q=transition")
    address = page.locator("main a[href^='/affaires/CVA']").first.get_attribute("href")
    assert address is not None
    return address


def test_axe_finds_nothing_before_the_door(visit: Visit) -> None:
    page = visit()
    assert [fault for address in OPEN for fault in _faults(page, address)] == []


def test_axe_finds_nothing_on_the_coordinator_s_pages(visit: Visit) -> None:
    page = visit(COORDINATOR)
    bid = _ready_bid(page)
    page.goto("/avis")
    first = page.locator("main a[href^='/avis/']").first.get_attribute("href") or ""
    addresses = (*PAGES, *(f"{bid}/{part}" for part in OF_A_BID), first)
    assert [fault for address in addresses for fault in _faults(page, address)] == []


def test_axe_finds_nothing_on_the_pages_of_the_other_seats(visit: Visit) -> None:
    page = visit(MEMBER)
    bid = _ready_bid(page)
    addresses = ("/moi", "/avis", "/affaires", f"{bid}/lots", f"{bid}/sections/3")
    faults = [fault for address in addresses for fault in _faults(page, address)]
    assert faults + _faults(visit(ADMINISTRATOR), "/administration/") == []
