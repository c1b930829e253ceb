"""Journeys: a promise is broken by moving the clock, the customer is told, the credit is approved and used on an
invoice, and the public figure changes; the charter is written, approved by somebody else, published, hung up."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from charterdesk.billing.actions.drafts import NewLine, add_line, draft_invoice
from charterdesk.billing.actions.issuing import issue_invoice
from charterdesk.billing.actions.seller import change_seller, save_tax_rate
from charterdesk.billing.models import Invoice
from charterdesk.billing.testing import eur, make_account
from charterdesk.calendars.testing import ROUND_THE_CLOCK, make_calendar
from charterdesk.charter.content import Charter
from charterdesk.charter.in_force import forget
from charterdesk.charter.models import CharterVersion
from charterdesk.charter.testing import answer_within, credit, publish_for_test
from charterdesk.events.testing import fire_timers, run_reactions
from charterdesk.people.models import Agent, Contact
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.sla.testing import answer
from charterdesk.tickets.links import status_token
from charterdesk.tickets.testing import make_ticket
from tests.conftest import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def enter(live_server, open_browser) -> Callable[..., Page]:
    """Call it for a page on which somebody is signed in."""

    def entered(agent: Agent | None = None, **options) -> Page:
        context = open_browser(**{"viewport": {"width": 1440, "height": 900}, **options})
        page: Page = context.new_page()
        if agent:
            sign_in(page, live_server.url, agent.email)
        return page

    return entered


@pytest.fixture
def team(transactional_db):
    team = make_team("Leaks")
    team.calendar = make_calendar("Always", zone="UTC", hours=ROUND_THE_CLOCK)
    team.save()
    return team


def five_hours_pass() -> None:
    """What happened so far was five hours ago: a breach ahead of the clock may be tomorrow's, counted by no figure."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE events_event SET at = at - interval '5 hours'")


def invoiced(contact: Contact) -> Invoice:
    """The next invoice of somebody, for 100 EUR."""
    change_seller(by="system", name="Aldermouth Water", country="IE")
    save_tax_rate(None, by="system", name="Standard", percent=Decimal(23), is_default=True)
    draft = draft_invoice(make_account(contact), by="system")
    add_line(draft, NewLine(text="Water", price=eur(100)), by="system")
    return issue_invoice(draft, by="system")


def test_a_broken_promise_becomes_a_credit_and_a_public_figure(live_server, enter, team):
    soraya = make_agent("Soraya Fenn", role=Agent.MANAGER)
    maya = make_agent("Maya Torres", teams=(team,))
    charter = Charter(
        title={"en": "Our charter"},
        objectives=[answer_within(4)],
        remedies=[credit("30", title={"en": "Credit on your bill"}, approve_above="20")],
    )
    publish_for_test(charter)
    kept = make_ticket(team=team)
    answer(kept, maya)
    run_reactions()

    visitor = enter()
    visitor.goto(f"{live_server.url}/charter/")
    expect(visitor.locator(".pledge-figure")).to_have_text("100.0\N{NO-BREAK SPACE}% kept of 1 in 90 days")

    broken = make_ticket(team=team, contact=make_contact("Rosalind Hart"))
    five_hours_pass()
    run_reactions()
    fire_timers()
    run_reactions()

    status = f"{live_server.url}/status/{broken.number}/{status_token(broken)}"
    visitor.goto(status)
    promised = visitor.get_by_role("region", name="Promised by our charter")
    expect(promised).to_contain_text("A person answers you within 4 hours.")
    expect(promised).to_contain_text("not kept")
    expect(promised).to_contain_text("a manager looks at it first")
    expect(visitor.get_by_text("we gave you a promise and did not keep it")).to_have_count(1)

    manager = enter(soraya)
    manager.goto(f"{live_server.url}/desk/charter/remedies")
    waiting = manager.get_by_role("region", name="Waiting for approval")
    expect(waiting).to_contain_text("Rosalind Hart")
    waiting.get_by_role("button", name="Approve").click()
    expect(manager.get_by_text("Nothing waits for approval.")).to_be_visible()

    visitor.goto(status)
    expect(visitor.get_by_role("region", name="Promised by our charter")).to_contain_text("on your next invoice")
    expect(visitor.get_by_text("we gave you a promise and did not keep it")).to_have_count(2)
    manager.goto(f"{live_server.url}/desk/money/invoices/{invoiced(broken.contact).pk}/")
    settled = manager.get_by_role("complementary", name="How it stands")
    expect(settled.get_by_role("listitem").filter(has_text="credit")).to_contain_text("30.00")
    visitor.goto(f"{live_server.url}/charter/")
    expect(visitor.locator(".pledge-figure")).to_have_text("50.0\N{NO-BREAK SPACE}% kept of 2 in 90 days")


def test_a_charter_is_written_approved_by_somebody_else_and_published(live_server, enter, team):
    imke = make_agent("Imke Dahl", role=Agent.ADMINISTRATOR)
    soraya = make_agent("Soraya Fenn", role=Agent.MANAGER)
    writer, approver = enter(imke), enter(soraya)

    writer.goto(f"{live_server.url}/desk/admin/charter")
    writer.get_by_role("button", name="Sample: Water, energy, transport").click()
    writer.get_by_role("link", name="Answered the same day").click()
    writer.get_by_label("The promise in one sentence").fill("A person answers you within three working hours.")
    writer.get_by_label("Within", exact=True).fill("3:00")
    writer.get_by_role("button", name="Save").click()
    expect(writer.get_by_role("button", name="Approve")).to_have_count(0)

    approver.goto(f"{live_server.url}/desk/admin/charter/preview?lang=en")
    expect(approver.get_by_text("A person answers you within three working hours.")).to_be_visible()
    approver.goto(f"{live_server.url}/desk/admin/charter")
    approver.get_by_role("button", name="Approve").click()
    expect(approver.get_by_text("Approved. It can be published now.")).to_be_visible()

    writer.goto(f"{live_server.url}/desk/admin/charter")
    writer.get_by_role("button", name="Publish").click()
    expect(writer.get_by_text("to come")).to_be_visible()
    CharterVersion.objects.update(effective_at=datetime(2026, 1, 1, tzinfo=UTC))
    forget()
    visitor = enter()
    visitor.goto(f"{live_server.url}/charter/")
    expect(visitor.get_by_text("A person answers you within three working hours.")).to_be_visible()


def test_the_poster_is_one_page_of_its_size_with_the_figures_on_it(live_server, enter, team):
    publish_for_test(Charter(title={"en": "Our charter", "de": "Unser Versprechen"}, objectives=[answer_within(4)]))
    answer(make_ticket(team=team), make_agent("Maya Torres", teams=(team,)))
    run_reactions()
    page = enter()

    for size, language, width, title in (("a4", "en", 595, "Our charter"), ("a3", "de", 842, "Unser Versprechen")):
        made = page.request.get(f"{live_server.url}/charter/poster.pdf?size={size}&lang={language}")
        (sheet,) = PdfReader(BytesIO(made.body())).pages
        said = sheet.extract_text()
        assert (made.headers["content-type"], round(sheet.mediabox.width)) == ("application/pdf", width)
        assert title in said
        assert "A person answers you within 4 hours." in said
        assert "100" in said
        assert live_server.url.partition("://")[2] + "/charter" in said


def test_other_sites_show_the_figures(live_server, enter, team, shop):
    publish_for_test(Charter(title={"en": "Our charter"}, objectives=[answer_within(4)]))
    address, pages = shop
    script = f'<script src="{live_server.url}/charter/embed.js" async></script>'
    pages["/"] = f'<!doctype html><html lang="en"><title>Shop</title><body>{script}</body></html>'
    page = enter()

    page.goto(f"{address}/")

    expect(page.get_by_role("heading", name="Our charter")).to_be_visible()
    expect(page.get_by_text("An answer in time")).to_be_visible()
    expect(page.get_by_text("promised: 95.0")).to_be_visible()
