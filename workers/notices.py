"""The watched folder: looked at every few seconds."""

import structlog

from tender.bids import alarms
from tender.core import clock, setup
from tender.core.actor import system
from tender.core.errors import Refusal
from tender.core.publishing import celery
from tender.core.transaction import transaction
from tender.notices import service
from tender.notices.folder import Still, WatchedFolder

log = structlog.get_logger(__name__)
IMPORT = system("import")


@celery().task(name="notices.look")
def look() -> None:
    """Import what lies in the watched folder; safe to run twice, or to die half way."""
    folder = WatchedFolder(setup.settings().watch_dir)
    for file in folder.ready(now=clock.now()):
        try:
            take(folder, file)
        except Exception:  # one file must not keep the others waiting; it is tried again
            log.exception("notices.file_left", file=file.name)


def take(folder: WatchedFolder, file: Still) -> None:
    """Bring one file in, then put it away."""
    try:
        data = folder.content(file)
        if data is None:
            return
        received = service.receive(data, setup.storage())
        with transaction(IMPORT) as session:
            done = service.import_file(session, IMPORT, received, now=clock.now())
            alarms.tell_of(session, IMPORT, done, now=clock.now())
            outcomes = [one.outcome.value for one in done]
    except Refusal as refusal:
        folder.refuse(file, str(refusal.text))
        log.warning("notices.file_refused", file=file.name, why=str(refusal.text))
        return
    folder.accept(file)
    log.info("notices.file_imported", file=file.name, outcomes=outcomes)
