"""Limits a process sets on itself, and a launcher: `… limits MEMORY SECONDS COMMAND…`."""

import contextlib
import ctypes
import os
import resource
import signal
import sys

MAX_OUTPUT = 200 * 1024 * 1024
_PR_SET_PDEATHSIG = 1


def apply(memory: int, seconds: int) -> None:
    """Bound address space, processor time, written files; no core dump; die with the parent."""
    limits = (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, MAX_OUTPUT),
        (resource.RLIMIT_CORE, 0),
    )
    for kind, limit in limits:
        # macOS knows no limit of the address space; time and the parent's patience still hold.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (limit, limit))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def main(arguments: list[str]) -> None:
    """Become the command, limited."""
    apply(int(arguments[0]), int(arguments[1]))
    os.execvp(arguments[2], arguments[2:])  # noqa: S606 - the caller's own fixed command


if __name__ == "__main__":
    main(sys.argv[1:])
