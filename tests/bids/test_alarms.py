"""When a call changes, everybody in its bids is told, of their own bid alone; work is kept."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tender.bids.alarms import tell_of
from tender.bids.models import Bid
from tender.bids.rules import Stage
from tender.core.actor import ClusterSeat, system
from tender.core.transaction import set_context
from tender.formats.notice import Notice as Value
from tender.history.models import AuditEntry
from tender.messages.models import Letter
from tender.notices.service import Imported, import_notice
from tests.factories import NOW, actor_for, make_bid, make_company, make_person
from tests.notices.published import call, change, due, lot

IMPORT = system("import")


def bring(session: Session, value: Value) -> Imported:
    set_context(session, IMPORT)
    digest = f"{abs(hash(repr(value))):064x}"
    done = import_notice(session, IMPORT, value, raw_key="k", sha256=digest, now=NOW)
    tell_of(session, IMPORT, [done], now=NOW)
    return done


@pytest.fixture
def bid(session: Session) -> Bid:
    done = bring(session, call())
    set_context(session, system("operator"))
    member, guest = make_company(session), make_company(session, "Traits Clairs")
    make_person(session, "Nadia Kerbrat", company=member)
    make_person(session, "Hugo Tanguy", company=guest)
    make_person(session, "Omar Delage", company=make_company(session, "Ailleurs"))
    coordinator = make_person(session, seats=(ClusterSeat.COORDINATOR,))
    return make_bid(session, coordinator, members=(member,), invited=(guest,), tender=done.tender)


def letters(session: Session) -> list[Letter]:
    session.flush()
    set_context(session, system("mail"))
    return list(session.scalars(select(Letter).order_by(Letter.to)))


def test_a_moved_deadline_is_written_to_everybody_at_the_door(session: Session, bid: Bid) -> None:
    bring(session, change(lots=(lot(1, deadline=due("2026-12-10")), lot(2))))
    found = letters(session)
    assert {letter.values["name"] for letter in found} == {
        "Nadia Kerbrat", "Hugo Tanguy", "Salomé Ridel",
    }  # fmt: skip
    assert {letter.values["ref"] for letter in found} == {bid.ref}
    assert found[0].values["after"] == "2026-12-10T11:00:00+00:00"


def test_a_withdrawn_lot_keeps_the_work_done_on_it(session: Session, bid: Bid) -> None:
    bring(session, change(lots=(lot(1),)))
    set_context(session, system("separation"))
    assert [lb.lot.withdrawn_at is None for lb in bid.lot_bids] == [True, False]


def test_the_history_of_the_room_says_so(session: Session, bid: Bid, as_actor) -> None:
    bring(session, change(kind="cancellation"))
    asker = actor_for(bid.coordinator, seats=(ClusterSeat.COORDINATOR,), coordinates=(bid,))
    actions = as_actor(asker).scalars(select(AuditEntry.action).where(AuditEntry.bid_id == bid.id))
    assert "bids.call_cancelled" in list(actions)


@pytest.mark.parametrize("stage", [Stage.NO_GO, Stage.WITHDRAWN, Stage.CLOSED])
def test_a_bid_given_up_is_left_in_peace(session: Session, bid: Bid, stage: Stage) -> None:
    bid.stage = stage
    session.flush()
    bring(session, change(kind="cancellation"))
    assert letters(session) == []


def test_what_changes_no_deadline_is_no_alarm(session: Session, bid: Bid) -> None:
    bring(session, change(title={"fra": "Autre intitulé"}))
    assert letters(session) == []


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (
            change(lots=(lot(1, deadline=due("2026-12-10")), lot(2))),
            "jeudi 10 décembre 2026 à 12 h 00 (heure de Paris)",
        ),
        (change(kind="cancellation"), "a annulé"),
        (change(lots=()), "avis rectificatif"),
    ],
)
def test_the_letter_reads_well(session: Session, bid: Bid, value: Value, words: str) -> None:
    from workers.writing import written  # noqa: PLC0415 - it reads the settings

    bring(session, value)
    subject, body = written(letters(session)[0])
    assert bid.ref in subject
    assert words in body
    assert f"/affaires/{bid.ref}" in body
