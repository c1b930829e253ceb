"""Orders: taken in from wherever they come, each once, and what a request is about."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from cryptography.fernet import InvalidToken
from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.money import CURRENCIES
from charterdesk.base.refused import Refused
from charterdesk.base.secrets import fernet
from charterdesk.billing.actions.locking import lock_about
from charterdesk.billing.events import OrderChanged, OrderSourceSaved, OrderTaken, RequestOrderNamed
from charterdesk.billing.models import Order, OrderLine, OrderNamed, OrderSource
from charterdesk.events.log import publish
from charterdesk.people.actions import identify_contact

SOURCE = ("name", "slug", "kind", "support_days", "is_active")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
MOST_LINES = 500


@dataclass(frozen=True, kw_only=True)
class GivenLine:
    """So many of a thing, each at a price."""

    name: str
    sku: str = ""
    quantity: Decimal = Decimal(1)
    price: Decimal = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class GivenOrder:
    """An order as its source tells it. `changed_at` is when it changed there last."""

    external_id: str
    number: str
    email: str
    name: str = ""
    status: str = Order.OPEN
    total: Decimal = Decimal(0)
    currency: str = "EUR"
    ordered_at: datetime
    changed_at: datetime
    support_days: int | None = None
    lines: Sequence[GivenLine] = field(default_factory=tuple)


@transaction.atomic
def save_source(source: OrderSource | None, *, by: Actor, secret: str | None = None, **fields: Any) -> OrderSource:
    """Make a source of orders, or change this one; a `secret` of None stays what it was.

    Raises `Refused`: `billing.no_name`, `billing.bad_slug`, `billing.source_taken`, `billing.no_secret`.
    """
    source = OrderSource.objects.select_for_update().get(pk=source.pk) if source else OrderSource()
    if unknown := set(fields) - set(SOURCE):
        raise ValueError(f"a source has no {', '.join(sorted(unknown))}")
    changed = [name for name, value in fields.items() if source.pk is None or getattr(source, name) != value]
    for name in changed:
        setattr(source, name, fields[name])
    if secret:
        source.sealed_secret = fernet("orders").encrypt(secret.encode())
        changed.append("secret")
    _check(source)
    if changed:
        source.save()
        publish(OrderSourceSaved(source_id=source.pk, fields=tuple(sorted(changed))), on=source, by=by)
    return source


def _check(source: OrderSource) -> None:
    if not source.name.strip():
        raise Refused("billing.no_name", _("Give it a name."))
    if not SLUG.fullmatch(source.slug):
        message = _("Use small letters, digits and dashes: it stands in the address the shop calls.")
        raise Refused("billing.bad_slug", message)
    others = OrderSource.objects.exclude(pk=source.pk)
    if (others.filter(name=source.name) | others.filter(slug=source.slug)).exists():
        raise Refused("billing.source_taken", _("Another source has this name or address."))
    if source.kind != OrderSource.OWN and not source.sealed_secret:
        message = _("Enter the secret with which the shop signs: without it, anybody could tell us of orders.")
        raise Refused("billing.no_secret", message)


def secret_of(source: OrderSource) -> str:
    """The secret a shop signs with; "" for none, and for one sealed with another key of the desk."""
    try:
        return fernet("orders").decrypt(bytes(source.sealed_secret)).decode()
    except InvalidToken:
        return ""


@transaction.atomic
def take_order(source: OrderSource, given: GivenOrder, *, by: Actor) -> tuple[Order, bool]:
    """Keep an order as its source tells it, and return it with whether it is new.

    Safe to repeat and in any order: what is no newer than what we know changes nothing. Whoever bought becomes a
    customer, if they are none yet. Raises `Refused`: `billing.bad_order` with what is wrong.
    """
    _check_given(given)
    lock_about(f"order:{source.pk}:{given.external_id}")
    known = Order.objects.filter(source=source, external_id=given.external_id)
    order = known.first() or Order(source=source, external_id=given.external_id)
    if order.pk and order.changed_at > given.changed_at:
        return order, False
    former = _state(order) if order.pk else None
    _fill(order, source, given)
    order.save()
    _write_lines(order, given)
    OrderSource.objects.filter(pk=source.pk).update(heard_at=now())
    _make_known(order, former, by=by)
    return order, former is None


def _state(order: Order) -> tuple[Any, ...]:
    """What can differ from one call to the next."""
    lines = order.lines.order_by("position").values_list("sku", "name", "quantity", "price_amount")
    return (
        order.status, order.number, order.total_amount, order.currency, order.support_days, order.ordered_at,
        tuple(lines),
    )  # fmt: skip


def _make_known(order: Order, former: tuple[Any, ...] | None, *, by: Actor) -> None:
    told: dict[str, Any] = {"order_id": order.pk, "contact_id": order.contact_id, "status": order.status}
    if former is None:
        publish(OrderTaken(**told), on=order, by=by)
    elif former != _state(order):
        publish(OrderChanged(**told, former=former[0]), on=order, by=by)


def _fill(order: Order, source: OrderSource, given: GivenOrder) -> None:
    if order._state.adding:
        order.contact = identify_contact(email=given.email, name=given.name)
        order.organisation = order.contact.organisation
        order.support_days = source.support_days
    if given.support_days is not None:
        order.support_days = given.support_days
    order.number, order.status = given.number.strip()[:80], given.status
    order.total_amount, order.currency = given.total, given.currency
    order.ordered_at, order.changed_at = given.ordered_at, given.changed_at
    order.supported_until = order.ordered_at + timedelta(days=order.support_days)


def _write_lines(order: Order, given: GivenOrder) -> None:
    """Keep the lines as they are told now. What stays on the order stays the same row: an invoice names it by its key,
    and would charge for another one again. Three statements."""
    former: dict[str, list[int]] = defaultdict(list)
    for line in order.lines.order_by("-position"):
        former[line.sku or line.name].append(line.pk)
    order.lines.all().delete()
    lines = [
        OrderLine(
            order=order,
            position=position,
            sku=line.sku[:80],
            name=line.name[:300],
            quantity=line.quantity,
            price_amount=line.price,
            currency=given.currency,
        )
        for position, line in enumerate(given.lines, start=1)
    ]
    for line in lines:
        if known := former[line.sku or line.name]:
            line.pk = known.pop()
    OrderLine.objects.bulk_create(lines)


def _check_given(given: GivenOrder) -> None:
    """Raise `Refused("billing.bad_order")` for what can't be kept, saying what is wrong."""
    wrong = ""
    if not given.external_id or len(given.external_id) > 80 or not given.number.strip():
        wrong = _("An order needs a number.")
    elif not ADDRESS.fullmatch(given.email.strip()) or len(given.email) > 254:
        wrong = _("An order needs the e-mail address of who bought.")
    elif given.currency not in CURRENCIES:
        wrong = _("“%(currency)s” is no currency.") % {"currency": given.currency[:10]}
    elif given.status not in dict(Order.STATUSES):
        wrong = _("“%(status)s” is no status of an order.") % {"status": given.status[:20]}
    elif len(given.lines) > MOST_LINES or any(not 0 <= line.quantity < 10**9 for line in given.lines):
        wrong = _("An order has at most %(most)s lines, with quantities from 0.") % {"most": MOST_LINES}
    elif any(abs(amount) >= 10**15 for amount in [given.total, *(line.price for line in given.lines)]):
        wrong = _("An amount of this order is too large.")
    elif not 1900 <= given.ordered_at.year <= 2200:
        wrong = _("The date of this order can't be right.")
    elif given.support_days is not None and not 0 <= given.support_days <= 3660:
        wrong = _("Support after an order lasts from 0 to 3660 days.")
    if wrong:
        raise Refused("billing.bad_order", wrong)


@transaction.atomic
def name_order(about: str, order: Order | None, *, by: Actor) -> None:
    """Say which order a request (its key) is about; None for none. Nothing happens where that was said already."""
    lock_about(about)
    former = OrderNamed.objects.filter(about=about).first()
    if (former.order_id if former else None) == (order.pk if order else None):
        return
    if order:
        OrderNamed.objects.update_or_create(about=about, defaults={"order": order})
    elif former:
        former.delete()
    publish(RequestOrderNamed(about=about, order_id=order.pk if order else None), on=about, by=by)
