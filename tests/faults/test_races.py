"""Many at one instant: one run, one version, one seal (families C and U)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest

from tender.assembly.models import AssemblyRun
from tender.assembly.rules import RunKind, RunState
from tender.bids.models import Bid
from tender.contributions import queries as sections
from tender.contributions.models import Revision
from tender.contributions.service import writing
from tender.core import clock, setup
from tender.core.errors import Conflict
from tender.core.transaction import transaction
from tender.history.queries import broken_chain
from tender.submissions import service
from tender.submissions.models import SubmissionPackage
from tests.contributions.scene import docx
from tests.faults.clone import Database
from tests.faults.ready import Ready, commit_ready, start, taken

pytestmark = pytest.mark.live
CROWD = 12


@pytest.fixture
def ready(own_database: Database) -> Ready:
    """A bid for each race."""
    return commit_ready()


def at_once(action: Callable[[int], object]) -> list[object]:
    """Do something from many threads at the same instant; give what came of each."""
    barrier = Barrier(CROWD)

    def one(n: int) -> object:
        barrier.wait()
        try:
            return action(n)
        except Conflict as refusal:
            return refusal

    with ThreadPoolExecutor(CROWD) as crowd:
        return list(crowd.map(one, range(CROWD)))


def write(ready: Ready, data: bytes) -> int:
    with transaction(ready.coordinator) as session:
        bid = session.get_one(Bid, ready.bid_id)
        section = sections.section_numbered(session, bid.id, "1")
        return writing.add_revision(
            session, ready.coordinator, bid, section.id, taken(data), seen=1, now=clock.now()
        ).number


def test_one_run_is_started_by_a_crowd(ready: Ready) -> None:
    runs = at_once(lambda _: start(ready, RunKind.FINAL))
    assert len(set(runs)) == 1
    with transaction(ready.coordinator) as session:
        assert session.query(AssemblyRun).filter_by(bid_id=ready.bid_id).count() == 1
    finish(ready)


def finish(ready: Ready) -> UUID:
    with transaction(ready.coordinator) as session:
        run = session.query(AssemblyRun).filter_by(bid_id=ready.bid_id).one()
        key = f"bids/{ready.bid_id}/Memoire.pdf"
        digest = setup.storage().put(key, b"%PDF")
        run.state = RunState.SUCCEEDED
        run.files = [{"name": "Memoire.pdf", "key": key, "sha256": digest, "size": 4}]
        return run.id


def test_one_package_is_sealed_by_a_crowd(ready: Ready) -> None:
    at_once(lambda _: start(ready, RunKind.FINAL))
    run_id = finish(ready)
    who = ready.coordinator
    with transaction(who) as session:
        bid = session.get_one(Bid, ready.bid_id)
        wanted = service.contents(session, who, bid, run_id, now=clock.now())
    made = service.packed(setup.storage(), ready.bid_id, run_id, wanted)

    def seal(_: int) -> UUID:
        with transaction(who) as session:
            bid = session.get_one(Bid, ready.bid_id)
            return service.seal(session, who, bid, run_id, made, now=clock.now()).id

    assert len(set(at_once(seal))) == 1
    with transaction(who) as session:
        assert session.query(SubmissionPackage).filter_by(run_id=run_id).count() == 1
        assert broken_chain(session, ready.bid_id) is None


def test_the_same_file_from_a_crowd_is_one_version(ready: Ready) -> None:
    data = docx("Tous le même texte.")
    taken(data)
    assert set(at_once(lambda _: write(ready, data))) == {2}


def test_different_files_from_a_crowd_are_one_version_and_clear_refusals(ready: Ready) -> None:
    texts = [docx(f"Texte {n % 3}") for n in range(CROWD)]
    for data in texts[:3]:
        taken(data)
    found = at_once(lambda n: write(ready, texts[n]))
    assert {f for f in found if not isinstance(f, Conflict)} == {2}
    assert sum(isinstance(f, Conflict) for f in found) == CROWD * 2 // 3
    with transaction(ready.coordinator) as session:
        section = sections.section_numbered(session, ready.bid_id, "1")
        assert session.query(Revision).filter_by(section_id=section.id).count() == 2
