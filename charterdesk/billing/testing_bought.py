"""What was bought, for tests: make exactly what the test is about."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from charterdesk.base.clock import now
from charterdesk.billing.actions.contracts import agree_contract, save_offer
from charterdesk.billing.actions.verdicts import save_reason
from charterdesk.billing.deciding import Case
from charterdesk.billing.models import HOUR, Contract, Offer, Order, OrderSource, Reason
from charterdesk.people.models import Contact, Organisation

_numbers = count(1)


def make_offer(**fields: Any) -> Offer:
    """An offer of five requests a year, unless `fields` say otherwise."""
    return save_offer(None, by="system", **({"name": f"Care {next(_numbers)}", "incidents": 5} | fields))


def make_contract(customer: Contact | Organisation, *, starts_on: date | None = None, **fields: Any) -> Contract:
    """A contract of `customer` for a year, begun a month ago."""
    begun = starts_on or (now() - timedelta(days=30)).date()
    return agree_contract(customer, offer=make_offer(**fields), starts_on=begun, agreed_on=begun, by="system")


def make_order(contact: Contact, *, ordered_at: datetime, number: str = "", support_days: int = 30) -> Order:
    """An order with so many days of support after it."""
    source, _is_new = OrderSource.objects.get_or_create(slug="shop", defaults={"name": "Shop"})
    number = number or str(1000 + next(_numbers))
    return Order.objects.create(
        source=source,
        external_id=number,
        number=number,
        contact=contact,
        organisation=contact.organisation,
        ordered_at=ordered_at,
        changed_at=ordered_at,
        support_days=support_days,
        supported_until=ordered_at + timedelta(days=support_days),
    )


def make_reason(kind: str, position: int, **fields: Any) -> Reason:
    """A reason at a place in the order."""
    return save_reason(None, by="system", **({"kind": kind, "name": kind, "position": position} | fields))


def make_usual_reasons() -> None:
    """Caused by us, in a window, in a contract, above it, and else 60 EUR an hour."""
    words = {"en": "caused by our own update"}
    make_reason(Reason.CAUSE, 10, tags=["own-update"], words=words)
    make_reason(Reason.WINDOW, 20)
    make_reason(Reason.CONTRACT, 30)
    make_reason(Reason.OVERAGE, 40)
    make_reason(Reason.RATE, 50, price_amount=Decimal(60), per=HOUR)


def make_case(contact: Contact, *, about: str = "", **fields: Any) -> Case:
    """A question of `contact` that came now."""
    about = about or f"ticket:{next(_numbers)}"
    given: dict[str, Any] = {
        "type": "question",
        "channel": "email",
        "at": now(),
        "organisation_id": contact.organisation_id,
    } | fields
    return Case(about=about, contact_id=contact.pk, **given)
