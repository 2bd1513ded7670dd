"""Joining a command to a database: the one that is set, the running one, or one for its time."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tender.core import setup


@contextmanager
def joined(*, data: Path | None = None, worker: bool = False) -> Iterator[None]:
    """Give the block a database and a broker; embedded ones where no address is set."""
    try:
        from embedded import local  # noqa: PLC0415 - production does not install it
        from embedded.postgres import binaries  # noqa: PLC0415
    except ImportError:
        setup.join()
        yield
        return
    with local.settings(data=data, worker=worker) as found:
        os.environ.update(found)
        if found:
            os.environ.setdefault("TENDER_PG_BIN", str(binaries()))
        setup.join()
        try:
            yield
        finally:
            setup.engine().dispose()
