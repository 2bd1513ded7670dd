"""Tasks per second: asked for in the database and fenced, against bare Celery messages."""

import time
from collections.abc import Callable
from uuid import uuid4

from tender.core import clock, queue
from tender.core.actor import system
from tender.core.publishing import celery
from tender.core.queue import Work, WorkState
from tender.core.transaction import reading, transaction
from tools.bench import counter
from tools.bench.timing import heading, interleaved, line, median

LONGEST = 120.0


def measure(repeat: int, count: int) -> None:
    """Print how many times slower a task is through the outbox than bare, on one worker."""
    run_bare(20)
    run_outbox(20)
    taken = interleaved(
        repeat, {"bare": lambda: run_bare(count), "outbox": lambda: run_outbox(count)}
    )
    bare, outbox = count / median(taken["bare"]), count / median(taken["outbox"])
    heading(f"Tasks: {count} at a time, asked one by one, two worker processes, {repeat} rounds")
    line("outbox, bare Celery", bare / outbox, f"{outbox:.0f} tasks/s / {bare:.0f} tasks/s bare")


def run_bare(count: int) -> None:
    """Send messages whose task only counts itself; return when all are counted."""
    counter.reset()
    for _ in range(count):
        celery().send_task("bench.bare", args=[str(uuid4())])
    until(lambda: counter.counted() >= count)


def run_outbox(count: int) -> None:
    """Ask for work as a request does: one transaction each, a nudge after it; wait for all."""
    before = done()
    for _ in range(count):
        with transaction(system("work")) as session:
            queue.ask_for(session, Work.PING, uuid4(), now=clock.now())
    until(lambda: done() >= before + count)


def done() -> int:
    """How much work has ended."""
    with reading(system("work")) as session:
        return queue.counts(session).get(WorkState.DONE, 0)


def until(is_over: Callable[[], bool]) -> None:
    """Look now and then, rarely enough to weigh nothing; TimeoutError if it does not come."""
    end = time.monotonic() + LONGEST
    while not is_over():
        if time.monotonic() > end:
            raise TimeoutError("the worker did not finish; see its log")
        time.sleep(0.05)
