"""`make check`: every check runs, and all that fail are named at the end."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from embedded.paths import PROJECT
from embedded.say import say
from embedded.testing import servers

BIN = Path(sys.executable).parent
CHECKS = {
    "format": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "types": ["mypy"],
    "contracts": ["lint-imports"],
}


def check(_: list[str]) -> int:
    """Run all checks; 1 if one failed."""
    failed = [name for name, command in CHECKS.items() if not passes(name, command)]
    failed += [] if migrations() else ["migrations"]
    names = ", ".join(failed)
    if failed:
        say(f"En échec : {names}", f"Failed: {names}")
    else:
        say("Tout est en ordre.", "All checks passed.")
    return int(bool(failed))


def passes(name: str, command: list[str], **environment: str) -> bool:
    """Run one check, its output shown."""
    say(f"== {name}", f"== {name}")
    argv = [str(BIN / command[0]), *command[1:]]
    return subprocess.call(argv, cwd=PROJECT, env={**os.environ, **environment}) == 0  # noqa: S603 - ours


def migrations() -> bool:
    """The migrations build, on an empty database, exactly what the models say."""
    with tempfile.TemporaryDirectory(prefix="grappe-") as folder, servers(Path(folder)) as ours:
        return passes(
            "migrations",
            ["tender", "migrate", "--check"],
            DATABASE_URL=ours.app_url,
            TENDER_OWNER_DATABASE_URL=ours.owner_url,
            BROKER_URL=ours.broker_url,
            TENDER_SECRET_KEY="0" * 64,
            TENDER_DATA_DIR=folder,
        )
