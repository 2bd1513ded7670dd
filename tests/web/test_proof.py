"""The proof on the pages of a run: what was found in its place, and what was not."""

import pytest
from sqlalchemy.orm import Session

from tender.assembly.models import AssemblyRun
from tests.faults.ready import make_ready
from tests.web.conftest import SignIn
from tests.web.rooms import Room, open_room, text
from tests.web.test_report import finished

COUNTS = {"wanted": {"paragraphs": 12, "images": 1}, "found": {"paragraphs": 12, "images": 1}}
LOST = {
    "kind": "images", "severity": "block",
    "place": {"message": "Section {section}, paragraphe {n}", "params": {"section": "3", "n": 4}},
    "fact": {"message": "l’image n° {n} manque.", "params": {"n": 1}},
}  # fmt: skip


@pytest.fixture
def room(session: Session, sign_in: SignIn) -> Room:
    return open_room(session, sign_in, make_ready(session))


def prove(session: Session, **proof: object) -> None:
    """Give the only run's report its proof."""
    run = session.query(AssemblyRun).one()
    run.report = run.report | {"proof": {"holds": True, "defects": [], **COUNTS, **proof}}
    session.commit()


def test_the_result_says_that_everything_was_found(session: Session, room: Room) -> None:
    run = finished(session, room, n3={"proof": COUNTS, "unproven": []})
    prove(session)
    page = text(room.coordinator.get(run))
    assert "Preuve : 12 paragraphes, 1 image retrouvés à leur place." in page
    assert "13 / 13" in page
    assert "12 paragraphes, 1 image" in text(room.coordinator.get(f"{run}/rapport"))


def test_what_is_missing_is_told_with_its_place(session: Session, room: Room) -> None:
    short = COUNTS | {"found": {"paragraphs": 12, "images": 0}}
    run = finished(session, room, n3={"proof": short, "unproven": [LOST]})
    prove(session, **short)
    page = text(room.coordinator.get(run))
    assert "Preuve : 12 éléments sur 13 retrouvés à leur place." in page
    assert "12 / 13" in page
    report = text(room.coordinator.get(f"{run}/rapport"))
    assert "Section 3, paragraphe 4 : l’image n° 1 manque." in report


def test_a_run_of_before_there_was_a_proof_has_none(session: Session, room: Room) -> None:
    run = finished(session, room)
    assert "Preuve" not in text(room.coordinator.get(run))
