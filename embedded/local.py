"""Servers for one command of the operator: those that run already, or ones for its time only."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from embedded import instance
from embedded.paths import Layout, data_folder
from embedded.process import family
from embedded.stack import Stack


@contextlib.contextmanager
def settings(*, data: Path | None = None, worker: bool = False) -> Iterator[dict[str, str]]:
    """Settings of the instance on `data` (ours if None), else of servers for the block only.

    Empty where DATABASE_URL and BROKER_URL are set; Refused if the servers cannot be had.
    """
    if os.environ.get("DATABASE_URL") and os.environ.get("BROKER_URL"):
        yield {}
        return
    layout = Layout(data or data_folder()).make()
    note = instance.running(layout)
    if note:
        yield {name: value for name, value in note.items() if name.isupper()}
        return
    with instance.lock(layout) as held, family(layout.run, keep=(held,)) as children:
        stack = Stack(layout, children, "http://127.0.0.1:8000")
        stack.start_servers()
        stack.operate("migrate")
        if worker:
            stack.start_worker()
        yield stack.owner_settings()
