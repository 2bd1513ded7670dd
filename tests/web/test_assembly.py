"""Control, run, result, seal and deposit, in pages."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tender.assembly import work
from tender.assembly.models import AssemblyRun
from tender.assembly.rules import RunState, Step
from tender.bids.models import BidPass
from tender.core import clock, queue, setup
from tender.core.actor import system
from tender.core.transaction import set_context
from tender.web import run_progress
from tender.web.display import PARIS
from tests.faults.ready import make_ready
from tests.web.conftest import SignIn
from tests.web.rooms import Room, open_room, text


@pytest.fixture
def room(session: Session, sign_in: SignIn) -> Room:
    return open_room(session, sign_in, make_ready(session))


def start(room: Room, kind: str = "final") -> str:
    made = room.coordinator.post(f"{room.url}/assemblages", data={"kind": kind, "reason": ""})
    assert made.status_code == 303
    return str(made.headers["Location"])


def row(session: Session, room: Room) -> AssemblyRun:
    set_context(session, room.scene.coordinator)
    session.expire_all()
    return session.query(AssemblyRun).filter_by(bid_id=room.scene.bid.id).one()


def finish(session: Session, room: Room) -> None:
    """End the run as a worker does."""
    run = row(session, room)
    run.state, run.pages, run.started_at = RunState.SUCCEEDED, 6, clock.now()
    run.finished_at = clock.now() + timedelta(seconds=9)
    for ending in ("docx", "pdf"):
        key = f"bids/{room.scene.bid.id}/m.{ending}"
        digest = setup.storage().put(key, b"PK" + ending.encode())
        file = {"name": f"Memoire.{ending}", "key": key, "sha256": digest, "size": 5}
        run.files = [*run.files, file]
    session.commit()


def test_the_control_names_what_blocks_and_refuses_the_final_run(
    session: Session, sign_in: SignIn
) -> None:
    room = open_room(session, sign_in)
    page = text(room.coordinator.get(f"{room.url}/assemblage"))
    assert "Section 1 Méthode : rien n’est rédigé (Nette Rive)." in page
    assert "Art. L. 2152-2" in page
    refused = room.coordinator.post(f"{room.url}/assemblages", data={"kind": "final"})
    assert refused.status_code == 422
    assert "points bloquants à traiter (2)" in text(refused)
    assert room.coordinator.post(f"{room.url}/assemblages", data={"kind": "?"}).status_code == 422


def test_members_see_the_control_but_start_nothing(room: Room) -> None:
    page = text(room.other.get(f"{room.url}/assemblage"))
    assert "Lancer l’assemblage" not in page
    assert room.other.post(f"{room.url}/assemblages", data={"kind": "trial"}).status_code == 403
    assert room.stranger.get(f"{room.url}/assemblage").status_code == 404


def test_the_options_of_a_run_are_kept_and_offered_again(session: Session, room: Room) -> None:
    page = text(room.coordinator.get(f"{room.url}/assemblage"))
    assert '<option selected value="drop">' in page
    options = {"comments": "keep", "revisions": "reject", "image_dpi": "150",
               "all_or_nothing": "y", "dividers": "y"}  # fmt: skip
    asked = {"kind": "trial"} | options
    assert room.coordinator.post(f"{room.url}/assemblages", data=asked).status_code == 303
    assert row(session, room).manifest["settings"] == {
        "comments": "keep", "revisions": "reject", "hidden": "drop", "all_or_nothing": True,
        "image_dpi": 150, "dividers": True,
    }  # fmt: skip
    again = text(room.coordinator.get(f"{room.url}/assemblage"))
    for chosen in ("keep", "reject", "150"):
        assert f'<option selected value="{chosen}">' in again
    wrong = {"kind": "trial", "image_dpi": "9"}
    assert room.coordinator.post(f"{room.url}/assemblages", data=wrong).status_code == 422


def test_a_run_shows_its_steps_and_can_be_cancelled(session: Session, room: Room) -> None:
    here = start(room)
    assert start(room) == here
    run = row(session, room)
    run.state, run.step, run.done, run.total = RunState.RUNNING, Step.SECTIONS, 1, 3
    session.commit()
    page = text(room.coordinator.get(here))
    assert "Étape 3 sur 7 : Insérer les sections" in page
    assert 'http-equiv="refresh"' in page
    state = room.coordinator.get(f"{here}/etat", headers={"HX-Request": "true"})
    assert state.status_code == 200
    assert room.coordinator.get(f"{here}/etat").status_code == 302
    room.coordinator.post(f"{here}/annuler")
    assert row(session, room).cancel_asked_at is not None
    assert "Annuler l’assemblage" not in text(room.coordinator.get(here))


def test_the_stream_tells_the_steps_and_the_end(session: Session, room: Room) -> None:
    here = start(room)
    finish(session, room)
    stream = room.other.get(f"{here}/flux")
    assert stream.mimetype == "text/event-stream"
    events = text(stream)
    assert "event: etape\ndata: " in events
    assert events.rstrip().endswith("event: fin\ndata: succeeded")
    over = room.other.get(f"{here}/etat", headers={"HX-Request": "true"})
    assert over.status_code == 286
    assert room.stranger.get(f"{here}/flux").status_code == 404


def test_the_stream_ends_when_the_person_loses_access(
    session: Session, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_progress, "RECOGNISE_SECONDS", 0.0)
    here = start(room)
    stream = room.other.get(f"{here}/flux", buffered=False)
    parts = iter(stream.response)
    assert next(parts).startswith(b"retry")
    assert b"etape" in next(parts)
    set_context(session, room.scene.coordinator)
    session.execute(
        update(BidPass).where(BidPass.company_id == room.scene.other.id).values(kind="invited")
    )
    session.commit()
    assert list(parts) == []
    stream.close()


def test_a_final_run_is_sealed_downloaded_and_its_deposit_recorded(
    session: Session, room: Room
) -> None:
    here = start(room)
    finish(session, room)
    assert "Sceller le pli" in text(room.coordinator.get(here))
    for _ in range(2):
        sealed = room.coordinator.post(f"{here}/sceller", follow_redirects=True)
    page = text(sealed)
    assert "Pli scellé" in page
    assert "Extrait-Kbis.pdf" in page
    name = f"Pli-{room.scene.bid.ref}.zip"
    got = room.other.get(f"{here}/fichiers/{name}")
    assert got.data.startswith(b"PK")
    assert got.headers["Content-Disposition"].startswith("attachment")
    local = (clock.now() + timedelta(hours=12)).strftime("%Y-%m-%dT%H:%M")
    data = {"deposited_at": local, "platform": "PLACE", "receipt_number": "AR-42"}
    future = room.coordinator.post(f"{here}/depot", data=data)
    assert future.status_code == 422
    assert "dans le futur" in text(future)
    done = room.coordinator.post(
        f"{here}/depot",
        data=data | {"deposited_at": _paris_now(), "receipt": (io.BytesIO(b"%PDF-1"), "ar.pdf")},
        follow_redirects=True,
    )
    assert "AR-42" in text(done)
    assert "ar.pdf" in text(done)
    assert room.coordinator.post(f"{here}/sceller").status_code == 303


def _paris_now() -> str:
    return clock.now().astimezone(PARIS).strftime("%Y-%m-%dT%H:%M:%S")


@pytest.mark.parametrize(
    "change",
    [{"deposited_at": ""}, {"deposited_at": "hier"}, {"platform": ""}, {"receipt_number": ""}],
)
def test_a_deposit_without_its_facts_is_refused(
    session: Session, room: Room, change: dict[str, str]
) -> None:
    here = start(room)
    finish(session, room)
    room.coordinator.post(f"{here}/sceller")
    data = {"deposited_at": _paris_now(), "platform": "P", "receipt_number": "1"} | change
    assert room.coordinator.post(f"{here}/depot", data=data).status_code == 422


def test_only_the_coordinator_seals_and_records(session: Session, room: Room) -> None:
    here = start(room)
    finish(session, room)
    for who, status in ((room.lead, 403), (room.stranger, 404)):
        for action in ("sceller", "depot", "annuler"):
            assert who.post(f"{here}/{action}").status_code == status


def test_an_outdated_result_says_what_changed_and_is_not_sealed(
    session: Session, room: Room
) -> None:
    here = start(room)
    finish(session, room)
    number = room.scene.sections[0].number
    room.coordinator.post(
        f"{room.url}/sections/{number}/corrections", data={"reason": "Un chiffre est faux."}
    )
    room.coordinator.post(
        f"{room.url}/sections/{number}/ecrire", data={"text": "Autre texte.", "version": "1"}
    )
    page = text(room.coordinator.get(here))
    assert "Obsolète" in page
    assert "a une nouvelle version" in page
    assert "Sceller le pli" not in page
    assert "Obsolète" in text(room.coordinator.get(f"{room.url}/assemblage"))


def test_a_trial_with_drafts_is_read_by_the_reviewers_only(session: Session, room: Room) -> None:
    number = room.scene.sections[0].number
    room.lead.post(
        f"{room.url}/sections/{number}/ecrire", data={"text": "Brouillon.", "version": "1"}
    )
    here = start(room, "trial")
    finish(session, room)
    assert room.coordinator.get(f"{here}/fichiers/Memoire.pdf").status_code == 200
    assert room.other.get(f"{here}/fichiers/Memoire.pdf").status_code == 404
    assert "Memoire.pdf" not in text(room.other.get(here))


def test_a_failure_is_told_in_words(session: Session, room: Room) -> None:
    here = start(room)
    set_context(session, system("work"))
    item = session.query(queue.WorkItem).filter_by(object_id=row(session, room).id)
    set_context(session, system("work"))
    found = item.one()
    order = work.take(session, found.id, now=clock.now(), lease=timedelta(seconds=9))
    assert order is not None
    work.refuse(session, order, work.GIVEN_UP, now=clock.now())
    session.commit()
    page = text(room.coordinator.get(here))
    assert "L’assemblage a échoué 5 fois." in page
    assert "Assembler à nouveau" in page


def test_what_is_not_there_is_not_found(session: Session, room: Room) -> None:
    here = start(room)
    finish(session, room)
    for path in ("fichiers/autre.pdf", "fichiers/../../x", "fichiers/"):
        assert room.coordinator.get(f"{here}/{path}").status_code == 404
    other = here[:-12] + "0" * 12
    for path in ("", "/flux", "/etat"):
        assert room.coordinator.get(other + path, headers={"HX-Request": "1"}).status_code == 404
