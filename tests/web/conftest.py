"""A browser without a browser: the application, and a client that somebody signed in with."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection

from tender.accounts.models import Credential
from tender.accounts.sessions import open_session
from tender.app import create_app
from tender.companies.models import Person
from tender.core import clock
from tender.core.actor import system
from tender.core.transaction import Sessions, set_context

SignIn = Callable[[Person], FlaskClient]


@pytest.fixture(scope="session")
def app(running: object) -> Flask:
    """The application on the session's servers; its forms need no token in these tests."""
    app = create_app()
    app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=False, WTF_CSRF_ENABLED=False)
    return app


@pytest.fixture
def client(app: Flask, connection: Connection) -> FlaskClient:
    """Somebody who is not signed in."""
    return app.test_client()


@pytest.fixture
def sign_in(app: Flask, connection: Connection) -> SignIn:
    """Give a client on which a person is signed in, with a second factor if they need one."""

    def signed_in(person: Person) -> FlaskClient:
        with Sessions() as session, session.begin():
            set_context(session, system("sign_in"))
            if session.query(Credential).filter_by(person_id=person.id).first() is None:
                session.add(
                    Credential(person_id=person.id, password_hash="-", totp_secret="A" * 32)
                )
            token = open_session(
                session, person, browser="test", second_factor_due=False, now=clock.now()
            )
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = token
            cookie["_fresh"] = True
        return client

    return signed_in
