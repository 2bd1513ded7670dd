"""Work to be done later. The row is the queue; a message to a worker is only a nudge.

A process may die at any instant: what was committed is found again by `overdue`, whatever
became of the broker (relsec section 5).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import structlog
from sqlalchemy import Index, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from tender.core.orm import Model, born

log = structlog.get_logger(__name__)
ASKED = "asked_work"
MOST_ATTEMPTS = 5


class Work(StrEnum):
    """Every kind of work that a worker knows; the value is the Celery task's name."""

    ASSEMBLE = "assembly.assemble"
    SEND_LETTER = "messages.send"
    PING = "health.ping"


class WorkState(StrEnum):
    """The life of a piece of work."""

    WAITING = "waiting"
    TAKEN = "taken"
    DONE = "done"
    PARKED = "parked"


class WorkItem(Model):
    """One piece of work, named by the row that it concerns. It holds no content."""

    __tablename__ = "work_item"
    kind: Mapped[Work]
    object_id: Mapped[UUID]
    bid_id: Mapped[UUID | None]
    due_at: Mapped[datetime]
    state: Mapped[WorkState] = mapped_column(default=WorkState.WAITING)
    fence: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(default=None)
    done_at: Mapped[datetime | None] = mapped_column(default=None)


Index("uq_work_item_kind_object_id", WorkItem.kind, WorkItem.object_id, unique=True)
Index(
    "ix_work_item_due_at",
    WorkItem.due_at,
    postgresql_where=WorkItem.state.in_((WorkState.WAITING, WorkState.TAKEN)),
)


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work in hand. Its effects are valid only while `fence` is the row's."""

    item_id: UUID
    object_id: UUID
    bid_id: UUID | None
    fence: int


class _Publisher:
    """How a nudge is sent; set up once per process (see core.setup), absent in plain tests."""

    send: Callable[[str, str], None] | None = None


publisher = _Publisher()


def ask_for(
    session: Session, kind: Work, object_id: UUID, *, now: datetime, bid_id: UUID | None = None
) -> WorkItem:
    """Ask for work in the caller's transaction: it is asked if, and only if, that commits."""
    item = WorkItem(kind=kind, object_id=object_id, bid_id=bid_id, due_at=now)
    session.add(item)
    session.info.setdefault(ASKED, []).append(item)
    return item


def send_waiting(session: Session) -> None:
    """Nudge the workers about what a committed session asked for; a broker away harms nothing."""
    nudge([(item.kind, item.id) for item in session.info.pop(ASKED, [])])


def nudge(items: Sequence[tuple[Work, UUID]]) -> None:
    """Publish one message for each item, or log that the broker is away."""
    if publisher.send is None:
        return
    for kind, item_id in items:
        try:
            publisher.send(kind.value, str(item_id))
        except OSError as error:  # kombu's OperationalError is one too: see core.setup
            log.warning("queue.broker_away", kind=kind, item=str(item_id), error=str(error))
            return


def take(session: Session, item_id: UUID, *, now: datetime, lease: timedelta) -> Job | None:
    """Take a piece of work in hand, raising its fence; None if it is held, over or unknown."""
    item = session.scalar(
        select(WorkItem).where(WorkItem.id == item_id).with_for_update(skip_locked=True)
    )
    if item is None or item.state in (WorkState.DONE, WorkState.PARKED):
        return None
    if item.state is WorkState.TAKEN and item.lease_until is not None and item.lease_until > now:
        return None
    item.state, item.fence, item.lease_until = WorkState.TAKEN, item.fence + 1, now + lease
    return Job(item.id, item.object_id, item.bid_id, item.fence)


def hold(session: Session, job: Job) -> WorkItem | None:
    """Lock the row of a job in hand; None if it was taken by another meanwhile."""
    return session.scalar(
        select(WorkItem)
        .where(
            WorkItem.id == job.item_id,
            WorkItem.fence == job.fence,
            WorkItem.state == WorkState.TAKEN,
        )
        .with_for_update()
    )


def renew(session: Session, job: Job, *, now: datetime, lease: timedelta) -> bool:
    """Keep a job in hand for longer; False if it is no longer ours."""
    item = hold(session, job)
    if item is None:
        return False
    item.lease_until = now + lease
    return True


def complete(session: Session, job: Job, *, now: datetime) -> bool:
    """End a job with its effects, in one transaction; False if it is no longer ours."""
    item = hold(session, job)
    if item is None:
        return False
    item.state, item.lease_until, item.done_at = WorkState.DONE, None, now
    return True


def give_back(session: Session, job: Job, *, now: datetime, after: timedelta) -> bool:
    """Put a failed job back for another try; False, and parked, after the last one."""
    item = hold(session, job)
    if item is None:
        return True
    item.lease_until, item.due_at = None, now + after
    item.state = WorkState.PARKED if item.fence >= MOST_ATTEMPTS else WorkState.WAITING
    return item.state is WorkState.WAITING


def overdue(session: Session, *, now: datetime, limit: int = 200) -> Sequence[tuple[Work, UUID]]:
    """Find what is due, or was left by a dead worker, and postpone its next nudge a little.

    Rows that another relay is looking at are left to it.
    """
    waiting = WorkItem.state == WorkState.WAITING
    left = (WorkItem.state == WorkState.TAKEN) & (WorkItem.lease_until < now)
    items = session.scalars(
        select(WorkItem)
        .where(waiting | left, WorkItem.due_at <= now)
        .order_by(WorkItem.due_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    for item in items:
        item.due_at = now + timedelta(seconds=10)
    return [(item.kind, item.id) for item in items]


def counts(session: Session) -> dict[WorkState, int]:
    """Count the work by state."""
    rows = session.execute(select(WorkItem.state, func.count()).group_by(WorkItem.state))
    return dict(rows.all())


def oldest_due_seconds(session: Session, *, now: datetime) -> float:
    """Tell for how long the oldest waiting work has been there; 0 when none is.

    Read from its id, which is made of the time: `due_at` moves on with every nudge.
    """
    waiting = select(WorkItem.id).where(WorkItem.state == WorkState.WAITING)
    oldest = session.scalar(waiting.order_by(WorkItem.id).limit(1))
    return 0.0 if oldest is None else max(0.0, now.timestamp() - born(oldest))
