"""Child processes: how one is started, recognised, stopped, and ended if we die first."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from embedded.say import Refused

POLL = 0.02
LONGEST_LOG = 10_000_000


@dataclass(frozen=True, kw_only=True)
class Program:
    """What to run, where it writes, and how it likes to be stopped."""

    name: str
    argv: list[str]
    env: Mapping[str, str]
    log: Path
    stop: signal.Signals = signal.SIGTERM
    grace: float = 10.0


def call(
    command: list[str], *, log: Path | None = None, **options: Any
) -> subprocess.CompletedProcess[str]:
    """Run a command of ours to its end, what it writes in a log if there is one; never raises."""
    if log is None:
        return subprocess.run(command, check=False, capture_output=True, text=True, **options)  # noqa: S603 - ours
    with log.open("ab") as file:
        return subprocess.run(command, check=False, text=True, stdout=file, stderr=file, **options)  # noqa: S603 - ours


def born(pid: int) -> str | None:
    """When this process began, as the system words it; None if it is dead or a zombie."""
    try:
        if Path("/proc/self/stat").exists():
            state, *fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            return None if state in "ZX" else fields[18]
        command = ["ps", "-o", "stat=,lstart=", "-p", str(pid)]
        state, _, since = call(command).stdout.strip().partition(" ")
    except OSError:
        return None
    return None if state[:1] in {"", "Z"} else since.strip()


def gone(pid: int, within: float) -> bool:
    """Wait until the process is dead; False if it outlives the wait."""
    end = time.monotonic() + within
    while born(pid) is not None:
        if time.monotonic() > end:
            return False
        time.sleep(POLL)
    return True


def kill_group(pid: int, number: signal.Signals) -> None:
    """Signal the process and all it started; a group that is gone is fine."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)


def end_leftover(record: Path) -> bool:
    """End the process that an earlier supervisor noted here; True if there was one."""
    try:
        pid, number, since = record.read_text().split(" ", 2)
    except (FileNotFoundError, ValueError):
        return False
    found = born(int(pid)) == since
    if found:
        os.kill(int(pid), int(number))
        if not gone(int(pid), 10):
            kill_group(int(pid), signal.SIGKILL)
            gone(int(pid), 5)
    record.unlink(missing_ok=True)
    return found


def last_line(log: Path) -> str:
    """The last words in a log, a hint of the reason."""
    lines = log.read_text("utf-8", "replace").strip().splitlines() if log.exists() else []
    return lines[-1].strip() if lines else "?"


def keep_short(log: Path) -> None:
    """Put a long log aside, over the one put aside before."""
    if log.exists() and log.stat().st_size > LONGEST_LOG:
        log.replace(log.with_suffix(".old.log"))


class Watchdog:
    """A process that ends our children if we die without a chance to."""

    def __init__(self, keep: tuple[int, ...] = ()) -> None:
        """Start it; it holds the descriptors in `keep`, such as a lock, until all is ended."""
        script = str(Path(__file__).with_name("watchdog.py"))
        self._process = subprocess.Popen(  # noqa: S603 - our own script
            [sys.executable, "-I", "-S", script],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            pass_fds=keep,
            start_new_session=True,
        )

    def tell(self, *words: object) -> None:
        """`watch PID SIGNAL` or `forget PID`."""
        if self._process.stdin and not self._process.stdin.closed:
            with contextlib.suppress(BrokenPipeError):
                self._process.stdin.write((" ".join(map(str, words)) + "\n").encode())
                self._process.stdin.flush()

    def close(self) -> None:
        """Let it end what it still watches, and go."""
        if self._process.stdin:
            self._process.stdin.close()
        self._process.wait()


@dataclass
class Running:
    """A started program."""

    program: Program
    process: subprocess.Popen[bytes]


class Stopped(Exception):
    """Somebody asked us to stop while we were waiting."""


class Family:
    """Our children in the order they were started; stopped in the reverse order."""

    def __init__(self, records: Path, keep: tuple[int, ...] = ()) -> None:
        """`records` is the folder where each child's pid is noted for a later start."""
        self.records = records
        self.children: dict[str, Running] = {}
        self.stop_wanted = False
        records.mkdir(parents=True, exist_ok=True)
        for record in sorted(records.glob("*.pid")):
            end_leftover(record)
        self._watchdog = Watchdog(keep)

    def start(self, program: Program) -> Running:
        """Start a program with its own session and log, and nothing to read."""
        keep_short(program.log)
        with program.log.open("ab") as log:
            process = subprocess.Popen(  # noqa: S603 - the caller's own programs
                program.argv,
                env=dict(program.env),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._watchdog.tell("watch", process.pid, int(program.stop))
        note = f"{process.pid} {int(program.stop)} {born(process.pid)}"
        (self.records / f"{program.name}.pid").write_text(note)
        running = Running(program, process)
        self.children.pop(program.name, None)
        self.children[program.name] = running
        return running

    def wait(self, running: Running, ready: Callable[[], bool], within: float) -> None:
        """Return once it is ready; Refused if a child died or it is late, Stopped if we must go."""
        end = time.monotonic() + within
        while not ready():
            if self.stop_wanted:
                raise Stopped
            dead = (one for one in self.children.values() if one.process.poll() is not None)
            culprit = next(dead, running if time.monotonic() > end else None)
            if culprit:
                name, log = culprit.program.name, culprit.program.log
                raise Refused(
                    f"{name} n’a pas démarré : {last_line(log)} (journal : {log})",
                    f"{name} did not start: {last_line(log)} (log: {log})",
                )
            time.sleep(POLL)

    def finish(self, program: Program, within: float = 600) -> None:
        """Run a program to its end; Refused with its last words if it fails."""
        running = self.start(program)
        process = running.process
        try:
            self.wait(running, lambda: process.poll() == 0, within)
        finally:
            self.stop(program.name)

    def stop(self, name: str) -> None:
        """Ask one child to stop, insist after its grace, and forget it."""
        running = self.children.pop(name)
        process = running.process
        if process.poll() is None:
            process.send_signal(running.program.stop)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(running.program.grace)
        self.bury(running)

    def bury(self, running: Running) -> None:
        """Kill what is left of a child's group, wait for it, and drop its record."""
        kill_group(running.process.pid, signal.SIGKILL)
        running.process.wait()
        self._watchdog.tell("forget", running.process.pid)
        (self.records / f"{running.program.name}.pid").unlink(missing_ok=True)

    def stop_all(self) -> None:
        """Stop every child, the latest first."""
        for name in reversed(list(self.children)):
            self.stop(name)
        self._watchdog.close()


@contextlib.contextmanager
def family(records: Path, keep: tuple[int, ...] = ()) -> Iterator[Family]:
    """A family for the time of a block."""
    children = Family(records, keep)
    try:
        yield children
    finally:
        children.stop_all()
