"""Invoices go to their customers by mail: asked for here, sent by the packages that hear of it."""

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.billing.events import InvoiceSendingAsked
from charterdesk.billing.models import Invoice
from charterdesk.events.log import publish


@transaction.atomic
def send_invoice_again(invoice: Invoice, *, by: Actor) -> None:
    """Have it mailed once more. Raises `Refused`: `billing.not_issued`, `billing.no_address`."""
    if invoice.is_draft:
        raise Refused("billing.not_issued", _("Issue it first."))
    if not address_of(invoice):
        raise Refused("billing.no_address", _("We know no e-mail address for it. Add one to the account."))
    publish(InvoiceSendingAsked(invoice_id=invoice.pk, account_id=invoice.account_id), on=invoice, by=by)


def note_invoice_sent(invoice: Invoice) -> None:
    """A mail with it is on its way. One statement."""
    Invoice.objects.filter(pk=invoice.pk).update(sent_at=now())


def address_of(invoice: Invoice) -> str:
    """Where an invoice is mailed to: what stands on it, else its customer's own address, else nothing.

    One statement at most.
    """
    said = str(invoice.buyer.get("email") or "")
    contact = invoice.account.contact
    return said or (contact.email if contact and not contact.erased_at else "") or ""
