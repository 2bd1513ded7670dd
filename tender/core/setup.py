"""Joining a process to its database, broker, files and mail. Alone in core to see the settings."""

import importlib
from functools import cache
from typing import Any

from sqlalchemy import Engine, create_engine

from config import Settings, load
from tender.core import mail, queue
from tender.core.storage import LocalStorage, S3Storage, Storage
from tender.core.transaction import Sessions

LIMITS = (
    "-c timezone=UTC -c lock_timeout=10000 -c statement_timeout=30000"
    " -c idle_in_transaction_session_timeout=60000"  # a frozen process lets go of its locks
)


@cache
def settings() -> Settings:
    """Give this process's settings, read once."""
    return load()


@cache
def engine() -> Engine:
    """Give this process's connections, with time-outs that let no thread hang."""
    return create_engine(
        settings().database_url,
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=30,
        pool_timeout=5,
        hide_parameters=True,  # an error's text is logged; what people wrote and offer is not
        connect_args={
            "connect_timeout": 5,
            "application_name": "grappe",
            "options": LIMITS,
        },
    )


@cache
def storage() -> Storage:
    """Give the place where files lie: a bucket if one is set, else the data directory."""
    if not settings().s3_bucket:
        return LocalStorage(settings().data_dir / "files")
    return bucket(settings().s3_bucket, endpoint=settings().s3_endpoint)


def bucket(name: str, *, endpoint: str) -> S3Storage:
    """Reach a bucket, with time-outs that let no thread hang."""
    boto3: Any = importlib.import_module("boto3")  # a slow import that most set-ups never need
    botocore: Any = importlib.import_module("botocore.exceptions")
    limits = importlib.import_module("botocore.config").Config(
        connect_timeout=5, read_timeout=30, retries={"max_attempts": 3, "mode": "standard"}
    )
    client = boto3.client("s3", endpoint_url=endpoint or None, config=limits)
    return S3Storage(client, name, faults=(botocore.ClientError, botocore.BotoCoreError))


@cache
def post() -> mail.Post:
    """Give the way letters leave."""
    if settings().smtp_host:
        return mail.by_smtp(settings())
    return mail.to_folder(settings().data_dir / "mail")


def join() -> None:
    """Bind the sessions of this process to its database and its nudges to the broker."""
    Sessions.configure(bind=engine())
    queue.publisher.send = importlib.import_module("tender.core.publishing").publish


def leave() -> None:
    """Drop inherited connections after a fork; the parent's stay open."""
    engine().dispose(close=False)
