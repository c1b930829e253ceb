"""Journeys of knowledge that grows: a reader's comment, looked at by staff, is found by the next one, on a phone in
Arabic; and what solved a request is cleaned, approved and found, in German."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from charterdesk.comments.models import Comment
from charterdesk.events.testing import run_reactions
from charterdesk.knowledge.testing import make_category, make_text
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.portal import spam
from charterdesk.search.index import index_noted
from charterdesk.tickets.actions import solve_ticket
from charterdesk.tickets.testing import make_ticket
from tests.conftest import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_reader_comments_staff_look_and_the_next_one_finds_it(
    live_server,
    open_browser: Callable[..., BrowserContext],
    axe_violations: Callable[[Page], list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(spam, "QUICKEST", timedelta(seconds=-1))
    agent = make_agent("Ada Brook", teams=(make_team("Meters"),))
    text = make_text("كيف تقرأ عداد المياه", body="<p>اقرأ الأرقام السوداء.</p>", language="ar", owner=agent)
    mia = make_contact("Mia Miller", login=True, language="ar")
    assert mia.login is not None
    _index()
    phone = open_browser(viewport={"width": 390, "height": 844}, color_scheme="dark", locale="ar").new_page()
    sign_in(phone, live_server.url, mia.login.email)
    _look_for(phone, live_server.url, "عداد")
    phone.locator(".find-page a", has_text=text.title).first.click()
    phone.locator("#feedback button[value=helpful]").click()
    expect(phone.locator("#feedback .help-thanks")).to_be_visible()
    phone.fill("#comment-text", "عندي مصباح جيبي بجانب العداد.")
    phone.fill("#id_name", "ميا")
    assert axe_violations(phone) == []
    phone.locator("#write-comment button.primary").click()
    expect(phone.locator(".comments .post[data-hidden]")).to_contain_text("مصباح")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390

    desk = open_browser(viewport={"width": 1440, "height": 900}).new_page()
    sign_in(desk, live_server.url, agent.email)
    desk.goto(f"{live_server.url}/desk/community/")
    desk.locator("button[value=approve]").click()
    expect(desk.locator("button[value=approve]")).to_have_count(0)
    desk.goto(f"{live_server.url}/desk/community/comments?of=mine")
    assert axe_violations(desk) == []
    desk.locator("#main details summary").click()
    desk.fill("#main details textarea", "شكرا، فكرة جيدة.")
    desk.locator("#main details button.primary").click()
    expect(desk.locator("#main article")).to_have_count(2)
    assert list(Comment.objects.order_by("pk").values_list("state", "is_official")) == [
        ("shown", False),
        ("shown", True),
    ]

    _index()
    visitor = open_browser(locale="ar").new_page()
    _look_for(visitor, live_server.url, "مصباح")
    visitor.locator(".find-page a", has_text=text.title).first.click()
    expect(visitor.locator(".comments .post[data-official]")).to_contain_text("فكرة")


def test_what_solved_a_request_is_cleaned_approved_and_found(
    live_server, open_browser: Callable[..., BrowserContext], axe_violations: Callable[[Page], list[str]]
) -> None:
    team = make_team("Zähler")
    make_category("Zähler")
    ada, noor = make_agent("Ada Brook", teams=(team,)), make_agent("Noor", teams=(team,), role="lead")
    contact = make_contact("Greta Lindqvist", email="greta@home.example", language="de")
    ticket = make_ticket(team=team, contact=contact, subject="Der Filter pfeift", text="Der Filter pfeift nachts.")
    ticket.language = "de"
    ticket.save(update_fields=["language"])
    solution = (
        "Guten Tag Greta Lindqvist, den Filter rückspülen, dann pfeift er nicht mehr. Fragen an greta@home.example."
    )
    solve_ticket(ticket, by=ada, solution=solution)
    _index()
    desk = open_browser(viewport={"width": 1440, "height": 900}, locale="de").new_page()
    sign_in(desk, live_server.url, noor.email)
    desk.goto(f"{live_server.url}/desk/knowledge/solutions")
    desk.locator("form[action$='/shared-solution'] button").click()
    body = desk.locator("#id_body")
    expect(body).to_have_value(re.compile("rückspülen"))
    assert not {"Lindqvist", "greta@home.example"} & set(body.input_value().replace(".", " ").split())
    assert axe_violations(desk) == []
    body.fill("Den Filter rückspülen, dann pfeift er nicht mehr.")
    if (sure := desk.locator("#id_is_looked_over")).count():
        sure.check()
    desk.locator("button[name=approve]").click()
    expect(desk.locator("button[name=approve]")).to_have_count(0)

    _index()
    visitor = open_browser(viewport={"width": 390, "height": 844}, locale="de").new_page()
    _look_for(visitor, live_server.url, "Filter pfeift")
    visitor.locator(".find-page a", has_text="Der Filter pfeift").first.click()
    expect(visitor.locator(".article-body").first).to_contain_text("rückspülen")
    assert "Lindqvist" not in visitor.content()
    assert axe_violations(visitor) == []


def _index() -> None:
    run_reactions()
    index_noted()


def _look_for(page: Page, url: str, words: str) -> None:
    page.goto(url)
    page.fill("#q", words)
    page.locator(".ask button").click()
