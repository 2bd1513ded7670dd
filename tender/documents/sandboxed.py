"""Foreign bytes are read in a child of little memory and time; its death is words, too."""

import contextlib
import os
import pickle
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

from tender.documents.errors import N_, Refused

if TYPE_CHECKING:
    from tender.documents.gate import Admitted
    from tender.documents.inspect import Health

MIB = 1024 * 1024
READ_SECONDS = 20
READ_MEMORY = 900 * MIB
POLL_SECONDS = 0.2
_SWEEPS, _BETWEEN_SWEEPS = 40, 0.05
Watch = Callable[[], None] | None
_ROOT = Path(__file__).parents[2]


def admit_in_child(data: bytes) -> "Admitted":
    """`gate.admit` in a child; raises Refused."""
    answer = in_child("admit", data, timeout=READ_SECONDS, memory=READ_MEMORY)
    return cast("Admitted", answer)


def inspect_in_child(data: bytes) -> "Health":
    """`inspect.inspect` in a child; raises Refused."""
    answer = in_child("inspect", data, timeout=READ_SECONDS, memory=READ_MEMORY)
    return cast("Health", answer)


def examine_in_child(data: bytes) -> "tuple[Admitted, Health]":
    """Both at once, for an upload: one child instead of two; raises Refused."""
    answer = in_child("examine", data, timeout=READ_SECONDS, memory=READ_MEMORY)
    return cast("tuple[Admitted, Health]", answer)


def preview_in_child(data: bytes) -> str:
    """`preview.preview_html` in a child; raises Refused."""
    return cast("str", in_child("preview", data, timeout=READ_SECONDS, memory=READ_MEMORY))


@contextlib.contextmanager
def scratch() -> Iterator[str]:
    """A folder thrown away afterwards, though a killed child's last write may still come in."""
    name = tempfile.mkdtemp(prefix="grappe-")
    try:
        yield name
    finally:
        for _ in range(_SWEEPS):
            shutil.rmtree(name, ignore_errors=True)
            if not Path(name).exists():
                break
            time.sleep(_BETWEEN_SWEEPS)


def in_child(
    function_name: str, data: bytes, *, timeout: float, memory: int, watch: Watch = None
) -> object:
    """Run one of the child's functions on the bytes; raises Refused, also when the child dies."""
    with scratch() as folder:
        source, answer = Path(folder, "in"), Path(folder, "out")
        source.write_bytes(data)
        limits = [str(memory), str(int(timeout) + 1)]
        command = [sys.executable, "-m", "tender.documents.child", *limits, function_name]
        command += [str(source), str(answer)]
        code = run(command, folder=folder, timeout=timeout, watch=watch)
        if code != 0 or not answer.exists():
            raise _dead(code)
        result = pickle.loads(answer.read_bytes())  # noqa: S301 - written by our own child
    if isinstance(result, Refused):
        raise result
    return cast("object", result)


def run(
    command: list[str],
    *,
    folder: str,
    timeout: float,
    env: dict[str, str] | None = None,
    watch: Watch = None,
) -> int:
    """Run a command in a process group of its own; its exit code, -9 past the time.

    `watch` is called several times a second; what it raises ends the whole group.
    """
    process = subprocess.Popen(  # noqa: S603 - fixed programs, file names of our own making
        command,
        cwd=folder,
        env=child_environment(folder) if env is None else env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return _waited(process, timeout, watch)
    finally:
        # The leader may be gone while a helper of its lives: the group goes, too.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _waited(process: subprocess.Popen[bytes], timeout: float, watch: Watch) -> int:
    turns, rest = divmod(timeout, POLL_SECONDS)
    for turn in range(int(turns) + 1):
        if watch is not None:
            watch()
        with contextlib.suppress(subprocess.TimeoutExpired):
            return process.wait(POLL_SECONDS if turn < turns else rest)
    return -signal.SIGKILL


def child_environment(folder: str) -> dict[str, str]:
    """Nothing of ours but the path: a child needs no password."""
    kept = ("PATH", "LANG", "LD_LIBRARY_PATH")
    ours = {"PYTHONPATH": str(_ROOT), "HOME": folder, "TMPDIR": folder, "PYTHONHASHSEED": "0"}
    return {name: os.environ[name] for name in kept if name in os.environ} | ours


def _dead(code: int) -> Refused:
    if code in (-signal.SIGKILL, -signal.SIGXCPU):
        return Refused(
            N_(
                "La lecture du document a pris trop de temps. Partagez-le en plusieurs sections,"
                " puis redéposez-les."
            ),
            code="timeout",
        )
    return Refused(
        N_(
            "Le document n’a pas pu être lu : il demande trop de mémoire ou il est abîmé."
            " Enregistrez-le de nouveau dans Word, puis redéposez-le."
        ),
        code="died",
    )
