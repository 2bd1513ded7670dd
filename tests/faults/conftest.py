"""One database, one bid that is ready, and what an undisturbed run makes of it."""

import importlib
from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine

from embedded.testing import Servers
from tender.core import publishing, queue
from tests.faults.clone import Database, bound, database
from tests.faults.ready import Ready, commit_ready, item_of, run_row, start
from tests.faults.staff import Staff, prepare


@pytest.fixture(scope="module")
def own_database(running: Servers) -> Iterator[Database]:
    with database(running) as made, bound(made):
        sends, queue.publisher.send = queue.publisher.send, publishing.publish
        yield made
        queue.publisher.send = sends


@pytest.fixture(scope="module")
def ready(own_database: Database) -> Ready:
    return commit_ready()


@pytest.fixture(scope="module")
def undisturbed(ready: Ready) -> str:
    """The hash of the document when nothing goes wrong."""
    run_id = start(ready)
    importlib.import_module("workers.assembly").assemble(str(item_of(run_id).id))
    return str(run_row(ready, run_id).files[0]["sha256"])


@pytest.fixture(scope="module")
def staff(
    own_database: Database, undisturbed: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Staff]:
    root = create_engine(own_database.root, isolation_level="AUTOCOMMIT", pool_pre_ping=True)
    with root.connect() as connection:
        prepare(connection)
    found = Staff(own_database, root, tmp_path_factory.mktemp("workers"))
    yield found
    found.dismiss()
    root.dispose()
