"""Polling the sources of notices: beat asks often, a source's row says when it is due."""

import time
from collections.abc import Sequence
from datetime import timedelta
from functools import cache

import structlog

from tender.bids import alarms
from tender.core import clock, setup
from tender.core.actor import system
from tender.core.errors import Refusal
from tender.core.publishing import celery
from tender.core.text import N_
from tender.core.transaction import reading, transaction
from tender.notices.sources import polling, walk
from tender.notices.sources.boamp import Boamp
from tender.notices.sources.gathering import gather
from tender.notices.sources.polling import Job
from tender.notices.sources.ted import Ted
from tender.notices.sources.trouble import Patience, Trouble
from tender.notices.sources.walk import Client, Entry

log = structlog.get_logger(__name__)
IMPORT = system("import")
BUDGET = 90.0  # seconds; the rest waits for the next beat, and other work gets its turn
PATIENCE = Patience()
FAULT = N_("La lecture de la source a échoué : voyez les journaux du serveur.")


@celery().task(name="sources.poll")
def poll(name: str) -> None:
    """Read on in a source if it is on and due; safe to run twice, or to die half way."""
    client = clients().get(name)
    if client is not None:
        attend(client, PATIENCE)


def attend(client: Client, patience: Patience) -> None:
    """Take a source if it is due, read on in it, and let go of it, well or badly."""
    now = clock.now()
    start = walk.begin(walk.today_at(now), setup.settings().sources_days)
    with transaction(IMPORT) as session:
        job = polling.take(session, IMPORT, client.name, now=now, start=start)
    if job is None:
        return
    try:
        over = read_on(client, job, patience, until=time.monotonic() + BUDGET)
    except Trouble as trouble:
        give_up(job, trouble)
    except Refusal as refusal:  # the place where files lie is full, or away
        give_up(job, Trouble.saying(refusal.text))
    except Exception:  # a fault of ours: shown as one, and the source waits like any other
        log.exception("sources.fault", source=client.name)
        give_up(job, Trouble(FAULT))
    else:
        every = timedelta(minutes=setup.settings().sources_minutes)
        with transaction(IMPORT) as session:
            polling.end(session, IMPORT, job, now=clock.now(), over=over, every=every)


def read_on(client: Client, job: Job, patience: Patience, *, until: float) -> bool:
    """Bring in page after page until all is read or time is up; tell whether all is."""
    held: Job | None = job
    while held is not None and time.monotonic() < until:
        held, over = step(client, held, patience, until=until)
        if over:
            return True
    return False


def step(client: Client, job: Job, patience: Patience, *, until: float) -> tuple[Job | None, bool]:
    """Bring in one page; give the job as it goes on, and whether all is read."""
    today = walk.today_at(clock.now())
    page = patience(lambda: client.page(job.place, today=today, seen=job.seen))
    found = gather(
        client, page, setup.storage(), patience=patience,
        passed=_known(page.entries) | job.unreadable, enough=lambda: time.monotonic() > until,
    )  # fmt: skip
    with transaction(IMPORT) as session:
        now = clock.now()
        held, done = polling.bring_in(session, IMPORT, job, found, now=now)
        alarms.tell_of(session, IMPORT, done, now=now)
    log.info(
        "sources.page", source=job.name, day=job.place.day.isoformat(), notices=len(page.entries),
        imported=len(done), refused=len(found.refused), whole=found.whole,
    )  # fmt: skip
    if found.trouble is not None:
        raise found.trouble
    return held, found.whole and page.over


def give_up(job: Job, trouble: Trouble) -> None:
    """Say what is wrong with the source, and leave it alone for a while."""
    log.warning("sources.failing", source=job.name, why=str(trouble.text), after=trouble.after)
    with transaction(IMPORT) as session:
        polling.fail(
            session, IMPORT, job, trouble, now=clock.now(), chance=PATIENCE.chance()
        )  # fmt: skip


@cache
def clients() -> dict[str, Client]:
    """Give the sources that are on; they keep their pace and quota for as long as the process."""
    known = setup.settings()
    able: tuple[Client, ...] = (
        Boamp(known.boamp_url),
        Ted(known.ted_api_url, known.ted_site_url, known.ted_query),
    )
    return {client.name: client for client in able if client.name in known.sources}


def _known(entries: Sequence[Entry]) -> set[str]:
    with reading(IMPORT) as session:
        return polling.known(session, [entry.key for entry in entries])
