"""Assembling one response: safe to run twice, or to die half way."""

import threading
from collections.abc import Callable
from functools import partial
from types import TracebackType
from uuid import UUID

import structlog

from tender.assembly import work
from tender.assembly.building import Bench, build
from tender.assembly.parts import Unusable
from tender.assembly.rules import Step
from tender.core import clock, queue, setup
from tender.core.actor import system
from tender.core.publishing import celery
from tender.core.text import Text
from tender.core.transaction import reading, transaction
from tender.documents.engine.cache import FolderCache
from tender.documents.errors import Cancelled, Refused
from tender.documents.render import Engine
from workers.leases import LEASE

log = structlog.get_logger(__name__)


class Heart:
    """A thread that renews the lease; it notices a cancelling, or that the run was taken over."""

    def __init__(self, order: work.Order) -> None:
        self.order = order
        self.stopped = False
        self.end = threading.Event()
        self.thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> "Heart":
        self.thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.end.set()
        self.thread.join()

    def _beat(self) -> None:
        while not self.end.wait(LEASE.total_seconds() / 3):
            try:
                with transaction(work.worker(self.order.bid_id)) as session:
                    self.stopped = work.keep(session, self.order, now=clock.now(), lease=LEASE)
            except work.Superseded:
                self.stopped = True
            except Exception:
                log.exception("assembly.heart", run=str(self.order.run_id))

    def tell(self, step: Step, done: int, total: int, line: str) -> None:
        """Write down how far the build is; raise Cancelled if a person asked to stop."""
        with transaction(work.worker(self.order.bid_id)) as session:
            self.stopped |= work.tell(
                session, self.order, step, done=done, total=total, line=line, now=clock.now()
            )
        if self.stopped:
            raise Cancelled


@celery().task(name=queue.Work.ASSEMBLE)
def assemble(item_id: str) -> None:
    """Take the run in hand, build it, end it once."""
    with transaction(system("work")) as session:
        order = work.take(session, UUID(item_id), now=clock.now(), lease=LEASE)
    if order is None:
        return
    with structlog.contextvars.bound_contextvars(run=str(order.run_id), fence=order.job.fence):
        try:
            with Heart(order) as heart:
                end = _built(order, heart)
                with transaction(work.worker(order.bid_id)) as session:
                    end(session, now=clock.now())
        except work.Superseded:
            log.warning("assembly.superseded")
            _forget(order.folder)
            return
        _tidy(order)


def _built(order: work.Order, heart: Heart) -> Callable[..., object]:
    """Build, and give the way in which the run is to end."""
    engine: Engine = setup.settings().renderer  # type: ignore[assignment] # config checks it
    bench = Bench(
        setup.storage(), order.folder, engine, heart.tell, lambda: heart.stopped, _fragments()
    )
    try:
        return partial(work.succeed, order=order, built=build(order.manifest, bench))
    except Cancelled:
        return partial(work.stop, order=order)
    except Unusable as unusable:
        return partial(work.refuse, order=order, why=unusable.text)
    except Refused as refused:
        return partial(work.refuse, order=order, why=Text(refused.message, **refused.params))
    except work.Superseded:
        raise
    except Exception:
        log.exception("assembly.failed")
        return partial(work.retry, order=order)


def _fragments() -> FolderCache:
    """Where sections wait, prepared, for the next assembly of any bid: named by their contents."""
    settings = setup.settings()
    return FolderCache(settings.cache_dir, settings.cache_mib * 1024 * 1024)


def _tidy(order: work.Order) -> None:
    """Keep the files that the run's row names; without any, forget this attempt's."""
    with reading(work.worker(order.bid_id)) as session:
        kept = work.files_of(session, order)
    _forget(order.all_folders if kept else order.folder, kept)


def _forget(folder: str, kept: frozenset[str] = frozenset()) -> None:
    for key in list(setup.storage().keys(f"{folder}/")):
        if key not in kept:
            setup.storage().delete(key)
