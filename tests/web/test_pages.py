"""Pages to read open before and behind the door."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tender.companies.models import Person
from tests.factories import make_company, make_person


@pytest.mark.parametrize(
    "path", ["/aide", "/aide/raccourcis", "/accessibilite", "/donnees-personnelles"]
)
def test_a_page_to_read_opens_for_everyone(
    client: FlaskClient, session: Session, sign_in: Callable[[Person], FlaskClient], path: str
) -> None:
    assert client.get(path).status_code == 200
    inside = sign_in(make_person(session, company=make_company(session)))
    assert "Se déconnecter" in inside.get(path).text
