"""From an empty desk to the first own mail answered, in a browser, on a desk that runs as it is started."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from charterdesk.channels.testing import Outside, make_mail
from tests.journeys.desk import running_desk, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]

TEN_MINUTES = 600


def test_an_empty_desk_answers_its_first_mail_within_ten_minutes(
    transactional_db: None, outside: Outside, tmp_path: Path, open_browser: Callable[..., BrowserContext]
) -> None:
    began = time.monotonic()
    with running_desk(tmp_path, relay=f"smtp://127.0.0.1:{outside.port}") as desk:
        wait_for(lambda: "begin here" in desk.log.read_text(), "the link in the terminal", log=desk.log)
        link = re.search(r"http\S+/desk/first/(\w+)", desk.log.read_text())
        assert link
        page = open_browser().new_page()
        page.set_default_timeout(60_000)  # a desk that has just begun, on a machine that does much else
        page.goto(f"{desk.web}/desk/first/{link[1]}")
        for name, value in {
            "company": "Mill Water", "time_zone": "Europe/Dublin", "address": "help@mill.example", "name": "Ann Mill",
            "email": "ann@mill.example", "password": "tall-reeds-by-the-weir",
        }.items():  # fmt: skip
            page.fill(f"[name={name}]", value)
        page.click("button.primary")
        page.wait_for_url("**/desk/admin/start")
        page.get_by_role("button", name="Send a mail to me").click()
        wait_for(lambda: outside.to("ann@mill.example"), "the mail to oneself", log=desk.log)
        expect(page.locator(".start-step[data-done=yes]", has_text="Mail goes out")).to_be_visible(timeout=30_000)

        mail = make_mail("No water.", sender="Mia <mia@home.example>", to="help@mill.example", subject="Dry taps")
        desk.receive(mail, sender="mia@home.example", to="help@mill.example")
        page.get_by_role("link", name="#").first.click(timeout=60_000)
        expect(page.locator(".composer-rich")).to_be_visible()
        page.click(".composer-rich")
        page.keyboard.type("The pipe is mended.")
        page.locator(".composer .send").click()
        wait_for(
            lambda: any("The pipe is mended" in m.as_string() for m in outside.to("mia@home.example")),
            "the answer at the customer's",
            log=desk.log,
        )
        page.goto(f"{desk.web}/desk/admin/start")
        expect(page.locator(".start-step[data-done=yes]", has_text="Answer the first request")).to_be_visible()
        assert page.request.get(f"{desk.web}/desk/first/{link[1]}").status == 404
        page.close()  # before the desk ends, and its stream with it
    assert time.monotonic() - began < TEN_MINUTES
