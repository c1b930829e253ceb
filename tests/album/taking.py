"""Takes pictures of pages in a real Chromium: each in every language, width and scheme, as small files."""

import base64
import shutil
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from tests.album.binding import HEIGHTS, IMAGES, LANGUAGES, SCALES, SCHEMES, WIDTHS, add_titles, file_of
from tests.album.finding import Found
from tests.conftest import CHROMIUMS, OPTIONS, at_rest

QUALITY = 34  # of WebP: smooth ground costs nothing, letters stay readable
STILL = """() => { const still = new CSSStyleSheet();
  still.replaceSync("*, *::before, *::after { transition: none !important; animation: none !important; }");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, still]; }"""
STYLED = "() => [...document.querySelectorAll('link[rel=stylesheet]')].every((each) => each.sheet)"
PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
TALLEST = """() => {
  const main = document.querySelector("main");
  const inside = main ? main.scrollHeight - main.clientHeight : 0;
  return Math.max(document.documentElement.scrollHeight, window.innerHeight + Math.max(inside, 0));
}"""


def take(pages: list[Found], address: str) -> None:
    """Take `pages` of the desk at `address`, a language beside another."""
    if not pages:
        return
    IMAGES.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(len(LANGUAGES)) as pool:
        list(pool.map(lambda language: take_in(language, pages, address), LANGUAGES))


def take_in(language: str, pages: Iterable[Found], address: str) -> None:
    """Take `pages` in one language; what can't be taken is told, and the others are."""
    path = next(program for name in CHROMIUMS if (program := shutil.which(name)))
    open_pages: dict[str, Page] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        for found in pages:
            if found.who not in open_pages:
                open_pages[found.who] = open_browser(browser, found, language, address).new_page()
            page = open_pages[found.who]
            try:
                take_page(page, found, language, address)
            except (Error, AssertionError) as error:
                print(f"{found.name} ({language}): {error}", file=sys.stderr)
                continue
            if language == "en":
                add_titles({found.name: {"title": page.title(), "path": found.path, "who": found.who}})
        browser.close()


def take_page(page: Page, found: Found, language: str, address: str) -> None:
    """Take one page in one language, at each width in each scheme."""
    visit(page, f"{address}{found.path}")
    for width, name in WIDTHS.items():
        take_width(page, width, [file_of(found.name, language, name, scheme) for scheme in SCHEMES])


def open_browser(browser: Browser, found: Found, language: str, address: str) -> BrowserContext:
    """A browser of who sees `found`. The live stream is told to wait: a page that listens never comes to rest."""
    context = browser.new_context(locale=language, timezone_id="Europe/Dublin")
    context.route(
        "**/live?token*", lambda route: route.fulfill(body="retry: 600000\n\n", content_type="text/event-stream")
    )
    context.route("**/live/presence", lambda route: route.fulfill(status=204))
    cookies = [*found.cookies, ["django_language", language]]
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies])
    return context


def visit(page: Page, url: str) -> None:
    """Open `url` and wait until it has come to rest."""
    page.set_viewport_size({"width": max(WIDTHS), "height": HEIGHTS["wide"][0]})
    page.goto(url)
    at_rest(page)
    assert page.evaluate(STYLED), f"{url} lost its style: was the front end built meanwhile?"
    page.evaluate(STILL)


def take_width(page: Page, width: int, files: list[Path]) -> None:
    """Take what the page shows at `width`, in each scheme; a page longer than the screen down to a limit."""
    name = WIDTHS[width]
    least, most = HEIGHTS[name]
    page.set_viewport_size({"width": width, "height": least})
    height = min(int(page.evaluate(TALLEST)), most)
    page.set_viewport_size({"width": width, "height": height})
    session = page.context.new_cdp_session(page)
    clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": SCALES[name]}
    for scheme, file in zip(SCHEMES, files, strict=True):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.evaluate(PAINTED)
        taken = session.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY, "clip": clip})
        file.write_bytes(base64.b64decode(taken["data"]))
    session.detach()
