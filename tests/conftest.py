"""Real servers for the session, one rolled-back transaction for each test."""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, NullPool, create_engine, text
from sqlalchemy.orm import Session

from embedded.testing import Servers, servers
from tender.core import setup
from tender.core.actor import Actor, system
from tender.core.transaction import Sessions, set_context

ROOT = Path(__file__).parent.parent
SECRET = "0" * 64


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """PostgreSQL and Valkey, migrated, and the settings that point to them."""
    base = tmp_path_factory.mktemp("servers")
    with servers(base) as found:
        os.environ.update(
            DATABASE_URL=found.app_url,
            TENDER_OWNER_DATABASE_URL=found.owner_url,
            BROKER_URL=found.broker_url,
            TENDER_SECRET_KEY=SECRET,
            TENDER_DATA_DIR=str(base / "data"),
            TENDER_RENDERER="rdocx",
            TENDER_LEASE_SECONDS="4",
            TENDER_PASSWORD_COST="low",
        )
        command.upgrade(Config(ROOT / "alembic.ini"), "head")
        _administer(found, "create database migrated template grappe owner grappe_owner")
        yield found


def _administer(running: Servers, statement: str) -> None:
    url = running.superuser_url.replace("postgresql://", "postgresql+psycopg://", 1)
    admin = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with admin.connect() as connection:
        connection.execute(text(statement))


@pytest.fixture
def clone(running: Servers) -> Iterator[Engine]:
    """A database of its own, migrated and empty, for tests that really commit."""
    name = f"clone_{uuid4().hex}"
    _administer(running, f"create database {name} template migrated owner grappe_owner")
    url = running.app_url.replace("/grappe?", f"/{name}?")
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    yield engine
    engine.dispose()
    _administer(running, f"drop database {name} with (force)")


@pytest.fixture(scope="session")
def engine(running: Servers) -> Iterator[Engine]:
    """The application's own role on the migrated database."""
    engine = create_engine(running.app_url.replace("postgresql://", "postgresql+psycopg://", 1))
    yield engine
    engine.dispose()


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    """One connection whose outer transaction never commits; a commit inside is a savepoint."""
    with engine.connect() as connection:
        outer = connection.begin()
        Sessions.configure(bind=connection, join_transaction_mode="create_savepoint")
        yield connection
        outer.rollback()
        Sessions.configure(bind=setup.engine(), join_transaction_mode="conditional_savepoint")


@pytest.fixture
def session(connection: Connection) -> Iterator[Session]:
    """A session of the operator, to prepare a test with; `as_actor` changes who asks."""
    with Sessions() as session:
        set_context(session, system("operator"))
        yield session


@pytest.fixture
def as_actor(session: Session):
    """Give the test's session to another person: what they may not see is then not there."""

    def change(actor: Actor) -> Session:
        session.flush()
        session.expire_all()
        set_context(session, actor)
        return session

    return change
