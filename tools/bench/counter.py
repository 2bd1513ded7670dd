"""How many bare tasks have run: one number in Valkey, the least that can be seen from outside."""

from functools import cache
from typing import Any

from tender.core.publishing import celery

NAME = "bench:done"


@cache
def _store() -> Any:
    """The client that Celery itself uses, with its address and prefix."""
    return celery().connection_for_write().default_channel.client


def count() -> None:
    """One more."""
    _store().incr(NAME)


def reset() -> None:
    """None yet."""
    _store().set(NAME, 0)


def counted() -> int:
    """How many so far."""
    return int(_store().get(NAME) or 0)
