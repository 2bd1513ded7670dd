"""Alembic's entry: runs as the owner of the tables, never as the application's role."""

import os

from alembic import context
from sqlalchemy import Connection, NullPool, create_engine

from tender.schema import metadata

url = os.environ.get("TENDER_OWNER_DATABASE_URL") or os.environ["DATABASE_URL"]
url = url.replace("postgresql://", "postgresql+psycopg://", 1)
connection = context.config.attributes.get("connection")


def run(bind: Connection) -> None:
    context.configure(connection=bind, target_metadata=metadata, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()


if connection is not None:
    run(connection)
else:
    with create_engine(url, poolclass=NullPool).connect() as bind:
        run(bind)
        bind.commit()
