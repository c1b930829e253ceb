"""Stripe, by its official library: a page to pay on, what it tells us, and money back to a card.

The library comes with the extra `charterdesk[stripe]`, and is loaded when it is first needed.
"""

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from charterdesk.base.money import Money
from charterdesk.billing.models import CardProvider, Invoice, Payment, Refund

TIMEOUT_S = 10
TWO_DIGITS = frozenset({"ISK", "UGX"})
"""Currencies without a smaller coin that Stripe nevertheless counts in hundredths."""


class CardTrouble(Exception):
    """The provider said no, or did not answer; the text is what it said, for staff."""


@dataclass(frozen=True, kw_only=True)
class CardPaid:
    """A card was charged: for which invoice, how much, and the provider's own number of it."""

    invoice_id: int
    money: Money
    external_id: str


@dataclass(frozen=True, kw_only=True)
class RefundTold:
    """What became of a refund to a card: `trouble` is why it did not arrive, "" where all is well."""

    refund_id: int
    trouble: str


def is_installed() -> bool:
    """Whether the library is there."""
    return find_spec("stripe") is not None


def provider() -> CardProvider | None:
    """Our account, where customers may pay by card. One statement."""
    found = CardProvider.objects.filter(pk=CardProvider.ONLY, is_active=True).first()
    return found if found and found.secrets.get("api_key") and is_installed() else None


def _library() -> Any:
    return import_module("stripe")


def _client(account: CardProvider) -> Any:
    stripe = _library()
    options: dict[str, Any] = {"base_addresses": {"api": account.address}} if account.address else {}
    return stripe.StripeClient(
        account.secrets["api_key"],
        max_network_retries=2,
        http_client=stripe.RequestsClient(timeout=TIMEOUT_S),
        **options,
    )


def page_to_pay(account: CardProvider, invoice: Invoice, *, back: str) -> str:
    """The address of a page on which what is open of `invoice` is paid by card. Raises `CardTrouble`.

    Asked again for the same open amount, it is the same page.
    """
    said = f"{invoice.key}:{invoice.open}:{invoice.allocations.count()}"
    params = {
        "mode": "payment",
        "success_url": back,
        "cancel_url": back,
        "client_reference_id": invoice.key,
        "metadata": {"invoice_id": str(invoice.pk)},
        "payment_intent_data": {"metadata": {"invoice_id": str(invoice.pk)}},
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": invoice.currency.lower(),
                    "unit_amount": coins_of(invoice.open),
                    "product_data": {"name": str(invoice.number)},
                },
            }
        ],
    }
    return str(_ask(lambda client: client.v1.checkout.sessions.create(params, {"idempotency_key": said}), account).url)


def pay_back(account: CardProvider, refund: Refund, payment: Payment) -> str:
    """Send `refund` back to the card of `payment`; the provider's number of it. Raises `CardTrouble`.

    Asked twice (after a crash), the provider does it once: the key of the refund says that it is the same.
    """
    params = {
        "payment_intent": str(payment.external_id).removeprefix("stripe:"),
        "amount": coins_of(refund.money),
        "metadata": {"refund_id": str(refund.pk)},
    }
    return str(_ask(lambda client: client.v1.refunds.create(params, {"idempotency_key": refund.key}), account).id)


def _ask(question: Any, account: CardProvider) -> Any:
    stripe = _library()
    try:
        return question(_client(account))
    except stripe.StripeError as error:
        raise CardTrouble(str(error.user_message or error)[:300]) from error


def read_event(account: CardProvider, payload: bytes, signature: str) -> CardPaid | RefundTold | None:
    """What a signed call of Stripe tells; None for what does not matter here. Raises `CardTrouble` for a wrong
    signature, or one older than five minutes."""
    stripe = _library()
    try:
        event = stripe.Webhook.construct_event(payload, signature, account.secrets.get("webhook_secret") or None)
    except (ValueError, stripe.SignatureVerificationError) as error:
        raise CardTrouble(str(error)[:300]) from error
    about = event.data.object.to_dict()
    if event.type in ("checkout.session.completed", "checkout.session.async_payment_succeeded"):
        return _paid(about)
    if event.type in ("refund.failed", "refund.updated", "charge.refund.updated") and about.get("status") == "failed":
        number = str((about.get("metadata") or {}).get("refund_id", ""))
        reason = str(about.get("failure_reason") or "failed")
        return RefundTold(refund_id=int(number), trouble=reason) if number.isdecimal() else None
    return None


def _paid(session: dict[str, Any]) -> CardPaid | None:
    """What a finished page tells, once the money is there: some ways of paying take days."""
    number = str((session.get("metadata") or {}).get("invoice_id", ""))
    if session.get("payment_status") != "paid" or not number.isdecimal():
        return None
    return CardPaid(
        invoice_id=int(number),
        money=money_of(int(session["amount_total"]), str(session["currency"]).upper()),
        external_id=f"stripe:{session['payment_intent']}",
    )


def coins_of(money: Money) -> int:
    """An amount as Stripe counts it."""
    return money.minor * (100 if money.currency in TWO_DIGITS else 1)


def money_of(coins: int, currency: str) -> Money:
    """An amount that Stripe counted."""
    return Money.of_minor(coins // (100 if currency in TWO_DIGITS else 1), currency)
