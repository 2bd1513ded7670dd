"""A database of one's own, for tests that commit for real and that several processes share."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import Engine, NullPool, create_engine, text

from embedded.testing import Servers
from tender.core import setup
from tender.core.transaction import Sessions


@dataclass(frozen=True)
class Database:
    """The application's and the superuser's address of it."""

    app: str
    root: str


def _driver(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


@contextmanager
def database(running: Servers) -> Iterator[Database]:
    """Make a migrated database, and drop it with all who are still in it."""
    name = f"clone_{uuid4().hex[:12]}"
    admin = create_engine(
        _driver(running.superuser_url), isolation_level="AUTOCOMMIT", poolclass=NullPool
    )
    with admin.connect() as connection:
        connection.execute(text(f"create database {name} template migrated owner grappe_owner"))
    try:
        yield Database(
            *(
                _driver(url).replace("/grappe?", f"/{name}?")
                for url in (running.app_url, running.superuser_url)
            )
        )
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"drop database {name} with (force)"))


@contextmanager
def bound(found: Database) -> Iterator[Engine]:
    """Let this process's sessions work on a database, as a worker's do."""
    options = "-c timezone=UTC -c lock_timeout=10000"
    engine = create_engine(
        found.app, pool_pre_ping=True, pool_size=20, connect_args={"options": options}
    )
    Sessions.configure(bind=engine, join_transaction_mode="conditional_savepoint")
    try:
        yield engine
    finally:
        Sessions.configure(bind=setup.engine())
        engine.dispose()
