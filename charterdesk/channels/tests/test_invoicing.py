"""Invoices go out by mail, once, as PDF and XML, in the language of the customer."""

from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.utils import translation
from django.utils.formats import date_format

from charterdesk.base.clock import now
from charterdesk.billing.actions.payments import record_payment
from charterdesk.billing.actions.sending import send_invoice_again
from charterdesk.billing.models import Invoice
from charterdesk.billing.testing import pay_for_something
from charterdesk.channels.models import Outgoing
from charterdesk.people.testing import make_contact, make_team

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def invoice() -> Invoice:
    make_team("Billing", address="billing@desk.example")
    found = pay_for_something(make_contact("Rosalind", email="rosalind@home.example"))["invoice"]
    assert isinstance(found, Invoice)
    return found


def subjects() -> list[str]:
    mails = [message_from_bytes(bytes(one.raw), policy=policy.default) for one in Outgoing.objects.order_by("pk")]
    return [str(mail["Subject"]) for mail in mails]


def test_an_issued_invoice_is_mailed_once_with_its_files(
    invoice: Invoice, run_reactions: Callable[[], int], run_jobs: Callable[[], int]
) -> None:
    for _time in range(2):
        run_reactions()
        run_jobs()

    [outgoing] = Outgoing.objects.all()
    mail = message_from_bytes(bytes(outgoing.raw), policy=policy.default)
    assert outgoing.recipients == ["rosalind@home.example"]
    assert [part.get_filename() for part in mail.iter_attachments()] == [
        f"{invoice.number}.pdf",
        f"{invoice.number}.xml",
    ]
    body = mail.get_body(("plain",))
    assert body is not None
    assert "103.00" in body.get_content()
    assert invoice.due_on is not None
    with translation.override("en"):  # the month as a word: 03/04 is another day elsewhere
        day = date_format(invoice.due_on, "DATE_FORMAT")
    assert f"by {day}." in " ".join(body.get_content().split())


def test_asked_for_again_it_goes_again(
    invoice: Invoice, run_reactions: Callable[[], int], run_jobs: Callable[[], int]
) -> None:
    send_invoice_again(invoice, by="system")
    run_reactions()
    run_jobs()

    assert subjects() == [f"Invoice {invoice.number}"] * 2


def test_a_reminder_does_not_go_when_it_was_paid_meanwhile(
    invoice: Invoice,
    run_reactions: Callable[[], int],
    run_jobs: Callable[[], int],
    fire_timers: Callable[..., int],
) -> None:
    run_reactions()
    run_jobs()
    invoice.disputes.update(settled_at=now())
    fire_timers(now() + timedelta(days=16))
    invoice.refresh_from_db()
    record_payment(invoice.account, invoice.open, by="system", invoice=invoice)
    run_reactions()
    run_jobs()

    assert subjects() == [f"Invoice {invoice.number}"]
