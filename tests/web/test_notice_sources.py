"""How the sources are doing: for the coordination and the administration only."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tender.companies.models import Person
from tender.core import clock, setup
from tender.core.actor import ClusterSeat
from tender.core.text import Text, as_stored
from tender.notices.sources import walk
from tender.notices.sources.models import NoticeSource
from tests.factories import make_company, make_person

SignIn = Callable[[Person], FlaskClient]
C = ClusterSeat
ADDRESS = "/avis/sources"


@pytest.fixture
def both_on(running: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The settings of a set-up that polls both sources."""
    monkeypatch.setenv("TENDER_SOURCES", "boamp,ted")
    setup.settings.cache_clear()
    yield
    monkeypatch.undo()
    setup.settings.cache_clear()


def source(session: Session, name: str = "boamp") -> NoticeSource:
    now = clock.now()
    row = NoticeSource(name=name, due_at=now + timedelta(minutes=9))
    row.cursor = walk.begin(now.date(), 0).stored()
    row.asked_at = row.answered_at = row.completed_at = now
    session.add(row)
    session.flush()
    return row


@pytest.mark.parametrize("seat", [C.COORDINATOR, C.ADMINISTRATOR])
def test_sources_that_are_off_are_shown_as_such(
    session: Session, sign_in: SignIn, seat: ClusterSeat
) -> None:
    page = sign_in(make_person(session, seats=(seat,))).get(ADDRESS)
    assert page.status_code == 200
    assert page.text.count("désactivée") == 2


def test_for_others_the_page_does_not_exist(session: Session, sign_in: SignIn) -> None:
    for person in (
        make_person(session, company=make_company(session)),
        make_person(session, seats=(C.MANAGER,)),
    ):
        assert sign_in(person).get(ADDRESS).status_code == 404


@pytest.mark.usefixtures("both_on")
def test_a_source_that_is_well_says_what_it_brought(session: Session, sign_in: SignIn) -> None:
    source(session).taken_in = 4711
    page = sign_in(make_person(session, seats=(C.COORDINATOR,))).get(ADDRESS).text
    for words in ("à jour", "4711", "pas encore interrogée"):
        assert words in page
    assert "En panne depuis" not in page


@pytest.mark.usefixtures("both_on")
def test_a_source_that_is_down_says_why_and_what_it_refused(
    session: Session, sign_in: SignIn
) -> None:
    row = source(session)
    row.failures, row.failing_since = 2, clock.now()
    row.error = as_stored(Text("{host} répond trop lentement.", host="portail.exemple"))
    why = as_stored(Text("L’avis <b>{name}</b>", name="<script>"))
    row.refusals = [
        {"key": "x", "name": "26-00002", "why": why, "again": False, "at": clock.now().isoformat()}
    ]
    session.flush()
    page = sign_in(make_person(session, seats=(C.ADMINISTRATOR,))).get(ADDRESS).text
    for words in ("en panne", "portail.exemple répond trop lentement.", "26-00002"):
        assert words in page
    assert "<script>" not in page.split('id="source-1"')[1].split('id="source-2"')[0]
