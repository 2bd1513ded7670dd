"""The last steps of a bid without a worker: the final document, the sealed package, its deposit."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from tender.assembly import service as assembly
from tender.assembly import work
from tender.assembly.building import Bench, build
from tender.assembly.rules import RunKind
from tender.core import setup
from tender.core.actor import system
from tender.core.errors import Invalid
from tender.core.queue import WorkItem
from tender.core.transaction import transaction
from tender.demo.bidding import Opened
from tender.demo.cast import acting, actor_named
from tender.documents.render import Engine
from tender.submissions import service as submissions
from tender.submissions.models import SubmissionPackage

REASON = "Démonstration : avertissements relus et acceptés."
LEASE = timedelta(minutes=5)


def final_document(coordinator: str, opened: Opened, *, now: datetime) -> UUID:
    """Assemble the final document here and now, by the same steps as a worker; give the run."""
    actor = actor_named(coordinator)
    with acting(actor, opened.ref) as (session, bid):
        run_id = assembly.start(session, actor, bid, RunKind.FINAL, reason=REASON, now=now).id
    with transaction(system("work")) as session:
        item_id = session.scalars(select(WorkItem.id).where(WorkItem.object_id == run_id)).one()
        order = work.take(session, item_id, now=now, lease=LEASE)
    if order is None:
        raise Invalid("Un travailleur a pris l’assemblage : arrêtez-le, puis rechargez la grappe.")
    engine: Engine = setup.settings().renderer  # type: ignore[assignment] # config checks it
    bench = Bench(setup.storage(), order.folder, engine, lambda *_: None, lambda: False)
    built = build(order.manifest, bench)
    with transaction(work.worker(opened.id)) as session:
        work.succeed(session, order, built, now=now)
    return run_id


def seal(coordinator: str, opened: Opened, run_id: UUID, *, now: datetime) -> SubmissionPackage:
    """The coordinator seals the package of a final run."""
    actor = actor_named(coordinator)
    with acting(actor, opened.ref) as (session, bid):
        contents = submissions.contents(session, actor, bid, run_id, now=now)
    packed = submissions.packed(setup.storage(), opened.id, run_id, contents)
    with acting(actor, opened.ref) as (session, bid):
        return submissions.seal(session, actor, bid, run_id, packed, now=now)


def deposit(coordinator: str, opened: Opened, run_id: UUID, *, now: datetime) -> None:
    """The coordinator notes the receipt of the buyer's platform."""
    actor = actor_named(coordinator)
    receipt = submissions.Deposit(now, "https://plateforme.exemple", f"AR-{opened.ref}")
    with acting(actor, opened.ref) as (session, bid):
        submissions.record_deposit(session, actor, bid, run_id, receipt, now=now)
