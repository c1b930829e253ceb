"""Journeys of what the help centre and the community do beyond their pages, in German and in Arabic, right to left.

A table of articles is taken over, mapped for search engines and counted, and its owner is reminded; a forum is proposed
and made, whom an answer names is mailed, and their reply by mail stands in the topic.
"""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django import Settings

from charterdesk.base.clock import now
from charterdesk.channels.actions import accept_mail
from charterdesk.channels.email import intake
from charterdesk.channels.email.mailboxes import Mailboxes
from charterdesk.channels.testing import make_mail, running_outside
from charterdesk.community.models import Forum
from charterdesk.knowledge.actions.keeping import Terms, keep
from charterdesk.knowledge.models import ArticleText
from charterdesk.people.models import Agent, Team
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.portal import spam
from tests.browser.test_articles_at_work import LOOKS, Axe, Open, entered
from tests.conftest import sign_in, write_topic

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TABLE = """name,language,category,title,summary,body,kind
pay,en,Bills,Pay by card,How to pay,Use the **portal**.,article
pay,de,Bills,Mit Karte zahlen,,Im Portal.,article
late,en,Bills,Is late bad?,,<p>No.</p>,faq
empty,en,Bills,Nothing yet,,,article
"""


@pytest.fixture
def team(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Team:
    """A team with an address, and nobody is taken for a machine, however fast they write."""
    monkeypatch.setattr(spam, "QUICKEST", timedelta(seconds=-1))
    monkeypatch.setattr(intake, "mailboxes", Mailboxes())
    return make_team("Leaks", address="leaks@desk.example")


@LOOKS
def test_a_table_of_articles_is_taken_over_mapped_counted_and_its_owner_reminded(
    live_server, open_browser: Open, axe_violations: Axe, team: Team, fire_timers: Callable[[datetime], int],
    language: str, width: int, scheme: str, direction: str,
) -> None:  # fmt: skip
    lead = make_agent("Noor", teams=(team,), role=Agent.LEAD)
    page = entered(open_browser, live_server.url, lead, language, width, scheme)
    page.goto(f"{live_server.url}/desk/knowledge/import")
    file = {"name": "help.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    page.set_input_files("input[type=file]", file)  # type: ignore[arg-type]  # its own kind of dictionary
    page.locator("input[name=is_published]").check()
    page.locator("main form button.primary").click()
    expect(page.locator(".notice")).to_contain_text("3")
    expect(page.locator("main li bdi")).to_have_count(1)  # the row without text, with the reason
    assert axe_violations(page) == []

    visitor = open_browser(viewport={"width": width, "height": 900}, locale=language).new_page()
    mapped = visitor.request.get(f"{live_server.url}/sitemap.xml").text()
    assert [f"/help/{end}<" in mapped for end in ("en/pay-by-card", "de/mit-karte-zahlen", "en/nothing-yet")] == [
        True, True, False,
    ]  # fmt: skip
    visitor.goto(f"{live_server.url}/help/en/pay-by-card")
    expect(visitor.locator(".article-body strong")).to_have_text("portal")
    told = json.loads(visitor.locator("script[type='application/ld+json']").first.text_content() or "")
    assert (told["@type"], told["headline"], told["inLanguage"]) == ("TechArticle", "Pay by card", "en")
    page.goto(f"{live_server.url}/desk/knowledge/figures")
    assert page.locator("html").get_attribute("dir") == direction
    expect(page.locator("tr", has_text="Pay by card").locator("td").first).to_have_text("1")
    assert axe_violations(page) == []

    article = ArticleText.objects.get(title="Pay by card").article
    keep(article, Terms(category=article.category, owner=lead, review_on=now().date(), review_days=90), by=lead)
    fire_timers(now() + timedelta(days=1))
    page.goto(f"{live_server.url}/desk/notices/")
    page.locator("main a", has_text="Pay by card").first.click()
    expect(page.locator("h1")).to_contain_text("Pay by card")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe_violations(page) == []


def test_a_forum_is_proposed_and_made_and_whom_an_answer_names_replies_by_mail(
    live_server, open_browser: Callable[..., BrowserContext], axe_violations: Callable[[Page], list[str]], team: Team,
    settings: Settings, run_reactions: Callable[[], int], run_jobs: Callable[[], int],
) -> None:  # fmt: skip
    mia = make_contact("Mia Miller", email="mia@home.example", login=True, language="ar")
    admin = make_agent("Ada Brook", teams=(team,), role=Agent.ADMINISTRATOR)
    assert mia.login is not None
    phone = open_browser(viewport={"width": 390, "height": 844}, color_scheme="dark", locale="ar").new_page()
    sign_in(phone, live_server.url, mia.login.email)
    phone.goto(f"{live_server.url}/community/propose")
    assert phone.locator("html").get_attribute("dir") == "rtl"
    phone.fill("#id_name", "Mia")
    phone.fill("#id_title", "ماء المطر")
    phone.fill("#id_purpose", "لمن يجمع المطر")
    assert axe_violations(phone) == []
    phone.locator("form button.primary.big").click()
    expect(phone.locator("main")).to_contain_text("ماء المطر")

    desk = entered(open_browser, live_server.url, admin, "de", 1440, "light")
    desk.goto(f"{live_server.url}/desk/community/proposals")
    desk.locator("article a.primary").click()
    assert axe_violations(desk) == []
    desk.locator("form .settings-foot button.primary").click()
    forum = Forum.objects.get()
    phone.goto(f"{live_server.url}/community/f/{forum.slug}")
    phone.locator("a.primary").click()
    write_topic(phone, "كم يتسع البرميل؟", "للحديقة")
    at = phone.url

    with running_outside() as outside:
        settings.MAIL_RELAY = f"smtp://127.0.0.1:{outside.port}"
        desk.goto(f"{live_server.url}/desk/community/")
        desk.locator("button[value=approve]").click()
        desk.goto(f"{live_server.url}/desk/community/topics/{forum.topics.get().pk}")
        desk.locator(".composer-rich").click()
        desk.keyboard.type("@Mia 300 Liter.")
        expect(desk.locator("input.composer-html")).not_to_have_value("")
        desk.locator("form:has([name=official]) button.primary").click()
        expect(desk.locator("main")).to_contain_text("300 Liter")
        run_reactions()
        run_jobs()
        sent = zip(outside.kept, outside.recipients, strict=True)
        mail = next(mail for mail, whom in sent if "mia" in whom[0] and "كم يتسع" in str(mail["Subject"]))
        reply = make_mail("شكرا جزيلا", to=str(mail["Reply-To"]), subject=f"Re: {mail['Subject']}")
        accept_mail(reply, source="smtp", recipients=[str(mail["Reply-To"])])
        run_reactions()
    phone.goto(at)
    expect(phone.locator(".post").last).to_contain_text("شكرا جزيلا")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert axe_violations(phone) == []
