"""A consortium with people who can sign in, and one section each."""

import html
from dataclasses import dataclass

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tender.core.actor import system
from tender.core.transaction import set_context
from tests.contributions.scene import Scene, make_scene, make_section
from tests.factories import make_company, make_person
from tests.web.conftest import SignIn


@dataclass
class Room:
    """The scene and a browser for each person in it; `stranger` is of no consortium."""

    scene: Scene
    coordinator: FlaskClient
    lead: FlaskClient
    other: FlaskClient
    stranger: FlaskClient

    @property
    def url(self) -> str:
        return f"/affaires/{self.scene.bid.ref}"


def open_room(session: Session, sign_in: SignIn, scene: Scene | None = None) -> Room:
    """Make what a test needs visible to requests, and sign everybody in."""
    if scene is None:
        scene = make_scene(session)
        make_section(session, scene, scene.lead, "Méthode")
        make_section(session, scene, scene.other, "Moyens")
    set_context(session, system("operator"))
    outside = make_company(session, "Sambre Verte")
    stranger = make_person(session, "Odile Verne", company=outside)
    session.commit()
    return Room(
        scene, sign_in(scene.coordinator_person), sign_in(scene.lead_person),
        sign_in(scene.other_person), sign_in(stranger),
    )  # fmt: skip


def text(response) -> str:
    """The words of a page, with plain spaces."""
    return html.unescape(response.get_data(as_text=True)).replace("\u00a0", " ")
