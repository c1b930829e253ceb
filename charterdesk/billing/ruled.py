"""What conditions of rules may ask of what a customer bought: orders, contract and loyalty; read when a rule asks."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from charterdesk.billing.actions.loyalty import tier_of
from charterdesk.billing.models import Offer, Order, OrderNamed, OrderSource, Tier
from charterdesk.billing.queries.contracts import left_of, running_contracts, today_in
from charterdesk.events.choices import Listed
from charterdesk.events.facts import related_facts
from charterdesk.events.rule_fields import CHOICE, LIST, NUMBER, TEXT, WORDS, YES_NO, RuleField, rule_fields

Facts = dict[str, Any]
MOST = 100
"""So many orders of a customer are looked at, the latest first."""
ORDER, ORDERS = _("Order it is about, else the last"), _("All their orders")
CONTRACT, BOUGHT = _("Contract"), _("What they bought")


def _statuses() -> Sequence[tuple[Any, Any]]:
    return Order.STATUSES


_SOURCES = Listed(OrderSource.objects.all, key="name")
_OFFERS = Listed(Offer.objects.all, key="name", order=("position", "pk"))
_TIERS = Listed(Tier.objects.all, key="name", order=("orders",))


rule_fields(
    RuleField(code="order.number", label=_("number"), group=ORDER, kind=TEXT),
    RuleField(code="order.status", label=_("status"), group=ORDER, kind=CHOICE, choices=_statuses),
    RuleField(code="order.days", label=_("days since it"), group=ORDER, kind=NUMBER),
    RuleField(code="order.total", label=_("total"), group=ORDER, kind=NUMBER),
    RuleField(code="order.currency", label=_("currency"), group=ORDER, kind=TEXT),
    RuleField(code="order.products", label=_("products"), group=ORDER, kind=WORDS),
    RuleField(code="order.skus", label=_("article numbers"), group=ORDER, kind=LIST),
    RuleField(code="order.source", label=_("shop"), group=ORDER, kind=CHOICE, choices=_SOURCES, is_said=True),
    RuleField(code="order.is_supported", label=_("its support window is open"), group=ORDER, kind=YES_NO),
    RuleField(code="order.support_days_left", label=_("days of support left"), group=ORDER, kind=NUMBER),
    RuleField(code="orders.count", label=_("how many"), group=ORDERS, kind=NUMBER),
    RuleField(code="orders.numbers", label=_("numbers"), group=ORDERS, kind=LIST),
    RuleField(code="orders.statuses", label=_("statuses"), group=ORDERS, kind=LIST, choices=_statuses),
    RuleField(code="orders.products", label=_("products"), group=ORDERS, kind=WORDS),
    RuleField(code="orders.skus", label=_("article numbers"), group=ORDERS, kind=LIST),
    RuleField(code="contract.name", label=_("name"), group=CONTRACT, kind=CHOICE, choices=_OFFERS, is_said=True),
    RuleField(code="contract.days", label=_("days since it began"), group=CONTRACT, kind=NUMBER),
    RuleField(code="contract.days_left", label=_("days until it ends"), group=CONTRACT, kind=NUMBER),
    RuleField(code="contract.requests_left", label=_("requests left"), group=CONTRACT, kind=NUMBER),
    RuleField(code="contract.minutes_left", label=_("minutes left"), group=CONTRACT, kind=NUMBER),
    RuleField(code="contract.is_used_up", label=_("nothing is left of it"), group=CONTRACT, kind=YES_NO),
    RuleField(code="loyalty.tier", label=_("loyalty"), group=BOUGHT, kind=CHOICE, choices=_TIERS, is_said=True),
)


@related_facts("order")
def order_facts(data: Mapping[str, Any], at: datetime) -> Facts:
    """The order that an event's ticket is about, else the last its customer made; {} where there is none. Three
    statements.
    """
    about = OrderNamed.objects.filter(about=f"ticket:{data.get('ticket_id')}").values("order_id")
    orders = Order.objects.select_related("source").prefetch_related("lines")
    order = orders.filter(pk__in=about).first() or _orders_of(data, at).first()
    return _told(order, at) | _window(order, at) if order else {}


@related_facts("orders")
def orders_facts(data: Mapping[str, Any], at: datetime) -> Facts:
    """All orders of an event's customer and their organisation; `list` holds each, for expressions. Two statements."""
    told = [_told(order, at) for order in _orders_of(data, at)[:MOST]]
    return {
        "count": sum(one["status"] not in Order.UNDONE for one in told),
        "numbers": [one["number"] for one in told],
        "statuses": sorted({one["status"] for one in told}),
        "products": "\n".join(one["products"] for one in told),
        "skus": sorted({sku for one in told for sku in one["skus"]}),
        "list": told,
    }


def _orders_of(data: Mapping[str, Any], at: datetime) -> Any:
    if not data.get("contact_id"):
        return Order.objects.none()
    found = Order.objects.of(contact_id=data["contact_id"], organisation_id=data.get("organisation_id"))
    return found.filter(ordered_at__lte=at).select_related("source").prefetch_related("lines").order_by("-ordered_at")


def _told(order: Order, at: datetime) -> Facts:
    lines = list(order.lines.all())
    return {
        "number": order.number,
        "status": order.status,
        "days": (at - order.ordered_at).days,
        "total": float(order.total_amount),
        "currency": order.currency,
        "products": ", ".join(line.name for line in lines),
        "skus": [line.sku for line in lines if line.sku],
        "source": order.source.name,
    }


def _window(order: Order, at: datetime) -> Facts:
    left = (order.supported_until - at).days
    is_open = order.status not in Order.UNDONE and order.ordered_at <= at <= order.supported_until
    return {"is_supported": is_open, "support_days_left": max(left, 0) if is_open else 0}


@related_facts("contract")
def contract_facts(data: Mapping[str, Any], at: datetime) -> Facts:
    """The contract of an event's customer that ends first of those in force; {} where there is none. Two statements."""
    if not data.get("contact_id"):
        return {}
    whose = {"contact_id": data["contact_id"], "organisation_id": data.get("organisation_id")}
    contract = running_contracts(**whose, at=at, channel=data.get("channel", "")).first()
    if contract is None:
        return {}
    day = today_in(at)
    (left,) = left_of([contract], on=day)
    return {
        "name": contract.name,
        "days": (day - contract.starts_on).days,
        "days_left": (contract.ends_on - day).days if contract.ends_on else None,
        "requests_left": left.incidents,
        "minutes_left": left.minutes,
        "is_used_up": left.is_used_up,
    }


@related_facts("loyalty")
def loyalty_facts(data: Mapping[str, Any], at: datetime) -> Facts:
    """The tier an event's customer is of. Two statements."""
    if not data.get("contact_id"):
        return {}
    tier = tier_of(contact_id=data["contact_id"], organisation_id=data.get("organisation_id"), at=at)
    return {"tier": tier.name} if tier else {}
