"""The round trip that proves a worker is at work."""

from uuid import UUID

from tender.core import clock, queue
from tender.core.actor import system
from tender.core.publishing import celery
from tender.core.transaction import transaction
from workers.leases import LEASE


@celery().task(name=queue.Work.PING)
def ping(item_id: str) -> None:
    """Take the item and end it."""
    with transaction(system("work")) as session:
        now = clock.now()
        job = queue.take(session, UUID(item_id), now=now, lease=LEASE)
        if job is not None:
            session.flush()
            queue.complete(session, job, now=now)
