"""Real worker processes that a test starts, freezes and kills; and a place to hold them at."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from redis import Redis
from sqlalchemy import Connection, Engine, text

from tender.assembly.models import AssemblyRun
from tender.assembly.rules import OVER, Step
from tender.core import clock, publishing, queue, setup
from tender.core.actor import system
from tender.core.transaction import transaction
from tests.faults.clone import Database
from tests.faults.ready import Ready, run_row

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 40.0
GATE = 4242
SOON = timedelta(seconds=10)
HOLD = """
create table held (step text);
create function hold() returns trigger language plpgsql security definer as $$ begin
  if exists (select 1 from held where held.step = new.step) then
    perform pg_advisory_xact_lock(4242);
  end if;
  return new;
end $$;
create trigger hold before update on assembly_run for each row execute function hold();
"""


@dataclass
class Staff:
    """The workers of one test session, on one database."""

    database: Database
    root: Engine
    folder: Path
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def hire(self) -> subprocess.Popen[bytes]:
        """Start a worker; it is ready when it takes work."""
        log = (self.folder / f"worker-{len(self.workers)}.log").open("wb")
        command = [sys.executable, "-m", "celery", "-A", "workers.app:celery", "worker", "-c", "1",
                   "--without-gossip", "--without-mingle", "-l", "INFO"]  # fmt: skip
        env = os.environ | {"DATABASE_URL": self.database.app, "TENDER_LEASE_SECONDS": "2"}
        with log:
            made = subprocess.Popen(
                command, cwd=ROOT, env=env, stdout=log, stderr=log, start_new_session=True
            )
        self.workers.append(made)
        return made

    def on_duty(self) -> subprocess.Popen[bytes]:
        """Give the worker that is at work, or start one."""
        alive = [worker for worker in self.workers if worker.poll() is None]
        return alive[0] if alive else self.hire()

    def log_of(self, worker: subprocess.Popen[bytes]) -> str:
        """What a worker wrote."""
        return (self.folder / f"worker-{self.workers.index(worker)}.log").read_text()

    def kill(self, worker: subprocess.Popen[bytes]) -> None:
        """End a worker and its child without a word."""
        send(worker, signal.SIGKILL)
        worker.wait()

    def dismiss(self) -> None:
        """End all who are left."""
        for worker in self.workers:
            self.kill(worker)

    @contextlib.contextmanager
    def held_at(self, step: Step) -> Iterator[None]:
        """Whoever writes this step waits, inside its transaction, until the block ends."""
        with self.root.connect() as connection:
            connection.execute(text("insert into held values (:step)"), {"step": step.value})
            connection.execute(text("select pg_advisory_lock(:gate)"), {"gate": GATE})
            try:
                yield
            finally:
                connection.execute(text("delete from held"))
                connection.execute(text("select pg_advisory_unlock(:gate)"), {"gate": GATE})

    def someone_is_held(self) -> bool:
        """Whether a worker waits at the gate."""
        return self._count("select count(*) from pg_locks where locktype = 'advisory'"
                           " and not granted") > 0  # fmt: skip

    def open_transactions(self) -> int:
        """How many backends of the workers are inside a transaction."""
        return self._count(
            "select count(*) from pg_stat_activity where datname = current_database()"
            " and application_name = 'grappe' and xact_start is not null"
        )

    def _count(self, query: str) -> int:
        with self.root.connect() as connection:
            return int(connection.execute(text(query)).scalar_one())

    def cut_all_connections(self) -> None:
        """End every backend of the database but the one that asks and the gate's keeper."""
        with self.root.connect() as connection:
            connection.execute(
                text(
                    "select pg_terminate_backend(pid) from pg_stat_activity"
                    " where datname = current_database() and usename = 'grappe_app'"
                )
            )


def prepare(connection: Connection) -> None:
    """Put the gate into a database."""
    connection.execute(text(HOLD))


def send(worker: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Signal a worker's whole group."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(worker.pid, number)


def wipe_broker() -> None:
    """Forget every message."""
    url = setup.settings().broker_url.replace("redis+socket", "unix")
    with Redis.from_url(url) as broker:
        broker.flushall()


def relay() -> None:
    """Nudge the workers about what is due, as beat asks for, and about what soon will be:
    a nudge too many is refused by the row, and the test need not wait for the next one.
    """
    with transaction(system("work")) as session:
        items = queue.overdue(session, now=clock.now() + SOON)
    for kind, item_id in items:
        publishing.publish(kind.value, str(item_id))


def until(condition: Callable[[], bool], what: str) -> None:
    """Wait for a condition, relaying meanwhile."""
    end, tick = time.monotonic() + PATIENCE, 0.0
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"waited in vain: {what}")
        if time.monotonic() - tick > 0.5:
            tick = time.monotonic()
            relay()
        time.sleep(0.01)


def ended(ready: Ready, run_id: UUID) -> AssemblyRun:
    """Wait until a run is over, and give it."""
    until(lambda: run_row(ready, run_id).state in OVER, "the run to end")
    return run_row(ready, run_id)
