"""Administration: for administrators; for anybody else it does not exist."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tender.companies.models import Person
from tender.core.actor import ClusterSeat
from tests.factories import make_company, make_person

SignIn = Callable[[Person], FlaskClient]
ADMINISTRATOR = (ClusterSeat.ADMINISTRATOR,)


@pytest.fixture
def chief(session: Session) -> Person:
    return make_person(session, "Ada Mons", seats=ADMINISTRATOR)


def test_people_services_and_letters_are_shown(
    session: Session, sign_in: SignIn, chief: Person
) -> None:
    person = make_person(session, company=make_company(session))
    page = sign_in(chief).get("/administration/")
    assert page.status_code == 200
    for words in (person.email, "Nette Rive", "Travaux en attente", "Aucun courriel"):
        assert words in page.text


@pytest.mark.parametrize("seats", [(), (ClusterSeat.MANAGER,), (ClusterSeat.COORDINATOR,)])
def test_for_anybody_else_it_does_not_exist(
    session: Session, sign_in: SignIn, chief: Person, seats: tuple[ClusterSeat, ...]
) -> None:
    client = sign_in(make_person(session, company=make_company(session), seats=seats))
    assert client.get("/administration/").status_code == 404
    for action in ("fermer", "rouvrir", "oublier-code"):
        path = f"/administration/personnes/{chief.id}/{action}"
        assert client.post(path).status_code == 404
    form = {"email": "x@exemple.fr", "seat": "administrator"}
    assert client.post("/administration/inviter", data=form).status_code == 404


def test_a_closed_account_is_out_at_once_and_stays_out_until_it_signs_in_again(
    session: Session, sign_in: SignIn, chief: Person
) -> None:
    person = make_person(session, company=make_company(session))
    theirs, admin = sign_in(person), sign_in(chief)
    assert theirs.get("/compte").status_code == 200
    path = f"/administration/personnes/{person.id}"
    assert admin.post(f"{path}/fermer").status_code == 303
    assert theirs.get("/compte").status_code == 302
    assert "compte fermé" in admin.get("/administration/").text
    admin.post(f"{path}/rouvrir")
    assert theirs.get("/compte").status_code == 302
    assert sign_in(person).get("/compte").status_code == 200


def test_a_lost_second_factor_is_taken_off(
    session: Session, sign_in: SignIn, chief: Person
) -> None:
    person = make_person(session, seats=(ClusterSeat.COORDINATOR,))
    sign_in(person)
    path = f"/administration/personnes/{person.id}/oublier-code"
    sign_in(chief).post(path)
    assert sign_in(person).get("/compte").location == "/connexion/inscription-code"


def test_nobody_closes_their_own_account_or_one_that_is_not_there(
    session: Session, sign_in: SignIn, chief: Person
) -> None:
    admin = sign_in(chief)
    admin.post(f"/administration/personnes/{chief.id}/fermer")
    assert admin.get("/administration/").status_code == 200
    answer = admin.post(f"/administration/personnes/{uuid4()}/fermer", follow_redirects=True)
    assert "existe pas" in answer.text


def test_an_invitation_to_a_seat_of_the_cluster_leaves_as_a_letter(
    sign_in: SignIn, chief: Person
) -> None:
    admin = sign_in(chief)
    form = {"email": "x@exemple.fr", "seat": "coordinator"}
    assert admin.post("/administration/inviter", data=form).status_code == 303
    assert "x@exemple.fr" in admin.get("/administration/").text
    assert admin.post("/administration/inviter", data={**form, "email": "x"}).status_code == 422
    assert admin.post("/administration/inviter", data={**form, "seat": "roi"}).status_code == 422
