"""One supervisor for one set of data: the lock, and what the running one says of itself."""

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from embedded.paths import Layout, write_private
from embedded.process import born
from embedded.say import Refused

FAREWELL = 20.0  # how long a watchdog may need to end a dead supervisor's children


def note_of(layout: Layout) -> Path:
    """The file in which a running instance describes itself."""
    return layout.run / "instance.json"


def read_note(layout: Layout) -> dict[str, str]:
    """What the instance last started wrote; empty if there is nothing sensible."""
    try:
        return dict(json.loads(note_of(layout).read_text("utf-8")))
    except (FileNotFoundError, ValueError):
        return {}


def write_note(layout: Layout, address: str, environment: Mapping[str, str]) -> None:
    """Say who runs and where, and with which settings; for the owner's eyes only."""
    note = {**environment, "pid": str(os.getpid()), "address": address}
    write_private(note_of(layout), json.dumps(note))


def running(layout: Layout) -> dict[str, str]:
    """The note of an instance that is alive and ready; empty if there is none."""
    note = read_note(layout)
    return note if note and born(int(note["pid"])) is not None and is_locked(layout) else {}


def is_locked(layout: Layout) -> bool:
    """True if some process holds these data."""
    with (layout.run / "lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


@contextlib.contextmanager
def lock(layout: Layout) -> Iterator[int]:
    """Hold these data for the block; Refused, with its address, if another instance does."""
    with (layout.run / "lock").open("a") as file:
        end = time.monotonic() + FAREWELL
        while not take(file.fileno()):
            note = read_note(layout)
            if (note and born(int(note["pid"])) is not None) or time.monotonic() > end:
                raise already_running(layout, note)
            time.sleep(0.1)
        try:
            yield file.fileno()
        finally:
            note_of(layout).unlink(missing_ok=True)


def take(descriptor: int) -> bool:
    """Try to take the lock."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def already_running(layout: Layout, note: Mapping[str, str]) -> Refused:
    """The refusal of a second instance."""
    address, pid = note.get("address", "?"), note.get("pid", "?")
    other = "make run PORT=8001 TENDER_DATA_DIR=.data-2"
    return Refused(
        f"Grappe tourne déjà sur {address} (processus {pid}, données {layout.data}). "
        f"Pour une seconde instance, tapez : {other}",
        f"Grappe is already running at {address} (process {pid}, data {layout.data}). "
        f"For a second instance, type: {other}",
    )
