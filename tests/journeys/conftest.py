"""A whole running Grappe with its demonstration, and a real browser."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, sync_playwright

from embedded import instance
from embedded.paths import Layout
from embedded.tools import chromium
from tender.demo.cluster import PASSWORD, TOTP_SECRET, address_of

FLAGS = (
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
Visit = Callable[..., Page]
KNOWN: dict[str | None, StorageState] = {}


@dataclass(frozen=True)
class Grappe:
    """A whole Grappe of its own, started as `make run` starts it."""

    address: str
    layout: Layout

    @property
    def note(self) -> dict[str, str]:
        """What the running instance says of itself: addresses and settings."""
        return instance.read_note(self.layout)


@pytest.fixture(scope="session")
def grappe(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grappe]:
    """Everything under its supervisor, with the demonstration, until the session's end."""
    layout = Layout(tmp_path_factory.mktemp("grappe")).make()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    outside = {k: v for k, v in os.environ.items() if not k.startswith(("TENDER_", "DATABASE_URL"))}
    settings = {
        "TENDER_DATA_DIR": str(layout.data), "PORT": str(port), "TENDER_PASSWORD_COST": "low",
        "TENDER_LEASE_SECONDS": "4", "TENDER_RENDERER": "rdocx",
    }  # fmt: skip
    outside.pop("BROKER_URL", None)
    command = [sys.executable, "-m", "embedded", "run"]
    with subprocess.Popen(
        command, env=outside | settings, stdout=subprocess.PIPE, text=True
    ) as supervisor:
        said = list(_until_ready(supervisor))
        assert any("READY" in line for line in said), said
        yield Grappe(f"http://127.0.0.1:{port}", layout)
        supervisor.send_signal(signal.SIGINT)
        supervisor.communicate()


def _until_ready(supervisor: subprocess.Popen[str]) -> Iterator[str]:
    for line in supervisor.stdout or ():
        yield line
        if "READY" in line:
            return


@pytest.fixture(scope="session")
def site(grappe: Grappe) -> str:
    """The address of the running Grappe."""
    return grappe.address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, as the system has it."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=chromium(), chromium_sandbox=False, args=list(FLAGS)
        )
        yield found
        found.close()


@pytest.fixture
def contexts(browser: Browser) -> Iterator[list[BrowserContext]]:
    """The browser's separate visitors, closed at the end."""
    opened: list[BrowserContext] = []
    yield opened
    for context in opened:
        context.close()


@pytest.fixture
def visit(site: str, browser: Browser, contexts: list[BrowserContext]) -> Visit:
    """Open the site as somebody, signed in, on a screen of a size and in a theme."""

    def signed_in(
        name: str | None = None, *, size: str = "desktop", theme: str = "light", script: bool = True
    ) -> Page:
        width, height = SIZES[size]
        context = browser.new_context(
            base_url=site, viewport={"width": width, "height": height}, color_scheme=theme,
            locale="fr-FR", java_script_enabled=script, storage_state=KNOWN.get(name),
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        if name is not None and name not in KNOWN:
            sign_in(page, name)
            KNOWN[name] = context.storage_state()  # a one-time code serves once
        return page

    return signed_in


def sign_in(page: Page, name: str) -> None:
    """Pass the door with password and, where asked, the one-time code."""
    page.goto("/connexion")
    page.get_by_label("Adresse électronique").fill(address_of(name))
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    if page.url.endswith("/connexion/code"):
        page.get_by_label("Code à six chiffres").fill(pyotp.TOTP(TOTP_SECRET).now())
        page.get_by_role("button", name="Vérifier le code").click()


def saved(page: Page, tmp_path: Path, name: str) -> bytes:
    """Click a link that downloads and give the bytes."""
    with page.expect_download() as waited:
        page.get_by_role("link", name=name).first.click()
    target = tmp_path / "download"
    waited.value.save_as(target)
    return target.read_bytes()
