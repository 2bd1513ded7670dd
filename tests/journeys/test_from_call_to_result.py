"""The whole way in a browser, as three people: a published call becomes a result."""

import io
import re
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tender.demo.documents import demo_sections
from tender.demo.notices import demo_notices
from tender.submissions.archive import verify
from tender.web.display import PARIS
from tests.journeys.conftest import Visit, saved

pytestmark = [pytest.mark.browser, pytest.mark.live, pytest.mark.xdist_group("site")]


def test_a_published_call_becomes_a_combined_response_and_a_result(
    visit: Visit, tmp_path: Path
) -> None:
    coordinator, member, manager = (
        visit("Nora Pruvost"),
        visit("Inès Bocquet"),
        visit("Odile Vasseur"),
    )
    ref = _take_up(coordinator, _notice(tmp_path))
    _decide(coordinator, ref)
    _claim(member, ref)
    _confirm(coordinator, ref)
    _plan(coordinator, ref)
    _write(member, ref, tmp_path)
    _approve(coordinator, ref)
    _assemble(coordinator)
    _check_files(coordinator, tmp_path)
    _seal_and_deposit(coordinator, tmp_path)
    _record_result(coordinator)
    manager.goto("/resultats")
    expect(manager.get_by_role("heading", name="Résultats", level=1)).to_be_visible()
    expect(manager.get_by_text("151 lots jugés")).to_be_visible()


def _notice(folder: Path) -> Path:
    """A call that the site does not know yet: the identifiers follow the day."""
    name, data = demo_notices(datetime.now(PARIS).date() + timedelta(days=1))[0]
    path = folder / name
    path.write_bytes(data)
    return path


def _take_up(page: Page, notice: Path) -> str:
    page.goto("/avis/importer")
    page.locator("input[type=file]").set_input_files(notice)
    page.get_by_role("button", name="Importer").click()
    page.locator("main").get_by_role("link", name=re.compile("Formation et comm")).click()
    page.get_by_role("button", name=re.compile("Retenir")).first.click()
    toast = page.get_by_text(re.compile("l’affaire .* est ouverte"))
    found = re.search(r"[A-Z]{3}-\d{4}-\d+", toast.inner_text())
    assert found is not None
    return found.group()


def _decide(page: Page, ref: str) -> None:
    page.goto(f"/affaires/{ref}/decision")
    page.get_by_role("radio", name=re.compile("^On répond")).check()
    page.get_by_label("Raison", exact=True).fill("Dans le métier de trois membres, délai tenable.")
    page.get_by_label("Inviter toutes les entreprises").check()
    page.get_by_role("button", name="Enregistrer la décision").click()
    expect(page.get_by_text("La décision est enregistrée.")).to_be_visible()
    page.goto(f"/affaires/{ref}/reglement")
    page.get_by_label("Lots qu’un candidat").fill("3")
    page.get_by_label("Plusieurs candidatures").select_option("no")
    page.get_by_label("Pages du mémoire").fill("40")
    page.get_by_role("button", name="Enregistrer").click()


def _claim(page: Page, ref: str) -> None:
    page.goto("/moi")
    expect(page.locator(f"a[href*='{ref}']").first).to_be_visible()
    page.goto(f"/affaires/{ref}/lots")
    page.goto(f"/affaires/{ref}/lots/1/positions/nouvelle")
    page.get_by_role("radio", name=re.compile("^Mandataire")).check()
    page.get_by_label("Part du lot").fill("100")
    page.get_by_role("button", name="Positionner l’entreprise").click()
    expect(page.get_by_text("est positionnée sur le lot 1")).to_be_visible()


def _confirm(page: Page, ref: str) -> None:
    page.goto(f"/affaires/{ref}/lots")
    page.get_by_role("button", name="Confirmer").first.click()
    expect(page.get_by_text("est confirmée.")).to_be_visible()


def _plan(page: Page, ref: str) -> None:
    page.goto(f"/affaires/{ref}/plan/nouvelle")
    page.get_by_label("Titre").fill("Compréhension du besoin")
    page.get_by_label("Entreprise").select_option(label="Trois-Passerelles")
    page.get_by_role("button", name="Ajouter la section").click()
    expect(page.get_by_role("link", name=re.compile("Compréhension du besoin"))).to_be_visible()


def _write(page: Page, ref: str, folder: Path) -> None:
    """A hostile file first, then a good one."""
    page.goto(f"/affaires/{ref}/sections/1")
    bad = folder / "faux.docx"
    bad.write_bytes(b"ceci n'est pas un document")
    page.locator("input[type=file]").set_input_files(bad)
    page.get_by_role("button", name="Déposer").click()
    expect(page.get_by_text(re.compile("docx")).first).to_be_visible()
    good = folder / "comprehension.docx"
    good.write_bytes(demo_sections()[0].data)
    page.goto(f"/affaires/{ref}/sections/1")
    page.locator("input[type=file]").set_input_files(good)
    page.get_by_role("button", name="Déposer").click()
    page.get_by_role("button", name="Envoyer en relecture").click()
    expect(page.get_by_text("À relire").first).to_be_visible()


def _approve(page: Page, ref: str) -> None:
    page.goto(f"/affaires/{ref}/sections/1")
    page.get_by_role("button", name="Valider").click()
    expect(page.get_by_text("Validée").first).to_be_visible()
    page.goto(f"/affaires/{ref}/assemblage")


def _assemble(page: Page) -> None:
    page.get_by_role("radio", name=re.compile("^Dossier final")).check()
    reason = page.get_by_label("Raison")  # asked for only where something is warned of
    if reason.count():
        reason.fill("Avertissements relus avec les membres.")
    page.get_by_role("button", name="Lancer l’assemblage").click()
    expect(page.get_by_text("Dossier final prêt à déposer.")).to_be_visible(timeout=120_000)


def _check_files(page: Page, folder: Path) -> None:
    docx = saved(page, folder, ".docx")
    body = zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml").decode()
    assert "Compréhension du besoin" in body
    assert saved(page, folder, ".pdf").startswith(b"%PDF")


def _seal_and_deposit(page: Page, folder: Path) -> None:
    page.get_by_role("button", name="Sceller le pli").click()
    archive = saved(page, folder, "Télécharger l’archive")
    assert verify(archive) == []
    page.get_by_label("Déposé le").fill(f"{datetime.now(PARIS):%Y-%m-%dT%H:%M}")
    page.get_by_label("Plateforme").fill("Profil d’acheteur")
    page.get_by_label("Numéro").fill("AR-2026-0001")
    page.get_by_role("button", name="Enregistrer le dépôt").click()
    expect(page.get_by_text("AR-2026-0001").first).to_be_visible()


def _record_result(page: Page) -> None:
    page.get_by_role("link", name="Enregistrer le résultat").click()
    lot = page.get_by_role("region", name=re.compile("Lot 1"))
    lot.get_by_label("Résultat").select_option("awarded")
    lot.get_by_label("Décidé le").fill(datetime.now(PARIS).date().isoformat())
    lot.get_by_label("Notre montant HT").fill("176 500,00")
    lot.get_by_role("button", name="Enregistrer le résultat du lot 1").click()
    expect(page.get_by_text("Le résultat du lot 1 est enregistré.")).to_be_visible()
