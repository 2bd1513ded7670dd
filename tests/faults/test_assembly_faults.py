"""Whatever dies in the middle of an assembly, it ends once, with the document it should have."""

import signal

import pytest

from tender.assembly.models import AssemblyRun
from tender.assembly.rules import RunState, Step
from tender.core import queue, setup
from tests.faults.ready import Ready, item_of, run_row, start
from tests.faults.staff import Staff, ended, send, until, wipe_broker

pytestmark = pytest.mark.live


def check(run: AssemblyRun, undisturbed: str) -> None:
    """One end, one document, and no file of another attempt."""
    assert run.state is RunState.SUCCEEDED
    assert run.files[0]["sha256"] == undisturbed
    assert item_of(run.id).state is queue.WorkState.DONE
    keys = {str(f["key"]) for f in run.files}
    until(lambda: _stored(run) == keys, "the files of other attempts to go")


def _stored(run: AssemblyRun) -> set[str]:
    return set(setup.storage().keys(f"bids/{run.bid_id}/assemblies/{run.id}/"))


@pytest.mark.parametrize("step", list(Step))
def test_a_worker_killed_at_a_step_is_replaced_and_the_document_is_the_same(
    staff: Staff, ready: Ready, undisturbed: str, step: Step
) -> None:
    worker = staff.on_duty()
    with staff.held_at(step):
        run_id = start(ready)
        until(staff.someone_is_held, f"a worker at {step}")
        staff.kill(worker)
    staff.hire()
    run = ended(ready, run_id)
    check(run, undisturbed)
    assert run.attempt == (1 if step is Step.COLLECT else 2)


def test_a_wiped_broker_delays_a_waiting_run_and_changes_nothing(
    staff: Staff, ready: Ready, undisturbed: str
) -> None:
    staff.dismiss()
    run_id = start(ready)
    wipe_broker()
    staff.hire()
    check(ended(ready, run_id), undisturbed)
    with staff.held_at(Step.SECTIONS):
        run_id = start(ready)
        until(staff.someone_is_held, "a worker at its sections")
        wipe_broker()
    run = ended(ready, run_id)
    check(run, undisturbed)
    assert run.attempt == 1


def test_a_database_that_cuts_every_connection_only_delays_the_run(
    staff: Staff, ready: Ready, undisturbed: str
) -> None:
    staff.on_duty()
    with staff.held_at(Step.RENDER):
        run_id = start(ready)
        until(staff.someone_is_held, "a worker at its rendering")
        staff.cut_all_connections()
    run = ended(ready, run_id)
    check(run, undisturbed)
    assert run.attempt == 2


def test_a_worker_that_wakes_after_its_lease_writes_nothing(
    staff: Staff, ready: Ready, undisturbed: str
) -> None:
    sleeper = staff.on_duty()
    run_id = start(ready)
    until(lambda: _frozen_while_building(staff, ready, run_id, sleeper), "a worker to freeze")
    staff.hire()
    run = ended(ready, run_id)
    send(sleeper, signal.SIGCONT)
    until(lambda: "assembly.superseded" in staff.log_of(sleeper), "the late worker to give up")
    after = run_row(ready, run_id)
    check(after, undisturbed)
    assert (after.attempt, after.finished_at) == (2, run.finished_at)
    assert after.journal == run.journal
    staff.kill(sleeper)


def _frozen_while_building(staff: Staff, ready: Ready, run_id, sleeper) -> bool:
    """Freeze the worker between two of its transactions; let it go on if it was inside one."""
    if run_row(ready, run_id).state is not RunState.RUNNING:
        return False
    send(sleeper, signal.SIGSTOP)
    if staff.open_transactions() == 0 and run_row(ready, run_id).state is RunState.RUNNING:
        return True
    send(sleeper, signal.SIGCONT)
    return False
