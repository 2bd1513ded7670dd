"""Whatever dies at whatever step, an assembly ends once, with the same document."""

import os
import signal
import time
from collections.abc import Iterator
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
    struck: set[Step] = set()
    for turn in range(len(MORTALS)):
        struck.update(_disturbed(grappe, page, f"{address}/assemblage", turn))
    assert struck == set(Step), "a step passed unseen in every turn"
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

    Holding the row for a moment each time puts us behind the worker's next word in the queue for
    it, so that no step passes unseen.
    """
    until = time.monotonic() + PATIENCE
    _signal(grappe, "worker", signal.SIGCONT)
    while time.monotonic() < until:
        with suppress(psycopg.Error), _database(grappe) as database:
            while time.monotonic() < until:
                row = database.execute(LIVE).fetchone()
                if row is None or row[2] in OVER:
                    return
                if row[2] == "running":
                    yield Step(row[1])
                database.execute("select pg_sleep(0.004)")
                database.commit()
    raise TimeoutError("the run did not end")


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
