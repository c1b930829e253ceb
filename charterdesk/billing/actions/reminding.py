"""Reminders of what is late, by timers; while a customer says an invoice is wrong, they rest."""

from datetime import UTC, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.billing.actions.booking import hold
from charterdesk.billing.events import DisputeSettled, InvoiceDisputed, InvoiceReminded
from charterdesk.billing.models import Dispute, Invoice, Seller
from charterdesk.billing.queries.seller import seller
from charterdesk.events.log import key_of, publish
from charterdesk.events.operations import operation
from charterdesk.events.timers import set_timer

AT = time(9, 0, tzinfo=UTC)
GRACE = timedelta(days=1)
"""Banks take a day."""


def remind_later(invoice: Invoice, settled: Seller) -> None:
    """Look again when `invoice` is late, or late for longer. One statement; none where nobody is to be reminded."""
    if not invoice.open or invoice.due_on is None or invoice.reminded >= settled.reminders:
        return
    day = invoice.due_on + GRACE + timedelta(days=settled.reminder_days * invoice.reminded)
    due_at = max(datetime.combine(day, AT), now() + timedelta(hours=1))
    set_timer(f"{invoice.key}:reminder", due_at=due_at, operation="billing.remind", on=invoice)


@operation("billing.remind")
@transaction.atomic
def remind_of_invoice(invoice: Invoice, *, by: Actor) -> None:
    """Remind its customer of an invoice that is late; while it is disputed, look again another day."""
    hold(invoice.account)
    invoice.refresh_from_db(from_queryset=Invoice.objects.select_for_update(of=("self",)))
    settled = seller()
    if invoice.is_draft or not invoice.open or invoice.reminded >= settled.reminders:
        return
    if invoice.disputes.filter(settled_at=None).exists():
        due_at = now() + timedelta(days=settled.reminder_days)
        set_timer(f"{invoice.key}:reminder", due_at=due_at, operation="billing.remind", on=invoice)
        return
    invoice.reminded, invoice.reminded_at = invoice.reminded + 1, now()
    invoice.save(update_fields=["reminded", "reminded_at"])
    event = InvoiceReminded(invoice_id=invoice.pk, account_id=invoice.account_id, number=invoice.reminded)
    publish(event, on=invoice, by=by)
    remind_later(invoice, settled)


@transaction.atomic
def dispute_invoice(invoice: Invoice, *, by: Actor, text: str) -> Dispute:
    """Say that an invoice is wrong: reminders rest until that is settled.

    Raises `Refused`: `billing.not_issued`, `billing.no_reason`, `billing.disputed_already`.
    """
    hold(invoice.account)
    if invoice.is_draft or not invoice.is_invoice:
        raise Refused("billing.not_issued", _("Only an invoice that was issued can be wrong."))
    if not text.strip():
        raise Refused("billing.no_reason", _("Say what is wrong with it."))
    if invoice.disputes.filter(settled_at=None).exists():
        raise Refused("billing.disputed_already", _("We look into this invoice already."))
    dispute = Dispute.objects.create(invoice=invoice, text=text.strip()[:2000], by=key_of(by))
    event = InvoiceDisputed(invoice_id=invoice.pk, account_id=invoice.account_id, dispute_id=dispute.pk)
    publish(event, on=invoice, by=by)
    return dispute


@transaction.atomic
def settle_dispute(dispute: Dispute, *, by: Actor, answer: str) -> None:
    """Answer a dispute, in words for the customer; a credit note, where one is due, is made beside it.

    Raises `Refused`: `billing.no_reason`, `billing.dispute_settled`.
    """
    hold(dispute.invoice.account)
    dispute.refresh_from_db(from_queryset=Dispute.objects.select_for_update(of=("self",)))
    if dispute.settled_at:
        raise Refused("billing.dispute_settled", _("This was settled already."))
    if not answer.strip():
        raise Refused("billing.no_reason", _("Say what you found, in words the customer can read."))
    dispute.settled_at, dispute.settled_by, dispute.answer = now(), key_of(by), answer.strip()[:2000]
    dispute.save(update_fields=["settled_at", "settled_by", "answer"])
    event = DisputeSettled(invoice_id=dispute.invoice_id, account_id=dispute.invoice.account_id, dispute_id=dispute.pk)
    publish(event, on=dispute.invoice, by=by)
