"""The page on which a customer pays an invoice by card: both the portal and the API lead there."""

import logging

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from charterdesk.base.refused import Refused
from charterdesk.billing.cards import CardTrouble, page_to_pay, provider
from charterdesk.billing.models import Invoice

logger = logging.getLogger(__name__)


def card_page(invoice: Invoice) -> str | None:
    """Where what is open of `invoice` is paid by card; None where that is not possible. One statement, and a call.

    Raises `Refused("billing.no_card_page")` when Stripe gives no page.
    """
    account = provider()
    if account is None or not invoice.is_invoice or not invoice.open:
        return None
    back = f"{settings.PUBLIC_URL}{reverse('portal:invoice', args=[invoice.pk])}"
    try:
        return page_to_pay(account, invoice, back=back)
    except CardTrouble as trouble:
        logger.warning("no page to pay %s: %s", invoice.key, trouble)
        message = _("Paying by card does not work right now. Try again in a while, or pay by transfer.")
        raise Refused("billing.no_card_page", message) from trouble
