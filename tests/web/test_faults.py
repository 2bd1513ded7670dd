"""When something breaks, people get words and a reference, the log the rest, but no contents."""

import json
import logging
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import NullPool, create_engine
from sqlalchemy.orm import Session

from tender.companies.models import Person
from tender.core import logs, setup
from tender.core.transaction import Sessions
from tests.factories import make_company, make_person

SignIn = Callable[[Person], FlaskClient]
NOBODY = "postgresql+psycopg://nobody@127.0.0.1:1/nothing?connect_timeout=1"


@pytest.fixture
def person(session: Session) -> Person:
    found = make_person(session, company=make_company(session))
    session.commit()
    return found


@pytest.fixture
def without_database(person: Person, sign_in: SignIn) -> Iterator[FlaskClient]:
    """Somebody who was signed in when the database went away."""
    client = sign_in(person)
    bind = Sessions.kw["bind"]
    Sessions.configure(bind=create_engine(NOBODY, poolclass=NullPool))
    yield client
    Sessions.configure(bind=bind)


@pytest.mark.parametrize("page", ["/compte", "/connexion", "/affaires/ABC-2026-100/lots", "/aide"])
def test_without_a_database_a_page_says_so_and_breaks_nothing(
    page: str, without_database: FlaskClient
) -> None:
    answer = without_database.get(page)
    if page == "/connexion" and answer.status_code == 200:
        return  # a form to sign in needs no database
    assert answer.status_code == 503
    assert "Réessayez dans une minute" in answer.text
    assert "psycopg" not in answer.text
    assert "127.0.0.1:1" not in answer.text


def test_a_bug_gives_its_reference_and_nothing_of_its_inside(
    app: Flask, person: Person, sign_in: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    client = sign_in(person)
    view, app.view_functions["auth.account"] = app.view_functions["auth.account"], _broken
    try:
        answer = client.get("/compte")
    finally:
        app.view_functions["auth.account"] = view
    assert answer.status_code == 500
    assert "secret-42" not in answer.text
    assert "Traceback" not in answer.text
    (record,) = [r for r in caplog.records if "web.bug" in str(r.msg)]
    assert record.msg["request"] in answer.text


def _broken() -> str:
    raise LookupError("secret-42")


def test_a_failed_statement_is_logged_without_its_values() -> None:
    assert setup.engine().hide_parameters


@pytest.mark.parametrize("path", ["/reinitialiser/tOkEn123", "/invitation/tOkEn123"])
def test_the_secret_of_a_link_never_reaches_the_log(
    path: str, without_database: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    without_database.get(path)
    without_database.post(path)
    assert caplog.records
    assert "tOkEn123" not in caplog.text
    assert all("tOkEn123" not in str(record.msg) for record in caplog.records)


def test_a_line_of_the_log_stays_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    try:
        logs.configure()
        logging.getLogger("test").warning('one\r\n{"event": "two"}three')
    finally:
        root.handlers[:] = before
        root.setLevel(level)
    lines = capsys.readouterr().err.strip("\n").split("\n")
    assert len(lines) == 1
    assert json.loads(lines[0])["event"].startswith("one")
