"""A whole running Grappe with its demonstration, and a real browser."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, sync_playwright

from embedded.paths import Layout
from embedded.process import family
from embedded.stack import Stack
from embedded.supervisor import bring_up
from embedded.tools import chromium
from tender.demo.cluster import PASSWORD, TOTP_SECRET, address_of

FLAGS = (
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
Visit = Callable[..., Page]
KNOWN: dict[str | None, StorageState] = {}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Grappe of its own, up as `make run` brings it up."""
    layout = Layout(tmp_path_factory.mktemp("site")).make()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (
        pytest.MonkeyPatch.context() as environment,
        family(layout.run) as children,
    ):
        for name in ("DATABASE_URL", "BROKER_URL", "TENDER_OWNER_DATABASE_URL", "TENDER_DATA_DIR"):
            environment.delenv(name, raising=False)
        environment.setenv("TENDER_PASSWORD_COST", "low")
        environment.setenv("TENDER_LEASE_SECONDS", "4")
        address = f"http://127.0.0.1:{port}"
        bring_up(Stack(layout, children, address), "127.0.0.1", port)
        yield address


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
