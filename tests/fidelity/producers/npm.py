"""Documents written by the npm package `docx`, run by the Node that comes with Playwright."""

import base64
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import playwright

from tests.fidelity.producers.word_things import picture

SCRIPT = Path(__file__).with_name("written.cjs")
NODE = Path(playwright.__file__).parent / "driver" / "node"


@cache
def written() -> dict[str, bytes]:
    """All of them, by one run of the script beside this."""
    with tempfile.TemporaryDirectory(prefix="grappe-") as folder:
        image = base64.b64encode(picture("purple")).decode()
        command = [str(NODE), str(SCRIPT), folder, image]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
        return {f"npm {path.stem}": path.read_bytes() for path in sorted(Path(folder).iterdir())}
