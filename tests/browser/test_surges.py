"""A journey: many write that they have no water, a lead makes one problem of it and answers all of them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent, make_team
from charterdesk.surges.actions import send_piece
from charterdesk.surges.models import Circular
from charterdesk.surges.testing import make_surge
from charterdesk.tickets.links import status_token
from charterdesk.tickets.models import Message
from tests.conftest import sign_in, without_live

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_lead_makes_one_problem_of_many_requests_and_answers_all(
    live_server, open_browser: Callable[..., BrowserContext], axe_violations: Callable[[Page], list[str]]
) -> None:
    team = make_team("Leaks")
    lead = make_agent("Noor", teams=(team,), role=Agent.LEAD)
    surge = make_surge(team)
    context = open_browser(viewport={"width": 1440, "height": 900})
    without_live(context)
    page = context.new_page()
    sign_in(page, live_server.url, lead.login.email)

    page.goto(f"{live_server.url}/desk/today/")
    page.locator(".surges-now a").click()
    expect(page.locator("h1")).to_contain_text("Mill Lane")
    assert axe_violations(page) == []
    page.locator("main input[name=ticket]").last.uncheck()
    page.fill("#subject", "Main broken in Mill Lane")
    page.fill("#told", "A main broke; we expect water by 18:00.")
    page.get_by_role("button", name="Make it one problem").click()
    expect(page.locator("#parts")).to_contain_text("7")
    page.fill("#text-en", "Water is back.")
    page.get_by_role("button", name="Send to 7 customers").click()
    expect(page.locator(".circular")).to_contain_text("0 / 7")
    while send_piece(Circular.objects.get().pk):
        pass
    expect(page.locator(".circular")).to_contain_text("7 / 7")
    assert axe_violations(page) == []
    assert Message.objects.filter(direction=Message.OUT, body_text__contains="Water is back.").count() == 7

    theirs = surge.tickets.select_related("ticket").latest("ticket").ticket
    phone = open_browser(viewport={"width": 390, "height": 844}, color_scheme="dark", locale="ar").new_page()
    phone.goto(f"{live_server.url}/status/{theirs.number}/{status_token(theirs)}")
    expect(phone.locator(".notice")).to_contain_text("18:00")
    assert phone.locator("html").get_attribute("dir") == "rtl"
    assert axe_violations(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
