"""Journeys of an article's life, each in German on a wide screen and in Arabic, right to left.

Pasted from a word processor, approved, published at its time, translated, moved; given on a ticket, wrong, put right
and told; made of a reply; imported; offered in the form on somebody else's page.
"""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Dialog, Page, expect

from charterdesk.base.clock import now
from charterdesk.events.testing import fire_timers, run_reactions
from charterdesk.knowledge.models import Article, ArticleText, Correction, Taken
from charterdesk.knowledge.testing import make_category, make_text
from charterdesk.people.actions.branding import add_brand, publish_brand
from charterdesk.people.branding import Look
from charterdesk.people.models import Agent, Team
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.portal import spam
from charterdesk.search.index import index_noted
from charterdesk.search.rebuild import rebuild_all
from charterdesk.surges.actions import send_piece
from charterdesk.surges.models import Circular
from charterdesk.tickets.actions import assign_ticket, release_message, send_message, solve_ticket
from charterdesk.tickets.models import Message, Ticket
from charterdesk.tickets.testing import make_ticket
from tests.browser.test_writing import WORD, paste, paste_picture
from tests.conftest import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS = pytest.mark.parametrize(
    ("language", "width", "scheme", "direction"), [("de", 1440, "light", "ltr"), ("ar", 390, "dark", "rtl")]
)
WIDE = pytest.mark.parametrize(("language", "direction"), [("de", "ltr"), ("ar", "rtl")])
Open = Callable[..., BrowserContext]
Axe = Callable[[Page], list[str]]


@pytest.fixture
def team(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Team:
    """A team, and nobody is taken for a machine, however fast they write."""
    monkeypatch.setattr(spam, "QUICKEST", timedelta(seconds=-1))
    return make_team("Leaks", address="leaks@desk.example")


def entered(open_browser: Open, url: str, who: Agent, language: str, width: int, scheme: str) -> Page:
    """A page of `who`, who works in `language`."""
    Agent.objects.filter(pk=who.pk).update(language=language)
    context = open_browser(viewport={"width": width, "height": 900}, color_scheme=scheme, locale=language)
    page = context.new_page()
    sign_in(page, url, who.email)
    return page


def handed_in(page: Page) -> None:
    """Keep what is written, and hand it in."""
    page.locator("main form[data-written] button.primary").click()
    page.locator("form[action$='/submission'] button").click()
    expect(page.locator("form[action$='/submission']")).to_have_count(0)


def approved(page: Page, address: str) -> None:
    """Say yes to it at once."""
    page.goto(address)
    page.locator("form[action$='/approval'] button[name=publish]").click()
    expect(page.locator("form[action$='/approval']")).to_have_count(0)


@LOOKS
def test_an_article_is_pasted_published_at_its_time_translated_and_found_where_it_stood(
    live_server, open_browser: Open, axe_violations: Axe, team: Team, language: str, width: int, scheme: str,
    direction: str,
) -> None:  # fmt: skip
    make_category("Pipes")
    ada, noor = make_agent("Ada", teams=(team,)), make_agent("Noor", teams=(team,), role=Agent.LEAD)
    page = entered(open_browser, live_server.url, ada, language, width, scheme)
    page.goto(f"{live_server.url}/desk/knowledge/new")
    assert page.locator("html").get_attribute("dir") == direction
    page.fill("#id_title", "Old pipes")
    page.locator("main form button.primary").click()
    page.locator(".composer-rich").click()
    expect(page.locator(".composer-rich p")).to_have_count(1)  # the editor has come
    paste(page, **{"text/html": WORD, "text/plain": "Dear Mia"})
    expect(page.locator(".composer-rich li")).to_have_text(["First", "Second"])
    paste_picture(page)
    expect(page.locator(".composer-rich img")).to_have_count(1)
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    handed_in(page)
    text = ArticleText.objects.get()

    lead = entered(open_browser, live_server.url, noor, language, width, scheme)
    desk = f"{live_server.url}{reverse('workspace:article', args=[text.pk])}"
    lead.goto(desk)
    lead.locator("form[action$='/approval'] button:not([name=publish])").click()
    lead.fill("#publish-at", f"{now() + timedelta(days=1):%Y-%m-%dT%H:%M}")
    lead.locator("form[action$='/publication'] button.primary").click()
    expect(lead.locator("form[action$='/withdrawal']")).to_have_count(0)
    visitor = open_browser(locale=language).new_page()
    there = f"{live_server.url}/help/{text.language}/{text.slug}"
    assert visitor.request.get(there).status == 404
    fire_timers(now() + timedelta(days=2))
    visitor.goto(there)
    expect(visitor.locator(".article-body li")).to_have_text(["First", "Second"])
    expect(visitor.locator(".article-body img")).to_have_js_property("complete", True)
    assert not [word for word in ("Mso", "tracker", "onclick") if word in text.versions.get().body]

    lead.goto(desk)
    lead.locator("form[action$='/translations'] button[value=es]").click()
    expect(lead.locator(".knowledge-source")).to_contain_text("First")
    lead.fill("#id_title", "Tuberías viejas")
    assert axe_violations(lead) == []
    handed_in(lead)
    spanish = ArticleText.objects.get(language="es")
    Agent.objects.filter(pk=ada.pk).update(role=Agent.LEAD)
    beside = f"{live_server.url}{reverse('workspace:article', args=[spanish.pk])}"
    approved(page, beside)
    page.goto(desk)
    page.fill("#id_title", "Older pipes")
    handed_in(page)
    approved(lead, desk)
    lead.goto(beside)
    lead.locator(".notice[data-state=soon] a").click()
    expect(lead.locator(".knowledge-difference ins")).to_contain_text("Older")
    assert axe_violations(lead) == []
    visitor.goto(there)
    expect(visitor.locator("h1")).to_have_text("Older pipes")
    assert visitor.url.endswith("/older-pipes")
    visitor.locator(".help-meta a[hreflang=es]").click()
    expect(visitor.locator("h1")).to_have_text("Tuberías viejas")
    assert axe_violations(visitor) == []

    lead.goto(f"{desk}/versions")
    lead.locator("form[action$='/versions/1/draft'] button").click()
    expect(lead.locator("#id_title")).to_have_value("Old pipes")


@LOOKS
def test_what_stands_on_the_page_is_handed_in_though_nobody_kept_it_and_headings_keep_their_levels(
    live_server, open_browser: Open, team: Team, language: str, width: int, scheme: str, direction: str
) -> None:
    ada = make_agent("Ada", teams=(team,))
    text = make_text("Old pipes", body="<p>Empty.</p>", owner=ada, category=make_category("Pipes"))
    page = entered(open_browser, live_server.url, ada, language, width, scheme)
    page.goto(f"{live_server.url}{reverse('workspace:article', args=[text.pk])}")
    assert page.locator("html").get_attribute("dir") == direction
    page.locator(".composer-rich").click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    expect(page.locator(".composer-rich p")).to_have_count(2)
    paste(page, **{"text/html": "<h2>First</h2><p>Close it.</p><h3>Within</h3><p>Wait.</p>", "text/plain": "First"})
    expect(page.locator(".composer-rich h4")).to_have_text("Within")
    page.fill("#id_title", " ")
    page.locator(".knowledge-page nav form button").first.click()  # a translation of it
    expect(page.locator(".field-error").first).to_be_visible()  # without a title it is not kept, and not lost
    page.fill("#id_title", "Older pipes")
    left: list[str] = []

    def stay(asked: Dialog) -> None:
        left.append(asked.type)
        asked.dismiss()

    page.on("dialog", stay)
    page.locator("a[href$='/versions']").click()
    expect(page.locator("#id_title")).to_have_value("Older pipes")
    assert left == ["beforeunload"]
    page.locator("main form[data-written] button").last.click()
    expect(page.locator("form[action$='/submission']")).to_have_count(1)
    page.fill("#id_summary", "What to do")
    page.locator("form[action$='/submission'] button").click()
    expect(page.locator("form[action$='/submission']")).to_have_count(0)
    version = text.versions.latest("number")
    assert (version.title, version.summary, version.body) == (
        "Older pipes", "What to do", "<p>Empty.</p><h3>First</h3><p>Close it.</p><h4>Within</h4><p>Wait.</p>",
    )  # fmt: skip


@WIDE
def test_a_wrong_article_is_given_flagged_put_right_and_who_had_it_is_told(
    live_server, open_browser: Open, axe_violations: Axe, team: Team, language: str, direction: str
) -> None:
    lead = make_agent("Noor", teams=(team,), role=Agent.LEAD)
    text = make_text("Pipe burst", body="<p>Turn it to the left.</p>", owner=lead)
    mia = make_contact("Mia Miller", email="mia@home.example")
    ticket = make_ticket(team=team, contact=mia, subject="Pipe burst", text="Our pipe burst.")
    assign_ticket(ticket, agent=lead, by=lead)
    run_reactions()
    rebuild_all()
    page = entered(open_browser, live_server.url, lead, language, 1440, "light")
    page.goto(f"{live_server.url}/desk/tickets/{ticket.number}/")
    page.locator(".rail[data-awake]").wait_for()
    assert page.locator("html").get_attribute("dir") == direction
    page.locator(".composer-rich").click()
    expect(page.locator(".composer-rich p")).to_have_count(1)
    page.keyboard.type("/pipe")
    expect(page.locator(".composer-offers [role=option]", has_text=text.title)).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".composer-rich a")).to_have_text(text.title)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".message.ours .message-body a")).to_be_visible()
    release_message(ticket.messages.get(direction=Message.OUT).pk, by=lead)

    page.goto(f"{live_server.url}/desk/tickets/{ticket.number}/")
    page.locator("details:has(#ticket-articles) > summary").click()
    page.locator("#ticket-articles details summary").click()
    page.locator("#ticket-articles textarea").fill("To the right.")
    page.locator("#ticket-articles form[action$='/wrong-article'] button").click()
    expect(page.locator("#toasts .toast[data-seconds]")).to_be_visible()
    wrong = Correction.objects.get()
    page.goto(f"{live_server.url}/desk/knowledge/waiting")
    assert axe_violations(page) == []
    page.locator(".correction input[name=result]").fill("It says right now.")
    page.locator(".correction button[value=corrected]").click()
    expect(page).to_have_url(re.compile(f"/corrections/{wrong.pk}/misled$"))
    expect(page.locator("table tbody tr")).to_have_count(1)
    assert axe_violations(page) == []
    page.locator("textarea[name^='text-']").first.fill("Turn it to the right.")
    page.locator("form[action$='/misled'] button.primary").click()
    expect(page.locator(".circular")).to_contain_text("0 / 1")
    while send_piece(Circular.objects.get().pk):
        pass
    expect(page.locator(".circular")).to_contain_text("1 / 1")
    told = Message.objects.filter(ticket=ticket, direction=Message.OUT, body_text__contains="to the right")
    assert (told.count(), Correction.objects.get().state) == (1, Correction.CORRECTED)


@WIDE
def test_a_solved_ticket_like_it_stands_beside_and_the_good_reply_becomes_a_draft(
    live_server, open_browser: Open, axe_violations: Axe, team: Team, language: str, direction: str
) -> None:
    make_category("Pipes")
    ada = make_agent("Ada", teams=(team,))
    old = make_ticket(team=team, contact=make_contact("Omar"), subject="The filter whistles", text="It whistles.")
    solve_ticket(old, by=ada, solution="Rinse it backwards.")
    long = "It whistles.\n\n" * 30  # so that the reply stands right above where one writes
    ticket = make_ticket(team=team, contact=make_contact("Mia"), subject="My filter whistles", text=long)
    assign_ticket(ticket, agent=ada, by=ada)
    reply = send_message(ticket, by=ada, agent=ada, html="<p>Rinse it twice.</p>")
    release_message(reply.pk, by=ada)
    run_reactions()
    rebuild_all()
    page = entered(open_browser, live_server.url, ada, language, 1440, "dark")
    page.goto(f"{live_server.url}/desk/tickets/{ticket.number}/")
    page.locator(".rail[data-awake]").wait_for()
    assert page.locator("html").get_attribute("dir") == direction
    page.locator("details:has(#solved-like) > summary").click()
    page.locator("#solved-like summary").click()
    expect(page.locator("#solved-like")).to_contain_text("Rinse it backwards.")
    assert axe_violations(page) == []
    ours = page.locator(".message.ours", has_text="Rinse it twice.")
    ours.hover()
    ours.locator(".message-menu > summary").click()
    page.locator("button[name=reply]").click()
    expect(page.locator("#id_title")).to_have_value("My filter whistles")
    expect(page.locator(".composer-rich")).to_contain_text("Rinse it twice.")
    assert axe_violations(page) == []
    assert Article.objects.get().about == reply.key


@LOOKS
def test_a_folder_is_imported_with_what_could_not_be_read_named_and_exported_again(
    live_server, open_browser: Open, axe_violations: Axe, team: Team, language: str, width: int, scheme: str,
    direction: str,
) -> None:  # fmt: skip
    page = entered(
        open_browser, live_server.url, make_agent("Noor", teams=(team,), role=Agent.LEAD), language, width, scheme
    )
    page.goto(f"{live_server.url}/desk/knowledge/import")
    assert page.locator("html").get_attribute("dir") == direction
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("Meters/read.md", "---\ntitle: Read your meter\n---\nBlack **digits**, see [pay](pay.html).")
        made.writestr("Meters/read.de.md", "---\ntitle: Den Zähler lesen\n---\nSchwarze Ziffern.")
        made.writestr("Meters/pay.html", "<title>Pay</title><p>By card<script>alert(1)</script></p>")
        made.writestr("Meters/inside.md", "---\naudience: everyone\n---\nx")
    page.set_input_files("input[type=file]", {"name": "x.zip", "mimeType": "application/zip", "buffer": b"no zip"})
    page.locator("main form button.primary").click()
    expect(page.locator(".field-error, .errors").first).to_be_visible()
    assert axe_violations(page) == []
    file = {"name": "help.zip", "mimeType": "application/zip", "buffer": packed.getvalue()}
    page.set_input_files("input[type=file]", file)  # type: ignore[arg-type]  # its own kind of dictionary
    page.locator("input[name=is_published]").check()
    page.locator("main form button.primary").click()
    expect(page.locator(".notice")).to_contain_text("3")
    expect(page.locator("main li bdi")).to_have_text(["Meters/inside.md"])
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(f"{live_server.url}/help/en/read-your-meter")
    page.locator(".article-body a").click()
    expect(page.locator("h1")).to_have_text("Pay")
    page.goto(f"{live_server.url}/desk/knowledge/import")
    with page.expect_download() as given:
        page.locator("a[href$='export.zip']").click()
    with zipfile.ZipFile(given.value.path()) as exported:
        assert len([name for name in exported.namelist() if name.endswith(".md")]) == 3


HOST = """<!doctype html><html lang="{language}"><title>Shop</title><body><main><h1>Shop</h1>
<script src="{desk}/embed/{brand}.js" async></script></main></body></html>"""


@WIDE
def test_the_form_on_another_page_offers_an_answer_and_counts_that_it_was_taken(
    live_server, open_browser: Open, axe_violations: Axe, team: Team, shop, language: str, direction: str
) -> None:
    title = {"de": "Kein Wasser", "ar": "لا يوجد ماء"}[language]
    make_text(title, body="<p>x</p>", language=language)
    run_reactions()
    index_noted()
    address, pages = shop
    brand = add_brand(by="system", look=Look(name="River"), origins=[address])
    publish_brand(brand, by="system")
    pages["/"] = HOST.format(desk=live_server.url, brand=brand.pk, language=language)
    page = open_browser(viewport={"width": 390, "height": 844}, locale=language).new_page()
    page.goto(f"{address}/")
    frame = page.frame_locator("iframe")
    expect(frame.locator("html")).to_have_attribute("dir", direction)
    frame.locator("[name=subject]").fill(title)
    expect(frame.locator(".help-offers a")).to_have_text(title)
    assert axe_violations(page) == []
    with page.context.expect_page() as opened:
        frame.locator(".help-offers a").click()
    expect(opened.value.locator("h1")).to_have_text(title)
    expect(frame.locator("[name=subject]")).to_have_value(title)
    assert (Taken.objects.count(), Ticket.objects.count()) == (1, 0)
    for subject, is_counted in (("Another bill, please", True), (title, False)):  # days later, on the same site
        page.goto(f"{address}/")
        frame.locator("[name=subject]").fill(subject)
        frame.locator("[name=text]").fill("Please help.")
        frame.locator("[data-next]").click()
        frame.locator("[name=name]").fill("Mia")
        frame.locator("[name=email]").fill("mia@home.example")
        frame.locator("[data-send]").click()
        expect(frame.locator(".next[role=status]")).to_be_visible()
        assert (Taken.objects.get().asked_at is None) is is_counted, subject
