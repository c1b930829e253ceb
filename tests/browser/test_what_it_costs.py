"""Free or charged, as the customer and the desk see it: an order and its window, a contract that runs out."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from charterdesk.base.clock import now
from charterdesk.billing.models import Order, Verdict
from charterdesk.billing.testing_bought import make_contract, make_order, make_usual_reasons
from charterdesk.people.models import Agent, Contact, Team
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.testing import make_ticket
from tests.conftest import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Run = Callable[[], int]


@pytest.fixture
def team(transactional_db: None) -> Team:
    make_usual_reasons()
    return make_team("Leaks", address="leaks@desk.example")


@pytest.fixture
def mia(team: Team) -> Contact:
    return make_contact("Mia Miller", email="mia@home.example", login=True)


def said(text: str) -> re.Pattern[str]:
    """`text`, whichever space stands between amount and currency."""
    return re.compile(re.escape(text).replace(r"\ ", r"\s"))


def test_an_order_is_free_inside_its_window_and_has_a_price_outside_which_is_accepted(
    live_server, open_browser: Callable[..., BrowserContext], team: Team, mia: Contact, run_reactions: Run
) -> None:
    order = make_order(mia, ordered_at=now() - timedelta(days=3), number="1042")
    inside = make_ticket(team=team, contact=mia)
    run_reactions()
    page = open_browser(viewport={"width": 390, "height": 844}).new_page()
    sign_in(page, live_server.url, "mia@home.example")
    page.goto(f"{live_server.url}/requests/{inside.number}")
    expect(page.locator("#costs")).to_contain_text("Free: inside your 30 days after order 1042")

    Order.objects.filter(pk=order.pk).update(
        ordered_at=now() - timedelta(days=40), supported_until=now() - timedelta(days=10)
    )
    page.goto(f"{live_server.url}/requests/new?other=1")
    expect(page.locator("main")).to_contain_text(said("Charged at 60.00 EUR per hour"))
    outside = make_ticket(team=team, contact=mia)
    run_reactions()
    page.goto(f"{live_server.url}/requests/{outside.number}")
    page.get_by_role("button", name="I accept this price").click()
    expect(page.locator("#costs")).to_contain_text("You accepted this")
    verdict = Verdict.objects.get(about=outside.key, replaced_at=None)
    assert verdict.accepted_by == mia.key
    assert said("Charged at 60.00 EUR per hour").fullmatch(verdict.accepted_words)


def test_a_contract_runs_out_and_who_contests_the_price_is_answered_with_reasons(
    live_server, open_browser: Callable[..., BrowserContext], team: Team, mia: Contact, run_reactions: Run
) -> None:
    lead = make_agent("Nora Lead", teams=(team,), role=Agent.LEAD, email="nora@desk.example")
    make_contract(mia, incidents=1, name="Care 1")
    make_ticket(team=team, contact=mia, subject="First")
    second = make_ticket(team=team, contact=mia, subject="Second")
    run_reactions()
    customer = open_browser().new_page()
    sign_in(customer, live_server.url, "mia@home.example")
    customer.goto(f"{live_server.url}/account/bought")
    expect(customer.locator("main")).to_contain_text("0 of 1 requests left")
    customer.goto(f"{live_server.url}/requests/{second.number}")
    expect(customer.locator("#costs")).to_contain_text(said("Charged at 60.00 EUR per hour"))
    customer.get_by_text("This is wrong").click()
    customer.get_by_label("What is wrong with it?").fill("Your van broke the gate.")
    customer.locator("#costs").get_by_role("button", name="Send").click()
    expect(customer.locator("#costs")).to_contain_text("You told us that this is wrong.")

    desk = open_browser()
    decide(desk.new_page(), live_server.url, lead, second)
    customer.reload()
    expect(customer.locator("#costs")).to_contain_text("You were right.")
    expect(customer.locator("#costs")).to_contain_text("Free: it was our van")


def test_the_last_included_request_says_so_and_who_declines_a_price_is_charged_nothing(
    live_server, open_browser: Callable[..., BrowserContext], team: Team, mia: Contact, run_reactions: Run
) -> None:
    make_agent("Nora Lead", teams=(team,), role=Agent.LEAD, email="nora@desk.example")
    make_contract(mia, incidents=1, name="Care 1")
    customer = open_browser(viewport={"width": 390, "height": 844}).new_page()
    sign_in(customer, live_server.url, "mia@home.example")
    customer.goto(f"{live_server.url}/requests/new?other=1")
    expect(customer.locator("main")).to_contain_text("Free: the one request your contract includes")
    make_ticket(team=team, contact=mia, subject="First")
    second = make_ticket(team=team, contact=mia, subject="Second")
    run_reactions()
    customer.reload()
    expect(customer.locator("main")).to_contain_text(said("Charged at 60.00 EUR per hour"))
    expect(customer.locator("main")).to_contain_text("Nothing that costs you money is begun before you accept it.")

    customer.goto(f"{live_server.url}/requests/{second.number}")
    customer.get_by_role("button", name="No: close my request").click()
    expect(customer.locator("#costs")).to_contain_text("You did not accept this price, so nothing is charged.")
    expect(customer.get_by_role("button", name="I accept this price")).to_have_count(0)
    second.refresh_from_db()
    assert (second.status, second.status_reason) == (Ticket.CLOSED, "customer")

    desk = open_browser().new_page()
    sign_in(desk, live_server.url, "nora@desk.example")
    desk.goto(f"{live_server.url}/desk/tickets/{second.number}/costs")
    expect(desk.locator("#costs")).to_contain_text("Never accepted, so nothing is charged.")
    expect(desk.get_by_role("button", name="The customer said yes")).to_have_count(0)


def decide(page: Page, base: str, lead: Agent, ticket: Ticket) -> None:
    """The lead reads beside the ticket what is contested, notes time, and decides."""
    sign_in(page, base, "nora@desk.example")
    page.goto(f"{base}/desk/tickets/{ticket.number}/costs")
    costs = page.locator("#costs")
    expect(costs).to_contain_text("Your van broke the gate.")
    costs.get_by_label("Minutes").fill("15")
    costs.get_by_label("Kind").select_option("courtesy")
    costs.get_by_role("button", name="Note", exact=True).click()
    expect(costs).to_contain_text("15 min")
    costs.get_by_label("Why, as the customer reads it").fill("it was our van")
    costs.get_by_role("button", name="They are right: free").click()
    expect(costs).to_contain_text("Free: it was our van")
