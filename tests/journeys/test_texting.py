"""A text message becomes an answered ticket: in and out through a provider by HTTP, the agent in a browser."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import BrowserContext, expect

from charterdesk.channels.sms.http import signature
from charterdesk.channels.testing_sms import OURS, SECRET, THEIRS, Provider, make_number, running_provider
from charterdesk.people.models import Agent, Team
from charterdesk.tickets.models import Message, Ticket
from tests.journeys.desk import Desk, wait_for
from tests.journeys.test_email import signed_in, write

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """A provider on this machine, which the desk may speak to; named before `desk`, so that the desk is told."""
    monkeypatch.setenv("CHARTERDESK_PRIVATE_NETWORKS", "127.0.0.0/8")
    with running_provider() as provider:
        yield provider


def text_in(desk: Desk, number_id: int, body: str, sid: str) -> None:
    """Call the desk as the provider does when a text came."""
    url = f"{desk.web}/hooks/sms/{number_id}/in"
    fields = {"MessageSid": sid, "From": THEIRS, "To": OURS, "Body": body}
    call = Request(url, urlencode(fields).encode(), headers={"X-Twilio-Signature": signature(SECRET, url, fields)})
    with urlopen(call, timeout=30) as answer:
        assert answer.status == 200


def test_a_text_is_acknowledged_answered_by_text_and_goes_on_as_one_talk(
    provider: Provider, desk: Desk, agent: Agent, team: Team, open_browser: Callable[..., BrowserContext]
) -> None:
    number = make_number(team, provider)
    page = signed_in(open_browser(viewport={"width": 1440, "height": 900}).new_page(), desk, agent.email)

    # The text comes while the agent looks at the inbox: it appears without a reload, and its sender has an answer.
    text_in(desk, number.pk, "No water in Mill Lane", "SMin1")
    row = page.get_by_role("link", name=re.compile("No water in Mill Lane"))
    expect(row.first).to_be_visible(timeout=20_000)
    wait_for(lambda: provider.kept, "the acknowledgement", log=desk.log)
    ticket = Ticket.objects.get()
    acknowledgement = provider.kept[0]
    assert (acknowledgement["To"], acknowledgement["From"]) == (THEIRS, OURS)
    assert f"#{ticket.number}" in acknowledgement["Body"]

    # The agent answers; it goes by SMS, to nobody else on copy, and its length is told.
    row.first.click()
    expect(page.locator(".composer-sms")).to_be_visible()
    expect(page.get_by_text("copies", exact=True)).to_have_count(0)
    write(page, "We are on our way. Is the cellar wet?")
    wait_for(lambda: len(provider.kept) == 2, "the answer", log=desk.log)
    assert provider.kept[1]["Body"] == "We are on our way. Is the cellar wet?"

    # What they text back joins the talk and shows without a reload.
    text_in(desk, number.pk, "Only a little", "SMin2")
    expect(page.get_by_role("article").get_by_text("Only a little").locator("visible=true").first).to_be_visible()
    assert Ticket.objects.count() == 1
    said = list(ticket.messages.order_by("pk").values_list("direction", "channel"))
    assert said == [(way, "sms") for way in (Message.IN, Message.OUT, Message.OUT, Message.IN)]
