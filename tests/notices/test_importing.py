"""Imports: once, in any order, by two at a time; what a later notice does to a tender."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, delete, func, select
from sqlalchemy.orm import Session

from tender.core.actor import Actor, ClusterSeat, system
from tender.core.errors import Forbidden, Invalid
from tender.core.transaction import set_context
from tender.formats.notice import Money
from tender.formats.notice import Notice as Value
from tender.history.models import AuditEntry
from tender.notices.changes import ChangeKind
from tender.notices.models import Lot, Notice, Tender
from tender.notices.service import Imported, Outcome, import_notice
from tests.factories import NOW
from tests.notices.published import PROCEDURE, call, change, due, lot

IMPORT = system("import")


def bring(session: Session, value: Value, *, sha256: str | None = None) -> Imported:
    digest = sha256 or f"{abs(hash(repr(value))):064x}"
    return import_notice(
        session, IMPORT, value, raw_key=f"notices/{digest}", sha256=digest, now=NOW
    )


def kinds(imported: Imported) -> list[str]:
    return [str(found["kind"]) for found in imported.notice.changes]


def test_a_call_becomes_a_tender_with_its_lots_and_its_binding_deadline(session: Session) -> None:
    first = bring(session, call(lots=(lot(1), lot(2, deadline=due("2026-12-10")))))
    tender = first.tender
    assert first.outcome is Outcome.CREATED
    assert (tender.title, tender.buyer) == ("Nettoyage des écoles", "Ville de Brévelles")
    assert [(item.number, item.native_id) for item in tender.lots] == [
        ("1", "LOT-0001"),
        ("2", "LOT-0002"),
    ]
    assert tender.deadline_at is not None
    assert tender.deadline_at.isoformat() == "2026-12-10T11:00:00+00:00"
    assert (tender.lots[1].deadline_time, tender.lots[1].deadline_offset) == ("12:00:00", "+01:00")


def test_the_same_file_twice_is_one_notice(session: Session) -> None:
    first, again = bring(session, call()), bring(session, call())
    assert again.outcome is Outcome.UNCHANGED
    assert again.notice is first.notice


def test_the_same_notice_inside_another_file_is_the_same_notice(session: Session) -> None:
    bring(session, call(), sha256="a" * 64)
    assert bring(session, call(), sha256="b" * 64).outcome is Outcome.UNCHANGED
    assert session.scalar(select(func.count()).select_from(Notice)) == 1


def test_a_change_moves_the_deadline_adds_a_lot_and_withdraws_one(session: Session) -> None:
    tender = bring(session, call()).tender
    later = due("2026-12-21")
    done = bring(
        session,
        change(lots=(lot(2, deadline=later), lot(3, deadline=later, title={"fra": "Vitres"}))),
    )
    assert done.outcome is Outcome.UPDATED
    assert done.tender is tender
    assert kinds(done) == [ChangeKind.DEADLINE, ChangeKind.LOTS_WITHDRAWN, ChangeKind.LOTS_ADDED]
    assert done.notice.changes[0] == {
        "kind": "deadline",
        "before": "2026-12-14T11:00:00+00:00",
        "after": "2026-12-21T11:00:00+00:00",
        "lots": ["2"],
    }
    assert [(item.number, item.withdrawn_at is None) for item in tender.lots] == [
        ("1", False),
        ("2", True),
        ("3", True),
    ]
    assert tender.deadline_at is not None
    assert tender.deadline_at.date().isoformat() == "2026-12-21"


def test_what_changed_is_in_the_history(session: Session, as_actor) -> None:
    bring(session, call())
    bring(session, change(lots=(lot(1, deadline=due("2026-12-21")), lot(2))))
    seen = as_actor(system("audit"))
    actions = seen.scalars(select(AuditEntry.action).order_by(AuditEntry.seq)).all()
    assert actions[-3:] == ["notices.imported", "notices.imported", "notices.deadline_changed"]


def test_an_older_edition_that_comes_late_changes_nothing(session: Session) -> None:
    tender = bring(session, change(5, lots=(lot(1, deadline=due("2026-12-21")),))).tender
    late = bring(session, call())
    assert late.outcome is Outcome.FILED
    assert late.tender is tender
    assert kinds(late) == [ChangeKind.NO_EFFECT]
    assert [item.native_id for item in tender.lots] == ["LOT-0001"]
    assert tender.deadline_at is not None
    assert tender.deadline_at.date().isoformat() == "2026-12-21"


@pytest.mark.parametrize(
    "order", [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)]
)
def test_in_any_order_the_latest_edition_stands(session: Session, order: tuple[int, ...]) -> None:
    chain = [
        call(),
        change(2, lots=(lot(1, deadline=due("2026-12-18")), lot(2))),
        change(4, lots=(lot(1, deadline=due("2026-12-21")), lot(2, deadline=due("2026-12-21")))),
    ]
    tender = [bring(session, chain[i]) for i in order][-1].tender
    assert tender.deadline_at is not None
    assert tender.deadline_at.isoformat() == "2026-12-21T11:00:00+00:00"
    assert len({item.tender_id for item in session.scalars(select(Notice))}) == 1


def test_a_cancelled_call_never_looks_open_whatever_comes_after(session: Session) -> None:
    tender = bring(session, call()).tender
    done = bring(session, cancelled(3))
    assert kinds(done) == [ChangeKind.CANCELLED]
    bring(session, change(5, lots=(lot(1, deadline=due("2027-01-20")), lot(2))))
    assert tender.cancelled_at is not None
    assert tender.deadline_at is None
    assert [item.deadline_at for item in tender.lots] == [None, None]


def test_a_cancellation_that_comes_first_closes_the_call_that_follows(session: Session) -> None:
    bring(session, cancelled(3, lots=()))
    tender = bring(session, call()).tender
    assert tender.cancelled_at is not None
    assert tender.deadline_at is None
    assert len(tender.lots) == 2


def cancelled(n: int, **changed) -> Value:
    return replace(change(n, **changed), kind="cancellation")


def test_a_correction_in_prose_asks_a_person_to_read_it(session: Session) -> None:
    tender = bring(session, call()).tender
    done = bring(session, change(lots=()))
    assert done.outcome is Outcome.UPDATED
    assert kinds(done) == [ChangeKind.TO_READ]
    assert [item.withdrawn_at for item in tender.lots] == [None, None]


def test_a_change_silent_about_the_deadline_keeps_the_one_we_have(session: Session) -> None:
    tender = bring(session, call()).tender
    bring(session, change(lots=(lot(1, deadline=None), lot(2))))
    assert tender.lots[0].deadline_date == "2026-12-14"
    assert tender.lots[0].deadline_at is not None


def test_notices_without_a_procedure_join_by_naming_one_another(session: Session) -> None:
    first = bring(session, call(format="boamp", procedure_id=None, native_id="26-100"))
    second = bring(session, joined("26-200", "26-100"))
    assert second.tender is first.tender
    other = bring(session, joined("26-300", "26-999"))
    assert other.tender is not first.tender


def joined(native_id: str, previous: str) -> Value:
    return call(
        format="boamp", procedure_id=None, version=None, native_id=native_id, kind="change",
        previous=(previous,), dispatched_at="2026-11-15",
    )  # fmt: skip


def test_a_correction_finds_the_notice_that_comes_after_it(session: Session) -> None:
    second = bring(session, joined("26-200", "26-100"))
    first = bring(session, call(format="boamp", procedure_id=None, native_id="26-100"))
    assert first.tender is second.tender


def test_two_procedures_that_name_one_planning_notice_stay_two(session: Session) -> None:
    plan = "0a1b2c3d-0000-4000-8000-00000000000f"
    bring(session, call(native_id=plan, procedure_id="plan", kind="planning", lots=()))
    one = bring(session, call(previous=(f"{plan}-01",)))
    two = bring(
        session,
        call(native_id="0a1b2c3d-0000-4000-8000-0000000000aa", procedure_id="other",
             previous=(f"{plan}-01",)),
    )  # fmt: skip
    assert one.tender is not two.tender


def test_a_new_call_that_names_a_cancelled_one_begins_anew(session: Session) -> None:
    first = bring(session, call(format="boamp", procedure_id=None, native_id="26-100"))
    first.tender.cancelled_at = NOW
    again = bring(
        session,
        call(format="boamp", procedure_id=None, native_id="26-200", previous=("26-100",),
             dispatched_at="2026-11-20"),
    )  # fmt: skip
    assert again.tender is not first.tender
    assert again.tender.deadline_at is not None


def test_an_award_notice_is_filed_and_leaves_the_lots_alone(session: Session) -> None:
    tender = bring(session, call()).tender
    done = bring(session, award())
    assert (done.outcome, done.tender) == (Outcome.FILED, tender)
    assert tender.lots[0].deadline_at is not None


def award() -> Value:
    return call(
        native_id="0a1b2c3d-0000-4000-8000-0000000000bb", kind="result",
        dispatched_at="2027-03-01T09:00:00+01:00", lots=(lot(1, deadline=None),),
    )  # fmt: skip


def test_lot_numbers_fit_in_an_address_and_are_each_lots_own(session: Session) -> None:
    written = ("Lot n° 1", "3: Fourniture et pose", "1", "A/B", None)
    lots = tuple(lot(n, number=text) for n, text in enumerate(written, 1))
    tender = bring(session, call(lots=lots)).tender
    numbers = [item.number for item in tender.lots]
    assert numbers == ["1", "2", "3", "4", "5"]


def test_titles_are_one_line_without_marks_that_turn_the_writing(session: Session) -> None:
    title = {"fra": "Travaux\r\nBcc: x@exemple.fr \u202egnol\u202c\n<script>alert(1)</script>"}
    tender = bring(session, call(title=title)).tender
    assert tender.title == "Travaux Bcc: x@exemple.fr gnol <script>alert(1)</script>"


def test_a_lot_s_title_does_not_say_its_number_again(session: Session) -> None:
    titles = ("1 : Repas froids", "Lot 2 - Goûters", "3D et maquettes", "12 : mois de presse")
    lots = tuple(lot(n, title={"fra": text}) for n, text in enumerate(titles, 1))
    tender = bring(session, call(lots=lots)).tender
    shown = [item.title for item in tender.lots]
    assert shown == ["Repas froids", "Goûters", "3D et maquettes", "12 : mois de presse"]


def test_an_amount_beyond_any_contract_is_refused_whole(session: Session) -> None:
    with pytest.raises(Invalid, match="démesuré"):
        bring(session, call(lots=(lot(1, estimated_value=Money("9" * 18, "EUR")),)))
    with pytest.raises(Invalid, match="calendrier"):
        bring(session, call(lots=(lot(1, deadline=due("0001-01-01", "00:00:00", None)),)))


def test_members_do_not_import(session: Session) -> None:
    member = Actor(name="Membre", seats=frozenset({ClusterSeat.MANAGER}))
    with pytest.raises(Forbidden):
        import_notice(session, member, call(), raw_key="k", sha256="s", now=NOW)


@pytest.fixture
def committed(engine: Engine) -> Iterator[Engine]:
    """A database that really commits, cleaned of what the test left."""
    yield engine
    with Session(engine) as session, session.begin():
        set_context(session, IMPORT)
        ours = select(Tender.id).where(Tender.procedure_id == PROCEDURE)
        for kind in (Notice, Lot):
            session.execute(delete(kind).where(kind.tender_id.in_(ours)))
        session.execute(delete(Tender).where(Tender.procedure_id == PROCEDURE))


def test_two_workers_at_once_make_one_tender_of_one_notice(committed: Engine) -> None:
    start = threading.Barrier(4)
    outcomes: list[Outcome] = []

    def work(value: Value) -> None:
        with Session(committed) as session, session.begin():
            set_context(session, IMPORT)
            start.wait(timeout=10)
            outcomes.append(bring(session, value, sha256="c" * 64).outcome)

    values = (call(), call(), change(2), change(2))
    threads = [threading.Thread(target=work, args=(value,)) for value in values]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert len(outcomes) == 4
    assert outcomes.count(Outcome.CREATED) == 1
    assert outcomes.count(Outcome.UNCHANGED) == 2
    with Session(committed) as session, session.begin():
        set_context(session, IMPORT)
        tenders = session.scalars(select(Tender).where(Tender.procedure_id == PROCEDURE)).all()
        assert len(tenders) == 1
        assert len(tenders[0].notices) == 2
        assert len(tenders[0].lots) == 2


def test_a_large_call_is_brought_in_quickly_and_again_without_effect(session: Session) -> None:
    big = call(lots=tuple(lot(n) for n in range(1, 653)))
    tender = bring(session, big).tender
    assert len(tender.lots) == 652
    moved = change(lots=tuple(lot(n, deadline=due("2026-12-18")) for n in range(1, 653)))
    done = bring(session, moved)
    assert len(done.notice.changes) == 1
    assert tender.deadline_at is not None
    assert tender.deadline_at - NOW > timedelta(days=23)
