"""Makes the hand-picked pictures in `docs/images/`: `python -m tests.browser.screenshots [address]` on a running demo.

Start `charterdesk demo` first; the address is its own, by default http://127.0.0.1:8000.
"""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, StorageState, sync_playwright

from charterdesk.people.cast import DEMO_PASSWORD
from tests.conftest import CHROMIUMS, OPTIONS

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
WHO = "soraya@water.example.org"
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}

Steps = Callable[[Page], None]


def open_first(page: Page) -> None:
    """Open the first ticket of the list, as J does."""
    page.keyboard.press("j")
    page.locator("#ticket .composer-rich").wait_for()


def open_second(page: Page) -> None:
    """Open the second ticket of the list."""
    open_first(page)
    page.keyboard.press("j")
    page.wait_for_timeout(800)


def tap_second(page: Page) -> None:
    """Open the second ticket as a thumb does."""
    page.locator(".ticket-row a").nth(1).click()
    page.locator("#ticket .composer-rich").wait_for()


def stay(page: Page) -> None:
    """Nothing: the page as it comes."""


def begin_note(page: Page) -> None:
    """Begin a note on the first ticket, and throw it away when the picture is taken elsewhere."""
    open_first(page)
    page.keyboard.press("m")


def open_palette(page: Page) -> None:
    """Ask the palette for queues."""
    page.keyboard.press("Control+k")
    page.locator("#palette-results .menu-item").first.wait_for()


PICTURES: dict[str, tuple[str, Steps, dict[str, Any]]] = {
    "workspace": ("inbox/open/", open_first, {"viewport": DESK}),
    "workspace-dark": ("inbox/open/", open_second, {"viewport": DESK, "color_scheme": "dark"}),
    "workspace-arabic": ("inbox/open/", open_first, {"viewport": DESK, "locale": "ar"}),
    "workspace-note": ("inbox/open/", begin_note, {"viewport": {"width": 1024, "height": 768}}),
    "workspace-palette": ("inbox/open/", open_palette, {"viewport": DESK}),
    "today": ("today/", stay, {"viewport": DESK}),
    "reports": ("reports/?measure=reply&by=agent&step=week", stay, {"viewport": DESK}),
    "reports-dark-phone": ("reports/?by=team", stay, {"viewport": PHONE, "color_scheme": "dark"}),
    "customers": ("contacts/", stay, {"viewport": DESK}),
    "workspace-phone": ("inbox/open/", tap_second, {"viewport": PHONE, "locale": "de"}),
}

CUSTOMER = "petra@harbour-lettings.example.com"
PORTAL: dict[str, tuple[str, dict[str, Any]]] = {
    "portal": ("", {"viewport": DESK}),
    "portal-form-phone": ("requests/new?other=1", {"viewport": PHONE}),
    "portal-organisation": ("organisation/requests/", {"viewport": DESK}),
    "portal-profile-dark": ("profile", {"viewport": DESK, "color_scheme": "dark"}),
    "portal-arabic-phone": ("requests/", {"viewport": PHONE, "locale": "ar"}),
}


def sign_in(browser: Browser, address: str, who: str = WHO, lands: str = "**/desk/**") -> StorageState:
    """The cookies of `who`; by default a manager, who sees every team."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/account/login/")
    page.fill("[name=login]", who)
    page.fill("[name=password]", DEMO_PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url(lands)
    return context.storage_state()


def take(browser: Browser, address: str, name: str, state: StorageState) -> None:
    """Take one picture of the workspace."""
    path, steps, options = PICTURES[name]
    page = open_page(browser, f"{address}/desk/{path}", state, options)
    page.locator(".rail[data-awake]").wait_for()
    steps(page)
    keep(page, name)


def take_portal(browser: Browser, address: str, name: str, state: StorageState) -> None:
    """Take one picture of what a customer sees."""
    path, options = PORTAL[name]
    keep(open_page(browser, f"{address}/{path}", state, options), name)


def open_page(browser: Browser, url: str, state: StorageState, options: dict[str, Any]) -> Page:
    """A page at `url` as whoever `state` is of sees it."""
    context = browser.new_context(**options, storage_state=state, timezone_id="Europe/Dublin")
    if "locale" in options:
        context.add_cookies([{"name": "django_language", "value": options["locale"], "url": url}])
    page = context.new_page()
    page.goto(url)
    return page


def keep(page: Page, name: str) -> None:
    """Write the picture, and close the browser it was taken in."""
    page.wait_for_timeout(700)
    page.screenshot(path=IMAGES / f"{name}.png")
    page.context.close()
    print(f"docs/images/{name}.png")


def main(address: str) -> None:
    """Take all pictures of the desk at `address`."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    path = next(found for name in CHROMIUMS if (found := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        state = sign_in(browser, address)
        for name in PICTURES:
            take(browser, address, name, state)
        customer = sign_in(browser, address, CUSTOMER, "**/requests/**")
        for name in PORTAL:
            take_portal(browser, address, name, customer)
        browser.close()


if __name__ == "__main__":
    main((sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000").rstrip("/"))
