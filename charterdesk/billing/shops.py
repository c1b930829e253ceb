"""What shops send: their signatures, and their orders as ours. Shapes as Shopify and WooCommerce document them."""

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from charterdesk.base.refused import Refused
from charterdesk.billing.actions.orders import GivenLine, GivenOrder
from charterdesk.billing.models import Order, OrderSource

SIGNATURES = {
    OrderSource.SHOPIFY: "X-Shopify-Hmac-Sha256",
    OrderSource.WOOCOMMERCE: "X-WC-Webhook-Signature",
}
"""The header in which a shop signs: base64 of the HMAC (SHA-256) of the body, bytes as they came."""
_WOO = {
    "pending": Order.OPEN,
    "on-hold": Order.OPEN,
    "checkout-draft": Order.OPEN,
    "processing": Order.PAID,
    "completed": Order.FULFILLED,
    "cancelled": Order.CANCELLED,
    "failed": Order.CANCELLED,
    "trash": Order.CANCELLED,
    "refunded": Order.REFUNDED,
}


def is_signed(body: bytes, signature: str, secret: str) -> bool:
    """Whether `signature` is that of `body` by `secret`; takes as long whatever is wrong with it."""
    made = base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()
    return bool(secret) and hmac.compare_digest(made, signature.strip())


def read_order(kind: str, data: Any) -> GivenOrder | None:
    """The order a shop of `kind` tells of; None where there is nothing to take: a deleted order says no more than its
    number, and one without an address (sold over the counter) is nobody's here.

    Raises `Refused("billing.bad_order")` for what is no order.
    """
    if not isinstance(data, dict):
        raise _bad()
    if set(data) == {"id"}:
        return None
    try:
        order = _READERS[kind](data)
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation) as error:
        raise _bad() from error
    return order if order.email else None


def _bad() -> Refused:
    return Refused("billing.bad_order", _("This is no order as this shop sends them."))


def _shopify(data: Mapping[str, Any]) -> GivenOrder:
    """`orders/create`, `orders/updated`, `orders/paid`, `orders/cancelled`: Order of the Admin REST API."""
    customer = data.get("customer") or {}
    return GivenOrder(
        external_id=str(int(data["id"])),
        number=str(data.get("name") or data["order_number"]).removeprefix("#"),
        email=str(data.get("email") or data.get("contact_email") or customer.get("email") or ""),
        name=_name(customer),
        status=_shopify_status(data),
        total=amount_of(data.get("current_total_price") or data["total_price"]),
        currency=str(data["currency"]),
        ordered_at=_moment(data.get("processed_at") or data["created_at"]),
        changed_at=_moment(data["updated_at"]),
        lines=[
            GivenLine(
                name=str(line.get("name") or line["title"]),
                sku=str(line.get("sku") or ""),
                quantity=amount_of(line.get("current_quantity", line["quantity"])),
                price=amount_of(line["price"]),
            )
            for line in data.get("line_items", ())
        ],
    )


def _shopify_status(data: Mapping[str, Any]) -> str:
    if data.get("cancelled_at"):
        return Order.CANCELLED
    if data.get("financial_status") in ("refunded", "voided"):
        return Order.REFUNDED
    if data.get("fulfillment_status") == "fulfilled":
        return Order.FULFILLED
    return Order.PAID if data.get("financial_status") in ("paid", "partially_refunded") else Order.OPEN


def _woocommerce(data: Mapping[str, Any]) -> GivenOrder:
    """`order.created`, `order.updated`: an order of the REST API, version 3."""
    billing = data["billing"]
    return GivenOrder(
        external_id=str(int(data["id"])),
        number=str(data.get("number") or data["id"]),
        email=str(billing.get("email") or ""),
        name=_name(billing),
        status=_WOO.get(str(data["status"]), Order.OPEN),
        total=amount_of(data["total"]),
        currency=str(data["currency"]),
        ordered_at=_moment(data["date_created_gmt"]),
        changed_at=_moment(data.get("date_modified_gmt") or data["date_created_gmt"]),
        lines=[
            GivenLine(
                name=str(line["name"]),
                sku=str(line.get("sku") or ""),
                quantity=amount_of(line["quantity"]),
                price=amount_of(line["price"]),
            )
            for line in data.get("line_items", ())
        ],
    )


_READERS: dict[str, Callable[[Mapping[str, Any]], GivenOrder]] = {
    OrderSource.SHOPIFY: _shopify,
    OrderSource.WOOCOMMERCE: _woocommerce,
}


def _name(person: Mapping[str, Any]) -> str:
    return f"{person.get('first_name') or ''} {person.get('last_name') or ''}".strip()


def amount_of(value: Any) -> Decimal:
    """An amount as a shop writes it, as text or a number; at most four digits after the point. Raises `ValueError`."""
    amount = Decimal(str(value))
    if not amount.is_finite():
        raise ValueError(f"{value!r} is no amount")
    return amount.quantize(Decimal("0.0001")) if abs(amount) < 10**15 else amount


def _moment(text: Any) -> datetime:
    """A time with its offset; without one (WooCommerce's `..._gmt`) it is in UTC."""
    found = datetime.fromisoformat(str(text))
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
