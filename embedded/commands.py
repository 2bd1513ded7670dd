"""What each command behind `make` does; the long ones have their own module."""

import shutil
import subprocess
import sys
from collections.abc import Callable

from embedded import checks, instance, supervisor, testrun
from embedded.paths import PROJECT, Layout, data_folder, socket_folder
from embedded.say import Refused, pick, say

HELP = (
    """make run         démarre Grappe (PORT=8000) ; Ctrl-C l’arrête
make test        tous les tests (ARGS="-k mot" en choisit)
make check       forme, style, types, contrats, migrations
make bench       les mesures
make clean-data  efface les données, après question
make catalogues  relève les textes à traduire
make lock        recalcule les versions verrouillées
make help        cette aide""",
    """make run         starts Grappe (PORT=8000); Ctrl-C stops it
make test        all tests (ARGS="-k word" picks some)
make check       format, lint, types, contracts, migrations
make bench       the measurements
make clean-data  removes the data, after asking
make catalogues  gathers the texts to translate
make lock        computes the locked versions anew
make help        this help""",
)
LOCKED = [f"requirements{part}" for part in ("", "-embedded", "-dev", "-uv", "-node")]


def usage(_: list[str]) -> int:
    """The list of commands."""
    say(*HELP)
    return 0


def run(_: list[str]) -> int:
    """Start everything and keep it running."""
    return supervisor.run()


def bench(arguments: list[str]) -> int:
    """The measurements of `tools.bench`."""
    return tool("bench", arguments)


def catalogues(arguments: list[str]) -> int:
    """The message catalogues brought up to the code."""
    return tool("catalogues", arguments)


def tool(name: str, arguments: list[str]) -> int:
    """Run a module of `tools`; its exit code."""
    command = [sys.executable, "-m", f"tools.{name}", *arguments]
    return subprocess.call(command, cwd=PROJECT)  # noqa: S603 - our own module


def clean_data(arguments: list[str]) -> int:
    """Remove the data folder; asks first, unless the arguments say yes."""
    layout = Layout(data_folder())
    if not layout.data.exists():
        say(f"Rien à effacer dans {layout.data}.", f"Nothing to remove in {layout.data}.")
        return 0
    if (layout.run / "lock").exists() and instance.is_locked(layout):
        raise Refused(
            "Grappe tourne encore. Arrêtez-la (Ctrl-C), puis tapez : make clean-data",
            "Grappe is still running. Stop it (Ctrl-C), then type: make clean-data",
        )
    question = pick(f"Effacer {layout.data} ? [o/N] ", f"Remove {layout.data}? [y/N] ")
    if "--yes" not in arguments and answer(question) not in {"o", "oui", "y", "yes"}:
        say("Rien n’a été effacé.", "Nothing was removed.")
        return 1
    shutil.rmtree(socket_folder(layout.data), ignore_errors=True)
    shutil.rmtree(layout.data)
    say("Données effacées.", "Data removed.")
    return 0


def answer(question: str) -> str:
    """What the person types; nothing where nobody can."""
    sys.stdout.write(question)
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower()


def lock(arguments: list[str]) -> int:
    """Write the hashed locks from the .in files; `--upgrade` takes newer versions."""
    options = ["--universal", "--generate-hashes", "--no-header", "--no-annotate", "--quiet"]
    for name in LOCKED:
        files = [f"{name}.in", "--output-file", f"{name}.txt"]
        command = [sys.executable, "-m", "uv", "pip", "compile", *options, *arguments, *files]
        if subprocess.call([*command, "--python-version=3.11"], cwd=PROJECT):  # noqa: S603 - ours
            return 1
    return 0


def setup(_: list[str]) -> int:
    """Nothing more: the set-up itself has just run."""
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": run,
    "test": testrun.test,
    "check": checks.check,
    "bench": bench,
    "catalogues": catalogues,
    "clean-data": clean_data,
    "lock": lock,
    "install": setup,  # what production needs, no embedded server
    "setup": setup,
    "setup-dev": setup,
}
