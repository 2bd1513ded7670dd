"""The migrations: one head, equal to the models, and a way back."""

import os
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from embedded.testing import Servers

ROOT = Path(__file__).parent.parent.parent


def _config() -> Config:
    return Config(ROOT / "alembic.ini")


def test_there_is_one_head_and_it_equals_the_models(running: Servers) -> None:
    assert len(ScriptDirectory.from_config(_config()).get_heads()) == 1
    command.check(_config())


def test_every_migration_goes_down_and_up_again(running: Servers, monkeypatch) -> None:
    admin = create_engine(
        running.superuser_url.replace("postgresql://", "postgresql+psycopg://", 1),
        isolation_level="AUTOCOMMIT",
    )
    with admin.connect() as connection:
        connection.execute(text("create database down_and_up owner grappe_owner"))
    other = running.owner_url.replace("/grappe?", "/down_and_up?")
    assert other != running.owner_url
    monkeypatch.setitem(os.environ, "TENDER_OWNER_DATABASE_URL", other)
    command.upgrade(_config(), "head")
    command.downgrade(_config(), "base")
    command.upgrade(_config(), "head")
    command.check(_config())
    with admin.connect() as connection:
        connection.execute(text("drop database down_and_up"))
    admin.dispose()
