"""A section's pages: upload, write, compare, review; and what a rival sees of it."""

import io
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tender.core import setup
from tests.contributions.scene import docx
from tests.web.conftest import SignIn
from tests.web.rooms import Room, open_room, text


@pytest.fixture
def room(session: Session, sign_in: SignIn) -> Room:
    return open_room(session, sign_in)


def upload(client: FlaskClient, room: Room, data: bytes, *, base: int = 0, name: str = "a.docx"):
    return client.post(
        f"{room.url}/sections/1/fichier",
        data={"base": str(base), "file": (io.BytesIO(data), name)},
        follow_redirects=True,
    )


def write(client: FlaskClient, room: Room, words: str, *, seen: int = 0):
    return client.post(
        f"{room.url}/sections/1/ecrire",
        data={"text": words, "version": str(seen)},
        follow_redirects=True,
    )


def test_a_file_is_uploaded_previewed_and_its_health_shown_at_once(room: Room) -> None:
    shown = upload(room.lead, room, docx("Une équipe de 46 agents."), name="../Méthode.docx")
    assert shown.status_code == 200
    for words in ("Version 1", "46 agents", "Examen du fichier", "Envoyer en relecture"):
        assert words in text(shown)


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"%PDF-1.7", "C’est un PDF"), (b"", "."), (docx("x")[:300], ".")],
)
def test_a_refused_file_says_why_and_changes_nothing(room: Room, data: bytes, words: str) -> None:
    refused = upload(room.lead, room, data)
    assert refused.status_code == 422
    assert words in text(refused)
    assert "invalid-feedback" in text(refused)
    assert "Rien n’est encore rédigé" in text(room.lead.get(f"{room.url}/sections/1"))
    folder = f"bids/{room.scene.bid.id}"
    assert list(setup.storage().keys(folder)) == []


def test_the_same_file_twice_is_one_version_and_leaves_no_other_file(room: Room) -> None:
    upload(room.lead, room, docx("Un"))
    again = upload(room.lead, room, docx("Un"), base=0)
    assert again.status_code == 200
    assert "Version 1 déposée" in text(again)
    kept = list(setup.storage().keys(f"bids/{room.scene.bid.id}"))
    assert len(kept) == 3


def test_an_upload_on_top_of_a_newer_version_is_refused(room: Room) -> None:
    upload(room.lead, room, docx("Un"))
    stale = upload(room.lead, room, docx("Deux"), base=0)
    assert stale.status_code == 409
    assert "La version 1 a été déposée" in text(stale)


def test_two_people_who_write_at_once_both_keep_their_words(room: Room) -> None:
    write(room.lead, room, "Le premier texte.")
    clash = write(room.coordinator, room, "Le second texte.")
    assert clash.status_code == 409
    assert "Le premier texte." in text(clash)
    assert "Le second texte." in text(clash)
    assert re.search(r'name="version"[^>]*value="1"', text(clash))


def test_versions_are_compared_and_an_older_one_comes_back(room: Room) -> None:
    write(room.lead, room, "Une équipe de 40 agents <b>.")
    write(room.lead, room, "Une équipe de 46 agents <b>.", seen=1)
    page = room.lead.get(f"{room.url}/sections/1/versions?de=1&a=2").get_data(as_text=True)
    assert "<del>40</del><ins>46</ins> agents &lt;b&gt;." in page
    back = room.lead.post(
        f"{room.url}/sections/1/versions/1/restaurer", data={"base": "2"}, follow_redirects=True
    )
    assert "c’est la version 3" in text(back)


def test_a_section_is_reviewed_returned_and_approved(room: Room) -> None:
    write(room.lead, room, "Un texte.")
    room.lead.post(f"{room.url}/sections/1/relecture")
    short = room.coordinator.post(f"{room.url}/sections/1/corrections", data={"reason": "non"})
    assert short.status_code == 422
    room.coordinator.post(
        f"{room.url}/sections/1/corrections", data={"reason": "Citer deux sites."}
    )
    shown = text(room.lead.get(f"{room.url}/sections/1"))
    assert "À corriger" in shown
    assert "Citer deux sites." in shown
    room.lead.post(f"{room.url}/sections/1/relecture")
    page = text(room.coordinator.get(f"{room.url}/sections/1"))
    assert "Valider la section" in page
    done = room.coordinator.post(
        f"{room.url}/sections/1/validation", data={"version": "1"}, follow_redirects=True
    )
    assert "Validée" in text(done)


def test_a_rival_in_the_same_consortium_reads_no_draft_and_a_stranger_nothing(room: Room) -> None:
    write(room.lead, room, "MARK-secret du brouillon.")
    room.lead.post(f"{room.url}/sections/1/commentaires", data={"text": "MARK-remarque"})
    for path in ("sections/1", "sections/1/versions", "plan", "assemblage", "activite"):
        shown = room.other.get(f"{room.url}/{path}")
        assert shown.status_code == 200, path
        assert "MARK" not in text(shown), path
        assert room.stranger.get(f"{room.url}/{path}").status_code == 404, path
    assert room.other.get(f"{room.url}/sections/1/versions/1/fichier").status_code == 404
    assert room.other.get(f"{room.url}/sections/1/ecrire").status_code == 403
    assert upload(room.other, room, docx("x")).status_code == 403
    assert upload(room.stranger, room, docx("x")).status_code == 404
    approve = room.lead.post(f"{room.url}/sections/1/validation", data={"version": "1"})
    assert approve.status_code == 403


def test_a_download_is_an_attachment_and_stands_in_the_journal(room: Room) -> None:
    upload(room.lead, room, docx("Un"), name='x"\r\nSet-Cookie: a=b.docx')
    got = room.lead.get(f"{room.url}/sections/1/versions/1/fichier")
    assert got.headers["Content-Disposition"].startswith("attachment;")
    assert "\n" not in got.headers["Content-Disposition"]
    assert "sandbox" in got.headers["Content-Security-Policy"]
    assert got.data.startswith(b"PK")
    assert "a téléchargé une version" in text(room.lead.get(f"{room.url}/activite"))


@pytest.mark.parametrize(
    "path", ["sections/9", "sections/1/versions/9/fichier", "sections/x", "sections/1.1/ecrire"]
)
def test_what_is_not_there_is_not_found(room: Room, path: str) -> None:
    assert room.coordinator.get(f"{room.url}/{path}").status_code == 404


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("fichier", {}),
        ("fichier", {"base": "x" * 50, "file": "text for file"}),
        ("ecrire", {"text": ""}),
        ("ecrire", {"text": "y" * 200_001, "version": "0"}),
        ("relecture", {}),
        ("validation", {"version": "-1"}),
        ("versions/7/restaurer", {"base": "0"}),
        ("commentaires", {"text": "  "}),
        ("commentaires", {"text": "z" * 5000}),
        ("corrections", {}),
    ],
)
def test_nonsense_is_refused_without_a_fault(room: Room, path: str, data: dict[str, str]) -> None:
    answer = room.coordinator.post(f"{room.url}/sections/1/{path}", data=data)
    assert answer.status_code in (302, 404, 409, 422)
