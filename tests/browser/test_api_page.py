"""The interactive page of the API: found, opened and tried with nothing filled in, as by somebody new to it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.tickets.testing import make_ticket
from tests.conftest import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(transactional_db: None, live_server, open_browser: Callable[..., BrowserContext]) -> Page:
    """The page, before an administrator of a desk with a ticket."""
    team = make_team("Leaks")
    make_agent("Ada", role=Agent.ADMINISTRATOR, teams=(team,), email="ada@desk.example")
    make_ticket(team=team, contact=make_contact("Mia"), subject="No water")
    page = open_browser(viewport={"width": 1440, "height": 900}).new_page()
    sign_in(page, live_server.url, "ada@desk.example")
    page.goto(f"{live_server.url}/api/v1/reference")
    return page


def test_a_list_is_tried_with_nothing_filled_in(page: Page) -> None:
    sections = page.locator(".opblock-tag")
    expect(sections.first).to_have_text("Tickets")
    sections.first.click()
    tickets = page.locator("#operations-Tickets-list_tickets")
    tickets.locator(".opblock-summary").click()

    expect(tickets.get_by_text("Such as new,open.")).to_be_visible()
    filled = tickets.locator("tr[data-param-in=query] input").evaluate_all("all => all.map((each) => each.value)")
    assert sorted({value for value in filled if value}) == ["-opened", "50"]
    tickets.get_by_role("button", name="Execute").click()
    expect(tickets.locator(".live-responses-table .response-col_status").last).to_have_text("200")
    expect(tickets.locator(".live-responses-table")).to_contain_text("No water")
    expect(tickets.locator(".live-responses-table")).to_contain_text('"next": null')


def test_an_operation_is_found_by_its_path_and_shows_what_it_takes(page: Page) -> None:
    page.get_by_placeholder("Filter by tag or path").fill("merge")
    expect(page.locator(".opblock")).not_to_have_count(0)
    expect(page.locator("#operations-Tickets-merge .opblock-summary")).to_be_visible()
    assert {"merge" in path for path in page.locator(".opblock-summary-path").all_inner_texts()} == {True}


def test_what_holds_itself_is_shown_with_an_example_to_begin_with(page: Page) -> None:
    page.get_by_placeholder("Filter by tag or path").fill("/rules")
    made = page.locator("#operations-Rules-make_rule")
    made.locator(".opblock-summary").click()
    expect(made.locator("textarea")).to_have_value(re.compile('"ticket.opened"'))
