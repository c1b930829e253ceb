"""An e-mail becomes an answered, closed ticket: in by SMTP, out by SMTP, the agent and the customer in a browser."""

import re
from collections.abc import Callable

import pytest
from imap_tools import MailBoxUnencrypted
from playwright.sync_api import BrowserContext, Page, expect

from charterdesk.channels.dovecot import PASSWORD as MAILBOX_PASSWORD
from charterdesk.channels.dovecot import PROGRAM, running_dovecot
from charterdesk.channels.models import MailAccount
from charterdesk.channels.testing import Outside, make_mail
from charterdesk.people.models import Agent, Team
from charterdesk.people.testing import PASSWORD
from charterdesk.tickets.models import Ticket
from tests.journeys.desk import Desk, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def signed_in(page: Page, desk: Desk, email: str) -> Page:
    page.set_default_timeout(30_000)
    page.goto(f"{desk.web}/account/login/")
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/desk/**")
    return page


def text_of(mail: object) -> str:
    return str(mail.get_body(("plain",)).get_content())  # type: ignore[attr-defined]


def test_an_email_is_acknowledged_answered_solved_and_followed_on_the_portal(
    desk: Desk, agent: Agent, outside: Outside, open_browser: Callable[..., BrowserContext]
) -> None:
    page = signed_in(open_browser(viewport={"width": 1440, "height": 900}).new_page(), desk, agent.email)

    # The mail arrives while the agent looks at the inbox: it appears without a reload.
    desk.receive(make_mail(), sender="mia@home.example", to="leaks@desk.example")
    row = page.get_by_role("link", name=re.compile("No water"))
    expect(row.first).to_be_visible(timeout=20_000)

    # Outside, the customer has the acknowledgement: reference, time, link.
    wait_for(lambda: outside.to("mia@home.example"), "the acknowledgement", log=desk.log)
    ticket = Ticket.objects.get()
    acknowledgement = text_of(outside.to("mia@home.example")[0])
    assert f"#{ticket.number}" in acknowledgement
    assert "by a person" in acknowledgement or "from a person by" in acknowledgement
    link = re.search(r"http://\S+/status/\S+", acknowledgement)
    assert link

    # The agent answers.
    row.first.click()
    write(page, "We are on our way. Is the cellar wet?")
    wait_for(lambda: len(outside.to("mia@home.example")) == 2, "the answer", log=desk.log)
    answer = outside.to("mia@home.example")[1]
    assert "Is the cellar wet?" in text_of(answer)

    # The customer's mailed reply joins the ticket and shows without a reload.
    reply = make_mail(
        "Only a little.\n\n> Is the cellar wet?\n",
        to=str(answer["Reply-To"]),
        message_id="<two@home.example>",
        subject=str(answer["Subject"]),
        In_Reply_To=str(answer["Message-ID"]),
    )
    desk.receive(reply, sender="mia@home.example", to=str(answer["Reply-To"]))
    said = page.get_by_role("article", name=re.compile("Mia Miller")).get_by_text("Only a little.")
    expect(said.locator("visible=true").first).to_be_visible(timeout=20_000)
    assert Ticket.objects.count() == 1

    # Solved: the closing mail carries the solution, and the portal shows it.
    solve(page, "Valve replaced at number 14.")
    wait_for(lambda: len(outside.to("mia@home.example")) == 3, "the closing mail", log=desk.log)
    assert "Valve replaced at number 14." in text_of(outside.to("mia@home.example")[2])

    customer = open_browser(viewport={"width": 390, "height": 844}).new_page()
    customer.goto(link.group(0))
    expect(customer.get_by_text("Valve replaced at number 14.").first).to_be_visible()
    expect(customer.get_by_text("Is the cellar wet?").first).to_be_visible()


def solve(page: Page, solution: str) -> None:
    """Solve the open ticket, saying what was done."""
    page.get_by_role("radio", name="Solve").check(force=True)
    write(page, solution)


def write(page: Page, text: str) -> None:
    """Write in the composer and send it off."""
    page.locator("#composer [contenteditable=true]").fill(text)
    page.locator("#composer button.send").click()


@pytest.mark.dovecot
@pytest.mark.skipif(PROGRAM is None, reason="Dovecot is not installed")
def test_a_mail_fetched_from_dovecot_is_acknowledged_and_solved(
    desk: Desk, agent: Agent, team: Team, outside: Outside, open_browser: Callable[..., BrowserContext]
) -> None:
    with running_dovecot() as dovecot:
        account = MailAccount(
            name="Leaks",
            address=team.address,
            team=team,
            user="leaks",
            imap_host="127.0.0.1",
            imap_port=dovecot.port,
            imap_security=MailAccount.PLAIN,
        )
        account.seal(password=MAILBOX_PASSWORD)
        account.save()
        page = signed_in(open_browser(viewport={"width": 1440, "height": 900}).new_page(), desk, agent.email)
        with MailBoxUnencrypted("127.0.0.1", dovecot.port).login("leaks", MAILBOX_PASSWORD) as box:
            box.append(make_mail(), "INBOX")
        wait_for(lambda: outside.to("mia@home.example"), "the acknowledgement", log=desk.log)
        ticket = Ticket.objects.get()
        assert f"#{ticket.number}" in text_of(outside.to("mia@home.example")[0])

        page.goto(f"{desk.web}/desk/tickets/{ticket.number}/")
        solve(page, "Valve replaced at number 14.")
        wait_for(lambda: len(outside.to("mia@home.example")) == 2, "the closing mail", log=desk.log)
        assert "Valve replaced at number 14." in text_of(outside.to("mia@home.example")[1])
