"""The main job from end to end, without a browser: a published call becomes a sealed package."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from tender.assembly import service as assembly
from tender.assembly.models import AssemblyRun
from tender.assembly.queries import run_of
from tender.assembly.rules import OVER, RunKind, RunState
from tender.core import clock, setup
from tender.core.actor import Actor, system
from tender.core.errors import Invalid
from tender.core.storage import sha256
from tender.core.text import Text, from_stored
from tender.core.transaction import reading, transaction
from tender.demo import assembling, bidding, cluster, papers, story
from tender.demo.cast import COORDINATOR, acting, actor_named

PATIENCE = timedelta(minutes=4)
Tell = Callable[[Text], None]


@dataclass(frozen=True, slots=True)
class Written:
    """A file that the line wrote."""

    path: Path
    size: int
    sha256: str


def run(out: Path, tell: Tell) -> Iterator[Written]:
    """Go the whole way, telling each step; give the files in `out`. Raises Invalid if it fails."""
    now = clock.now()
    with reading(system("operator")) as session:
        cluster.require_alone(session)
        fresh = not cluster.is_built(session)
    if fresh:
        with transaction(system("operator")) as session:
            cluster.build(session, now=now)
        papers.file_all(now=now)
        tell(Text("Grappe de démonstration : {count} entreprises.", count=len(cluster.FIRMS)))
    calls = story.publish(now=now, most=6)
    tell(Text("Avis lus : {count} appels ouverts.", count=len(calls)))
    opened = bidding.ready_bid(COORDINATOR, calls[0], now=now)
    tell(Text("Affaire {ref} : lots pris, 12 sections écrites et validées.", ref=opened.ref))
    run_id = _assembled(opened, tell)
    yield from _files(opened, run_id, out)
    yield _sealed(opened, run_id, out)


def _assembled(opened: bidding.Opened, tell: Tell) -> UUID:
    """Ask for the final document and wait for the worker, telling its steps."""
    actor = actor_named(COORDINATOR)
    with acting(actor, opened.ref) as (session, bid):
        asked = assembly.start(
            session, actor, bid, RunKind.FINAL, reason=assembling.REASON, now=clock.now()
        )  # fmt: skip
    found = _awaited(actor, opened.id, asked.id, tell)
    if found.state is not RunState.SUCCEEDED:
        raise Invalid("L’assemblage a échoué : {why}", why=_why(found.failure))
    return asked.id


def _awaited(actor: Actor, bid_id: UUID, run_id: UUID, tell: Tell) -> AssemblyRun:
    """Wait for the end of a run, telling each line of its journal once."""
    until, told = time.monotonic() + PATIENCE.total_seconds(), 0
    while time.monotonic() < until:
        with reading(actor) as session:
            found = run_of(session, bid_id, run_id)
        for line in found.journal[told:]:
            tell(Text("  {line}", line=str(line.get("line", ""))))
        told = len(found.journal)
        if found.state in OVER:
            return found
        time.sleep(0.3)
    raise Invalid("Le travailleur n’a pas fini à temps : regardez son journal.")


def _why(failure: dict[str, object] | None) -> Text:
    return from_stored(failure) if failure else Text("raison inconnue")


def _files(opened: bidding.Opened, run_id: UUID, out: Path) -> Iterator[Written]:
    with reading(actor_named(COORDINATOR)) as session:
        files = run_of(session, opened.id, run_id).files
    for file in files:
        yield _write(out / str(file["name"]), setup.storage().get(str(file["key"])))


def _sealed(opened: bidding.Opened, run_id: UUID, out: Path) -> Written:
    package = assembling.seal(COORDINATOR, opened, run_id, now=clock.now())
    return _write(out / package.file_name, setup.storage().get(package.file_key))


def _write(path: Path, data: bytes) -> Written:
    path.write_bytes(data)
    return Written(path, len(data), sha256(data))
