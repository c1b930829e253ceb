"""The customer is right, in the browser: refusing barred, a bad grade, and a complaint past whom it is about."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, Request, expect

from charterdesk.base.clock import now
from charterdesk.complaints.levels import define_level
from charterdesk.complaints.models import Complaint
from charterdesk.people.models import Agent
from charterdesk.people.testing import PASSWORD, make_agent, make_contact, make_team
from charterdesk.portal import spam
from charterdesk.tickets.actions import assign_ticket, solve_ticket
from charterdesk.tickets.links import status_token
from charterdesk.tickets.models import Consent, RefusalAttempt, Ticket
from charterdesk.tickets.testing import make_ticket
from tests.conftest import PATIENCE, sign_in, wait_for_the_server

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def agent(transactional_db: None) -> Agent:
    return make_agent("Maya Okonjo", teams=(make_team("Leaks"), make_team("Complaints")), email="maya@desk.example")


@pytest.fixture
def solved(agent: Agent) -> Ticket:
    team = agent.teams.get(name="Leaks")
    ticket = make_ticket(team=team, contact=make_contact("Mia Miller", email="mia@home.example"), subject="No water")
    assign_ticket(ticket, agent=agent, by=agent)
    solve_ticket(ticket, by=agent, solution="The pipe is yours to mend.")
    return ticket


@pytest.fixture
def browse(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Call it for a page of somebody new. That a form was not taken, or that there is nothing, is no fault here."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_one(**options: Any) -> Page:
        context = chromium.new_context(viewport={"width": 1280, "height": 900}, **options)
        context.set_default_timeout(PATIENCE)
        context.on("weberror", lambda error: faults.append(str(error.error)))
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()
    wait_for_the_server()
    assert faults == []


def test_an_agent_is_barred_from_refusing_and_the_signed_paper_ends_it_instead(
    live_server: Any, browse: Callable[..., Page], solved: Ticket, agent: Agent
) -> None:
    page = browse()
    sign_in(page, live_server.url, "maya@desk.example")
    page.goto(f"{live_server.url}/desk/tickets/{solved.number}/")
    page.get_by_label("More to do with this ticket").click()
    page.get_by_role("link", name="Refuse this request").click()

    dialog = page.locator("#asked dialog")
    expect(dialog.get_by_text("Missing")).to_have_count(2)
    dialog.get_by_role("button", name="Refuse").click()
    expect(dialog.locator(".field-error")).to_contain_text("Write the explanation")
    expect(dialog.get_by_label("Explanation to the customer")).to_be_focused()
    dialog.get_by_label("Explanation to the customer").fill("We never pay for that.")
    dialog.get_by_role("button", name="Refuse").click()

    expect(dialog.get_by_role("alert")).to_contain_text("Not refused, and nothing was sent")
    expect(dialog.get_by_label("Explanation to the customer")).to_have_value("We never pay for that.")
    expect(dialog.get_by_role("alert")).to_be_focused()
    _without, attempt = RefusalAttempt.objects.order_by("pk")
    solved.refresh_from_db()
    assert attempt.missing == [RefusalAttempt.NOT_MANAGEMENT, RefusalAttempt.NOT_SETTLED]
    assert solved.status == "solved"

    dialog.get_by_role("link", name="Cancel").click()
    page.get_by_label("More to do with this ticket").click()
    page.get_by_role("link", name="The customer agreed in writing").click()
    dialog.get_by_label("On paper").check()
    dialog.get_by_label("Signed on").fill(f"{now():%Y-%m-%d}")
    dialog.get_by_role("button", name="Keep as consent").click()
    expect(dialog.get_by_text("Attach the signed paper").first).to_be_visible()
    paper: FilePayload = {"name": "agreed.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 I agree. M. Miller"}
    dialog.get_by_label("The signed paper").set_input_files(paper)
    dialog.get_by_role("button", name="Keep as consent").click()

    beside = page.locator("#settled")
    expect(beside).to_contain_text("Agreed on paper")
    expect(beside.get_by_role("link", name="agreed.pdf")).to_be_visible()
    solved.refresh_from_db()
    assert (solved.status, Consent.objects.get().agent) == ("closed", agent)


def test_news_of_a_ticket_takes_nothing_away_that_is_being_written_and_comes_after(
    live_server: Any, browse: Callable[..., Page], solved: Ticket
) -> None:
    def is_refresh(request: Request) -> bool:
        return request.url.endswith(f"/tickets/{solved.number}/") and "hx-target" in request.headers

    page = browse()
    sign_in(page, live_server.url, "maya@desk.example", f"/desk/tickets/{solved.number}/")
    page.get_by_label("More to do with this ticket").click()
    page.get_by_role("link", name="Refuse this request").click()
    written = page.locator("#asked dialog").get_by_label("Explanation to the customer")
    written.fill("The pipe is behind your meter.")

    for _news in range(2):
        with page.expect_response("**/desk/notices/bell*"):
            page.evaluate("new BroadcastChannel('charterdesk-live').postMessage({news: {kind: 'resync'}})")
    expect(written).to_have_value("The pipe is behind your meter.")

    with page.expect_request(is_refresh):
        page.keyboard.press("Escape")


def test_a_customer_gives_the_lowest_grade_and_the_ticket_is_open_again(
    live_server: Any, browse: Callable[..., Page], solved: Ticket
) -> None:
    page = browse()
    page.goto(f"{live_server.url}/status/{solved.number}/{status_token(solved)}")
    page.get_by_role("link", name="very bad").click()
    expect(page.get_by_role("radio", name="very bad")).to_be_checked()
    solved.refresh_from_db()
    assert solved.status == "solved"  # opening the link gives no grade

    page.get_by_label("What should we know?").fill("Still no water.")
    page.get_by_role("button", name="Give this grade").click()

    expect(page.get_by_text("Your request is open again")).to_be_visible()
    expect(page.get_by_text("Still no water.")).to_be_visible()
    solved.refresh_from_db()
    assert solved.status == "open"


def test_a_complaint_about_an_agent_reaches_a_manager_and_not_the_agent(
    live_server: Any, browse: Callable[..., Page], solved: Ticket, agent: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spam, "QUICKEST", timedelta(0))
    make_agent("Edmund Fairlie", role=Agent.MANAGER, email="edmund@desk.example")
    define_level(None, by="system", names={"en": "Complaints office"}, team=agent.teams.get(name="Complaints"))
    customer = browse()
    customer.goto(f"{live_server.url}/status/{solved.number}/{status_token(solved)}")
    customer.get_by_role("link", name="Tell a manager").click()
    customer.get_by_label("how somebody treated me").check()
    customer.get_by_label("In a few words").fill("She hung up on me")
    customer.get_by_label("What happened, and what would put it right?").fill("Maya hung up on me.")
    customer.get_by_role("button", name="Send the complaint").click()
    expect(customer.get_by_text("Nobody whom it is about can see it")).to_be_visible()
    number = Complaint.objects.select_related("ticket").get().ticket.number

    maya = browse()
    sign_in(maya, live_server.url, "maya@desk.example")
    answer = maya.goto(f"{live_server.url}/desk/tickets/{number}/")
    assert answer is not None and answer.status == 404
    maya.goto(f"{live_server.url}/desk/inbox/all/")
    expect(maya.get_by_text("She hung up on me")).to_have_count(0)
    taking = Client()
    assert taking.login(email="maya@desk.example", password=PASSWORD)
    assert taking.post(f"/desk/tickets/{number}/assignee", {"agent": "me"}).status_code == 404

    edmund = browse()
    sign_in(edmund, live_server.url, "edmund@desk.example")
    edmund.goto(f"{live_server.url}/desk/tickets/{number}/")
    strip = edmund.get_by_role("region", name="Complaint")
    expect(strip).to_contain_text("Kept out: Maya Okonjo")
    strip.get_by_role("link", name="Decide").click()
    dialog = edmund.locator("#asked dialog")
    dialog.get_by_label("upheld", exact=True).check()
    dialog.get_by_label("Reasons, as the customer reads them").fill("We should have listened.")
    dialog.get_by_role("button", name="Decide and send").click()
    expect(strip.get_by_text("upheld")).to_be_visible()
    customer.reload()
    expect(customer.get_by_text("We should have listened.").first).to_be_visible()
