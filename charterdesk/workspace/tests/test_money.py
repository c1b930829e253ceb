"""Money in the workspace, from a draft to a refund, as people press the buttons; and invoices as customers see them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from charterdesk.billing.actions.drafts import NewLine, add_line, draft_invoice
from charterdesk.billing.actions.issuing import issue_invoice
from charterdesk.billing.actions.refunds import request_refund
from charterdesk.billing.actions.reminding import dispute_invoice
from charterdesk.billing.actions.seller import change_seller
from charterdesk.billing.models import Account, Credit, Invoice, InvoiceLine, Payment, Refund, ReminderPause
from charterdesk.billing.queries.seller import today_of_seller
from charterdesk.billing.testing import eur, ledger_problems, make_account, pay_for_something
from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent, make_contact, make_team

pytestmark = pytest.mark.django_db


def signed_in(who) -> Client:
    client = Client()
    client.force_login(who.login)
    return client


@pytest.fixture
def lead() -> Client:
    change_seller(by="system", name="Aldermouth Water", country="IE")
    return signed_in(make_agent("Lea", teams=(make_team(),), role=Agent.LEAD))


def test_a_draft_is_written_issued_paid_and_taken_back(lead: Client) -> None:
    account = make_account()
    began = lead.post(f"/desk/money/accounts/{account.pk}/draft")
    invoice = Invoice.objects.get()
    assert began["Location"] == f"/desk/money/invoices/{invoice.pk}/"

    line = {"text": "Meter check", "quantity": "1,5", "unit": "HUR", "price": "60.00"}
    assert lead.post(f"/desk/money/invoices/{invoice.pk}/lines", line).status_code == 302
    lead.post(f"/desk/money/invoices/{invoice.pk}/issue")
    page = lead.get(f"/desk/money/invoices/{invoice.pk}/").content.decode()
    assert "INV-" in page
    assert "90.00" in page

    payment = {"amount": "50", "way": "bank", "received_on": "2026-01-02", "invoice": invoice.pk}
    lead.post(f"/desk/money/accounts/{account.pk}/payments", payment)
    lead.post(f"/desk/money/invoices/{invoice.pk}/credit-note", {"reason": "Wrong meter"})
    invoice.refresh_from_db()
    assert invoice.is_paid
    assert ledger_problems() == []
    assert "Wrong meter" in lead.get(f"/desk/money/invoices/{invoice.credit_notes.get().pk}/").content.decode()


def test_a_line_without_a_price_is_not_taken_and_keeps_what_was_typed(lead: Client) -> None:
    invoice_of = lead.post(f"/desk/money/accounts/{make_account().pk}/draft")["Location"]
    answer = lead.post(f"{invoice_of}lines", {"text": "Meter check", "quantity": "1", "unit": "C62", "price": "much"})

    assert answer.status_code == 422
    assert 'value="Meter check"' in answer.content.decode()


def test_credit_is_given_once_though_the_button_is_pressed_twice(lead: Client) -> None:
    account = make_account()
    for _time in range(2):
        given = {"amount": "12.50", "reason": "Late", "once": "mark-1"}
        assert lead.post(f"/desk/money/accounts/{account.pk}/credits", given).status_code == 302

    assert [credit.money.plain for credit in Credit.objects.all()] == ["12.50"]


def test_a_refund_without_limits_takes_two_people(lead: Client) -> None:
    account = make_account()
    asked = {"amount": "30", "reason": "We were late", "out_of": "goodwill"}
    lead.post(f"/desk/money/accounts/{account.pk}/refunds", asked)
    refund = Refund.objects.get()
    managers = [signed_in(make_agent(name, role=Agent.MANAGER)) for name in ("Soraya", "Edmund")]
    for manager in managers:
        assert "30.00" in manager.get("/desk/money/refunds").content.decode()
        manager.post(f"/desk/money/refunds/{refund.pk}/decision", {"decision": "yes"})
    lead.post(f"/desk/money/refunds/{refund.pk}/payout", {"reference": "SEPA 7"})
    refund.refresh_from_db()

    assert (refund.state, refund.reference) == (Refund.PAID, "SEPA 7")


def test_money_goes_back_on_a_yes_and_on_nothing_else(lead: Client) -> None:
    change_seller(by="system", limits={Agent.LEAD: Decimal(20)})
    account = make_account()
    asked = {"amount": "5", "reason": "Late", "out_of": "goodwill", "once": "mark-1"}
    lead.post(f"/desk/money/accounts/{account.pk}/refunds", asked)
    refund = Refund.objects.get()

    codes = [
        lead.post(f"/desk/money/refunds/{refund.pk}/decision", said).status_code for said in ({}, {"decision": "?"})
    ]

    refund.refresh_from_db()
    assert (codes, refund.state) == ([409, 409], Refund.REQUESTED)


def test_who_asked_for_a_refund_above_their_limit_is_offered_no_yes(lead: Client) -> None:
    change_seller(by="system", limits={Agent.LEAD: Decimal(20)})
    account = make_account()
    for amount in ("20", "30"):
        asked = {"amount": amount, "reason": f"Late by {amount}", "out_of": "goodwill", "once": amount}
        lead.post(f"/desk/money/accounts/{account.pk}/refunds", asked)
    other = signed_in(make_agent("Edmund", role=Agent.MANAGER))

    assert [one.get("/desk/money/refunds").content.decode().count('value="yes"') for one in (lead, other)] == [1, 2]
    assert "waits for approval" in lead.get("/desk/money/refunds").content.decode()


@pytest.mark.parametrize("nonsense", ["99999999999999999999", "1e5", "-5", "NaN", "0.00001", "1,2,3", "9" * 300])
def test_what_is_no_amount_is_said_at_its_field_and_kept_nowhere(lead: Client, nonsense: str) -> None:
    account = make_account()
    lead.post(f"/desk/money/accounts/{account.pk}/draft")
    lines = f"/desk/money/invoices/{Invoice.objects.get().pk}/lines"
    line = {"text": "Meter check", "quantity": "1", "unit": "C62", "price": "1"}
    asked = {"amount": nonsense, "reason": "Late", "once": "mark-1", "out_of": "goodwill"}
    paid = {"amount": nonsense, "way": "bank", "received_on": "2026-01-02"}

    codes = [
        lead.post(f"/desk/money/accounts/{account.pk}/{what}", asked).status_code for what in ("credits", "refunds")
    ]
    codes.append(lead.post(f"/desk/money/accounts/{account.pk}/payments", paid).status_code)
    codes += [lead.post(lines, {**line, name: nonsense}).status_code for name in ("quantity", "price")]

    assert codes == [422] * 5
    assert (Credit.objects.count(), Refund.objects.count(), InvoiceLine.objects.count()) == (0, 0, 0)


def test_a_payment_is_recorded_once_though_the_button_is_pressed_twice(lead: Client) -> None:
    path = f"/desk/money/accounts/{make_account().pk}/payments"
    paid = {"amount": "5", "way": "bank", "received_on": "2026-01-02"}
    for mark in ("mark-1", "mark-1", "mark-2"):
        assert lead.post(path, {**paid, "once": mark}).status_code == 302

    assert Payment.objects.count() == 2


def _invoice_of(account: Account) -> Invoice:
    draft = draft_invoice(account, by="system")
    add_line(draft, NewLine(text="Meter check", price=eur(10)), by="system")
    return issue_invoice(draft, by="system")


def test_a_payment_that_was_mended_still_settles_the_invoice_it_was_for(lead: Client) -> None:
    account = make_account()
    older, chosen = (_invoice_of(account) for _ in range(2))
    path = f"/desk/money/accounts/{account.pk}/payments"
    paid = {"amount": "much", "way": "bank", "received_on": "2026-01-02", "invoice": chosen.pk}

    wrong = lead.post(path, paid).content.decode()
    assert f'<input type="hidden" name="invoice" value="{chosen.pk}">' in wrong
    lead.post(path, {**paid, "amount": "10"})

    for each in (older, chosen):
        each.refresh_from_db()
    assert (older.is_paid, chosen.is_paid) == (False, True)


@pytest.mark.parametrize(
    ("reason", "quantity", "said"),
    [
        (" ", "1", "This field is required."),
        ("Wrong meter", "some", "Write a quantity as a number."),
        ("Wrong meter", "2", "No more can be taken back than there is on the invoice."),
    ],
)
def test_a_credit_note_that_cannot_be_keeps_what_was_typed(lead: Client, reason: str, quantity: str, said: str) -> None:
    invoice = _invoice_of(make_account())
    line = f"line-{invoice.lines.get().pk}"

    answer = lead.post(f"/desk/money/invoices/{invoice.pk}/credit-note", {"reason": reason, line: quantity})

    page = answer.content.decode()
    assert (answer.status_code, invoice.credit_notes.count()) == (422, 0)
    assert (said in page, f'name="{line}" value="{quantity}"' in page) == (True, True)


def test_a_line_no_invoice_could_hold_is_refused(lead: Client) -> None:
    lead.post(f"/desk/money/accounts/{make_account().pk}/draft")
    lines = f"/desk/money/invoices/{Invoice.objects.get().pk}/lines"

    for quantity, price in (("999999999999", "1"), ("999999", "999999999")):
        line = {"text": "Meter check", "quantity": quantity, "unit": "C62", "price": price}
        assert lead.post(lines, line).status_code == 422

    assert InvoiceLine.objects.count() == 0


def test_settings_of_money_are_kept_with_limits_and_taxes() -> None:
    amy = signed_in(make_agent("Amy", role=Agent.ADMINISTRATOR))
    page = amy.get("/desk/admin/money")
    form = page.context["form"]
    given = {name: bound.value() or "" for name, bound in ((name, form[name]) for name in form.fields)}
    saved = amy.post(
        "/desk/admin/money", {**given, "name": "Aldermouth Water", "country": "ie", "limit_lead": "50", "yearly": "on"}
    )
    tax = {"name": "Standard", "category": "S", "percent": "23", "valid_from": "2020-01-01", "is_default": "on"}
    amy.post("/desk/admin/money/taxes/new", tax)
    shown = amy.get("/desk/admin/money").content.decode()

    assert saved.status_code == 302
    assert 'value="IE"' in shown
    assert 'value="50.00"' in shown
    assert "Standard" in shown


def test_a_customer_sees_their_invoices_and_says_that_one_is_wrong() -> None:
    mia, omar = make_contact("Mia", login=True), make_contact("Omar", login=True)
    invoice = pay_for_something(mia)["invoice"]
    assert isinstance(invoice, Invoice)
    invoice.disputes.all().delete()
    client = signed_in(mia)

    assert str(invoice.number) in client.get("/invoices/").content.decode()
    client.post(f"/invoices/{invoice.pk}/dispute", {"text": "Not my meter"})
    assert "Not my meter" in client.get(f"/invoices/{invoice.pk}").content.decode()
    assert client.get(f"/invoices/{invoice.pk}/pdf").content.startswith(b"%PDF-")
    assert str(invoice.number) not in signed_in(omar).get("/invoices/").content.decode()
    assert signed_in(omar).get(f"/invoices/{invoice.pk}/xml").status_code == 404


def test_a_customer_who_says_nothing_of_an_invoice_has_the_form_again() -> None:
    mia = make_contact("Mia", login=True)
    invoice = pay_for_something(mia)["invoice"]
    assert isinstance(invoice, Invoice)
    invoice.disputes.all().delete()

    answer = signed_in(mia).post(f"/invoices/{invoice.pk}/dispute", {"text": "  "})

    assert answer.status_code == 422
    assert 'class="fold" open' in answer.content.decode()
    assert 'aria-describedby="id_text-error" autofocus' in answer.content.decode()
    assert not invoice.disputes.exists()


@pytest.mark.parametrize(
    ("what", "sent", "field", "said"),
    [
        ("dispute", {"answer": " "}, "answer", "Say what you found"),
        ("pause", {"until": ""}, "until", "Choose a day"),
        ("pause", {"until": "soon"}, "until", "Choose a day"),
        ("pause", {"until": "2020-01-01"}, "until", "Choose a day"),
        ("pause", {"until": "2999-01-01"}, "until", "Choose a day"),
    ],
)
def test_what_is_missing_of_an_invoice_is_said_at_its_field(
    lead: Client, what: str, sent: dict[str, str], field: str, said: str
) -> None:
    invoice = _invoice_of(make_account())
    dispute_invoice(invoice, by="system", text="Not my meter")

    answer = lead.post(f"/desk/money/invoices/{invoice.pk}/{what}", sent)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert [said in page, f'aria-describedby="id_{field}-error" autofocus' in page] == [True, True]
    assert invoice.disputes.get().settled_at is None
    assert not ReminderPause.objects.exists()


def test_reminders_rest_until_a_day_and_go_on_when_asked(lead: Client) -> None:
    invoice, until = _invoice_of(make_account()), today_of_seller() + timedelta(days=9)
    path = f"/desk/money/invoices/{invoice.pk}/pause"

    lead.post(path, {"until": until.isoformat()})
    assert ReminderPause.objects.get().until_on == until
    assert 'name="again"' in lead.get(f"/desk/money/invoices/{invoice.pk}/").content.decode()
    lead.post(path, {"again": "1"})

    assert not ReminderPause.objects.exists()


def test_who_refuses_a_refund_without_a_reason_has_its_form_again_and_no_other_one(lead: Client) -> None:
    account = make_account()
    refunds = [request_refund(account, eur(n), reason="Late", cause_key=f"breach:{n}", by="system") for n in (5, 6)]

    answer = lead.post(f"/desk/money/refunds/{refunds[0].pk}/decision", {"decision": "no", "why": " "})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'aria-describedby="why_{refunds[0].pk}_why-error" autofocus' in page
    assert page.count('-error" autofocus') == page.count('class="more-on grow" open') == 1
    assert {one.state for one in Refund.objects.all()} == {Refund.REQUESTED}


def test_the_list_of_invoices_costs_few_statements(lead: Client, django_assert_max_num_queries) -> None:
    for number in range(5):
        pay_for_something(make_contact(f"Customer {number}"))
        Credit.objects.all().delete()
        Refund.objects.all().delete()
    with django_assert_max_num_queries(15):
        lead.get("/desk/money/")
