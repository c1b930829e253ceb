"""A real Chromium for the tests here (browser, journeys), and axe to look at what it shows."""

import os
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Literal
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from charterdesk.people.models import Login

ROOT = Path(__file__).resolve().parents[1]
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# Chromium as root has no sandbox of its own; and it must ask nobody outside this machine anything.
OPTIONS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
]


PATIENCE = 30_000  # milliseconds: a machine that does much besides is slow, not wrong


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark whatever needs a browser, so that bin/check can tell it from the rest."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's Chromium, headless; one for all tests of a run."""
    path = next((found for name in CHROMIUMS if (found := shutil.which(name))), None)
    if path is None:
        pytest.fail("there is no Chromium on this machine (bin/check calls that NOT CHECKED)")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop lives in the thread that also asks the database
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield browser
        browser.close()


FOR_EVER = ("Cache-Control", "max-age=31536000, immutable")


@cache
def axe() -> bytes:
    """The script that looks for what keeps people out."""
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_bytes()


@cache
def beside() -> dict[str, tuple[str, bytes, list[tuple[str, str]]]]:
    """What a browser asks for that is not of the desk's web: status, body and headers by path."""
    return {
        "/live": ("200 OK", b"retry: 600000\n\n", [("Content-Type", "text/event-stream")]),
        "/live/presence": ("204 No Content", b"", []),
        "/axe.js": ("200 OK", axe(), [("Content-Type", "text/javascript"), FOR_EVER]),
    }


def with_what_is_beside(web: WSGIApplication) -> WSGIApplication:
    """The desk's web and what else a browser asks for: a live stream on which nothing happens, and axe.

    Were the browser's requests caught instead (`route`), it would keep no file, and ask for all of them on each page.
    """

    def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] not in beside():
            return web(environ, start)
        status, body, headers = beside()[environ["PATH_INFO"]]
        start(status, [*headers, ("Content-Length", str(len(body)))])
        return [body]

    return answer


@pytest.fixture(scope="session")
def live_server() -> Iterator[LiveServer]:
    """The desk's web, which hands out its files itself, as it does when it is at work: browsers keep them for ever."""
    server = LiveServer("localhost", start=False)
    server.thread.static_handler = with_what_is_beside  # type: ignore[assignment]  # it only has to be called
    server.start()
    former, settings.LIVE_URL = settings.LIVE_URL, server.url
    yield server
    settings.LIVE_URL = former
    server.stop()


@pytest.fixture
def open_browser(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Call it for a browser of one person: cookies of their own; options as Playwright's `new_context`.

    At the end of the test an error that a page's script raised, or that it wrote to the console, fails the test; that
    a form was not taken (422) is none.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def note(said: ConsoleMessage) -> None:
        if said.type == "error" and "status of 422" not in said.text:
            faults.append(said.text)

    def open_one(**options: Any) -> BrowserContext:
        context = chromium.new_context(**options)
        context.set_default_timeout(PATIENCE)
        context.on("weberror", lambda error: faults.append(f"{error.page and error.page.url}: {error.error}"))
        context.on("console", note)
        contexts.append(context)
        return context

    yield open_one
    for context in contexts:
        context.close()
    wait_for_the_server()
    assert faults == []


def sign_in(page: Page, base: str, email: str, lands: str = "") -> None:
    """Have the browser of `page` be signed in, by cookie: seconds less than by form, which has tests of its own.

    Goes on to the path `lands`, where one is given.
    """
    client = Client()
    client.force_login(Login.objects.get(email=email))
    page.context.add_cookies([{"name": one.key, "value": one.value, "url": base} for one in client.cookies.values()])
    if lands:
        page.goto(f"{base}{lands}")


def write_topic(page: Page, title: str, text: str) -> None:
    """On the form of a new topic: type, wait until the editor has it, and send."""
    page.fill("#id_title", title)
    page.locator(".composer-rich").click()
    page.keyboard.type(text)
    expect(page.locator("input.composer-html")).not_to_have_value("")
    page.locator("form button.primary").click()
    expect(page.locator("h1")).to_have_text(title)


AT_REST = """async (quiet) => {
  const gone = () => performance.getEntriesByType("resource").length;
  const isAwake = () => !document.querySelector(".rail:not([data-awake])") && !document.querySelector(".htmx-request");
  const islands = [...document.querySelectorAll("[data-island]")].map((each) => each.dataset.island);
  await Promise.all([document.fonts.ready, ...islands.map((address) => import(address))]);
  for (let before = -1, tries = 0; tries < 100 && (before !== gone() || !isAwake()); tries += 1) {
    before = gone();
    await new Promise((again) => setTimeout(again, quiet));
  }
}"""


def at_rest(page: Page, quiet: int = 80) -> None:
    """Wait until the page has its fonts and islands, and asked for nothing in the last `quiet` milliseconds.

    Playwright's own "networkidle" waits half a second more on each page, which is most of a walk through all of them.
    """
    page.evaluate(AT_REST, quiet)


WIDE, NARROW = ViewportSize(width=1440, height=844), ViewportSize(width=390, height=844)
LOOKS: list[tuple[ViewportSize, Literal["light", "dark"]]] = [
    (WIDE, "light"), (WIDE, "dark"), (NARROW, "dark"), (NARROW, "light"),
]  # fmt: skip


def in_looks(page: Page, step: int = 1) -> Iterator[int]:
    """Show the page wide and narrow, light and dark, one after another (with `step` 2: two of the four); the widths.

    To load it anew for each costs more than to look at it. The context should ask for reduced motion: a colour that
    fades over is neither the one nor the other.
    """
    for size, scheme in LOOKS[::step]:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        at_rest(page)
        yield size["width"]


def wait_for_the_server() -> None:
    """Wait until the live server has ended what it was answering.

    A request that a closing page gave up goes on in its thread; emptying the tables beneath it is a deadlock.
    """
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=30)
            assert not thread.is_alive(), f"the live server still answers in {thread.name}"


@pytest.fixture
def page(open_browser: Callable[..., BrowserContext]) -> Page:
    """A page in a browser of one person, 1440 by 900, light."""
    return open_browser(viewport={"width": 1440, "height": 900}).new_page()


@pytest.fixture(scope="session")
def axe_violations(live_server: LiveServer) -> Callable[[Page], list[str]]:
    """Call it with a page for what axe-core finds wrong on it: the rule, what it says, and where; [] is well."""

    def look(page: Page) -> list[str]:
        is_ours = page.url.startswith(f"{live_server.url}/")
        page.evaluate("import('/axe.js')" if is_ours else axe().decode())
        found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
        return [f"{one['id']}: {one['help']}: {node['target']}" for one in found for node in one["nodes"]]

    return look


@pytest.fixture
def shop() -> Iterator[tuple[str, dict[str, str]]]:
    """A site of somebody else's: its address, and its pages by path, to be filled in."""
    pages: dict[str, str] = {}

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path in pages else 204)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(pages.get(self.path, "").encode())

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", pages
    server.shutdown()
    server.server_close()
