"""The line with less than it hopes for: without JavaScript, and with the live stream cut."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tender.demo.documents import demo_sections
from tests.journeys.conftest import Visit, saved

pytestmark = [pytest.mark.browser, pytest.mark.live, pytest.mark.xdist_group("site")]
COORDINATOR = "Salomé Ridel"
MEMBER = "Karim Delattre"  # of Lumivert Éditions, who writes section 4
RESULT = 60_000


def test_all_that_a_response_needs_works_without_javascript(visit: Visit, tmp_path: Path) -> None:
    member, coordinator = visit(MEMBER, script=False), visit(COORDINATOR, script=False)
    bid = _ready_bid(coordinator)
    _claim(member, bid)
    _upload(member, bid, tmp_path)
    coordinator.goto(f"{bid}/sections/4")
    coordinator.get_by_role("button", name="Valider la section").click()
    expect(coordinator.get_by_text("Validée").first).to_be_visible()
    _run(coordinator, bid)
    expect(coordinator.get_by_text("Essai terminé.")).to_be_visible(timeout=RESULT)
    assert saved(coordinator, tmp_path, ".docx").startswith(b"PK")


def test_a_run_is_followed_to_its_end_with_the_stream_cut_and_can_be_cancelled(
    visit: Visit,
) -> None:
    page = visit(COORDINATOR)
    bid = _ready_bid(page)
    page.route("**/flux", lambda route: route.abort())
    polls: list[str] = []
    page.on("request", lambda sent: polls.append(sent.url) if sent.url.endswith("/etat") else None)
    _run(page, bid)
    expect(page.get_by_text("Essai terminé.")).to_be_visible(timeout=RESULT)
    assert polls
    page.unroute("**/flux")
    _run(page, bid)
    page.get_by_role("button", name="Annuler l’assemblage").click()
    expect(page.get_by_text("Assemblage annulé.")).to_be_visible(timeout=RESULT)


def _ready_bid(page: Page) -> str:
    page.goto("/affaires?q=transition")
    address = page.locator("main a[href^='/affaires/CVA']").first.get_attribute("href")
    assert address is not None
    return address


def _claim(page: Page, bid: str) -> None:
    page.goto(f"{bid}/lots/1/positions/nouvelle")
    page.get_by_role("radio", name=re.compile("^Intéressée")).check()
    page.get_by_role("button", name="Positionner l’entreprise").click()
    expect(page.get_by_text("est positionnée sur le lot 1")).to_be_visible()


def _upload(page: Page, bid: str, folder: Path) -> None:
    text = folder / "communication.docx"
    text.write_bytes(demo_sections()[9].data)
    page.goto(f"{bid}/sections/4")
    page.locator("input[type=file]").set_input_files(text)
    page.get_by_role("button", name="Déposer").click()
    expect(page.get_by_text("Version 2 déposée.")).to_be_visible()
    page.get_by_role("button", name="Envoyer en relecture").click()
    expect(page.get_by_text("À relire").first).to_be_visible()


def _run(page: Page, bid: str) -> None:
    page.goto(f"{bid}/assemblage")
    page.get_by_role("radio", name=re.compile("^Assemblage d’essai")).check()
    page.get_by_role("button", name="Lancer l’assemblage").click()
