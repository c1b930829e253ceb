"""The portal as a customer sees it: on a phone, in the dark, right to left; and hostile mail shown to both sides."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from charterdesk.channels.actions import accept_mail
from charterdesk.channels.testing import make_mail
from charterdesk.people.actions.branding import add_brand, publish_brand
from charterdesk.people.branding import Look
from charterdesk.people.models import Agent, Organisation
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.portal import spam
from charterdesk.tickets.actions import release_message, send_message, solve_ticket
from charterdesk.tickets.links import status_link
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.testing import make_ticket
from tests.conftest import in_looks, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ATTACKS = (
    "<script>window.hacked = 1</script>",
    '<img src=x onerror="window.hacked = 1">',
    '<svg onload="window.hacked = 1"><circle r=9></svg>',
    '<a href="javascript:window.hacked = 1">click</a>',
    '<iframe srcdoc="<script>parent.hacked = 1</script>"></iframe>',
    '<math><mtext></form><form><mglyph><style></math><img src onerror="window.hacked = 1">',
    '<noscript><p title="</noscript><img src=x onerror=window.hacked=1>">',
    '<body onload="window.hacked = 1"><input autofocus onfocus="window.hacked = 1">',
    '<style>@import "https://evil.example/x.css"; body { display: none }</style><p style="position:fixed">x</p>',
    '<meta http-equiv="refresh" content="0;url=https://evil.example/"><base href="https://evil.example/">',
    '<form action="https://evil.example/"><button formaction="javascript:window.hacked=1">ok</button></form>',
    "<details open ontoggle=window.hacked=1><summary>s</summary></details>",
    "\"><script>window.hacked=1</script>'-alert(1)-'{{7*7}}${7*7}",
)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who writes is not taken for a machine, however fast."""
    monkeypatch.setattr(spam, "QUICKEST", timedelta(seconds=-1))


@pytest.fixture
def agent(transactional_db: None) -> Agent:
    return make_agent("Ada Brook", teams=(make_team("Leaks", address="leaks@desk.example"),))


@pytest.fixture
def ticket(agent: Agent) -> Ticket:
    """A solved request with an answer."""
    made = make_ticket(team=agent.teams.get(), contact=make_contact("Mia Miller", email="mia@home.example", login=True))
    message = send_message(made, by=agent, agent=agent, html="<p>We are on our way.</p>")
    release_message(message.pk, by=agent)
    solve_ticket(made, by=agent, solution="Valve replaced.")
    return made


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_no_page_has_a_fault_that_axe_finds_nor_is_wider_than_the_screen(
    live_server,
    open_browser: Callable[..., BrowserContext],
    axe_violations: Callable[[Page], list[str]],
    ticket: Ticket,
    language: str,
) -> None:
    context = open_browser(locale=language, reduced_motion="reduce")
    page = context.new_page()
    sign_in(page, live_server.url, "mia@home.example")
    context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    link = "/" + status_link(ticket).split("/", 3)[3]
    for path in ("/", "/search?q=water", "/requests/new", "/requests/", f"/requests/{ticket.number}", link, "/profile"):
        page.goto(f"{live_server.url}{path}")
        assert page.evaluate("document.documentElement.lang") == language, path
        for width in in_looks(page, step=2):
            assert axe_violations(page) == [], (path, width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until what `selector` finds has the focus, as somebody without a mouse does."""
    wanted = page.locator(selector).first
    for _ in range(80):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the keyboard does not reach {selector}")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_asking_following_answering_and_reopening_work_on_a_phone_by_keyboard_alone(
    live_server, open_browser: Callable[..., BrowserContext], agent: Agent, language: str
) -> None:
    page = open_browser(viewport={"width": 390, "height": 844}, locale=language).new_page()
    page.goto(f"{live_server.url}/")
    tab_to(page, "#q")
    page.keyboard.type("leaks")
    page.keyboard.press("Enter")
    tab_to(page, ".department a")
    page.keyboard.press("Enter")

    expect(page.locator("[name=subject]")).to_have_value("leaks")  # what is known is not asked again
    expect(page.locator("[name=team]")).to_be_hidden()
    tab_to(page, "[name=text]")
    page.keyboard.type("No water since this morning.")
    tab_to(page, "[data-next]")
    page.keyboard.press("Enter")
    expect(page.locator("[name=name]")).to_be_focused()
    page.keyboard.type("Mia Miller")
    tab_to(page, "[name=email]")
    page.keyboard.type("mia@home.example")
    page.keyboard.press("Enter")

    expect(page.locator(".next-text")).to_be_visible()
    made = Ticket.objects.get()
    assert (made.contact.email, made.subject) == ("mia@home.example", "leaks")
    tab_to(page, "[name=text]")
    page.keyboard.type("And the cellar is wet.")
    tab_to(page, "form[action$=reply] [type=submit]")
    page.keyboard.press("Enter")
    expect(page.get_by_text("And the cellar is wet.")).to_be_visible()
    for action in ("close", "reopen"):
        tab_to(page, f"form[action$={action}] button")
        page.keyboard.press("Enter")
        expect(page.locator(f"form[action$={action}]")).to_have_count(0)
    made.refresh_from_db()
    assert made.status == Ticket.OPEN


def test_the_form_says_what_is_missing_before_it_goes_on(
    live_server, open_browser: Callable[..., BrowserContext], agent: Agent, axe_violations: Callable[[Page], list[str]]
) -> None:
    make_team("Bills", address="bills@desk.example")  # with one team, nobody is asked which
    page = open_browser(viewport={"width": 390, "height": 844}).new_page()
    page.goto(f"{live_server.url}/requests/new")
    page.get_by_role("button", name="Continue").click()

    expect(page.get_by_text("Please fill this in.")).to_be_visible()
    assert axe_violations(page) == []
    page.get_by_label("Leaks").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("In a few words")).to_be_focused()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_who_may_follows_what_colleagues_asked_by_keyboard(
    live_server, open_browser: Callable[..., BrowserContext], axe_violations, ticket: Ticket, language: str
) -> None:
    mill = Organisation.objects.create(name="The Mill")
    boss = make_contact("Rosa Reed", email="rosa@mill.example", login=True)
    boss.organisation, boss.may_see_organisation = mill, True
    boss.save()
    Ticket.objects.update(organisation=mill)
    context = open_browser(viewport={"width": 390, "height": 844}, color_scheme="dark", locale=language)
    page = context.new_page()
    sign_in(page, live_server.url, "rosa@mill.example")
    page.goto(f"{live_server.url}/requests/")
    tab_to(page, ".tabs a[href*=organisation]")
    page.keyboard.press("Enter")
    expect(page.locator(".card")).to_contain_text("Mia Miller")
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    tab_to(page, ".card-title")
    page.keyboard.press("Enter")
    expect(page.get_by_text("We are on our way.")).to_be_visible()
    expect(page.locator("form[action$=reopen]")).to_have_count(0)


def test_a_request_is_made_without_script(
    live_server, open_browser: Callable[..., BrowserContext], agent: Agent
) -> None:
    page = open_browser(viewport={"width": 390, "height": 844}, java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/requests/new")
    page.get_by_label("In a few words").fill("No water")
    page.get_by_label("What happened, and what do you need?").fill("Since this morning.")
    page.get_by_label("Your name").fill("Mia Miller")
    page.get_by_label("Your e-mail address").fill("mia@home.example")
    page.get_by_role("button", name="Send request").click()

    expect(page.get_by_role("heading", name="No water")).to_be_visible()


HOST_PAGE = """<!doctype html><html lang="de"><title>Shop</title><body><main><h1>Shop</h1>
<script src="{desk}/embed/{brand}.js" async></script></main></body></html>"""


def test_a_page_of_another_site_holds_the_form_in_its_language_and_height(
    live_server, open_browser: Callable[..., BrowserContext], axe_violations, agent: Agent, shop
) -> None:
    address, pages = shop
    brand = add_brand(by="system", look=Look(name="River"), origins=[address])
    publish_brand(brand, by="system")
    pages["/"] = HOST_PAGE.format(desk=live_server.url, brand=brand.pk)
    context = open_browser(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{address}/")
    frame = page.frame_locator("iframe")

    expect(frame.locator("h1")).to_be_visible()
    expect(frame.locator("html")).to_have_attribute("lang", "de")
    page.wait_for_function("document.querySelector('iframe').title !== 'charterdesk'")
    assert axe_violations(page) == []
    before = page.locator("iframe").bounding_box()
    frame.locator("[name=subject]").fill("Kein Wasser")
    frame.locator("[name=text]").fill("Seit heute Morgen.")
    frame.locator("[data-next]").click()
    frame.locator("[name=name]").fill("Mia Miller")
    frame.locator("[name=email]").fill("mia@home.example")
    frame.locator("[data-send]").click()

    expect(frame.locator("[role=status] h1")).to_be_visible()
    made = Ticket.objects.get()
    after = page.locator("iframe").bounding_box()
    assert (made.contact.email, made.language) == ("mia@home.example", "de")
    assert before and after and before["height"] != after["height"]
    assert [one for one in context.cookies() if one["name"] == "sessionid"] == []


def test_a_form_sent_too_quickly_stays_where_it_is_sent_from_with_all_that_was_written(
    live_server, open_browser: Callable[..., BrowserContext], agent: Agent, shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, pages = shop
    brand = add_brand(by="system", look=Look(name="River"), origins=[address])
    publish_brand(brand, by="system")
    pages["/"] = HOST_PAGE.format(desk=live_server.url, brand=brand.pk)
    page = open_browser(viewport={"width": 390, "height": 844}).new_page()
    page.goto(f"{address}/")
    frame = page.frame_locator("iframe")
    monkeypatch.setattr(spam, "QUICKEST", timedelta(days=1))
    written = {"subject": "Kein Wasser", "text": "Seit heute.", "name": "Mia Miller", "email": "mia@home.example"}
    for name, value in written.items():
        if name == "name":
            frame.locator("[data-next]").click()
        frame.locator(f"[name={name}]").fill(value)
    frame.locator("[data-send]").click()

    expect(frame.get_by_role("alert")).to_be_visible()
    expect(frame.locator("[name=email]")).to_be_visible()
    assert {name: frame.locator(f"[name={name}]").input_value() for name in written} == written
    monkeypatch.setattr(spam, "QUICKEST", timedelta(seconds=-1))
    frame.locator("[data-send]").click()
    expect(frame.locator("[role=status] h1")).to_be_visible()
    assert Ticket.objects.get().subject == "Kein Wasser"


def test_a_site_that_was_not_named_shows_no_form(live_server, chromium, agent: Agent, shop) -> None:
    address, pages = shop
    brand = add_brand(by="system", look=Look(name="River"), origins=["https://shop.example"])
    publish_brand(brand, by="system")
    pages["/"] = HOST_PAGE.format(desk=live_server.url, brand=brand.pk)
    context = chromium.new_context()  # what the browser refuses, it writes to its console
    page = context.new_page()
    with page.expect_console_message(lambda said: "frame-ancestors" in said.text):
        page.goto(f"{address}/")

    page.wait_for_selector("iframe")
    context.close()


def test_hostile_mail_runs_nothing_for_agent_or_customer(
    live_server, open_browser: Callable[..., BrowserContext], agent: Agent, run_reactions: Callable[[], int]
) -> None:
    for number, attack in enumerate(ATTACKS):
        raw = make_mail("x", subject=f"Attack {number} {attack[:40]}", message_id=f"<{number}@evil.example>")
        html = raw.replace(b"text/plain", b"text/html").replace(
            b"\nx\n", f"\n<p>before</p>{attack}<p>after</p>\n".encode()
        )
        assert attack.encode() in html
        accept_mail(html, source="smtp", recipients=["leaks@desk.example"])
    run_reactions()
    assert Ticket.objects.count() == len(ATTACKS)

    context = open_browser(viewport={"width": 1440, "height": 900})
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    sign_in(page, live_server.url, agent.email)
    for ticket in Ticket.objects.all():
        link = "/" + status_link(ticket).split("/", 3)[3]
        for path in (f"/desk/tickets/{ticket.number}/", link):
            page.goto(f"{live_server.url}{path}")
            expect(page.get_by_text("before").first).to_be_visible()
            assert page.evaluate("window.hacked === undefined"), f"{path}: {ticket.subject}"
    assert [url for url in asked if "evil.example" in url] == []
