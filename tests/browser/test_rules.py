"""Journey: a rule is built by form, tried on what happened, switched on, acts on a real mail, says why, and is rolled
back in one step."""

import re
from email.message import EmailMessage

import pytest
from playwright.sync_api import Page, expect

from charterdesk.channels.actions import accept_mail
from charterdesk.events.testing import run_reactions
from charterdesk.people.models import Agent
from charterdesk.people.testing import PASSWORD, make_agent, make_team
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.testing import make_ticket

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(live_server, open_browser, transactional_db) -> Page:
    """A page on which Imke, who sets up the desk, is signed in."""
    imke = make_agent("Imke Dahl", role=Agent.ADMINISTRATOR)
    page: Page = open_browser(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(f"{live_server.url}/account/login/")
    page.fill("[name=login]", imke.login.email)
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/desk/**")
    return page


def mail_arrives(subject: str, text: str) -> Ticket:
    """A real mail comes in, and all that follows from it is done."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "mia@mill.example", "leaks@desk.example", subject
    mail["Message-ID"] = f"<{subject.replace(' ', '.')}@mill.example>"
    mail.set_content(text)
    accept_mail(mail.as_bytes(), source="smtp", sender="mia@mill.example", recipients=["leaks@desk.example"])
    run_reactions()
    return Ticket.objects.get(subject=subject)


def test_a_rule_is_built_tried_switched_on_asked_why_and_rolled_back(live_server, page: Page):
    team = make_team("Leaks", address="leaks@desk.example")
    make_ticket(team=team, subject="Burst pipe", text="A pipe burst in our street.")
    make_ticket(team=team, subject="A question", text="What does it cost?")
    run_reactions()

    page.goto(f"{live_server.url}/desk/admin/rules/new")
    page.get_by_label("Name", exact=True).fill("Urgent where a pipe burst")
    page.get_by_role("button", name=re.compile("Add a condition.*All of these")).click()
    page.evaluate("document.getElementById('rule-form').dataset.old = '1'")
    page.get_by_label("Field", exact=True).select_option("message.text")
    expect(page.locator("#rule-form[data-old]")).to_have_count(0)  # what fits the field has come
    expect(page.get_by_label("Comparison", exact=True)).to_have_value("has_any_word")
    page.get_by_label("Value", exact=True).fill("burst*, flood")
    page.get_by_role("button", name="Add something to do").click()
    page.get_by_label("Priority", exact=True).select_option("1")
    page.get_by_role("button", name="Save and try it").click()

    expect(page.get_by_role("heading", name="Trying: Urgent where a pipe burst")).to_be_visible()
    expect(page.get_by_role("row")).to_have_count(2)  # the heading, and the one of two that matches
    expect(page.get_by_role("link", name="Burst pipe")).to_be_visible()
    page.get_by_role("button", name="Switch it on").click()
    expect(page.get_by_text("it acts from now on")).to_be_visible()

    urgent = mail_arrives("Water everywhere", "Help, our cellar: a flood!")
    assert urgent.priority == Ticket.URGENT

    page.goto(f"{live_server.url}/desk/tickets/{urgent.number}/why")
    expect(page.get_by_role("link", name="Urgent where a pipe burst")).to_be_visible()
    expect(page.get_by_text("flood", exact=True)).to_be_visible()
    expect(page.get_by_text("Set the priority: urgent")).to_be_visible()

    page.get_by_role("link", name="Urgent where a pipe burst").click()
    page.get_by_role("link", name="Change", exact=True).click()
    page.get_by_label("Priority", exact=True).select_option("4")
    page.get_by_label("Why this change", exact=True).fill("by mistake")
    page.get_by_role("button", name="Save and switch on").click()
    expect(page.get_by_text("by mistake")).to_be_visible()
    assert mail_arrives("Flood again", "A flood, again!").priority == Ticket.LOW

    page.get_by_role("button", name=re.compile("Back to this.*version 1")).click()
    expect(page.get_by_text("Back to version 1: it acts from now on.")).to_be_visible()
    assert mail_arrives("And again", "A flood, once more!").priority == Ticket.URGENT
