"""`make test`: gets what the tests need, says what must be left out, runs pytest."""

import os
import subprocess
import sys
from pathlib import Path

from embedded import tools
from embedded.paths import PROJECT, Layout, data_folder
from embedded.say import Refused, say

PARALLEL = ["-n", "auto", "--maxprocesses", "4", "--dist", "loadgroup"]  # servers for each
PUBLISHED = PROJECT.parent / "shared" / "data"


def test(arguments: list[str]) -> int:
    """Run the tests; pytest's exit code."""
    left_out = missing(Layout(data_folder()).make().logs / "packages.log")
    if left_out and os.environ.get("CI") == "true":
        raise Refused(
            f"CI=true : rien ne doit manquer, et il manque {', '.join(left_out)}.",
            f"CI=true: nothing may be left out, and {', '.join(left_out)} would be.",
        )
    if left_out:
        say(*explanation(left_out))
    chosen = ["-m", " and ".join(f"not {marker}" for marker in left_out)] if left_out else []
    command = [sys.executable, "-m", "pytest", *PARALLEL, *chosen, *arguments]
    return subprocess.call(command, cwd=PROJECT)  # noqa: S603 - our own tests


def missing(log: Path) -> list[str]:
    """The markers whose tests cannot run here, after installing what may be installed."""
    wanted = [marker for marker in tools.PACKAGES if not tools.has(marker)]
    if wanted and tools.may_install():
        packages = tools.packages_for(wanted)
        say(f"Installation de {', '.join(packages)}…", f"Installing {', '.join(packages)}…")
        tools.apt_install(packages, log)
        wanted = [marker for marker in wanted if not tools.has(marker)]
    return wanted if PUBLISHED.is_dir() else [*wanted, "published"]


def explanation(left_out: list[str]) -> tuple[str, str]:
    """One line: which tests are left out, and the one command that adds them."""
    names = ", ".join(left_out)
    command = tools.command_for([marker for marker in left_out if marker in tools.PACKAGES])
    french, english = f"Tests laissés de côté : {names}.", f"Tests left out: {names}."
    if command:
        french, english = f"{french} Tapez : {command}.", f"{english} Type: {command}."
    if "published" in left_out:
        french += f" Les avis publiés se placent dans {PUBLISHED}."
        english += f" The published notices belong in {PUBLISHED}."
    return french, english
