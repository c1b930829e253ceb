"""The portal as a customer sees it: on a phone, in the dark, right to left; and hostile mail shown to both sides."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from charterdesk.channels.actions import accept_mail
from charterdesk.channels.testing import make_mail
from charterdesk.people.models import Agent
from charterdesk.people.testing import PASSWORD, make_agent, make_contact, make_team
from charterdesk.tickets.actions import release_message, send_message, solve_ticket
from charterdesk.tickets.links import status_link
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.testing import make_ticket

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


def sign_in(page: Page, base: str, email: str) -> None:
    page.goto(f"{base}/account/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url(lambda url: "/account/login" not in url)


@pytest.mark.parametrize("language", ["en", "de", "ar"])
@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_no_page_has_a_fault_that_axe_finds_nor_is_wider_than_the_screen(
    live_server,
    open_browser: Callable[..., BrowserContext],
    axe_violations: Callable[[Page], list[str]],
    ticket: Ticket,
    language: str,
    width: int,
    scheme: str,
) -> None:
    context = open_browser(viewport={"width": width, "height": 844}, color_scheme=scheme, locale=language)
    page = context.new_page()
    sign_in(page, live_server.url, "mia@home.example")
    context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    link = "/" + status_link(ticket).split("/", 3)[3]
    for path in ("/", "/requests/new", "/requests/", f"/requests/{ticket.number}", link):
        page.goto(f"{live_server.url}{path}")
        assert axe_violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.evaluate("document.documentElement.lang") == language, path


def test_a_request_is_made_on_a_phone_without_an_account(
    live_server, open_browser: Callable[..., BrowserContext], agent: Agent
) -> None:
    page = open_browser(viewport={"width": 390, "height": 844}).new_page()
    page.goto(f"{live_server.url}/")
    page.get_by_role("link", name="New request").click()
    page.get_by_label("What is it about?").select_option(label="Leaks")
    page.get_by_label("In a few words").fill("No water")
    page.get_by_label("What happened, and what do you need?").fill("Since this morning.")
    page.get_by_label("Your name").fill("Mia Miller")
    page.get_by_label("Your e-mail address").fill("mia@home.example")
    page.wait_for_timeout(2_000)  # nobody writes faster; what does is taken for a machine
    page.get_by_role("button", name="Send request").click()

    expect(page.get_by_role("heading", name="No water")).to_be_visible()
    assert Ticket.objects.get().contact.email == "mia@home.example"


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
    context.route(
        "**/live?token*", lambda route: route.fulfill(body="retry: 600000\n\n", content_type="text/event-stream")
    )
    context.route("**/live/presence", lambda route: route.fulfill(status=204))
    page = context.new_page()
    sign_in(page, live_server.url, agent.email)
    for ticket in Ticket.objects.all():
        link = "/" + status_link(ticket).split("/", 3)[3]
        for path in (f"/desk/tickets/{ticket.number}/", link):
            page.goto(f"{live_server.url}{path}")
            expect(page.get_by_text("before").first).to_be_visible()
            assert page.evaluate("window.hacked === undefined"), f"{path}: {ticket.subject}"
    assert [url for url in asked if "evil.example" in url] == []
