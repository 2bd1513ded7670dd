"""Polling a source: take it, bring in page after page, end well or badly. The row is the queue."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Select, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from tender.core.actor import Actor
from tender.core.errors import Refusal
from tender.core.orm import Json, uuid7
from tender.core.text import as_stored
from tender.history.service import record
from tender.notices import queries, rules, service
from tender.notices.models import Notice
from tender.notices.service import Imported, Outcome
from tender.notices.sources import walk
from tender.notices.sources.gathering import Gathered, Refused
from tender.notices.sources.models import NoticeSource
from tender.notices.sources.trouble import Trouble
from tender.notices.sources.walk import Place, Seen

LEASE = timedelta(minutes=5)  # longer than a task may live
FIRST_DELAY = timedelta(minutes=1)
LONGEST_DELAY = timedelta(hours=1)
KEPT_REFUSALS = 50


@dataclass(frozen=True, slots=True)
class Job:
    """A source that is ours to poll while the fence stands."""

    name: str
    fence: int
    place: Place
    seen: Mapping[str, Seen]
    unreadable: frozenset[str]


def take(session: Session, actor: Actor, name: str, *, now: datetime, start: Place) -> Job | None:
    """Take a source that is due and that nobody polls; None if there is nothing to do."""
    rules.require_may_import(actor)
    first = {
        "id": uuid7(), "name": name, "due_at": now, "cursor": start.stored(), "pages": {},
        "fence": 0, "failures": 0, "taken_in": 0, "refused": 0, "refusals": [],
    }  # fmt: skip
    session.execute(insert(NoticeSource).values(first).on_conflict_do_nothing())
    row = session.scalar(_row(name).with_for_update(skip_locked=True))
    if row is None or row.due_at > now or (row.leased_until is not None and row.leased_until > now):
        return None
    row.fence += 1
    row.leased_until, row.asked_at = now + LEASE, now
    return _job(row)


def known(session: Session, keys: Sequence[str]) -> set[str]:
    """Tell which keys of a page (hashes, or names of notices) are those of notices we have."""
    ours = session.execute(
        select(Notice.sha256, Notice.names).where(
            or_(Notice.sha256.in_(keys), Notice.names.overlap(list(keys)))
        )
    ).all()
    return {key for sha256, names in ours for key in (sha256, *names)}.intersection(keys)


def bring_in(
    session: Session, actor: Actor, job: Job, gathered: Gathered, *, now: datetime
) -> tuple[Job | None, list[Imported]]:
    """Import what a page brought and move the cursor, both or neither; the job goes on from it.

    None in its place: another has taken over, and nothing was done.
    """
    rules.require_may_import(actor)
    queries.await_turn(session)  # before the savepoints: one that fails must not give it back
    row = _held(session, job)
    if row is None:
        return None, []
    done: list[Imported] = []
    refused = list(gathered.refused)
    for entry, received in gathered.received:
        try:
            with session.begin_nested():
                done += service.import_file(session, actor, received, now=now)
        except Refusal as refusal:
            refused.append(Refused(entry, refusal.text))
    row.taken_in += sum(one.outcome is not Outcome.UNCHANGED for one in done)
    _refuse(row, refused, now=now)
    row.leased_until = now + LEASE
    if gathered.whole:
        row.cursor = gathered.page.then.stored()
        row.pages = {key: asdict(seen) for key, seen in gathered.page.seen.items()}
        row.answered_at = now
    return _job(row), done


def end(
    session: Session, actor: Actor, job: Job, *, now: datetime, over: bool, every: timedelta
) -> None:
    """Let go of a source that answered; `over` when all of it is read, else it goes on soon."""
    row = _held(session, job)
    if row is None:
        return
    row.leased_until, row.due_at = None, now + every if over else now
    if over:
        row.completed_at = now
    if row.failing_since is not None:
        record(
            session, actor, "notices.source_recovered", now=now, object_id=row.id, source=row.name
        )
    row.failures, row.failing_since, row.error = 0, None, None


def fail(
    session: Session, actor: Actor, job: Job, trouble: Trouble, *, now: datetime, chance: float
) -> None:
    """Let go of a source that failed, and leave it alone: longer each time, or as it asked."""
    row = _held(session, job)
    if row is None:
        return
    if row.failing_since is None:
        row.failing_since = now
        record(
            session, actor, "notices.source_failing", now=now, object_id=row.id, source=row.name,
            why=str(trouble.text),
        )  # fmt: skip
    row.failures += 1
    row.leased_until, row.due_at = None, now + delay(row.failures, trouble.after, chance)
    row.error = as_stored(trouble.text)
    row.cursor = trouble.restart or row.cursor


def delay(failures: int, after: float | None, chance: float) -> timedelta:
    """Give the time to leave a source alone: doubling, spread by chance, or what it asked for."""
    longest: timedelta = min(FIRST_DELAY * 2 ** min(failures - 1, 10), LONGEST_DELAY)
    return max(longest * (0.5 + chance / 2), timedelta(seconds=after or 0))


def sources(session: Session) -> Mapping[str, NoticeSource]:
    """Give where each source stands, by name; none for whom they are no business of."""
    return {row.name: row for row in session.scalars(select(NoticeSource))}


def _held(session: Session, job: Job) -> NoticeSource | None:
    row = session.scalar(_row(job.name).with_for_update())
    return row if row is not None and row.fence == job.fence else None


def _row(name: str) -> Select[NoticeSource]:
    wanted = select(NoticeSource).where(NoticeSource.name == name)
    return wanted.execution_options(populate_existing=True)


def _job(row: NoticeSource) -> Job:
    pages = cast("Mapping[str, Json]", row.pages)
    return Job(
        row.name, row.fence, walk.place(row.cursor),
        {key: walk.seen(page) for key, page in pages.items()},
        frozenset(str(refusal["key"]) for refusal in row.refusals if not refusal["again"]),
    )  # fmt: skip


def _refuse(row: NoticeSource, refused: Iterable[Refused], *, now: datetime) -> None:
    """Note what was refused, the latest first, each once."""
    fresh = {one.entry.key: _noted(one, now) for one in refused}
    before = [noted for noted in row.refusals if noted["key"] not in fresh]
    row.refused += len(fresh) - (len(row.refusals) - len(before))
    row.refusals = [*fresh.values(), *before][:KEPT_REFUSALS]


def _noted(one: Refused, now: datetime) -> Json:
    return {
        "key": one.entry.key, "name": one.entry.name[:40], "why": as_stored(one.why),
        "again": one.again, "at": now.isoformat(),
    }  # fmt: skip
