"""Forms of the workspace: Enter does what a form is for and nothing else; what is refused leaves the ticket there."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent, make_team
from charterdesk.tickets.actions import add_item
from charterdesk.tickets.models import ChecklistItem, Message, SavedView, Ticket
from charterdesk.tickets.testing import make_ticket
from tests.conftest import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def agent(transactional_db: None) -> Agent:
    return make_agent("Ada Brook", teams=(make_team("Leaks"),), email="ada@desk.example")


@pytest.fixture
def ticket(agent: Agent) -> Ticket:
    return make_ticket(team=agent.teams.get(), subject="Brown water", tags=["meter", "storm"])


@pytest.fixture
def enter(live_server: Any, open_browser: Callable[..., BrowserContext], agent: Agent) -> Callable[[str], Page]:
    """Call it with a path for its page, the agent signed in and what makes it live there."""

    def entered(path: str) -> Page:
        page = open_browser(viewport={"width": 1440, "height": 900}).new_page()
        sign_in(page, live_server.url, agent.email, lands=path)
        page.locator(".rail[data-awake]").wait_for()
        return page

    return entered


def test_enter_saves_a_view_with_its_conditions(enter):
    page = enter("/desk/views/new")
    page.fill("[name=name]", "What is open")
    page.keyboard.press("Enter")
    expect(page.locator(".toast", has_text="Saved.")).to_be_visible()

    made = SavedView.objects.get()
    assert (made.name, [one["field"] for one in made.filter["all"]]) == ("What is open", ["status"])


def test_enter_changes_something_to_do_and_leaves_it_there(enter, ticket, agent):
    item = add_item(ticket, by=agent, text="Call Ronan")
    page = enter(f"/desk/checklist/{item.pk}")
    page.fill("[name=text]", "Call Ronan first")
    page.keyboard.press("Enter")
    expect(page.locator("#ticket-subject")).to_contain_text("Brown water")

    assert [one.text for one in ChecklistItem.objects.all()] == ["Call Ronan first"]


def test_enter_in_the_line_of_copies_sends_no_reply(enter, ticket):
    page = enter(f"/desk/tickets/{ticket.number}/")
    page.locator(".composer-rich").click()
    page.keyboard.type("Half a sentence")
    expect(page.locator(".composer-saved")).to_have_text("Draft kept")
    page.locator(".composer-copies summary").click()
    page.fill("[name=cc]", "neighbour@home.example")
    page.keyboard.press("Enter")
    page.fill("[name=cc]", "other@home.example")

    expect(page.locator(".composer-rich")).to_have_text("Half a sentence")
    assert not Message.objects.filter(direction=Message.OUT).exists()


def test_a_tag_is_taken_off_with_its_own_form(enter, ticket):
    page = enter(f"/desk/tickets/{ticket.number}/")
    page.locator("summary", has_text="meter").click()
    page.get_by_role("button", name="Take the tag meter off").click()
    expect(page.locator("#ticket [name=take_off][value=meter]")).to_have_count(0)
    expect(page.locator("#ticket [name=take_off][value=storm]")).to_have_count(1)

    ticket.refresh_from_db()
    assert ticket.tags == ["storm"]


def test_nothing_to_do_is_asked_for_once_more_beside_the_ticket(enter, ticket):
    page = enter(f"/desk/tickets/{ticket.number}/")
    page.get_by_placeholder("Add something to do").fill("   ")
    page.keyboard.press("Enter")

    expect(page.locator("dialog[open] .field-error")).to_have_count(1)
    expect(page.locator("#ticket-subject")).to_contain_text("Brown water")
    assert not ChecklistItem.objects.exists()
