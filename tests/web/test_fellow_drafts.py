"""A fellow member sees that a section is being written, and nothing of what is in it."""

from io import BytesIO

from sqlalchemy.orm import Session

from tender.assembly.models import AssemblyRun
from tender.assembly.queries import present
from tender.assembly.rules import RunKind, RunState, fingerprint
from tender.core import clock
from tender.core.transaction import set_context
from tests.contributions.scene import docx
from tests.web.conftest import SignIn
from tests.web.rooms import Room, open_room, text

NAME = "prix-coutant-confidentiel.docx"


def drafted(session: Session, sign_in: SignIn) -> Room:
    """A room in which the other company deposited a draft."""
    room = open_room(session, sign_in)
    url = f"{room.url}/sections/2/fichier"
    data = {"base": "0"}
    answer = room.other.post(
        url, data=data | {"file": (BytesIO(docx("Un secret.")), NAME)},
        content_type="multipart/form-data",
    )  # fmt: skip
    assert answer.status_code == 303
    return room


def test_neither_the_journal_nor_any_page_names_the_draft_of_a_fellow(
    session: Session, sign_in: SignIn
) -> None:
    room = drafted(session, sign_in)
    for page in ("activite", "plan", "sections/2", "sections/2/versions", "assemblage", "lots"):
        seen = text(room.lead.get(f"{room.url}/{page}"))
        assert "confidentiel" not in seen, page
        assert "Un secret" not in seen, page
    assert "Un secret" in text(room.other.get(f"{room.url}/sections/2"))


def test_a_trial_with_drafts_is_up_to_date_for_everybody_and_tells_no_fellow_what_it_found(
    session: Session, sign_in: SignIn
) -> None:
    room = drafted(session, sign_in)
    scene = room.scene
    set_context(session, scene.coordinator)
    session.expire_all()
    facts = present(session, scene.bid)
    found = {"severity": "warn", "text": {"message": "Le brouillon fait 999 pages.", "params": {}}}
    session.add(
        AssemblyRun(
            bid_id=scene.bid.id, number=1, kind=RunKind.TRIAL, manifest=facts, asked_by="Salomé",
            manifest_hash=fingerprint(facts), asked_at=clock.now(), state=RunState.SUCCEEDED,
            findings=[found], started_at=clock.now(), finished_at=clock.now(),
        )
    )  # fmt: skip
    session.flush()
    run = session.query(AssemblyRun).one()
    page = f"{room.url}/assemblages/{run.id}"
    session.commit()
    for client in (room.coordinator, room.lead):
        assert "nouvelle version" not in text(client.get(page))
    assert "999 pages" in text(room.coordinator.get(page))
    assert "999 pages" not in text(room.lead.get(page))


def test_no_deposit_is_noted_on_a_run_that_is_not_over(session: Session, sign_in: SignIn) -> None:
    room = open_room(session, sign_in)
    set_context(session, room.scene.coordinator)
    run = AssemblyRun(
        bid_id=room.scene.bid.id, number=1, kind=RunKind.FINAL, manifest={}, asked_by="Salomé",
        manifest_hash="0" * 64, asked_at=clock.now(),
    )  # fmt: skip
    session.add(run)
    session.commit()
    assert room.coordinator.post(f"{room.url}/assemblages/{run.id}/depot").status_code == 404
