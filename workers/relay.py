"""The relay: whatever is due, or was left by a dead worker, is asked for again."""

from tender.core import clock, queue
from tender.core.actor import system
from tender.core.publishing import celery
from tender.core.transaction import transaction


@celery().task(name="relay.tick")
def tick() -> None:
    """Nudge the workers about overdue rows; harmless when several run."""
    with transaction(system("work")) as session:
        items = queue.overdue(session, now=clock.now())
    queue.nudge(items)
