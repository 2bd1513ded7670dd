"""One contestant's run in a process of its own: `python -m tools.bench.contest NAME COUNT FOLDER`.

Prints processor seconds of the work alone (imports and reading left out) and the process's peak
memory in MB, as JSON.
"""

import json
import re
import resource
import sys
from pathlib import Path

from tender.documents.house import house_template
from tools.bench.contestants import CONTESTANTS
from tools.bench.tender import load


def main(name: str, count: int, folder: Path) -> None:
    """Warm up on two sections, then work on all."""
    template, parts = house_template(), load(folder, count)
    contestant = CONTESTANTS[name]
    contestant(template, parts[:2], folder)()
    work = contestant(template, parts, folder)
    start = processor_seconds()
    written = work()
    taken = processor_seconds() - start
    print(json.dumps({"seconds": taken, "peak": peak_mb(), "size": len(written)}))


def processor_seconds() -> float:
    """User and system time of this process and of its children that have ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def peak_mb() -> float:
    """The most memory this process has held; Linux's ru_maxrss would count the parent's in."""
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
        return int(found[1]) / 1024 if found else 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
