"""The audit's chains: whoever edits, deletes, reorders or cuts them behind our back is found out.

The application's role cannot do any of it; here the owner of the database does.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from embedded.testing import Servers
from tender.core.actor import Actor, system
from tender.core.transaction import set_context
from tender.history.models import CLUSTER_CHAIN
from tender.history.queries import broken_chains, entries_of
from tender.history.service import record
from tests.factories import NOW, actor_for, make_bid, make_person
from tests.faults.clone import Database, database

WHO = Actor(name="Salomé")
TAMPERED = {
    "an entry is edited": (
        "update audit_entry set details = '{\"reason\": \"autre\"}' where seq = 2", 2
    ),
    "another is named as its author": (
        "update audit_entry set actor_name = 'Nora' where seq = 3", 3
    ),
    "an entry is moved in time": (
        "update audit_entry set at = at + interval '1 second' where seq = 1", 1
    ),
    "an entry is deleted": ("delete from audit_entry where seq = 2", 2),
    "two entries change places": (
        (
            "update audit_entry set seq = 9 where seq = 2; update audit_entry set seq = 2"
            " where seq = 3; update audit_entry set seq = 3 where seq = 9"
        ),
        2,
    ),
    "the tail is cut": ("delete from audit_entry where seq >= 4", 4),
    "the tail is cut and the head set back": (
        "delete from audit_entry where seq >= 4; update audit_chain set seq = 3", 4
    ),
    "the head is removed": ("delete from audit_chain", 6),
    "everything but the head is removed": ("delete from audit_entry", 1),
}  # fmt: skip


@pytest.fixture
def clone(running: Servers) -> Iterator[Database]:
    with database(running) as made:
        yield made


@pytest.fixture
def owner(clone: Database) -> Iterator[Engine]:
    engine = create_engine(clone.root, isolation_level="AUTOCOMMIT")
    yield engine
    engine.dispose()


@pytest.fixture
def application(clone: Database) -> Iterator[Engine]:
    engine = create_engine(clone.app)
    with Session(engine) as session, session.begin():
        set_context(session, system("operator"))
        for n in range(5):
            record(session, WHO, "companies.added", now=NOW + timedelta(minutes=n), reason=str(n))
    yield engine
    engine.dispose()


def breaks(engine: Engine) -> list[tuple[object, int]]:
    with Session(engine) as session:
        set_context(session, system("audit"))
        return list(broken_chains(session))


@pytest.mark.parametrize("what", TAMPERED)
def test_it_is_found_when(what: str, owner: Engine, application: Engine) -> None:
    assert breaks(application) == []
    statements, place = TAMPERED[what]
    with owner.connect() as connection:
        connection.execute(text("set session_replication_role = replica"))
        for statement in statements.split(";"):
            connection.execute(text(statement))
    assert breaks(application) == [(CLUSTER_CHAIN, place)]


@pytest.mark.parametrize(
    "statement", ["update audit_entry set actor_name = 'x'", "delete from audit_entry"]
)
def test_the_database_refuses_to_change_an_entry_even_for_its_owner(
    statement: str, owner: Engine, application: Engine
) -> None:
    for engine in (application, owner):
        with engine.connect() as connection, pytest.raises(DBAPIError):
            connection.execute(text(statement))


def test_a_room_has_a_chain_of_its_own_and_is_read_in_pages(
    session: Session, as_actor: Callable[[Actor], Session]
) -> None:
    person = make_person(session)
    bid = make_bid(session, person)
    who = actor_for(person, coordinates=(bid,))
    session = as_actor(who)
    for n in range(5):  # all at one instant, as in one transaction
        record(session, who, "bids.moved", now=NOW, bid_id=bid.id, reason=str(n))
    first = entries_of(session, bid.id, limit=3)
    rest = entries_of(session, bid.id, before=first[-1].seq, limit=3)
    assert [e.details["reason"] for e in (*first, *rest)] == ["4", "3", "2", "1", "0"]
    assert [e.seq for e in rest] == [2, 1]
