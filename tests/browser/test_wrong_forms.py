"""A form that was not taken is seen where it is wrong, however far down its page it stands."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from charterdesk.billing.actions.seller import change_seller
from charterdesk.billing.models import Payment
from charterdesk.billing.testing import make_account
from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent, make_team
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
