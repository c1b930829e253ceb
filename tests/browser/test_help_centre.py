"""Journeys through the help centre: an answer found in place of a request, in English and on a phone in Arabic; and an
article written, approved by somebody else, and read."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from charterdesk.events.testing import run_reactions
from charterdesk.knowledge.actions.deciding import publish_imported
from charterdesk.knowledge.actions.writing import Words, translate
from charterdesk.knowledge.models import ArticleText, Correction
from charterdesk.knowledge.testing import make_category, make_text
from charterdesk.people.testing import make_agent, make_team
from charterdesk.search.index import index_noted
from tests.conftest import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BODY = "<p>Close it.</p><h3>Where</h3><p>Under the sink.</p><h3>Then</h3><p>Call us.</p><h3>Last</h3><p>Wait.</p>"
ARABIC = (
    "<p>أغلق الصمام الرئيسي.</p><h3>أين</h3><p>تحت الحوض.</p><h3>ثم</h3><p>اتصل بنا.</p><h3>أخيرا</h3><p>انتظر.</p>"
)


@pytest.mark.parametrize(
    ("language", "width", "scheme", "words", "title"),
    [("en", 1440, "light", "burst pipe", "A pipe has burst"), ("ar", 390, "dark", "أنبوب", "انفجر أنبوب")],
)
def test_a_customer_finds_the_answer_says_what_is_missing_and_is_offered_it_while_writing(
    live_server,
    open_browser: Callable[..., BrowserContext],
    axe_violations: Callable[[Page], list[str]],
    language: str,
    width: int,
    scheme: str,
    words: str,
    title: str,
) -> None:
    team = make_team("Leaks")
    text = make_text("A pipe has burst", body=BODY, summary="What to do now")
    arabic = Words(title="انفجر أنبوب", summary="ماذا تفعل الآن", body=ARABIC)
    publish_imported(translate(text.article, arabic, language="ar", by="system"), by="system")
    run_reactions()
    index_noted()
    page = open_browser(viewport={"width": width, "height": 844}, color_scheme=scheme, locale=language).new_page()
    page.goto(live_server.url)
    page.fill("#q", words)
    page.locator(".ask button").click()
    page.get_by_role("link", name=title).first.click()
    expect(page.locator("h1")).to_have_text(title)
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width

    page.locator("#feedback button[value=unhelpful]").click()
    page.locator("#feedback textarea").fill("It is in the cellar.")
    page.locator("#feedback button.primary").click()
    expect(page.locator("#feedback .help-thanks")).to_be_visible()
    assert Correction.objects.get().reason == "It is in the cellar."

    page.goto(f"{live_server.url}/requests/new?team={team.pk}")
    page.fill("#id_subject", words)
    expect(page.locator(".help-offers a")).to_have_text(title)
    with page.context.expect_page() as opened:
        page.locator(".help-offers a").click()
    expect(opened.value.locator("h1")).to_have_text(title)
    expect(page.locator("#id_subject")).to_have_value(words)
    for path in ("/help/", f"/help/c/{text.article.category.slug}"):
        page.goto(f"{live_server.url}{path}")
        assert axe_violations(page) == [], path


def test_an_agent_writes_with_markdown_and_a_lead_publishes(
    live_server, open_browser: Callable[..., BrowserContext], axe_violations: Callable[[Page], list[str]]
) -> None:
    team = make_team("Leaks")
    make_category("Leaks")
    ada, noor = make_agent("Ada", teams=(team,)), make_agent("Noor", teams=(team,), role="lead")
    page = open_browser(viewport={"width": 1440, "height": 900}).new_page()
    sign_in(page, live_server.url, ada.login.email)
    page.goto(f"{live_server.url}/desk/knowledge/new")
    page.fill("#id_title", "Hidden leaks")
    page.locator("main form button.primary").click()
    editor = page.locator(".composer-rich")
    editor.click()
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData("text/plain", "# Overnight\\n\\n1. Close **every** tap\\n2. Read twice");
            document.querySelector(".composer-rich").dispatchEvent(
                new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }"""
    )
    expect(editor.locator("ol li")).to_have_count(2)
    assert axe_violations(page) == []
    page.locator("main form[data-written] button.primary").click()
    page.get_by_role("button", name="Hand in").click()

    lead = open_browser(viewport={"width": 1440, "height": 900}).new_page()
    sign_in(lead, live_server.url, noor.login.email)
    for path in ("/desk/knowledge/", "/desk/knowledge/waiting"):
        lead.goto(f"{live_server.url}{path}")
        assert axe_violations(lead) == [], path
    lead.get_by_role("link", name="Hidden leaks").click()
    lead.get_by_role("button", name="Approve and publish").click()
    expect(lead.get_by_text("Readers see version 1.")).to_be_visible()
    text = ArticleText.objects.get()
    assert "<b>every</b>" in text.body or "<strong>every</strong>" in text.body
