"""The report of a run: all of it for who steers, one's own sections for who wrote them."""

import json
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tender.assembly.models import AssemblyRun
from tender.assembly.queries import present
from tender.assembly.rules import RunKind, RunState, fingerprint
from tender.core import clock, setup
from tender.core.transaction import set_context
from tests.faults.ready import make_ready
from tests.web.conftest import SignIn
from tests.web.rooms import Room, open_room, text

REFUSAL = {"message": "Le document est protégé par un mot de passe.", "params": {}, "text": "…"}
DETAIL = {
    "message": "Suppression de {author} : « {text} ».", "text": "…",
    "params": {"author": "Awa", "text": "un prix"},
    "place": {"message": "tableau {number}", "params": {"number": 2}, "text": "…"},
}  # fmt: skip
CHANGE = {"message": "Commentaires retirés : {n}.", "params": {"n": 3}, "text": "…"}


@pytest.fixture
def room(session: Session, sign_in: SignIn) -> Room:
    """A room in which the other company has a draft, and a finished run with it."""
    room = open_room(session, sign_in, make_ready(session))
    answer = room.other.post(
        f"{room.url}/sections/2/ecrire", data={"text": "Un brouillon.", "version": "1"}
    )
    assert answer.status_code == 303
    return room


def finished(session: Session, room: Room, **by_number: dict[str, Any]) -> str:
    """A run that is over; what its report says more of sections `n1`, `n2`…"""
    scene = room.scene
    set_context(session, scene.coordinator)
    session.expire_all()
    facts = present(session, scene.bid)
    sections: Any = facts["sections"]
    told = [
        {"id": s["id"], "number": s["number"], "title": s["title"], "company": s["company"],
         "policy": s["policy"], "written": True, "first": 3, "pages": 2, "budget": 10,
         "over": False, "words": s["words"], "kept": {"paragraphs": 4, "tables": 1},
         "changes": [], "findings": [], "refused": None} | by_number.get(f"n{s['number']}", {})
        for s in sections
    ]  # fmt: skip
    key = f"bids/{scene.bid.id}/m-rapport.json"
    digest = setup.storage().put(key, json.dumps({"sections": told, "pages": 6}).encode())
    told = [{k: v for k, v in section.items() if k != "details"} for section in told]
    run = AssemblyRun(
        bid_id=scene.bid.id, number=1, kind=RunKind.TRIAL, manifest=facts, asked_by="Salomé",
        manifest_hash=fingerprint(facts), asked_at=clock.now(), state=RunState.SUCCEEDED,
        report={"sections": told, "pages": 6}, pages=6,
        files=[{"name": "m-rapport.json", "key": key, "sha256": digest, "size": 1}],
        started_at=clock.now(), finished_at=clock.now(),
    )  # fmt: skip
    session.add(run)
    session.commit()
    return f"{room.url}/assemblages/{run.id}"


def test_the_report_says_what_was_kept_changed_and_refused(session: Session, room: Room) -> None:
    run = finished(session, room, n1={"refused": REFUSAL, "pages": 1}, n3={"changes": [CHANGE]})
    page = text(room.coordinator.get(f"{run}/rapport"))
    assert "Section 1 Compréhension du besoin : une page en tient lieu." in page
    assert "protégé par un mot de passe" in page
    assert "Commentaires retirés : 3." in page
    assert "11 mots, 4 paragraphes, 1 tableau" in page
    assert "2,0 pages sur 10" in page or "2 pages sur 10" in page
    result = text(room.coordinator.get(run))
    assert "Manquante" in result
    assert "1 remarque<" in result


def test_the_filter_shows_sections_with_remarks_only(session: Session, room: Room) -> None:
    run = finished(session, room, n2={"over": True, "pages": 12})
    page = text(room.coordinator.get(f"{run}/rapport?voir=remarques"))
    assert 'id="s-2"' in page
    assert 'id="s-1"' not in page
    assert "Aucune remarque" not in page


def test_the_report_tells_each_change_with_its_place(session: Session, room: Room) -> None:
    run = finished(session, room, n2={"changes": [CHANGE], "details": [DETAIL]})
    told = "Suppression de Awa : « un prix »."
    for reader in (room.coordinator, room.other):
        page = text(reader.get(f"{run}/rapport"))
        assert told in page
        assert "(tableau 2)" in page
    assert told not in text(room.lead.get(f"{run}/rapport"))
    assert "un prix" in room.other.get(f"{run}/rapport.json").get_data(as_text=True)


def test_an_author_reads_about_his_own_sections_only(session: Session, room: Room) -> None:
    run = finished(session, room, n1={"changes": [CHANGE]}, n2={"refused": REFUSAL})
    own, fellow = text(room.other.get(f"{run}/rapport")), text(room.lead.get(f"{run}/rapport"))
    assert "protégé par un mot de passe" in own
    assert "Commentaires retirés" not in own
    assert "Commentaires retirés : 3." in fellow
    assert "mot de passe" not in fellow
    assert "mot de passe" not in text(room.lead.get(run))
    assert "Vous voyez le rapport des sections de votre entreprise" in fellow
    assert room.stranger.get(f"{run}/rapport").status_code == 404


def test_the_report_is_taken_away_as_plain_values_and_the_audit_keeps_it(
    session: Session, room: Room
) -> None:
    run = finished(session, room, n2={"refused": REFUSAL})
    whole = json.loads(room.coordinator.get(f"{run}/rapport.json").data)
    assert [s["number"] for s in whole["sections"]] == ["1", "2", "3"]
    got = room.lead.get(f"{run}/rapport.json")
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert [s["number"] for s in json.loads(got.data)["sections"]] == ["1", "3"]
    assert "-rapport.json" in text(room.coordinator.get(f"{room.url}/activite"))


def test_a_section_that_nobody_wrote_is_told_to_its_company(session: Session, room: Room) -> None:
    run = finished(session, room, n3={"written": False})
    page = text(room.lead.get(f"{run}/rapport"))
    assert "Rien n’est rédigé (Nette Rive)." in page


def test_a_run_under_way_has_no_report_yet(session: Session, room: Room) -> None:
    run = finished(session, room)
    set_context(session, room.scene.coordinator)
    session.query(AssemblyRun).one().state = RunState.RUNNING
    session.commit()
    for page in ("rapport", "rapport.json"):
        assert room.coordinator.get(f"{run}/{page}").status_code == 404
