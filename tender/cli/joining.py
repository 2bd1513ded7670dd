"""Joining a command to a database: the one that is set, the running one, or one for its time."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import OperationalError, ProgrammingError

from tender.core import setup
from tender.core.errors import Refusal

BEHIND = frozenset({"42P01", "42703"})  # a table or a column that is not there


@contextmanager
def joined(*, data: Path | None = None, worker: bool = False) -> Iterator[None]:
    """Give the block a database and a broker; embedded ones where no address is set."""
    with answering():
        try:
            from embedded import local  # noqa: PLC0415 - production does not install it
            from embedded.postgres import binaries  # noqa: PLC0415
            from embedded.say import Refused  # noqa: PLC0415
        except ImportError:
            setup.join()
            yield
            return
        try:
            with local.settings(data=data, worker=worker) as found:
                os.environ.update(found)
                if found:
                    os.environ.setdefault("TENDER_PG_BIN", str(binaries()))
                setup.join()
                try:
                    yield
                finally:
                    setup.engine().dispose()
        except Refused as refused:
            raise Refusal("{reason}", reason=str(refused)) from refused


@contextmanager
def answering() -> Iterator[None]:
    """Say in words that the database is away, or older than the code."""
    try:
        yield
    except OperationalError as error:
        said = str(error.orig).strip().splitlines()
        raise Refusal(
            "La base de données ne répond pas : {reason}", reason=said[0] if said else ""
        ) from error
    except ProgrammingError as error:
        if getattr(error.orig, "sqlstate", None) not in BEHIND:
            raise
        raise Refusal("La base n’est pas à jour. Lancez « tender migrate ».") from error
