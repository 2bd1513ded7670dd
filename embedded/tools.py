"""Programs of the system that some tests need: where they are, and how to get them."""

import os
import shutil
from pathlib import Path

from embedded.process import call

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
OFFICE = ("soffice", "libreoffice")
OFFICE_MAC = "/Applications/LibreOffice.app/Contents/MacOS/soffice"
PACKAGES = {
    "browser": ["chromium", "fonts-liberation"],
    "office": ["libreoffice-writer-nogui", "bubblewrap", "poppler-utils", "fonts-liberation"],
}


def first(names: tuple[str, ...], fixed: str) -> str | None:
    """The first of these programs on the PATH, or the one in a fixed place."""
    return next(filter(None, map(shutil.which, names)), None) or (
        fixed if Path(fixed).exists() else None
    )


def chromium() -> str | None:
    """The browser."""
    return first(CHROMIUM, CHROMIUM_MAC)


def soffice() -> str | None:
    """LibreOffice."""
    return first(OFFICE, OFFICE_MAC)


def has(marker: str) -> bool:
    """True if the tests with this marker can run here."""
    if marker == "browser":
        return chromium() is not None
    return soffice() is not None and shutil.which("pdftoppm") is not None


def may_install() -> bool:
    """True as root on Debian or Ubuntu."""
    debian = Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None
    return debian and os.getuid() == 0


def command_for(markers: list[str]) -> str:
    """What a person types to get what these markers need; empty for none."""
    if not markers:
        return ""
    if Path("/etc/debian_version").exists():
        return f"sudo apt-get install {' '.join(packages_for(markers))}"
    brew = {"browser": "--cask google-chrome", "office": "--cask libreoffice poppler"}
    return f"brew install {' '.join(brew[marker] for marker in markers)}"


def packages_for(markers: list[str]) -> list[str]:
    """The Debian packages of these markers, each once."""
    return sorted({name for marker in markers for name in PACKAGES[marker]})


def apt_install(packages: list[str], log: Path) -> bool:
    """Install Debian packages; False if that failed."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if call(install, log=log, env=environment).returncode == 0:
        return True
    return all(
        call(command, log=log, env=environment).returncode == 0
        for command in (["apt-get", "update"], install)
    )
