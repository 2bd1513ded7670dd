"""The sources, by the task that polls them: on and on, through every fault, each notice once."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tender.core import clock, setup
from tender.core.actor import system
from tender.core.storage import LocalStorage
from tender.core.transaction import set_context
from tender.history.models import AuditEntry
from tender.notices.models import Notice
from tender.notices.sources import polling, walk
from tender.notices.sources.boamp import Boamp
from tender.notices.sources.models import NoticeSource
from tender.notices.sources.polling import delay
from tender.notices.sources.ted import Ted
from tender.notices.sources.trouble import Patience
from tender.notices.sources.walk import Client
from tender.notices.sources.wire import Wire
from tests.notices.sources.portal import Portal, half, open_portal, refuses, says

IMPORT = system("import")


@pytest.fixture
def portal() -> Iterator[Portal]:
    with open_portal() as there:
        yield there


@pytest.fixture
def boamp(portal: Portal) -> Boamp:
    return Boamp(portal.address, Wire(pace=0))


@pytest.fixture
def ted(portal: Portal) -> Ted:
    return Ted(portal.address, portal.address, "buyer-country IN (FRA)", Wire(pace=0))


def day() -> str:
    return walk.today_at(clock.now()).isoformat()


def poll(client: Client, session: Session) -> NoticeSource:
    """Let the source be due, poll it, and give its row."""
    from workers.sources import attend  # noqa: PLC0415 - the worker joins the servers on import

    for row in session.scalars(select(NoticeSource)):
        row.due_at = clock.now()
    session.commit()
    attend(client, Patience(wait=lambda _: None))
    session.expire_all()
    return session.scalars(select(NoticeSource)).one()


def kept(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Notice)) or 0


def actions(session: Session) -> list[str]:
    set_context(session, system("audit"))
    told = session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq)).all()
    return [action for action in told if action.startswith("notices.source")]


@pytest.fixture(autouse=True)
def _committed(session: Session) -> None:
    session.commit()


def test_what_is_published_comes_in_once_with_its_own_bytes(
    session: Session, portal: Portal, boamp: Boamp
) -> None:
    portal.publish(day(), 103)
    row = poll(boamp, session)
    assert (kept(session), row.taken_in, row.refused, row.failures) == (103, 103, 0, 0)
    assert row.completed_at is not None
    assert row.due_at > clock.now()
    notice = session.scalars(select(Notice).where(Notice.native_id == "26-00007")).one()
    assert setup.storage().get(notice.raw_key).startswith(b'{"idweb": "26-00007"')
    row = poll(boamp, session)
    assert (kept(session), row.taken_in) == (103, 103)
    assert portal.statuses[-2:] == [304, 304]


def test_a_source_that_is_not_due_is_left_alone(
    session: Session, portal: Portal, boamp: Boamp
) -> None:
    from workers.sources import attend  # noqa: PLC0415 - the worker joins the servers on import

    poll(boamp, session)
    asked = len(portal.asked)
    attend(boamp, Patience())
    assert len(portal.asked) == asked


def test_after_a_fault_reading_goes_on_where_it_stopped(
    session: Session, portal: Portal, boamp: Boamp
) -> None:
    portal.publish(day(), 110)
    quiet = setup.settings().sources_days
    portal.faults.extend([*[None] * (quiet + 1), *[refuses(500)] * 3])
    row = poll(boamp, session)
    assert (kept(session), row.failures, row.cursor["seen"]) == (100, 1, 100)
    assert row.error == {
        "message": "{host} est en panne (HTTP {status}).",
        "params": {"host": "127.0.0.1", "status": 500},
    }
    asked = len(portal.asked)
    row = poll(boamp, session)
    assert (kept(session), row.failures, row.error, row.failing_since) == (110, 0, None, None)
    assert len(portal.asked) == asked + 1
    assert actions(session) == ["notices.source_failing", "notices.source_recovered"]


def test_a_source_that_asks_for_rest_gets_it(
    session: Session, portal: Portal, boamp: Boamp
) -> None:
    portal.faults.append(refuses(429, Retry_After="7200"))
    row = poll(boamp, session)
    assert row.due_at - clock.now() > timedelta(hours=1, minutes=59)
    assert len(portal.asked) == 1


def test_half_a_page_changes_nothing(session: Session, portal: Portal, boamp: Boamp) -> None:
    portal.publish(day(), 2)
    portal.faults.extend([half] * 3)
    row = poll(boamp, session)
    assert (kept(session), row.failures, row.cursor["seen"]) == (0, 1, 0)
    assert (kept(session), poll(boamp, session).taken_in, kept(session)) == (0, 2, 2)


def test_a_notice_that_cannot_be_read_keeps_none_of_the_others_back(
    session: Session, portal: Portal, boamp: Boamp
) -> None:
    portal.publish(day(), 3)
    portal.records[day()][1]["donnees"] = '{"FNSimple": '
    for _ in range(2):
        row = poll(boamp, session)
        assert (kept(session), row.refused, row.failures) == (2, 1, 0)
    assert [refusal["name"] for refusal in row.refusals] == ["26-00002"]
    portal.publish(day(), 1, first=2)
    portal.records[day()].pop(1)
    assert (poll(boamp, session).taken_in, kept(session)) == (3, 3)


def test_a_changed_form_is_told_and_nothing_is_skipped(
    session: Session, portal: Portal, boamp: Boamp
) -> None:
    portal.publish(day(), 1)
    portal.faults.extend([says({"nhits": 1, "records": [{"fields": {}}]})] * 3)
    row = poll(boamp, session)
    assert row.error is not None
    assert "changé de forme" in str(row.error["message"])
    poll(boamp, session)
    assert kept(session) == 1


def test_the_xml_of_each_notice_of_the_ted_is_fetched_once(
    session: Session, portal: Portal, ted: Ted
) -> None:
    portal.numbers[day().replace("-", "")] = ["00700001-2026", "700002-2026", "700003-2026"]
    portal.gone.add("700003-2026")
    row = poll(ted, session)
    assert (kept(session), row.taken_in, row.refused, row.failures) == (2, 2, 1, 0)
    portal.gone.clear()
    portal.asked.clear()
    row = poll(ted, session)
    assert [path for path in portal.asked if path.endswith("/xml")] == [
        "/en/notice/700003-2026/xml"
    ]
    assert (kept(session), row.taken_in) == (3, 3)


def test_what_was_fetched_before_the_site_failed_is_kept(
    session: Session, portal: Portal, ted: Ted
) -> None:
    portal.numbers[day().replace("-", "")] = [f"70000{n}-2026" for n in range(4)]
    quiet = setup.settings().sources_days
    portal.faults.extend([*[None] * (quiet + 3), *[refuses(502)] * 3])
    row = poll(ted, session)
    assert (kept(session), row.failures, row.cursor["seen"]) == (2, 1, 0)
    row = poll(ted, session)
    assert (kept(session), row.failures, row.taken_in) == (4, 0, 4)


def test_a_full_disk_is_shown_as_such_and_loses_nothing(
    session: Session, portal: Portal, boamp: Boamp
) -> None:
    portal.publish(day(), 1)
    files = setup.storage()
    assert isinstance(files, LocalStorage)
    before, files.root = files.root, files.root.parent / "a-file"
    files.root.write_bytes(b"")
    try:
        row = poll(boamp, session)
    finally:
        files.root = before
    assert (row.failures, row.refused, kept(session)) == (1, 0, 0)
    assert poll(boamp, session).taken_in == 1


def test_one_that_was_overtaken_changes_nothing_more(session: Session) -> None:
    now = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    start = walk.begin(now.date(), 7)
    slow = polling.take(session, IMPORT, "boamp", now=now, start=start)
    assert slow is not None
    assert polling.take(session, IMPORT, "boamp", now=now, start=start) is None
    later = now + polling.LEASE
    assert polling.take(session, IMPORT, "boamp", now=later, start=start) is not None
    polling.end(session, IMPORT, slow, now=later, over=True, every=timedelta(minutes=15))
    row = session.scalars(select(NoticeSource)).one()
    assert (row.completed_at, row.leased_until) == (None, later + polling.LEASE)


@pytest.mark.parametrize(
    ("failures", "after", "chance", "minutes"),
    [(1, None, 1, 1), (1, None, 0, 0.5), (4, None, 1, 8), (99, None, 1, 60), (1, 7200, 0, 120)],
)
def test_a_source_is_left_alone_for_longer_each_time(
    failures: int, after: float | None, chance: float, minutes: float
) -> None:
    assert delay(failures, after, chance) == timedelta(minutes=minutes)
