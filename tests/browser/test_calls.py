"""A journey: a call rings on the page, is answered and becomes a ticket; one that is missed is called back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM
from charterdesk.calendars.testing import ROUND_THE_CLOCK, make_calendar
from charterdesk.calls.actions import set_extensions
from charterdesk.calls.testing import THEIRS, make_line, report
from charterdesk.events.testing import run_reactions
from charterdesk.people.actions import add_identity
from charterdesk.people.models import Identity
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.sla.testing import make_policy
from charterdesk.tickets.models import Ticket
from tests.conftest import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LATER = "+4930777777"


def test_a_call_rings_is_answered_and_filed_and_a_missed_one_is_called_back(
    live_server, open_browser: Callable[..., BrowserContext], axe_violations: Callable[[Page], list[str]]
) -> None:
    team = make_team("Hotline")
    team.calendar = make_calendar("Always", hours=ROUND_THE_CLOCK)
    team.save()
    agent = make_agent("Noor", teams=(team,))
    set_extensions(agent, numbers=["17"], by=SYSTEM)
    make_policy(answer=timedelta(seconds=30), channels=["phone"], position=1, name="Calls")
    make_policy(first_reply=4, name="Everything")
    make_line(team)
    add_identity(make_contact("Rosalind Hale"), kind=Identity.PHONE, value=THEIRS, by=SYSTEM)
    page = open_browser(viewport={"width": 1440, "height": 900}).new_page()
    sign_in(page, live_server.url, agent.login.email)

    page.goto(f"{live_server.url}/desk/calls/")
    at = now() - timedelta(minutes=5)
    report("1", "ringing", at)
    page.evaluate("document.body.dispatchEvent(new CustomEvent('calls'))")  # what the live stream does
    card = page.locator(".call-card")
    expect(card).to_contain_text("Rosalind Hale")
    assert axe_violations(page) == []
    report("1", "answered", at + timedelta(seconds=12), agent=agent)
    page.keyboard.press("o")
    page.wait_for_url("**/desk/tickets/*/")
    expect(page.locator("#ticket")).to_contain_text("Rosalind Hale")
    report("1", "ended", at + timedelta(seconds=72))
    report("2", "ringing", at, caller=LATER)
    report("2", "ended", at + timedelta(seconds=50))
    run_reactions()
    page.reload()
    expect(page.locator("#ticket")).to_contain_text("We talked by telephone for 1 minute.")

    page.goto(f"{live_server.url}/desk/calls/")
    missed = page.locator(".call-missed li")
    expect(missed).to_contain_text("to call back")
    expect(missed.get_by_role("link", name="Call back")).to_have_attribute("href", f"tel:{LATER}")
    assert Ticket.objects.get(contact__identities__value=LATER).due_at is not None
    page.get_by_role("link", name="How soon we answer").click()
    expect(page.locator(".complaint-figures")).to_contain_text("50 %")
    assert axe_violations(page) == []

    page.set_viewport_size({"width": 1100, "height": 900})
    page.goto(f"{live_server.url}/desk/contacts/{Identity.objects.get(value=THEIRS).contact_id}/")
    calls = page.get_by_role("region", name="Calls")
    expect(calls.get_by_role("columnheader").last).to_have_text("Ticket")
    assert calls.evaluate("each => each.scrollWidth - each.clientWidth") == 0  # no column lies beyond the edge
