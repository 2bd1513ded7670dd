"""The door, seen from outside: in, out, code, new password, invitation."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from io import BytesIO

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tender.accounts.models import Credential
from tender.accounts.service import add_person
from tender.companies.models import Company, Person
from tender.core import clock
from tender.core.actor import ClusterSeat, CompanyRole, system
from tender.core.transaction import Sessions, set_context
from tender.messages.models import Letter
from tests.factories import make_company, make_person

PASSWORD = "rideau mange trois tuiles"
SECRET = "A" * 32
SignIn = Callable[[Person], FlaskClient]


@pytest.fixture
def company(session: Session) -> Company:
    return make_company(session)


@pytest.fixture
def person(session: Session, company: Company) -> Person:
    found = add_person(
        session, email="p@exemple.fr", name="Salomé Ridel", password=PASSWORD,
        company_slug=company.slug, role=CompanyRole.REPRESENTATIVE, now=clock.now(),
    )  # fmt: skip
    session.commit()
    return found


@pytest.fixture
def coordinator(session: Session) -> Person:
    found = add_person(
        session, email="c@exemple.fr", name="Chloé Dorn", password=PASSWORD,
        seats=[ClusterSeat.COORDINATOR], now=clock.now(),
    )  # fmt: skip
    session.commit()
    return found


def knock(
    client: FlaskClient, password: str = PASSWORD, email: str = "p@exemple.fr", wanted: str = ""
) -> TestResponse:
    form = {"email": email, "password": password, "next": wanted}
    return client.post("/connexion", data=form)


def letters() -> list[Letter]:
    with Sessions() as session, session.begin():
        set_context(session, system("mail"))
        return list(session.scalars(select(Letter).order_by(Letter.queued_at, Letter.id)))


def last_path(client: FlaskClient) -> str:
    """The path of the link in the last letter."""
    link = str(letters()[-1].values["link"])
    assert link.startswith("http://127.0.0.1:8000/")
    return link.removeprefix("http://127.0.0.1:8000")


def token_of(client: FlaskClient) -> str:
    with client.session_transaction() as cookie:
        return str(cookie.get("_user_id", ""))


def test_the_right_password_leads_in_with_a_new_session(
    client: FlaskClient, person: Person
) -> None:
    first = knock(client)
    assert (first.status_code, first.location) == (303, "/moi")
    old = token_of(client)
    knock(client)
    assert token_of(client) != old
    with client.session_transaction() as cookie:
        cookie["_user_id"] = old
    assert client.get("/compte").status_code == 302


def test_a_wrong_password_and_an_unknown_address_get_one_answer(
    client: FlaskClient, person: Person
) -> None:
    wrong = knock(client, "faux", "p@exemple.fr")
    unknown = knock(client, "faux", "q@exemple.fr")
    assert wrong.status_code == unknown.status_code == 422
    assert wrong.text == unknown.text.replace("q@exemple.fr", "p@exemple.fr")
    assert "inexact" in wrong.text


def test_the_eleventh_guess_is_told_to_wait(client: FlaskClient, person: Person) -> None:
    for _ in range(10):
        knock(client, "faux")
    answer = knock(client)
    assert answer.status_code == 429
    assert "Patientez" in answer.text


def test_a_browser_that_was_in_before_is_not_shut_out_by_a_strangers_guesses(
    client: FlaskClient, person: Person, app: Flask
) -> None:
    knock(client)
    client.post("/deconnexion")
    stranger = app.test_client()
    for i in range(10):
        stranger.post(
            "/connexion", data={"email": "p@exemple.fr", "password": "faux"},
            environ_base={"REMOTE_ADDR": f"192.0.2.{i}"},
        )  # fmt: skip
    assert knock(stranger).status_code == 429
    assert knock(client).status_code == 303


@pytest.mark.parametrize(
    "wanted",
    ["//evil.example", "/\\evil.example", "\\\\evil.example", "\t//evil.example", "https:evil",
     "https://evil.example/", "/\t/evil.example", "javascript:alert(1)"],
)  # fmt: skip
def test_the_way_back_stays_on_this_site(client: FlaskClient, person: Person, wanted: str) -> None:
    assert knock(client, wanted=wanted).location == "/moi"


def test_the_way_back_leads_to_the_page_that_was_asked_for(
    client: FlaskClient, person: Person
) -> None:
    sent = client.get("/compte?x=1")
    assert sent.location == "/connexion?next=/compte?x%3D1"
    assert knock(client, wanted="/compte?x=1").location == "/compte?x=1"


def test_a_coordinator_enrols_a_second_factor_before_anything_else(
    client: FlaskClient, coordinator: Person
) -> None:
    assert knock(client, email="c@exemple.fr", wanted="/aide").location == (
        "/connexion/inscription-code?next=/aide"
    )
    assert client.get("/compte").location == "/connexion/inscription-code"
    page = client.get("/connexion/inscription-code?next=/aide").text
    found = re.search(r"<code[^>]*>([A-Z2-7 ]+)</code>", page)
    assert found is not None
    assert "data:image/svg+xml" in page
    address = "/connexion/inscription-code?next=/aide"
    assert client.post(address, data={"code": "000000"}).status_code == 422
    half = token_of(client)
    code = pyotp.TOTP(found[1].replace(" ", "")).now()
    assert client.post(address, data={"code": code}).location == "/aide"
    assert token_of(client) != half
    assert client.get("/compte").status_code == 200


def test_the_second_step_cannot_be_skipped_and_its_code_serves_once(
    client: FlaskClient, coordinator: Person, app: Flask
) -> None:
    with Sessions() as session, session.begin():
        set_context(session, system("sign_in"))
        row = session.scalars(select(Credential).filter_by(person_id=coordinator.id)).one()
        row.totp_secret = SECRET
    assert knock(client, email="c@exemple.fr").location == "/connexion/code"
    for path in ("/compte", "/moi", "/entreprises/", "/connexion/inscription-code"):
        assert client.get(path).location == "/connexion/code"
    code = pyotp.TOTP(SECRET).now()
    assert client.post("/connexion/code", data={"code": code}).location == "/moi"
    assert client.get("/compte").status_code == 200
    thief = app.test_client()
    knock(thief, email="c@exemple.fr")
    assert thief.post("/connexion/code", data={"code": code}).status_code == 422


def test_a_stolen_cookie_is_worth_nothing_after_signing_out(
    client: FlaskClient, person: Person, app: Flask
) -> None:
    knock(client)
    thief, token = app.test_client(), token_of(client)
    with thief.session_transaction() as cookie:
        cookie["_user_id"] = token
    assert thief.get("/compte").status_code == 200
    answer = client.post("/deconnexion")
    assert answer.location == "/connexion"
    assert "cache" in answer.headers["Clear-Site-Data"]
    assert thief.get("/compte").status_code == 302


def test_forgotten_passwords_get_one_answer_whoever_asks(
    client: FlaskClient, person: Person
) -> None:
    known = client.post("/mot-de-passe-oublie", data={"email": "p@exemple.fr"})
    unknown = client.post("/mot-de-passe-oublie", data={"email": "q@exemple.fr"})
    assert known.status_code == unknown.status_code == 200
    assert known.text == unknown.text
    assert [letter.to for letter in letters()] == ["p@exemple.fr"]


def test_a_foreign_host_is_refused_and_never_written_into_a_letter(
    client: FlaskClient, person: Person
) -> None:
    form = {"email": "p@exemple.fr"}
    evil = client.post("/mot-de-passe-oublie", data=form, headers={"Host": "evil.example"})
    assert evil.status_code == 400
    client.post("/mot-de-passe-oublie", data=form, headers={"X-Forwarded-Host": "evil.example"})
    assert last_path(client).startswith("/reinitialiser/")


def test_a_link_sets_a_new_password_once(client: FlaskClient, person: Person) -> None:
    client.post("/mot-de-passe-oublie", data={"email": "p@exemple.fr"})
    path = last_path(client)
    shown = client.get(path)
    assert shown.status_code == 200
    assert shown.headers["Referrer-Policy"] == "no-referrer"
    weak = {"password": "motdepasse123", "again": "motdepasse123"}
    assert client.post(path, data=weak).status_code == 422
    differing = {"password": "neuf sabots de laine", "again": "neuf sabots de paille"}
    assert client.post(path, data=differing).status_code == 422
    good = {"password": "neuf sabots de laine", "again": "neuf sabots de laine"}
    assert client.post(path, data=good).location == "/connexion"
    assert client.post(path, data=good).status_code == 410
    assert client.get(path).status_code == 410
    assert knock(client).status_code == 422
    assert knock(client, "neuf sabots de laine").status_code == 303
    assert letters()[-1].template == "password_changed"


def invited(sign_in: SignIn, person: Person, company: Company, email: str) -> str:
    client = sign_in(person)
    form = {"email": email, "role": "contributor"}
    answer = client.post(f"/entreprises/{company.slug}/inviter", data=form)
    assert answer.status_code == 303
    return last_path(client)


def test_an_invitation_opens_an_account_in_the_company(
    client: FlaskClient, sign_in: SignIn, person: Person, company: Company
) -> None:
    path = invited(sign_in, person, company, "Neuve@Exemple.fr")
    assert "neuve@exemple.fr" in client.get(path).text
    form = {"name": "Ana Loubet", "password": PASSWORD, "again": PASSWORD}
    assert client.post(path, data={**form, "name": " "}).status_code == 422
    assert client.post(path, data=form).location == "/connexion"
    assert client.post(path, data=form).status_code == 410
    assert knock(client, email="neuve@exemple.fr").location == "/moi"
    assert company.trade_name in unescape(client.get("/compte").text)


def test_an_invitation_is_for_the_owner_of_its_address(
    client: FlaskClient, sign_in: SignIn, session: Session, person: Person, company: Company
) -> None:
    rival = make_person(session, "Rivale", company=make_company(session, "Rivale"))
    known = make_person(session, "Connue")
    session.commit()
    path = invited(sign_in, person, company, known.email)
    assert sign_in(rival).get(path).status_code == 403
    assert sign_in(rival).post(path, data={}).status_code == 403
    assert client.get(path).location == f"/connexion?next={path}"
    welcome = sign_in(known)
    assert "Accepter" in welcome.get(path).text
    assert welcome.post(path, data={}).status_code == 303
    assert company.trade_name in unescape(welcome.get("/compte").text)


def test_a_password_is_changed_by_who_knows_it_and_ends_the_other_sessions(
    client: FlaskClient, person: Person, app: Flask
) -> None:
    other = app.test_client()
    knock(other)
    knock(client)
    form = {"password": "neuf sabots de laine", "again": "neuf sabots de laine"}
    wrong = client.post("/compte/mot-de-passe", data={**form, "current": "faux"})
    assert wrong.status_code == 422
    assert (
        client.post("/compte/mot-de-passe", data={**form, "current": PASSWORD}).status_code == 303
    )
    assert client.get("/compte").status_code == 200
    assert other.get("/compte").status_code == 302


def test_the_account_lists_sessions_and_ends_them(
    client: FlaskClient, person: Person, app: Flask
) -> None:
    other = app.test_client()
    knock(other)
    knock(client)
    found = re.findall(r"/compte/sessions/[^/]+/fermer", client.get("/compte").text)
    assert len(found) == 1
    assert client.post(found[0]).status_code == 303
    assert other.get("/compte").status_code == 302


def test_preferences_change_the_language_of_pages_and_letters(
    client: FlaskClient, person: Person
) -> None:
    knock(client)
    assert client.post("/compte", data={"language": "xx"}).status_code == 422
    client.post("/compte", data={"language": "en"})
    assert '<html lang="en"' in client.get("/compte").text
    client.post("/mot-de-passe-oublie", data={"email": "p@exemple.fr"})
    assert letters()[-1].locale == "en"


def test_a_language_in_any_address_is_kept_and_leads_back(client: FlaskClient) -> None:
    answer = client.get("/connexion?lang=en&next=/compte")
    assert answer.location == "/connexion?next=%2Fcompte"
    assert '<html lang="en"' in client.get("/connexion").text
    assert client.get("//evil.example/?lang=fr").location in {"/", None}
    assert client.get("/connexion?lang=%00").status_code == 400


@pytest.mark.parametrize(
    "body",
    [b"", b"email=a&email=b&password=c&password=d", b"email=%00&password=%00", b"email[]=a&x=y",
     b"email=" + b"a" * 3000 + b"&password=b", b"email=%ED%A0%80&password=%FF"],
    ids=["empty", "double", "nul", "array", "long", "not utf-8"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/connexion", "/mot-de-passe-oublie"])
def test_odd_forms_are_refused_in_words(client: FlaskClient, path: str, body: bytes) -> None:
    answer = client.post(path, data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in {400, 422, 200}
    assert "<h1>" in answer.text


def test_a_file_in_place_of_a_text_is_refused(client: FlaskClient) -> None:
    form = {"email": (BytesIO(b"x"), "x.txt"), "password": "y"}
    assert client.post("/connexion", data=form).status_code == 400


def test_a_disabled_person_is_out_at_the_next_request(
    client: FlaskClient, session: Session, person: Person
) -> None:
    knock(client)
    session.get_one(Person, person.id).disabled_at = clock.now() - timedelta(seconds=1)
    session.commit()
    assert client.get("/compte").status_code == 302


def test_no_page_may_be_kept_framed_or_guessed_at(client: FlaskClient) -> None:
    headers = client.get("/connexion").headers
    assert headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    ["/connexion", "/mot-de-passe-oublie", "/deconnexion", "/compte", "/compte/mot-de-passe"],
)
def test_a_post_needs_its_token_and_its_own_origin(
    app: Flask, sign_in: SignIn, person: Person, path: str
) -> None:
    client = sign_in(person)
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        assert client.post(path).status_code == 400
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert client.post(path, headers={"Origin": "https://evil.example"}).status_code == 403
