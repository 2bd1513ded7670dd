"""Ends a dead supervisor's children; reads `watch PID SIGNAL` and `forget PID` till then."""

import contextlib
import os
import signal
import sys
import time
from pathlib import Path

PATIENCE = 2.0


def alive(pid: int) -> bool:
    """True while the process runs; a zombie that nobody fetches counts as dead."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return not Path("/proc/self").exists()  # no /proc on macOS, where signal 0 tells the truth
    except OSError:
        return False


def end(pid: int, number: int) -> None:
    """Ask the process to stop, then kill its group."""
    with contextlib.suppress(OSError):
        os.kill(pid, number)
    limit = time.monotonic() + PATIENCE
    while alive(pid) and time.monotonic() < limit:
        time.sleep(0.02)
    with contextlib.suppress(OSError):
        os.killpg(pid, signal.SIGKILL)


def main() -> None:
    """Keep the list while the supervisor lives, then end the latest first."""
    watched: dict[int, int] = {}
    for line in sys.stdin:
        word, pid, *number = line.split()
        if word == "watch":
            watched[int(pid)] = int(number[0])
        else:
            watched.pop(int(pid), None)
    for pid in reversed(watched):
        end(pid, watched[pid])


if __name__ == "__main__":
    main()
