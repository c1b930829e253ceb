"""What a card provider told us, and our account with it."""

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.keys import SYSTEM, Actor
from charterdesk.base.refused import Refused
from charterdesk.billing.actions.payments import record_payment
from charterdesk.billing.actions.refunds import note_refund_trouble
from charterdesk.billing.cards import CardPaid, RefundTold, is_installed
from charterdesk.billing.events import CardProviderSaved
from charterdesk.billing.models import CardProvider, Invoice, Payment, Refund
from charterdesk.events.log import publish


def take_told(told: CardPaid | RefundTold) -> None:
    """Book what a provider told, however often it tells it."""
    if isinstance(told, RefundTold):
        refund = Refund.objects.select_related("account").filter(pk=told.refund_id).first()
        if refund:
            note_refund_trouble(refund, by=SYSTEM, trouble=told.trouble)
        return
    invoice = Invoice.objects.select_related("account").filter(pk=told.invoice_id, currency=told.money.currency).first()
    if invoice:
        record_payment(
            invoice.account,
            told.money,
            by=SYSTEM,
            way=Payment.STRIPE,
            reference=str(invoice.number),
            external_id=told.external_id,
            invoice=invoice,
        )


@transaction.atomic
def save_card_provider(*, by: Actor, is_active: bool, api_key: str = "", webhook_secret: str = "") -> None:
    """Let customers pay by card, or no more; a secret that is not given stays.

    Raises `Refused`: `billing.no_stripe` where the library is not installed, `billing.no_secrets`.
    """
    if is_active and not is_installed():
        message = _("Install charterdesk with its extra for Stripe first: pip install charterdesk[stripe].")
        raise Refused("billing.no_stripe", message)
    row, _is_new = CardProvider.objects.select_for_update().get_or_create(pk=CardProvider.ONLY)
    given = {"api_key": api_key.strip(), "webhook_secret": webhook_secret.strip()}
    secrets = {**row.secrets, **{name: value for name, value in given.items() if value}}
    if is_active and not all(secrets.get(name) for name in given):
        raise Refused("billing.no_secrets", _("Stripe needs both: the secret key, and the signing secret."))
    row.is_active = is_active
    row.seal(**secrets)
    row.save()
    publish(CardProviderSaved(is_active=is_active), on=row, by=by)
