"""The README's pictures, taken from a running demonstration by its own accounts.

`make run` in one terminal, `.venv/bin/python -m tools.screenshots [ADDRESS]` in another.
"""

import subprocess
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright

from embedded.tools import chromium
from tender.demo.cluster import PASSWORD, address_of

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
TENDER = Path(sys.executable).with_name("tender")
WHO = address_of("Salomé Ridel")
BID = "Formation et communication pour la transition écologique du territoire"
TABS = {"lots": "lots", "assemblage": "assembly"}
SIZE = ViewportSize(width=1280, height=720)
COLOURS = 128  # flat pages lose nothing that an eye sees, and weigh a third


def main(address: str = "http://127.0.0.1:8000") -> int:
    """Take all pictures; 0 when they are written."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), chromium_sandbox=False)
        page = browser.new_context(base_url=address, viewport=SIZE, locale="fr-FR").new_page()
        sign_in(page)
        page.goto("/affaires")
        page.get_by_role("link", name=BID).first.click()
        page.wait_for_url("**/lots")
        bid = page.url.removesuffix("/lots")
        for tab, name in TABS.items():
            take(page, f"{bid}/{tab}", IMAGES / f"{name}.png")
        browser.close()
    return 0


def sign_in(page: Page) -> None:
    """Password, then a code; one used a moment ago is refused, and the next one is awaited."""
    page.goto("/connexion")
    page.fill("[name=email]", WHO)
    page.fill("[name=password]", PASSWORD)
    page.click("main button.btn-primary")
    while page.url.endswith("/code"):
        page.fill("[name=code]", code())
        page.click("main button.btn-primary")
        if page.url.endswith("/code"):
            page.wait_for_timeout(31_000)


def code() -> str:
    """The code that the account's telephone would show."""
    command = [str(TENDER), "user", "code", WHO]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def take(page: Page, address: str, file: Path) -> None:
    """One page as a small PNG."""
    answer = page.goto(address)
    if answer is None or not answer.ok:
        raise SystemExit(f"{address}: {answer.status if answer else 'no answer'}")
    page.wait_for_load_state("networkidle")
    file.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=file)
    Image.open(file).convert("RGB").quantize(COLOURS).save(file, optimize=True)
    sys.stdout.write(f"{file.relative_to(ROOT)}: {file.stat().st_size // 1000} kB\n")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
