"""My work: what waits for whom, under which heading, and the counts of the navigation."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from tender.bids.models import Bid
from tender.bids.rules import Stage
from tender.claims.rules import ClaimState
from tender.companies.models import Company, Person
from tender.contributions.models import Section
from tender.contributions.rules import SectionState
from tender.core import clock
from tender.core.actor import Actor, ClusterSeat, CompanyRole
from tender.core.transaction import reading
from tender.vault.models import ComplianceDocument, PaperKind
from tender.web import surroundings
from tender.web.work import group_of
from tests.factories import (
    actor_for,
    make_bid,
    make_claim,
    make_company,
    make_person,
    make_tender,
)
from tests.web.conftest import SignIn

NOON = datetime(2026, 12, 3, 12, 0, tzinfo=UTC)  # 13:00 in Paris


@pytest.mark.parametrize(
    ("due", "group"),
    [
        (NOON - timedelta(minutes=1), "late"),
        (NOON + timedelta(minutes=1), "today"),
        (datetime(2026, 12, 3, 22, 59, tzinfo=UTC), "today"),
        (datetime(2026, 12, 3, 23, 0, tzinfo=UTC), "week"),  # midnight in Paris
        (datetime(2026, 12, 9, 22, 59, tzinfo=UTC), "week"),
        (datetime(2026, 12, 9, 23, 0, tzinfo=UTC), "later"),
        (None, "later"),
    ],
)
def test_days_are_those_of_paris(due: datetime | None, group: str) -> None:
    assert group_of(due, NOON) == group


class Room:
    """A bid at work: a coordinator, a member company with two people, an invited company."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.own = make_company(session, "Nette Rive")
        self.guest = make_company(session, "Traits Clairs")
        self.rival = make_company(session, "Coron Services")
        self.coordinator = make_person(session, "Salomé Ridel", seats=(ClusterSeat.COORDINATOR,))
        self.writer = make_person(
            session, "Nadia Kerbrat", company=self.own, role=CompanyRole.CONTRIBUTOR
        )
        self.head = make_person(session, "Hugo Tanguy", company=self.own)
        self.asked = make_person(session, "Inès Valmont", company=self.guest)
        self.other = make_person(session, "Omar Delage", company=self.rival)
        paper = ComplianceDocument(
            company_id=self.own.id, kind=PaperKind.URSSAF, issued_on=date(2026, 6, 1),
            expires_on=clock.now().date() + timedelta(days=10), file_name="u.pdf", file_key="k",
            sha256="s", size=1, added_at=clock.now(), added_by="test",
        )  # fmt: skip
        self._as(actor_for(self.head, self.own))
        session.add(paper)
        session.flush()
        self.bid: Bid = make_bid(
            session, self.coordinator, members=(self.own,), invited=(self.guest,),
            tender=make_tender(session, now=clock.now()), stage=Stage.DRAFTING,
        )  # fmt: skip

    def _as(self, actor: Actor) -> None:
        from tender.core.transaction import set_context  # noqa: PLC0415

        set_context(self.session, actor)

    def section(
        self, number: str, state: SectionState, *, owner: Company, writer: Person | None = None
    ) -> None:
        self.session.add(
            Section(
                bid_id=self.bid.id, number=number, position=int(number), title=f"Partie {number}",
                owner_company_id=owner.id, writer_id=writer.id if writer else None, state=state,
                due_at=clock.now() + timedelta(days=int(number)),
            )
        )  # fmt: skip
        self.session.flush()


@pytest.fixture
def room(session: Session) -> Room:
    found = Room(session)
    found.section("1", SectionState.TODO, owner=found.own, writer=found.writer)
    found.section("2", SectionState.CHANGES_REQUESTED, owner=found.own)
    found.section("3", SectionState.IN_REVIEW, owner=found.own, writer=found.writer)
    found.section("4", SectionState.APPROVED, owner=found.own, writer=found.writer)
    make_claim(session, found.bid.lot_bids[0], found.own, state=ClaimState.PROPOSED)
    session.commit()
    return found


def page(sign_in: SignIn, person: Person, address: str = "/moi") -> str:
    return sign_in(person).get(address).get_data(as_text=True).replace("\u00a0", " ")


def test_a_writer_sees_their_own_sections_and_nothing_else(room: Room, sign_in: SignIn) -> None:
    shown = page(sign_in, room.writer)
    assert "Rédiger 1 Partie 1" in shown
    assert "Partie 2" not in shown
    assert "Partie 3" not in shown
    assert "Urssaf" not in shown


def test_a_representative_sees_what_has_no_writer_and_the_papers(
    room: Room, sign_in: SignIn
) -> None:
    shown = page(sign_in, room.head)
    assert "Corriger 2 Partie 2" in shown
    assert "Partie 1" not in shown
    assert "Remplacer : Attestation de vigilance Urssaf" in shown


def test_a_company_sees_all_that_waits_for_it(room: Room, sign_in: SignIn) -> None:
    shown = page(sign_in, room.writer, "/moi?pour=entreprise")
    assert "Partie 1" in shown
    assert "Partie 2" in shown
    assert "Urssaf" in shown
    assert "Nadia Kerbrat" in shown


def test_a_coordinator_sees_sections_to_read_and_positions_to_confirm(
    room: Room, sign_in: SignIn
) -> None:
    shown = page(sign_in, room.coordinator)
    assert "Relire 3 Partie 3" in shown
    assert "Confirmer la position de Nette Rive sur le lot 1" in shown
    assert "Partie 1" not in shown


def test_a_decision_waits_for_the_coordinator(
    session: Session, room: Room, sign_in: SignIn
) -> None:
    make_bid(
        session, room.coordinator, tender=make_tender(session, now=clock.now()),
        stage=Stage.QUALIFYING,
    )  # fmt: skip
    session.commit()
    assert "Décider de répondre ou non" in page(sign_in, room.coordinator)


def test_an_invited_company_is_asked_once(session: Session, room: Room, sign_in: SignIn) -> None:
    assert "Traits Clairs est invitée" in page(sign_in, room.asked)
    lot_bid = room.bid.lot_bids[0]
    room._as(actor_for(room.asked, room.guest))
    make_claim(session, lot_bid, room.guest, state=ClaimState.PROPOSED)
    session.commit()
    assert "est invitée" not in page(sign_in, room.asked)


def test_somebody_outside_sees_nothing_of_it(room: Room, sign_in: SignIn) -> None:
    shown = page(sign_in, room.other)
    assert "Aucune tâche pour le moment" in shown
    assert room.bid.ref not in shown
    assert "Aucune échéance en vue" in shown


def test_the_site_opens_on_my_work(room: Room, sign_in: SignIn) -> None:
    assert sign_in(room.head).get("/").location == "/moi"


@pytest.fixture
def questions(session: Session) -> Iterator[list[str]]:
    asked: list[str] = []

    def note(_connection, _cursor, statement: str, *_: object) -> None:
        if statement.lower().startswith("select") and "set_config" not in statement:
            asked.append(statement)

    event.listen(session.get_bind(), "before_cursor_execute", note)
    yield asked
    event.remove(session.get_bind(), "before_cursor_execute", note)


def test_the_navigation_counts_what_the_pages_show_in_four_questions(
    room: Room, questions: list[str]
) -> None:
    expected = {
        room.writer: (actor_for(room.writer, room.own, role=CompanyRole.CONTRIBUTOR), 1, 1),
        room.head: (actor_for(room.head, room.own), 2, 1),
        room.asked: (actor_for(room.asked, room.guest), 1, 1),
        room.other: (actor_for(room.other, room.rival), 0, 0),
        room.coordinator: (
            actor_for(
                room.coordinator, seats=(ClusterSeat.COORDINATOR,), coordinates=(room.bid,)
            ), 2, 1,
        ),
    }  # fmt: skip
    for actor, work, bids in expected.values():
        questions.clear()
        with reading(actor) as session:
            around = surroundings.of(session, actor, now=clock.now())
        assert (around.work, around.bids, around.notices) == (work, bids, 1), actor.name
        assert [bid.ref for bid in around.followed] == [room.bid.ref] * bids
        assert len(questions) <= 4
