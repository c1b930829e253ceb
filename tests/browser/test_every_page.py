"""Every page there is, as somebody who may see it does: a new page can't be forgotten here.

The addresses and their world are those of `tests/test_access.py`.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import APIResponse, BrowserContext, Page

from tests.conftest import at_rest
from tests.test_access import GET, WHO, World, addresses

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]

BY_WHOM = ("administrator", "agent", "customer", "anonymous")
LOOKS = [("en", "light", 1440), ("ar", "dark", 390)]
ARE_PAGES: dict[str, bool] = {}  # whether an address gives a whole page: asked for once, and not for each look


@pytest.mark.parametrize(("language", "scheme", "width"), LOOKS)
def test_no_page_has_a_fault_that_axe_finds_nor_is_wider_than_the_screen(
    live_server, open_browser, axe_violations, language, scheme, width
):
    world = World()
    options = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}
    pages = {who: signed_in(world, who, open_browser(**options), live_server.url, language) for who in BY_WHOM}
    faults: dict[str, list[str]] = {}
    looked_at = 0
    for name, pattern in addresses():
        method, allowed = WHO.get(name, (None, set[str]()))
        who = next((each for each in BY_WHOM if each in allowed), None)
        if method != GET or who is None:
            continue
        url = f"{live_server.url}{world.path(name, pattern)}"
        if name not in ARE_PAGES:
            ARE_PAGES[name] = is_page(pages[who].request.get(url, max_redirects=0))
        if ARE_PAGES[name]:
            looked_at += 1
            if found := look(pages[who], url, width, axe_violations):
                faults[f"{who} {name}"] = found

    assert not faults, "\n".join(f"{name}: {each}" for name, some in faults.items() for each in some)
    assert looked_at > 80


def signed_in(world: World, who: str, context: BrowserContext, address: str, language: str) -> Page:
    """A page of a browser in which `who` is signed in."""
    cookies = world.client(who).cookies
    held = [{"name": each.key, "value": each.value, "url": address} for each in cookies.values()]
    context.add_cookies([*held, {"name": "django_language", "value": language, "url": address}])  # type: ignore[list-item]
    return context.new_page()


def is_page(answer: APIResponse) -> bool:
    """Whether it is a whole page: no redirect, no file, no part of a page, no refusal."""
    is_html = answer.headers.get("content-type", "").startswith("text/html")
    return answer.status == 200 and is_html and "<html" in answer.text()


def look(page: Page, url: str, width: int, axe_violations: Callable[[Page], list[str]]) -> list[str]:
    """What is wrong with the page at `url`."""
    page.goto(url)
    at_rest(page)
    found = axe_violations(page)
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
        found.append(f"{wide} px, wider than the screen")
    return found
