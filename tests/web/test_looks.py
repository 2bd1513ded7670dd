"""The look of sections, the tables of styles, the house preview: in pages."""

import re

import pytest
from sqlalchemy.orm import Session

from tests.faults.ready import make_ready
from tests.web.conftest import SignIn
from tests.web.rooms import Room, open_room, text

PLACE = "assemblage/mise-en-forme"


@pytest.fixture
def room(session: Session, sign_in: SignIn) -> Room:
    return open_room(session, sign_in, make_ready(session))


def table(room: Room) -> str:
    return f"{room.url}/{PLACE}/{room.scene.other.slug}"


def choose(room: Room, place: int, look: str) -> None:
    name = f"look-{room.scene.sections[place].id}"
    answer = room.coordinator.post(f"{room.url}/{PLACE}", data={name: look}, follow_redirects=True)
    assert "Mise en forme changée pour 1 section." in text(answer)


def chosen(page: str) -> list[str]:
    return re.findall(r'<option value="([^"]*)" selected', page)


def test_the_coordinator_chooses_the_look_of_each_section(room: Room) -> None:
    here = f"{room.url}/{PLACE}"
    assert chosen(text(room.coordinator.get(here))) == ["house"] * 3
    choose(room, 1, "map")
    page = text(room.coordinator.get(here))
    assert chosen(page) == ["house", "map", "house"]
    assert "À régler" in page
    for wrong in ({"look-1": "map"}, {f"look-{room.scene.sections[0].id}": "autre"}):
        refused = room.coordinator.post(here, data=wrong, follow_redirects=True)
        assert "Ce choix n’existe pas" in text(refused)
    assert "a changé la mise en forme d’une section" in text(
        room.coordinator.get(f"{room.url}/activite")
    )


def test_the_look_is_in_the_form_of_the_plan_too(room: Room) -> None:
    here = f"{room.url}/plan/1"
    page = text(room.coordinator.get(here))
    version = re.search(r'name="version"[^>]*value="(\d+)"', page)
    assert version
    data = {"title": "Besoin", "company": str(room.scene.lead.id), "lot": "", "writer": "",
            "look": "source", "version": version[1]}  # fmt: skip
    assert room.coordinator.post(here, data=data).status_code == 303
    assert '<option selected value="source">' in text(room.coordinator.get(here))
    assert "D’origine" in text(room.lead.get(f"{room.url}/sections/1"))


def test_a_table_of_styles_is_guessed_then_kept_as_chosen(room: Room) -> None:
    page = text(room.coordinator.get(table(room)))
    assert "Une équipe de 46 agents." in page
    assert chosen(page) == ["Normal", "heading 1"]
    assert page.count("Proposition<") == 2
    field = re.search(r'name="(style-[^"]+)"', page)
    assert field
    data = {field[1]: "Quote", "version": "0"}
    done = text(room.coordinator.post(table(room), data=data, follow_redirects=True))
    assert "Correspondance enregistrée." in done
    assert chosen(done) == ["Quote", "heading 1"]
    late = text(room.coordinator.post(table(room), data=data, follow_redirects=True))
    assert "a été modifiée pendant votre saisie" in late


def test_a_member_reads_its_own_table_and_finds_no_rival_s(room: Room) -> None:
    own = text(room.other.get(table(room)))
    assert "Une équipe de 46 agents." in own
    assert "<select" not in own
    assert room.other.post(table(room), data={"version": "0"}).status_code == 403
    assert room.lead.get(table(room)).status_code == 404
    listed = text(room.lead.get(f"{room.url}/{PLACE}"))
    assert room.scene.other.slug not in listed
    assert "<select" not in listed
    assert room.lead.post(f"{room.url}/{PLACE}").status_code == 403


def test_the_house_preview_shows_pages_and_says_what_changes(room: Room) -> None:
    page = text(room.other.get(f"{room.url}/sections/2/maison"))
    assert re.search(r'<img src="data:image/png;base64,[^"]+" alt="Page 1 sur 1">', page)
    assert "Une équipe de 46 agents." in page
    assert "Ce que la maison change" in page
    assert "sur 10" in page


def test_a_draft_is_previewed_by_those_who_may_read_it(room: Room) -> None:
    section = f"{room.url}/sections/2"
    room.other.post(f"{section}/ecrire", data={"text": "Un secret.", "version": "1"})
    assert "Un secret." in text(room.other.get(f"{section}/maison"))
    assert "Un secret." in text(room.coordinator.get(f"{section}/maison"))
    seen = text(room.lead.get(f"{section}/maison"))
    assert "Un secret." not in seen
    assert "Une équipe de 46 agents." in seen


def test_a_section_without_a_text_has_no_house_preview(session: Session, sign_in: SignIn) -> None:
    room = open_room(session, sign_in)
    assert "Rien n’est encore rédigé" in text(room.lead.get(f"{room.url}/sections/1/maison"))
