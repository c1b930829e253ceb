"""A form that was not taken is seen where it is wrong, however far down its page it stands."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from charterdesk.billing.actions.seller import change_seller
from charterdesk.billing.actions.verdicts import contest_verdict
from charterdesk.billing.models import Contest, Payment, Verdict
from charterdesk.billing.testing import make_account
from charterdesk.billing.testing_bought import make_usual_reasons
from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent, make_team
from charterdesk.tickets.charging import judge_ticket
from charterdesk.tickets.links import status_token
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.testing import make_ticket
from tests.conftest import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("has_script", [True, False])
def test_what_is_wrong_with_a_payment_is_in_sight_on_a_phone(
    live_server, open_browser: Callable[..., BrowserContext], has_script: bool
) -> None:
    change_seller(by="system", name="Aldermouth Water", country="IE")
    lead = make_agent("Lea", teams=(make_team(),), role=Agent.LEAD, email="lea@desk.example")
    page = open_browser(viewport={"width": 390, "height": 700}, java_script_enabled=has_script).new_page()
    sign_in(page, live_server.url, lead.email, f"/desk/money/accounts/{make_account().pk}/")
    page.get_by_text("Record a payment").click()
    form = page.locator("form[action$=payments]")

    for amount, day, wrong in (("much", "2026-01-02", "amount"), ("5", "2099-01-02", "received_on")):
        form.locator("[name=amount]").fill(amount)
        form.locator("[name=received_on]").fill(day)
        form.get_by_role("button", name="Record").click()
        expect(form.locator(f"[name={wrong}]")).to_be_focused()
        expect(form.locator(".field-error")).to_be_in_viewport()
    assert Payment.objects.count() == 0


@pytest.fixture
def charged(transactional_db: None) -> Ticket:
    make_usual_reasons()
    ticket = make_ticket(team=make_team())
    judge_ticket(ticket, by="system")
    return ticket


@pytest.mark.parametrize("has_script", [True, False])
def test_a_customer_who_contests_without_a_word_has_the_form_before_them(
    live_server, open_browser: Callable[..., BrowserContext], charged: Ticket, has_script: bool
) -> None:
    page = open_browser(viewport={"width": 390, "height": 700}, java_script_enabled=has_script).new_page()
    page.goto(f"{live_server.url}/status/{charged.number}/{status_token(charged)}/costs")
    page.get_by_text("This is wrong").click()
    page.get_by_label("What is wrong with it?").fill("  ")
    page.get_by_role("button", name="Send").click()

    expect(page.locator(".field-error")).to_be_in_viewport()
    expect(page.get_by_label("What is wrong with it?")).to_be_focused()
    page.get_by_label("What is wrong with it?").fill("I pay a contract.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Somebody who leads the team looks into it").first).to_be_visible()
    assert Contest.objects.get().text == "I pay a contract."


@pytest.mark.parametrize("has_script", [True, False])
def test_a_lead_who_answers_without_a_word_has_the_form_before_them(
    live_server, open_browser: Callable[..., BrowserContext], charged: Ticket, has_script: bool
) -> None:
    verdict, mia = Verdict.objects.get(about=charged.key), charged.contact
    contest_verdict(verdict, text="I pay a contract.", contact_id=mia.pk, by=mia)
    lead = make_agent("Lea", teams=(charged.team,), role=Agent.LEAD, email="lea@desk.example")
    page = open_browser(viewport={"width": 1280, "height": 800}, java_script_enabled=has_script).new_page()
    path = f"/desk/tickets/{charged.number}/{'' if has_script else 'costs'}"
    sign_in(page, live_server.url, lead.email, path)
    answer = page.locator("#costs").get_by_label("Why, as the customer reads it")
    answer.fill("  ")
    page.get_by_role("button", name="It stands").click()

    expect(page.locator("#costs .field-error")).to_be_in_viewport()
    expect(answer).to_be_focused()
    assert Contest.objects.get().decided_at is None
