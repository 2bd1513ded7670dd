"""The cage around LibreOffice: no network, a read-only system, folders of its own, few processes.

Kinds, the best that the machine allows: `bwrap`; `unshare`, which only takes the network away;
`none`, where time and memory are limited and nothing else.
"""

import shutil
from functools import cache
from pathlib import Path

from tender.documents.sandboxed import MIB, child_environment, run, scratch

MAX_PROCESSES = 512
MAX_SCRATCH = 512 * MIB
_OPT = Path("/opt")
_READ_ONLY = (
    "/usr", "/etc/fonts", "/etc/libreoffice", "/etc/alternatives", "/etc/ld.so.cache",
    "/lib", "/lib64", "/bin", "/var/lib/libreoffice", "/var/cache/fontconfig",
)  # fmt: skip


def caged(command: list[str], folder: str) -> list[str]:
    """The command inside the cage; it reads `folder/in` and writes `folder/out` and `profile`."""
    kind = sandbox_kind()
    if kind == "bwrap":
        return [*_bwrap(), *_shown(folder, command[0]), *_few_processes(), *command]
    return ["unshare", "--net", "--map-root-user", *command] if kind == "unshare" else command


def _bwrap() -> list[str]:
    return [
        "bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--clearenv", "--uid",
        "65534", "--gid", "65534", "--cap-drop", "ALL",
    ]  # fmt: skip


def _shown(folder: str, program: str) -> list[str]:
    """The places that exist in there; of /opt only the program's own folder, ours may lie there."""
    scratch = ["--size", str(MAX_SCRATCH)] if _knows_sizes() else []
    words = ["--proc", "/proc", "--dev", "/dev"]
    for place in ("/tmp", "/var"):  # noqa: S108 - mounted anew in the cage, nobody else's
        words += [*scratch, "--tmpfs", place]
    own = Path(program).resolve().parents
    for place in (*_READ_ONLY, *(map(str, own[1:2]) if own[-2:-1] == (_OPT,) else ())):
        words += ["--ro-bind-try", place, place]
    words += ["--ro-bind", f"{folder}/in", f"{folder}/in"]
    for name in ("out", "profile"):
        words += ["--bind", f"{folder}/{name}", f"{folder}/{name}"]
    words += ["--dir", "/var/tmp", "--chdir", f"{folder}/out"]  # noqa: S108 - as above
    for name, value in (("HOME", folder), ("PATH", "/usr/bin:/bin"), ("LANG", "C.UTF-8")):
        words += ["--setenv", name, value]
    return words


def _few_processes() -> list[str]:
    """Counted inside the cage's own user namespace: outside, a desktop's would count, too."""
    return ["prlimit", f"--nproc={MAX_PROCESSES}"] if shutil.which("prlimit") else []


@cache
def sandbox_kind() -> str:
    """`bwrap`, `unshare` or `none`: what works here, tried once."""
    tries = {
        "bwrap": [*_bwrap(), "--ro-bind", "/", "/", "true"],
        "unshare": ["unshare", "--net", "--map-root-user", "true"],
    }
    for kind, command in tries.items():
        if shutil.which(command[0]) and _works(command):
            return kind
    return "none"


@cache
def _knows_sizes() -> bool:
    """Older bubblewraps cannot bound a tmpfs."""
    bounded = ["--size", str(MIB), "--tmpfs", "/tmp"]  # noqa: S108 - as above
    return _works([*_bwrap(), "--ro-bind", "/", "/", *bounded, "true"])


def _works(command: list[str]) -> bool:
    with scratch() as folder:
        return run(command, folder=folder, timeout=10, env=child_environment(folder)) == 0
