"""The part of billing in what we keep."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from charterdesk.base.exported import exported
from charterdesk.billing.models import Contest, Contract, Credit, Invoice, Order, Payment, Refund
from charterdesk.people.models import Contact
from charterdesk.people.personal import Field, Thing, tells

exported("billing")


@tells("money", lambda: _("What you bought and paid"))
def _tell_money(contact: Contact, with_notes: bool) -> list[Thing]:
    """Invoices, payments, credit and refunds of a customer. Four statements."""
    own = Q(account__contact=contact) | Q(account__contact__merged_into=contact)
    invoices = Invoice.objects.filter(own, state=Invoice.ISSUED).order_by("pk")
    return [
        *(_told(_("Invoice"), str(one.number), one.gross.shown(), one.issued_on) for one in invoices),
        *(
            _told(_("Payment"), one.reference, one.money.shown(), one.received_on)
            for one in Payment.objects.filter(own).order_by("pk")
        ),
        *(
            _told(_("Credit"), one.reason, one.money.shown(), one.granted_at)
            for one in Credit.objects.filter(own).order_by("pk")
        ),
        *(
            _told(_("Refund"), one.reason, one.money.shown(), one.requested_at)
            for one in Refund.objects.filter(own).order_by("pk")
        ),
    ]


def _told(kind: str, what: str, amount: str, at: Any) -> Thing:
    return [
        Field("kind", _("Kind"), kind),
        Field("what", _("What"), what),
        Field("amount", _("Amount"), amount),
        Field("at", _("Time"), at),
    ]


@tells("bought", lambda: _("Your contracts and orders"))
def _tell_bought(contact: Contact, with_notes: bool) -> list[Thing]:
    """Contracts and orders of a customer, and what they said against prices. Three statements."""
    own = Q(contact=contact) | Q(contact__merged_into=contact)
    return [
        *(
            _told(_("Contract"), one.name, one.price.shown(), one.agreed_on)
            for one in Contract.objects.filter(own).order_by("pk")
        ),
        *(
            _told(_("Order"), one.number, one.total.shown(), one.ordered_at)
            for one in Order.objects.filter(own).order_by("pk")
        ),
        *(
            _told(_("A price you contested"), one.text, "", one.contested_at)
            for one in Contest.objects.filter(contact_id=contact.pk).order_by("pk")
        ),
    ]
