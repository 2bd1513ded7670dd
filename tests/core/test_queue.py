"""The row is the queue: taken once, left work found again, late effects refused."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from tender.core import queue
from tender.core.actor import system
from tender.core.orm import born, uuid7

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LEASE = timedelta(seconds=30)


@pytest.fixture
def item(as_actor) -> queue.WorkItem:
    session = as_actor(system("work"))
    asked = queue.ask_for(session, queue.Work.PING, uuid7(), now=NOW)
    session.flush()
    return asked


def test_work_in_hand_is_not_taken_twice(session: Session, item: queue.WorkItem) -> None:
    assert queue.take(session, item.id, now=NOW, lease=LEASE) is not None
    assert queue.take(session, item.id, now=NOW, lease=LEASE) is None


def test_work_left_by_a_dead_worker_is_taken_with_a_higher_fence(
    session: Session, item: queue.WorkItem
) -> None:
    first = queue.take(session, item.id, now=NOW, lease=LEASE)
    later = NOW + 2 * LEASE
    assert (item.kind, item.id) in queue.overdue(session, now=later)
    second = queue.take(session, item.id, now=later, lease=LEASE)
    assert first is not None
    assert second is not None
    assert second.fence == first.fence + 1
    assert not queue.complete(session, first, now=later)
    assert queue.complete(session, second, now=later)


def test_failing_work_is_tried_again_then_parked(session: Session, item: queue.WorkItem) -> None:
    for attempt in range(1, queue.MOST_ATTEMPTS + 1):
        job = queue.take(session, item.id, now=NOW, lease=LEASE)
        assert job is not None
        again = queue.give_back(session, job, now=NOW, after=timedelta())
        assert again == (attempt < queue.MOST_ATTEMPTS)
    assert item.state is queue.WorkState.PARKED
    assert queue.take(session, item.id, now=NOW, lease=LEASE) is None


def test_what_nobody_takes_is_nudged_now_and_then_and_its_age_grows(
    session: Session, item: queue.WorkItem
) -> None:
    made = datetime.fromtimestamp(born(item.id), UTC)
    item.due_at = made
    for second in (0, 1, 11, 12, 61):
        nudged = queue.overdue(session, now=made + timedelta(seconds=second))
        assert bool(nudged) == (second in {0, 11, 61})
    age = queue.oldest_due_seconds(session, now=made + timedelta(seconds=61))
    assert 60 < age < 62


def test_work_that_a_dead_worker_left_is_nudged_now_and_then_too(
    session: Session, item: queue.WorkItem
) -> None:
    queue.take(session, item.id, now=NOW, lease=LEASE)
    later = NOW + 2 * LEASE
    assert queue.overdue(session, now=later)
    assert not queue.overdue(session, now=later + timedelta(seconds=3))
    assert queue.overdue(session, now=later + timedelta(seconds=11))


def test_work_done_is_over(session: Session, item: queue.WorkItem) -> None:
    job = queue.take(session, item.id, now=NOW, lease=LEASE)
    assert job is not None
    assert queue.complete(session, job, now=NOW)
    assert queue.overdue(session, now=NOW + 2 * LEASE) == []
