"""Sorting calls: each for themselves; shelves, filters and counts."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tender.core.actor import Actor
from tender.core.errors import Forbidden, Invalid, NotFound
from tender.core.orm import uuid7
from tender.notices.models import Notice, Tender
from tender.watches import queries, service
from tender.watches.models import TriageState
from tender.watches.rules import Shelf, Wanted, suited
from tests.factories import NOW, actor_for, make_person, make_tender


@pytest.fixture
def reader(session: Session) -> Actor:
    return actor_for(make_person(session))


def shelf(session: Session, reader: Actor, wanted: Wanted) -> list[Tender]:
    found = queries.entries(session, reader, wanted, now=NOW, first=0, limit=50)
    assert queries.counts(session, reader, wanted, now=NOW)[wanted.shelf] == len(found)
    return [entry.tender for entry in found]


def test_a_call_moves_between_shelves_and_back(session: Session, as_actor, reader: Actor) -> None:
    tender = make_tender(session)
    session = as_actor(reader)
    assert shelf(session, reader, Wanted()) == [tender]
    for state, place in (
        (TriageState.LATER, Shelf.LATER),
        (TriageState.DISCARDED, Shelf.DISCARDED),
        (TriageState.KEPT, Shelf.KEPT),
    ):
        service.triage(session, reader, tender.id, state, now=NOW)
        assert shelf(session, reader, Wanted(shelf=place)) == [tender]
        assert shelf(session, reader, Wanted()) == []
    service.undo(session, reader, tender.id, now=NOW, back=TriageState.LATER)
    assert shelf(session, reader, Wanted(shelf=Shelf.LATER)) == [tender]
    service.undo(session, reader, tender.id, now=NOW, back=None)
    assert queries.unread(session, reader, now=NOW) == 1


def test_what_one_person_makes_of_a_call_is_unknown_to_another(
    session: Session, as_actor, reader: Actor
) -> None:
    other = actor_for(make_person(session, "Autre Personne"))
    tender = make_tender(session)
    service.triage(as_actor(reader), reader, tender.id, TriageState.DISCARDED, now=NOW)
    session = as_actor(other)
    assert shelf(session, other, Wanted()) == [tender]
    assert queries.triage_of(session, other, tender.id) is None
    assert queries.triage_of(session, reader, tender.id) is None  # the wall, not the query


def test_only_open_calls_are_new(session: Session, as_actor, reader: Actor) -> None:
    closed = make_tender(session, closes_in=timedelta(hours=-1))
    cancelled, award, undated = (make_tender(session) for _ in range(3))
    cancelled.cancelled_at = NOW
    undated.deadline_at = None
    session.add(
        Notice(
            tender_id=award.id, source="boamp", native_id="26-1", version="", kind="result",
            title="Attribution", raw_key="k", sha256="s", value={}, issued_at=None, received_at=NOW,
        )
    )  # fmt: skip
    session = as_actor(reader)
    assert shelf(session, reader, Wanted()) == [undated]
    everything = shelf(session, reader, Wanted(shelf=Shelf.ALL))
    assert everything[0] == undated
    assert set(everything) == {undated, closed, cancelled}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(words="ecoles VAL"), True),
        (Wanted(words="Écoles"), True),
        (Wanted(words="100%_\\"), False),
        (Wanted(words="piscine"), False),
        (Wanted(reserved=True), True),
        (Wanted(place="FRE11"), True),
        (Wanted(place="FRE"), True),
        (Wanted(place="FRE21"), False),
        (Wanted(place="%"), False),
    ],
)
def test_filters(session: Session, as_actor, reader: Actor, wanted: Wanted, found: bool) -> None:
    tender = make_tender(session)
    tender.title = "Nettoyage des écoles"
    tender.lots[1].reserved = "res-ws"
    session = as_actor(reader)
    assert shelf(session, reader, wanted) == ([tender] if found else [])


def test_a_national_call_is_found_in_every_departement(
    session: Session, as_actor, reader: Actor
) -> None:
    tender = make_tender(session)
    tender.nuts, tender.lots[0].nuts = None, ["FR"]
    assert shelf(as_actor(reader), reader, Wanted(place="FRY40")) == [tender]


def test_a_cancelled_call_is_not_kept(session: Session, as_actor, reader: Actor) -> None:
    tender = make_tender(session)
    tender.cancelled_at = NOW
    session = as_actor(reader)
    with pytest.raises(Invalid, match="annulé"):
        service.triage(session, reader, tender.id, TriageState.KEPT, now=NOW)
    service.triage(session, reader, tender.id, TriageState.DISCARDED, now=NOW)


def test_bad_requests_are_refused_in_words(session: Session, as_actor, reader: Actor) -> None:
    tender = make_tender(session)
    session = as_actor(reader)
    with pytest.raises(NotFound):
        service.triage(session, reader, uuid7(), TriageState.LATER, now=NOW)
    with pytest.raises(Invalid, match="500"):
        service.triage(session, reader, tender.id, TriageState.DISCARDED, now=NOW, reason="x" * 501)
    with pytest.raises(Forbidden):
        service.triage(session, Actor(name="système"), tender.id, TriageState.LATER, now=NOW)


def test_companies_are_suggested_by_their_trades() -> None:
    members = [(uuid7(), "Nette Rive", ["909", "77"]), (uuid7(), "Traits Clairs", ["79"])]
    assert suited(members, "90911200") == ["Nette Rive"]
    assert suited(members, None) == []
