"""A committed bid in a database of its own, and the worker's code in this process."""

import importlib
from collections.abc import Iterator
from types import ModuleType

import pytest

from embedded.testing import Servers
from tests.faults.clone import Database, bound, database
from tests.faults.ready import Ready, commit_ready


@pytest.fixture(scope="module")
def own_database(running: Servers) -> Iterator[Database]:
    with database(running) as made:
        yield made


@pytest.fixture(scope="module")
def committed(own_database: Database) -> Iterator[None]:
    """This process's sessions commit, into a database of their own."""
    with bound(own_database):
        yield


@pytest.fixture(scope="module")
def ready(committed: None) -> Ready:
    return commit_ready()


@pytest.fixture(scope="module")
def worker(committed: None) -> ModuleType:
    """The module of the task; it reads the settings as it is imported."""
    return importlib.import_module("workers.assembly")
