"""The plan's pages."""

import re

import pytest
from sqlalchemy.orm import Session

from tests.contributions.scene import make_scene
from tests.web.conftest import SignIn
from tests.web.rooms import Room, open_room, text


@pytest.fixture
def room(session: Session, sign_in: SignIn) -> Room:
    return open_room(session, sign_in)


def hidden(response, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]* value="([^"]*)"', text(response))
    assert found is not None
    return found[1]


def test_members_see_the_plan_and_a_stranger_finds_nothing(room: Room) -> None:
    shown = room.other.get(f"{room.url}/plan")
    assert shown.status_code == 200
    assert "1 Méthode" in text(shown)
    assert "Ajouter une section" not in text(shown)
    assert room.stranger.get(f"{room.url}/plan").status_code == 404


def test_an_empty_plan_starts_from_the_usual_chapters(session: Session, sign_in: SignIn) -> None:
    room = open_room(session, sign_in, make_scene(session))
    assert "Partir du plan type" in text(room.coordinator.get(f"{room.url}/plan"))
    made = room.coordinator.post(f"{room.url}/plan/type", follow_redirects=True)
    assert "Compréhension du besoin" in text(made)
    assert room.other.post(f"{room.url}/plan/type").status_code == 403


def test_a_section_is_added_changed_and_removed(room: Room) -> None:
    new = {"title": "Suivi", "company": str(room.scene.other.id), "lot": "", "writer": ""}
    added = room.coordinator.post(f"{room.url}/plan/nouvelle", data=new, follow_redirects=True)
    assert "3 Suivi" in text(added)
    form = room.coordinator.get(f"{room.url}/plan/3")
    changed = new | {"title": "Suivi et bilan", "version": hidden(form, "version")}
    again = room.coordinator.post(f"{room.url}/plan/3", data=changed, follow_redirects=True)
    assert "3 Suivi et bilan" in text(again)
    stale = room.coordinator.post(f"{room.url}/plan/3", data=changed)
    assert stale.status_code == 409
    gone = room.coordinator.post(f"{room.url}/plan/3/retirer", follow_redirects=True)
    assert "Suivi et bilan" not in text(gone)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": ""}, "Donnez un titre"),
        ({"page_budget": "0"}, "compris entre 1 et 500"),
        ({"page_budget": "douze"}, ""),
        ({"company": "0"}, ""),
        ({"due": "hier"}, ""),
        ({"due": "2099-01-01T12:00"}, "précède la remise"),
        ({"lot": "x"}, ""),
    ],
)
def test_a_wrong_field_is_refused_at_its_place(
    room: Room, change: dict[str, str], words: str
) -> None:
    data = {"title": "Suivi", "company": str(room.scene.lead.id), "lot": "", "writer": ""} | change
    answer = room.coordinator.post(f"{room.url}/plan/nouvelle", data=data)
    assert answer.status_code == 422
    assert words in text(answer)
    assert "invalid-feedback" in text(answer)


def test_only_the_coordinator_opens_the_forms(room: Room) -> None:
    for path in ("plan/nouvelle", "plan/1"):
        assert room.lead.get(f"{room.url}/{path}").status_code == 403
        assert room.stranger.get(f"{room.url}/{path}").status_code == 404


def test_sections_are_reordered_and_an_outdated_order_is_refused(room: Room) -> None:
    page = text(room.coordinator.get(f"{room.url}/plan"))
    version = re.search(r'data-version="(\w+)"', page)
    assert version is not None
    data = {"order": "2,1", "version": version[1]}
    moved = room.coordinator.post(f"{room.url}/plan/ordre", data=data, follow_redirects=True)
    assert "1 Moyens" in text(moved)
    assert room.coordinator.post(f"{room.url}/plan/ordre", data=data).status_code == 409
