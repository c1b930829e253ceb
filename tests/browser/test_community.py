"""Journeys through the community: a customer asks on a phone in Arabic, staff look and answer at the desk, and the
answer becomes an article; others vote, follow and report, staff keep order, and tickets and topics become each other.
"""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from charterdesk.community.models import Follow, Post, PostReport, Topic
from charterdesk.community.testing import make_answer, make_forum, make_profile, make_topic
from charterdesk.knowledge.testing import make_category
from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.portal import spam
from charterdesk.tickets.actions import solve_ticket
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.testing import make_ticket
from tests.conftest import sign_in, write_topic

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_customer_asks_staff_answer_and_the_answer_becomes_an_article(
    live_server,
    open_browser: Callable[..., BrowserContext],
    axe_violations: Callable[[Page], list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(spam, "QUICKEST", timedelta(seconds=-1))
    forum = make_forum("Meters")
    make_category("Meters")
    agent = make_agent("Ada Brook", teams=(make_team("Meters"),))
    mia = make_contact("Mia Miller", login=True, language="ar")
    assert mia.login is not None
    phone = open_browser(viewport={"width": 390, "height": 844}, color_scheme="dark", locale="ar").new_page()
    sign_in(phone, live_server.url, mia.login.email)
    phone.goto(f"{live_server.url}/community/")
    assert phone.locator("html").get_attribute("dir") == "rtl"
    phone.locator(".forum-card").click()
    phone.locator("a.primary").click()
    assert axe_violations(phone) == []
    phone.fill("#id_name", "Mia")
    write_topic(phone, "لماذا يدق العداد؟", "في الليل")
    expect(phone.locator(".post[data-hidden]")).to_have_count(1)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert axe_violations(phone) == []

    desk = open_browser(viewport={"width": 1440, "height": 900}).new_page()
    sign_in(desk, live_server.url, agent.email)
    desk.goto(f"{live_server.url}/desk/community/")
    assert axe_violations(desk) == []
    desk.locator("button[value=approve]").click()
    topic = Topic.objects.get()
    desk.goto(f"{live_server.url}/desk/community/topics/{topic.pk}")
    desk.locator(".composer-rich").click()
    desk.keyboard.type("Close the tap.")
    expect(desk.locator("input.composer-html")).not_to_have_value("")
    desk.locator("form:has([name=official]) button.primary").click()
    desk.locator("button[value=accept]").click()
    expect(desk.locator("button[value=unaccept]")).to_be_visible()
    assert axe_violations(desk) == []
    desk.locator("form[action$='/article'] button").click()
    expect(desk.locator(".knowledge-page h1")).to_contain_text("العداد")

    phone.reload()
    expect(phone.locator(".post[data-accepted]")).to_contain_text("Close the tap.")
    phone.locator(".post[data-accepted] .post-vote button").click()
    expect(phone.locator(".post[data-accepted] .post-votes")).to_have_text("1")
    assert Post.objects.get(is_official=True).votes == 1
    assert axe_violations(phone) == []
    visitor = open_browser().new_page()
    visitor.goto(f"{live_server.url}/community/f/{forum.slug}")
    expect(visitor.locator(".topic-title")).to_have_count(1)
    assert axe_violations(visitor) == []


@pytest.mark.parametrize(
    ("language", "width", "scheme", "direction"), [("de", 1440, "light", "ltr"), ("ar", 390, "dark", "rtl")]
)
def test_readers_follow_vote_and_report_staff_block_and_take_it_on_and_a_ticket_is_told_without_the_person(
    live_server, open_browser: Callable[..., BrowserContext], axe_violations: Callable[[Page], list[str]],
    monkeypatch: pytest.MonkeyPatch, language: str, width: int, scheme: str, direction: str,
) -> None:  # fmt: skip
    monkeypatch.setattr(spam, "QUICKEST", timedelta(seconds=-1))
    team = make_team("Meters")
    lead = make_agent("Noor", teams=(team,), role=Agent.LEAD)
    Agent.objects.update(language=language)
    mia, cleo = make_contact("Mia Miller", login=True), make_contact("Cleo Reed")
    mine, loud = make_profile("Mia", contact=mia), make_profile("Loud", contact=make_contact("Ben"))
    topic = make_topic("Why does it tick?", author=make_profile("Cleo", contact=cleo), forum=make_forum("Meters"))
    good, bad = make_answer(topic, "<p>The valve.</p>"), make_answer(topic, "<p>Buy mine!</p>", author=loud)
    context = open_browser(viewport={"width": width, "height": 900}, color_scheme=scheme, locale=language)
    reader = context.new_page()
    assert mia.login is not None
    sign_in(reader, live_server.url, mia.login.email)
    reader.goto(f"{live_server.url}/community/t/{topic.pk}/{topic.slug}")
    assert reader.locator("html").get_attribute("dir") == direction
    reader.locator("form[action$='/follow'] button").click()
    expect(reader.locator("form[action$='/follow'] button[name=off]")).to_be_visible()
    reader.set_viewport_size({"width": 390, "height": 900})
    assert reader.evaluate("document.documentElement.scrollWidth") <= 390  # with the longest button
    reader.set_viewport_size({"width": width, "height": 900})
    reader.locator(f"#post-{good.pk} .post-vote button").click()
    expect(reader.locator(f"#post-{good.pk} .post-votes")).to_have_text("1")
    reader.locator(f"#post-{bad.pk} .post-report summary").click()
    reader.locator(f"#post-{bad.pk} .post-report input[name=words]").fill("It sells something.")
    assert axe_violations(reader) == []
    assert reader.evaluate("document.documentElement.scrollWidth") <= width
    reader.locator(f"#post-{bad.pk} .post-report button").click()
    expect(reader.locator("h1")).to_have_text("Why does it tick?")
    assert (Follow.objects.get(profile=mine).is_on, PostReport.objects.get().words) == (True, "It sells something.")

    context = open_browser(viewport={"width": width, "height": 900}, color_scheme=scheme, locale=language)
    desk = context.new_page()
    sign_in(desk, live_server.url, lead.email)
    desk.goto(f"{live_server.url}/desk/community/")
    assert axe_violations(desk) == []
    desk.locator(f"#post-{bad.pk} input[name=why]").fill("Advertising")
    desk.locator(f"#post-{bad.pk} button[value=block]").click()
    expect(desk.locator(f"#post-{bad.pk}")).to_have_count(0)
    loud.refresh_from_db()
    assert loud.blocked_at is not None
    reader.reload()
    expect(reader.locator(".post")).to_have_count(2)
    desk.goto(f"{live_server.url}/desk/community/topics/{topic.pk}")
    desk.locator("form[action$='/ticket'] button").click()
    expect(desk).not_to_have_url(re.compile("/community/"))
    taken = Ticket.objects.get()
    assert (taken.contact, taken.subject) == (cleo, "Why does it tick?")

    asked = make_ticket(team=team, contact=mia, subject="A drip", text="It drips, says Mia Miller.")
    solve_ticket(asked, by=lead, solution="Dear Mia Miller, turn it.")
    desk.goto(f"{live_server.url}/desk/tickets/{asked.number}/topic")
    expect(desk.locator("del").first).to_contain_text("Mia Miller")
    desk.locator("main form button.primary").click()
    expect(desk.locator("#id_is_clean:invalid")).to_have_count(1)
    assert axe_violations(desk) == []
    desk.locator("#id_is_clean").check()
    desk.locator("main form button.primary").click()
    expect(desk.locator("h1")).to_have_text("A drip")
    told = Topic.objects.latest("pk")
    visitor = open_browser(locale=language).new_page()
    visitor.goto(f"{live_server.url}/community/t/{told.pk}/{told.slug}")
    expect(visitor.locator(".post[data-accepted]")).to_contain_text("turn it")
    assert "Miller" not in visitor.content()
    assert axe_violations(visitor) == []
