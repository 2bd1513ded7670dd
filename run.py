"""Entry of the make commands; needs nothing but a Python, and says so if it is too old."""

import os
import shutil
import subprocess
import sys

NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")


def find_newer():
    """A Python that is new enough and works, or None; an old one must be able to read this file."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    for path in filter(None, map(shutil.which, NEWER)):
        if subprocess.call([path, "-c", ""], **quiet) == 0:  # noqa: S603 - a Python on the PATH
            return path
    return None


if sys.version_info < (3, 11):  # noqa: UP036 - this very check is for the older ones
    newer = find_newer()
    if newer:
        os.execv(newer, [newer, *sys.argv])  # noqa: S606 - a Python on the PATH
    sys.exit(
        f"Grappe needs Python 3.11 or newer; this is {sys.version.split()[0]}. Type: "
        "sudo apt-get install python3.11-venv (macOS: brew install python@3.12), then make again"
    )

from embedded.bootstrap import main  # noqa: E402 - only read by a Python that can

if __name__ == "__main__":
    main(sys.argv[1:])
