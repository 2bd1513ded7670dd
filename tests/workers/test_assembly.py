"""The worker's way through a run, in this process."""

import json
from datetime import timedelta
from types import ModuleType
from uuid import UUID

from tender.assembly import service, work
from tender.assembly.building import Bench, build
from tender.assembly.rules import RunKind, RunState, Step
from tender.bids.models import Bid
from tender.core import clock, queue, setup
from tender.core.actor import system
from tender.core.text import from_stored
from tender.core.transaction import transaction
from tests.faults.ready import Ready, item_of, run_row, start

LEASE = timedelta(seconds=4)


def take(run_id: UUID) -> work.Order | None:
    with transaction(system("work")) as session:
        return work.take(session, item_of(run_id).id, now=clock.now(), lease=LEASE)


def cancel(ready: Ready, run_id: UUID) -> None:
    with transaction(ready.coordinator) as session:
        bid = session.get_one(Bid, ready.bid_id)
        service.cancel(session, ready.coordinator, bid, run_id, now=clock.now())


def test_a_final_run_gives_a_document_its_pdf_and_a_report(
    ready: Ready, worker: ModuleType
) -> None:
    run_id = start(ready, RunKind.FINAL)
    worker.assemble(str(item_of(run_id).id))
    run = run_row(ready, run_id)
    assert run.state is RunState.SUCCEEDED
    assert [str(f["name"]).rpartition(".")[2] for f in run.files] == ["docx", "pdf", "json"]
    assert all(setup.storage().get(str(f["key"])) for f in run.files)
    assert run.pages is not None
    assert run.pages >= 5
    assert not run.pages_binding
    assert [s["pages"] for s in run.report["sections"]] == [1, 1, 1]
    whole = json.loads(setup.storage().get(str(run.files[2]["key"])))
    assert all("details" in section for section in whole["sections"])
    assert not any("details" in section for section in run.report["sections"])
    proof = whole["proof"]
    assert proof["holds"]
    assert proof["found"] == proof["wanted"] == run.report["proof"]["wanted"]
    assert [section["unproven"] for section in whole["sections"]] == [[], [], []]
    assert item_of(run_id).state is queue.WorkState.DONE


def test_the_same_manifest_gives_the_same_document(ready: Ready, worker: ModuleType) -> None:
    hashes = set()
    for _ in range(2):
        run_id = start(ready, RunKind.TRIAL)
        worker.assemble(str(item_of(run_id).id))
        hashes.add(str(run_row(ready, run_id).files[0]["sha256"]))
    assert len(hashes) == 1
    assert len(list(setup.settings().cache_dir.iterdir())) >= 3  # and the second took them up


def test_a_run_is_not_done_twice(ready: Ready, worker: ModuleType) -> None:
    run_id = start(ready)
    worker.assemble(str(item_of(run_id).id))
    before = run_row(ready, run_id)
    worker.assemble(str(item_of(run_id).id))
    after = run_row(ready, run_id)
    assert (before.finished_at, before.attempt) == (after.finished_at, after.attempt)


def test_a_waiting_run_that_is_cancelled_is_never_built(ready: Ready, worker: ModuleType) -> None:
    run_id = start(ready)
    cancel(ready, run_id)
    worker.assemble(str(item_of(run_id).id))
    run = run_row(ready, run_id)
    assert (run.state, run.files) == (RunState.CANCELLED, [])
    assert item_of(run_id).state is queue.WorkState.DONE


def test_a_running_run_stops_at_the_next_section(ready: Ready, worker: ModuleType) -> None:
    run_id = start(ready)
    order = take(run_id)
    assert order is not None
    heart = worker.Heart(order)
    cancel(ready, run_id)
    end = worker._built(order, heart)
    with transaction(work.worker(order.bid_id)) as session:
        end(session, now=clock.now())
    run = run_row(ready, run_id)
    assert (run.state, run.step, run.files) == (RunState.CANCELLED, Step.COLLECT, [])


def test_a_late_worker_can_no_longer_write(ready: Ready, worker: ModuleType) -> None:
    run_id = start(ready)
    late = take(run_id)
    assert late is not None
    with transaction(system("work")) as session:
        item = session.get_one(queue.WorkItem, late.job.item_id)
        item.lease_until = clock.now() - timedelta(seconds=1)
    worker.assemble(str(late.job.item_id))
    done = run_row(ready, run_id)
    heart = worker.Heart(late)
    try:
        heart.tell(Step.RENDER, 0, 0, "trop tard")
        raise AssertionError("the late worker was believed")
    except work.Superseded:
        pass
    after = run_row(ready, run_id)
    assert after.state is RunState.SUCCEEDED
    assert after.journal == done.journal


def test_a_file_that_is_gone_is_tried_again_then_told_in_words(
    ready: Ready, worker: ModuleType
) -> None:
    run_id = start(ready)
    run = run_row(ready, run_id)
    key = str(run.manifest["sections"][1]["key"])
    data = setup.storage().get(key)
    setup.storage().delete(key)
    for attempt in range(1, queue.MOST_ATTEMPTS + 1):
        worker.assemble(str(item_of(run_id).id))
        assert run_row(ready, run_id).attempt == attempt
    run = run_row(ready, run_id)
    assert run.state is RunState.FAILED
    assert str(from_stored(run.failure or {})).startswith("L’assemblage a échoué 5 fois.")
    assert item_of(run_id).state is queue.WorkState.PARKED
    setup.storage().put(key, data)


def test_a_file_that_was_altered_fails_at_once_and_names_its_section(
    ready: Ready, worker: ModuleType
) -> None:
    run_id = start(ready)
    key = str(run_row(ready, run_id).manifest["sections"][1]["key"])
    data = setup.storage().get(key)
    setup.storage().put(key, data + b" ")
    worker.assemble(str(item_of(run_id).id))
    setup.storage().put(key, data)
    run = run_row(ready, run_id)
    assert (run.state, run.attempt) == (RunState.FAILED, 1)
    assert "section 2" in str(from_stored(run.failure or {}))


def test_a_run_whose_workers_all_died_is_given_up(ready: Ready) -> None:
    run_id = start(ready)
    for attempt in range(1, queue.MOST_ATTEMPTS + 2):
        order = take(run_id)
        assert (order is None) == (attempt > queue.MOST_ATTEMPTS)
        with transaction(system("work")) as session:
            item = session.get_one(queue.WorkItem, item_of(run_id).id)
            if item.state is queue.WorkState.TAKEN:
                item.lease_until = clock.now() - timedelta(seconds=1)
    assert run_row(ready, run_id).state is RunState.FAILED


def test_a_build_tells_the_seven_steps_in_order(ready: Ready, worker: ModuleType) -> None:
    run_id = start(ready)
    manifest = run_row(ready, run_id).manifest
    cancel(ready, run_id)
    told: list[Step] = []
    bench = Bench(
        setup.storage(), f"essais/{ready.bid_id}", "rdocx",
        lambda step, *_: told.append(step), lambda: False,
    )  # fmt: skip
    build(manifest, bench)
    assert list(dict.fromkeys(told)) == list(Step)
