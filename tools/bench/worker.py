"""The worker of the measurements: ours, with one bare task beside."""

from tools.bench.counter import count
from workers.app import celery


@celery.task(name="bench.bare")  # type: ignore[untyped-decorator]
def bare(_item: str) -> None:
    """Do nothing, and be counted."""
    count()
