"""A journey: many mail that they have no water, a lead makes one problem of it in German and answers all of them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from charterdesk.channels.actions import accept_mail
from charterdesk.channels.email import intake
from charterdesk.channels.email.mailboxes import Mailboxes
from charterdesk.channels.testing import make_mail
from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent, make_team
from charterdesk.surges.actions import notice_surges, send_piece
from charterdesk.surges.models import Circular
from charterdesk.surges.testing import make_past
from charterdesk.tickets.links import status_token
from charterdesk.tickets.models import Message, Ticket
from tests.conftest import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WAYS = ("Kein Wasser in der Mühlgasse", "Es gibt kein Wasser, Mühlgasse 3", "Mühlgasse: kein Wasser seit heute früh")


def test_many_mails_are_pointed_out_become_one_problem_and_one_answer_reaches_each(
    live_server,
    open_browser: Callable[..., BrowserContext],
    axe_violations: Callable[[Page], list[str]],
    run_reactions: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(intake, "mailboxes", Mailboxes())
    team = make_team("Leaks", address="leaks@desk.example")
    lead = make_agent("Noor", teams=(team,), role=Agent.LEAD)
    Agent.objects.update(language="de")
    make_past(team)
    for number in range(8):
        name, text = f"mieter{number}@home.example", WAYS[number % 3]
        accept_mail(
            make_mail(text, sender=name, subject="Eine Frage", message_id=f"<{number}@home.example>"),
            source="smtp",
            recipients=[team.address],
        )
    run_reactions()
    notice_surges()
    page = open_browser(viewport={"width": 1440, "height": 900}, locale="de").new_page()
    sign_in(page, live_server.url, lead.login.email)

    page.goto(f"{live_server.url}/desk/today/")
    assert page.locator("html").get_attribute("lang") == "de"
    page.locator(".surges-now a").click()
    expect(page.locator("h1")).to_contain_text("Mühlgasse")
    assert axe_violations(page) == []
    page.locator("main input[name=ticket]").last.uncheck()
    page.fill("#subject", "Rohrbruch in der Mühlgasse")
    page.fill("#told", "Ein Rohr ist gebrochen; Wasser gibt es ab 18:00.")
    page.locator("form[action$='/problem'] button.primary").click()
    expect(page.locator("#parts")).to_contain_text("7")
    page.locator("textarea[name^='text-']").first.fill("Das Wasser ist wieder da.")
    page.locator("form[action$='/circulars'] button.primary").click()
    expect(page.locator(".circular")).to_contain_text("0 / 7")
    while send_piece(Circular.objects.get().pk):
        pass
    expect(page.locator(".circular")).to_contain_text("7 / 7")
    assert axe_violations(page) == []
    assert Message.objects.filter(direction=Message.OUT, body_text__contains="Das Wasser ist wieder da.").count() == 7

    part = Ticket.objects.filter(links__kind="part_of").latest("pk")
    page.goto(f"{live_server.url}/desk/tickets/{part.number}/")
    expect(page.locator(".part-of")).to_contain_text("Rohrbruch in der Mühlgasse")
    page.locator("#ticket summary[data-key='.']").click()  # the list beside it comes later, with a menu of its own
    page.locator(f"a[href$='/tickets/{part.number}/surge']").click()
    expect(page.locator("#parts")).to_be_visible()

    phone = open_browser(viewport={"width": 390, "height": 844}, color_scheme="dark", locale="ar").new_page()
    phone.goto(f"{live_server.url}/status/{part.number}/{status_token(part)}")
    expect(phone.locator(".notice")).to_contain_text("18:00")
    assert phone.locator("html").get_attribute("dir") == "rtl"
    assert axe_violations(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
