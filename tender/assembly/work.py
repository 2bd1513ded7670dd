"""A worker's way through a run: taken by fence, told step by step, ended once.

Each function is one short transaction of the caller's; a late worker finds its fence outdated.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from tender.assembly.building import Built
from tender.assembly.models import AssemblyRun
from tender.assembly.rules import MOVES, OVER, RunState, Step
from tender.core import queue
from tender.core.actor import Actor, system
from tender.core.orm import Json
from tender.core.states import moved
from tender.core.text import Text, as_stored
from tender.core.transaction import set_context
from tender.history.service import record

LONGEST_JOURNAL = 400
GIVEN_UP = Text(
    "L’assemblage a échoué {times} fois. Rien n’est perdu : prévenez l’administrateur, puis "
    "relancez un assemblage.",
    times=queue.MOST_ATTEMPTS,
)


class Superseded(Exception):
    """Another worker took the run over: whatever this one does no longer counts."""


@dataclass(frozen=True, slots=True)
class Order:
    """A run in hand."""

    job: queue.Job
    run_id: UUID
    bid_id: UUID
    manifest: Json

    @property
    def folder(self) -> str:
        """Where its files go: never where another attempt's do."""
        return f"{self.all_folders}/{self.job.fence}"

    @property
    def all_folders(self) -> str:
        """Where the files of all attempts go."""
        return f"bids/{self.bid_id}/assemblies/{self.run_id}"


def worker(bid_id: UUID) -> Actor:
    """Name the worker: it sees the queue, and the room of one bid."""
    return system("work", bid_id=bid_id)


def take(session: Session, item_id: UUID, *, now: datetime, lease: timedelta) -> Order | None:
    """Take a run in hand; None if it is held, over, cancelled or tried too often."""
    job = queue.take(session, item_id, now=now, lease=lease)
    if job is None or job.bid_id is None:
        return None
    session.flush()  # the fence is raised under the queue's own eyes, before the room opens
    set_context(session, worker(job.bid_id))
    run = _run(session, job.object_id)
    if run.state not in OVER and run.cancel_asked_at is not None:
        _over(session, run, RunState.CANCELLED, "assembly.cancelled", now)
    elif run.state not in OVER and job.fence > queue.MOST_ATTEMPTS:
        run.failure = as_stored(GIVEN_UP)
        _over(session, run, RunState.FAILED, "assembly.failed", now)
    if run.state in OVER:
        queue.complete(session, job, now=now)
        return None
    _begin(run, job, now)
    return Order(job, run.id, run.bid_id, run.manifest)


def _begin(run: AssemblyRun, job: queue.Job, now: datetime) -> None:
    run.state = moved(MOVES, run.state, RunState.RUNNING)
    run.attempt, run.step, run.done, run.total = job.fence, Step.COLLECT, 0, 0
    run.started_at = run.started_at or now
    if job.fence > 1:
        _write(run, now, f"reprise, tentative {job.fence}")


def tell(
    session: Session, order: Order, step: Step, *, done: int, total: int, line: str, now: datetime
) -> bool:
    """Note how far the run is; tell whether its cancelling was asked for. Raises Superseded."""
    if queue.hold(session, order.job) is None:
        raise Superseded
    run = _run(session, order.run_id)
    if (run.step, run.done) != (step, done) or line:
        run.step, run.done, run.total = step, done, total
        _write(run, now, f"{step.value} {f'{done}/{total}' if total else ''} {line}".rstrip())
    return run.cancel_asked_at is not None


def keep(session: Session, order: Order, *, now: datetime, lease: timedelta) -> bool:
    """Renew the lease; tell whether cancelling was asked for. Raises Superseded."""
    if not queue.renew(session, order.job, now=now, lease=lease):
        raise Superseded
    run = session.get_one(AssemblyRun, order.run_id)
    return run.cancel_asked_at is not None


def succeed(session: Session, order: Order, built: Built, *, now: datetime) -> None:
    """End a run with its files. Raises Superseded when it is no longer ours."""
    run = _ending(session, order, now)
    if run is None:
        return
    run.files, run.report, run.findings = built.files, built.report, built.findings
    run.pages, run.pages_binding = built.pages, built.binding
    run.done = run.total = 0
    _over(session, run, RunState.SUCCEEDED, "assembly.finished", now)


def stop(session: Session, order: Order, *, now: datetime) -> None:
    """End a run that was cancelled."""
    run = _ending(session, order, now)
    if run is not None:
        _over(session, run, RunState.CANCELLED, "assembly.cancelled", now)


def refuse(session: Session, order: Order, why: Text, *, now: datetime) -> None:
    """End a run that no further try can save, in words for a person."""
    run = _ending(session, order, now)
    if run is not None:
        run.failure = as_stored(why)
        _over(session, run, RunState.FAILED, "assembly.failed", now)


def retry(session: Session, order: Order, *, now: datetime) -> bool:
    """Put a run that met a fault back in the queue, later each time; after the last it fails."""
    if queue.hold(session, order.job) is None:
        raise Superseded
    run = _run(session, order.run_id)
    after = timedelta(seconds=min(60, 2**order.job.fence))
    if queue.give_back(session, order.job, now=now, after=after):
        _write(run, now, f"incident, nouvel essai dans {int(after.total_seconds())} s")
        return True
    run.failure = as_stored(GIVEN_UP)
    _over(session, run, RunState.FAILED, "assembly.failed", now)
    return False


def files_of(session: Session, order: Order) -> frozenset[str]:
    """Give the keys of the files that the run's row names."""
    run = session.get_one(AssemblyRun, order.run_id)
    return frozenset(str(file["key"]) for file in run.files)


def _ending(session: Session, order: Order, now: datetime) -> AssemblyRun | None:
    """Close the queue's side of a run and hold its row; None if it is over already."""
    if not queue.complete(session, order.job, now=now):
        raise Superseded
    run = _run(session, order.run_id)
    return None if run.state in OVER else run


def _over(session: Session, run: AssemblyRun, state: RunState, action: str, now: datetime) -> None:
    run.state, run.finished_at = moved(MOVES, run.state, state), now
    actor = system("work", bid_id=run.bid_id)
    record(session, actor, action, now=now, object_id=run.id, bid_id=run.bid_id,
           number=run.number, kind=run.kind.value, attempt=run.attempt)  # fmt: skip


def _run(session: Session, run_id: UUID) -> AssemblyRun:
    return session.get_one(AssemblyRun, run_id, with_for_update=True, populate_existing=True)


def _write(run: AssemblyRun, now: datetime, line: str) -> None:
    entry: Json = {"at": now.isoformat(timespec="seconds"), "line": line[:200]}
    run.journal = [*run.journal, entry][-LONGEST_JOURNAL:]
