"""A database of one's own, for tests that commit for real and that several processes share."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, text

from embedded.testing import Servers
from tender.core import setup
from tender.core.transaction import Sessions

ROOT = Path(__file__).parent.parent.parent


def _driver(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


@contextmanager
def database(running: Servers) -> Iterator[tuple[str, str]]:
    """Make a migrated database; give the application's and the superuser's address of it."""
    name = f"clone_{uuid4().hex[:12]}"
    own, app, root = (
        _driver(url).replace("/grappe?", f"/{name}?")
        for url in (running.owner_url, running.app_url, running.superuser_url)
    )
    admin = create_engine(_driver(running.superuser_url), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"create database {name} owner grappe_owner"))
    extend = create_engine(root, isolation_level="AUTOCOMMIT")
    with extend.connect() as connection:
        for extension in ("unaccent", "pg_trgm"):
            connection.execute(text(f"create extension {extension}"))
    extend.dispose()
    before = os.environ["TENDER_OWNER_DATABASE_URL"]
    os.environ["TENDER_OWNER_DATABASE_URL"] = own
    try:
        command.upgrade(Config(ROOT / "alembic.ini"), "head")
        yield app, root
    finally:
        os.environ["TENDER_OWNER_DATABASE_URL"] = before
        with admin.connect() as connection:
            connection.execute(text(f"drop database {name} with (force)"))
        admin.dispose()


@contextmanager
def bound(url: str) -> Iterator[Engine]:
    """Let this process's sessions work on a database, as a worker's do."""
    engine = create_engine(url, connect_args={"options": "-c timezone=UTC -c lock_timeout=10000"})
    Sessions.configure(bind=engine, join_transaction_mode="conditional_savepoint")
    try:
        yield engine
    finally:
        Sessions.configure(bind=setup.engine())
        engine.dispose()
