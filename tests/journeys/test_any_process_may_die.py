"""Whatever dies at whatever step, an assembly ends once, with the same document."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Page, expect

from tender.assembly.rules import OVER, Step
from tests.journeys.conftest import Grappe, Visit

pytestmark = [pytest.mark.browser, pytest.mark.live, pytest.mark.xdist_group("site")]
MORTALS = ("web", "valkey", "postgres")  # the worker dies in tests/faults
PATIENCE = 150.0
WAITING = "select 1 where cardinality(pg_blocking_pids(%s)) > 0"
LIVE = "select id, step, state from assembly_run order by asked_at desc limit 1 for update"


@pytest.mark.timeout(600)
def test_each_process_dies_at_each_step_and_the_document_is_the_same(
    grappe: Grappe, visit: Visit
) -> None:
    page = visit("Salomé Ridel")
    page.goto("/affaires?q=transition")
    address = page.locator("main a[href^='/affaires/CVA']").first.get_attribute("href")
    _assemble(page, f"{address}/assemblage")
    expect(page.get_by_text("Essai terminé.")).to_be_visible(timeout=120_000)
    ref = (address or "").split("/")[2]
    undisturbed = _documents(grappe, ref)[-1]
    for turn in range(len(MORTALS)):
        killed = _disturbed(grappe, page, f"{address}/assemblage", turn)
        assert killed == list(Step), "a step passed unseen"
    documents = _documents(grappe, ref)
    assert documents == [undisturbed] * (1 + len(MORTALS))


def _assemble(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("radio", name="Essai").check()
    page.get_by_role("button", name="Lancer l’assemblage").click()


def _disturbed(grappe: Grappe, page: Page, address: str, turn: int) -> list[Step]:
    """Run once, killing at each new step the next process in turn; the page ends by itself."""
    _signal(grappe, "worker", signal.SIGSTOP)  # until we look, so that the first step is seen
    _assemble(page, address)
    seen: list[Step] = []
    for step in _steps(grappe):
        if step not in seen:
            seen.append(step)
            _signal(grappe, MORTALS[(len(seen) + turn) % len(MORTALS)], signal.SIGKILL)
    expect(page.get_by_text("Essai terminé.")).to_be_visible(timeout=120_000)
    return sorted(seen, key=list(Step).index)


def _steps(grappe: Grappe) -> Iterator[Step]:
    """Give each step while the worker waits: it cannot tell the next before we let go.

    Two connections take turns. The second stands in the queue for the row before the first lets
    go of it, so that the worker never speaks twice between two of our looks.
    """
    until = time.monotonic() + PATIENCE
    _signal(grappe, "worker", signal.SIGCONT)
    while time.monotonic() < until:
        with (
            suppress(psycopg.Error),
            ThreadPoolExecutor(1) as queue,
            _database(grappe) as one,
            _database(grappe) as other,
        ):
            holds, waits, row = one, other, _look(one)
            while time.monotonic() < until:
                if row is None or row[2] in OVER:
                    return
                if row[2] == "running":
                    yield Step(row[1])
                asked = queue.submit(_look, waits)
                _stands_in_queue(holds, waits.info.backend_pid)
                holds.commit()
                row = asked.result()
                holds, waits = waits, holds
    raise TimeoutError("the run did not end")


def _look(database: psycopg.Connection) -> tuple[object, str, str] | None:
    return database.execute(LIVE).fetchone()


def _stands_in_queue(holder: psycopg.Connection, waiter: int) -> None:
    """Return once the database says that a session waits for a lock, or no longer needs to."""
    while not holder.execute(WAITING, [waiter]).fetchone():
        pass


def _signal(grappe: Grappe, name: str, number: signal.Signals) -> None:
    record = Path(grappe.layout.run) / f"{name}.pid"
    with suppress(FileNotFoundError, ProcessLookupError):
        os.killpg(int(record.read_text().split()[0]), number)


def _database(grappe: Grappe) -> psycopg.Connection:
    address = grappe.note["TENDER_BACKUP_DATABASE_URL"].replace("+psycopg", "")
    return psycopg.connect(address, connect_timeout=2)


def _documents(grappe: Grappe, ref: str) -> list[str]:
    """Give the hash of the Word document of each run of a bid that ended well, in order."""
    with _database(grappe) as database:
        rows = database.execute(
            "select files from assembly_run join bid on bid.id = bid_id"
            " where state = 'succeeded' and ref = %s order by asked_at",
            [ref],
        ).fetchall()
    return [f["sha256"] for (files,) in rows for f in files if f["name"].endswith(".docx")]
