"""A journey through the community: a customer asks on a phone in Arabic, staff look and answer at the desk, and the
answer becomes an article."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from charterdesk.community.models import Post, Topic
from charterdesk.community.testing import make_forum
from charterdesk.knowledge.testing import make_category
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.portal import spam
from tests.conftest import sign_in

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
    phone.fill("#id_title", "لماذا يدق العداد؟")
    phone.locator(".composer-rich").click()
    phone.keyboard.type("في الليل")
    expect(phone.locator("input.composer-html")).not_to_have_value("")
    phone.locator("form button.primary").click()
    expect(phone.locator("h1")).to_have_text("لماذا يدق العداد؟")
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
