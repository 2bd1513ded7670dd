"""From a bare Python to the project's own: environment, locked packages, catalogues, front end."""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import shutil
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

from embedded.paths import PROJECT, Layout, data_folder
from embedded.process import call
from embedded.say import Refused, say

VENV = PROJECT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "grappe.stamp"
LOCKS = {  # each holds what the ones before it hold
    "production": "requirements.txt",
    "run": "requirements-embedded.txt",
    "dev": "requirements-dev.txt",
}
LEVEL_OF = {"install": "production", "run": "run", "setup": "run"}
WITHOUT_SET_UP = {"help", "clean-data"}
ROOM = 1_500_000_000
MISLEADING = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__")
COMMAND = """#!/bin/sh
'''exec' "$(dirname "$(readlink -f "$0")")/python" "$0" "$@"
' '''
import sys

from {module} import {function}

sys.exit({function}())
"""


def main(arguments: list[str]) -> None:
    """Set up what the command needs, then become the project's own Python running it."""
    command = arguments[0] if arguments else "help"
    try:
        os.chdir(PROJECT)
        if command not in WITHOUT_SET_UP:
            set_up(LEVEL_OF.get(command, "dev"))
    except (Refused, OSError) as error:
        sys.exit(f"{error if isinstance(error, Refused) else in_words(error)}")
    python = str(PYTHON) if PYTHON.exists() else sys.executable
    os.execv(python, [python, "-m", "embedded", *(arguments or ["help"])])  # noqa: S606 - our own module


def in_words(error: OSError) -> Refused:
    """What a refusing disk means, with what to type."""
    if isinstance(error, PermissionError):
        return Refused(
            f"{error.filename} n’est pas à vous. Tapez : sudo chown -R $USER '{PROJECT}'",
            f"{error.filename} is not yours. Type: sudo chown -R $USER '{PROJECT}'",
        )
    return Refused(f"Le disque refuse : {error}", f"The disk refuses: {error}")


def set_up(level: str) -> None:
    """Bring environment and files up to the locks; quick when they are."""
    for name in MISLEADING:
        os.environ.pop(name, None)
    check_system()
    with alone():
        log = Layout(data_folder()).make().logs / "install.log"
        if not is_current(level):
            install(level, log)


def check_system() -> None:
    """Refuse what cannot work, in one line."""
    if sys.platform not in {"linux", "darwin"}:
        raise Refused(
            "Grappe tourne sous Linux et macOS. Sous Windows, tapez : wsl --install",
            "Grappe runs on Linux and macOS. On Windows, type: wsl --install",
        )
    if not VENV.exists() and importlib.util.find_spec("ensurepip") is None:
        package = f"python3.{sys.version_info.minor}-venv"
        raise Refused(
            f"Il manque ensurepip à ce Python. Tapez : sudo apt-get install {package}",
            f"This Python lacks ensurepip. Type: sudo apt-get install {package}",
        )
    free = shutil.disk_usage(PROJECT).free
    if not STAMP.exists() and free < ROOM:
        raise Refused(
            f"Il faut 1,5 Go libres et il en reste {free / 1e9:.1f}. Tapez : df -h '{PROJECT}'",
            f"1.5 GB must be free and {free / 1e9:.1f} are. Type: df -h '{PROJECT}'",
        )


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """One set-up at a time in this project."""
    folder = os.open(PROJECT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def base() -> str:
    """What an environment is bound to: place and Python."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return f"{PROJECT} {version} {Path(base_python()).resolve()}"


def base_python() -> str:
    """The Python outside of any environment."""
    return getattr(sys, "_base_executable", None) or sys.executable


def lock_hash(level: str) -> str:
    """The fingerprint of a lock file."""
    return hashlib.sha256((PROJECT / LOCKS[level]).read_bytes()).hexdigest()


def recorded() -> list[str]:
    """Lines of the stamp: base, then the locks installed; empty if there is none."""
    return STAMP.read_text("utf-8").splitlines() if STAMP.exists() and PYTHON.exists() else []


def is_current(level: str) -> bool:
    """True if the environment holds what this level needs, or more."""
    names = list(LOCKS)
    enough = {lock_hash(name) for name in names[names.index(level) :]}
    lines = recorded()
    return lines[:1] == [base()] and bool(enough & set(lines[1:]))


def install(level: str, log: Path) -> None:
    """Make the environment if need be, install the lock, write the stamp last."""
    start = time.monotonic()
    say("Installation des paquets…", "Installing packages…")
    if recorded()[:1] != [base()]:
        make_environment(log)
    install_lock(PROJECT / LOCKS[level], log)
    STAMP.write_text("\n".join([base(), lock_hash(level)]) + "\n", "utf-8")
    took = time.monotonic() - start
    say(f"Paquets installés en {took:.0f} s.", f"Packages installed in {took:.0f} s.")


def make_environment(log: Path) -> None:
    """A fresh .venv with pip and, where it can be had, uv."""
    shutil.rmtree(VENV, ignore_errors=True)
    if call([base_python(), "-m", "venv", str(VENV)], log=log).returncode:
        raise failed(log)
    pip("requirements-uv.txt", log)


def pip(lock: str, log: Path) -> bool:
    """Install a lock file with pip; False if it failed."""
    options = ["--require-hashes", "--no-input", "--disable-pip-version-check", "--no-deps"]
    command = [str(PYTHON), "-m", "pip", "install", *options, "-r", lock]
    return call(command, log=log, cwd=PROJECT).returncode == 0


def install_lock(lock: Path, log: Path) -> None:
    """Install a lock file with uv, else with pip."""
    uv = VENV / "bin" / "uv"
    options = ["--require-hashes", "--compile-bytecode", "--no-progress", "--no-deps"]
    command = [str(uv), "pip", "install", "--python", str(PYTHON), *options, "-r", lock.name]
    if uv.exists() and call(command, log=log, cwd=PROJECT).returncode == 0:
        return
    if not pip(lock.name, log):
        raise failed(log)


def failed(log: Path) -> Refused:
    """The refusal that sends to the log."""
    return Refused(
        f"L’installation a échoué. Tapez : tail '{log}', puis relancez la même commande.",
        f"The installation failed. Type: tail '{log}', then the same command again.",
    )


def command_script() -> str:
    """The `tender` command as pyproject.toml declares it, for any path the clone may have."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    module, function = project["scripts"]["tender"].split(":")
    return COMMAND.format(module=module, function=function)


def complete() -> None:
    """The rest, by the environment's Python: project on its path, command, catalogues, files."""
    from embedded import catalogues, frontend  # noqa: PLC0415 - not before there is an environment

    packages = VENV / "lib" / f"python3.{sys.version_info.minor}" / "site-packages"
    with alone():
        # relative, so that no encoding of the clone's path matters
        (packages / "grappe.pth").write_text("../../../..\n")
        script = VENV / "bin" / "tender"
        script.write_text(command_script())
        script.chmod(0o755)
        catalogues.compile_all()
        frontend.fetch(Layout(data_folder()).make().logs / "install.log")
