"""Offers, reasons for free or charged, tiers of loyalty and sources of orders in the settings file."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

from charterdesk.base.configured import Section, Thing, configured, given, named, opened, placeholder, values_of
from charterdesk.base.keys import Actor
from charterdesk.billing.actions.contracts import save_offer, save_tier
from charterdesk.billing.actions.orders import SOURCE, save_source
from charterdesk.billing.actions.verdicts import save_reason
from charterdesk.billing.models import Offer, OrderSource, Reason, Tier
from charterdesk.calendars.models import BusinessCalendar

COUNTS = ("incidents", "minutes", "months")
OFFER_PLAIN = (
    "name", "description", "types", "channels", "period", "is_unlimited", *COUNTS, "overage_per", "currency",
    "remind_days", "position", "is_active",
)  # fmt: skip
OFFER = (*OFFER_PLAIN, "calendar", "price_amount", "overage_amount")
REASON_PLAIN = ("name", "kind", "words", "types", "tags", "channels", "currency", "per", "position", "is_active")
REASON = (*REASON_PLAIN, "price_amount")
TIER = ("name", "orders", "classes", "margin_minutes")


def _amount(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def _decimals(fields: dict[str, Any], *names: str) -> dict[str, Any]:
    """`fields` with amounts as decimals, "" as none."""
    return fields | {name: Decimal(fields[name]) if fields[name] else None for name in names if name in fields}


def _offers() -> Iterator[Thing]:
    for row in Offer.objects.select_related("calendar"):
        plain = values_of(row, (*OFFER_PLAIN, "calendar"))
        yield {**plain, "price_amount": _amount(row.price_amount), "overage_amount": _amount(row.overage_amount)}


def _set_offer(thing: Thing, by: Actor) -> None:
    fields = _decimals(given(thing, "calendar"), "price_amount", "overage_amount")
    fields |= {name: fields[name] or None for name in COUNTS if name in fields}
    if "calendar" in thing:
        fields["calendar"] = named(BusinessCalendar, thing["calendar"])
    save_offer(Offer.objects.filter(name=thing["name"]).first(), by=by, **fields)


def _reasons() -> Iterator[Thing]:
    for row in Reason.objects.all():
        yield {**values_of(row, REASON_PLAIN), "price_amount": _amount(row.price_amount)}


def _set_reason(thing: Thing, by: Actor) -> None:
    found = Reason.objects.filter(name=thing["name"]).first()
    save_reason(found, by=by, **_decimals(dict(thing), "price_amount"))


def _tiers() -> Iterator[Thing]:
    for row in Tier.objects.all():
        yield {**values_of(row, TIER[:3]), "margin_minutes": row.margin // timedelta(minutes=1)}


def _set_tier(thing: Thing, by: Actor) -> None:
    fields = given(thing, "margin_minutes")
    if "margin_minutes" in thing:
        fields["margin"] = timedelta(minutes=thing["margin_minutes"])
    save_tier(Tier.objects.filter(name=thing["name"]).first(), by=by, **fields)


def _sources() -> Iterator[Thing]:
    for row in OrderSource.objects.order_by("name"):
        yield {**values_of(row, SOURCE), "secret": placeholder(row.slug, "orders") if row.sealed_secret else ""}


def _set_source(thing: Thing, by: Actor) -> None:
    found = OrderSource.objects.filter(slug=thing["slug"]).first()
    save_source(found, by=by, secret=opened(thing.get("secret", "")), **given(thing, "secret"))


def register_what_is_offered() -> None:
    """Have all of it in the settings file."""
    configured(Section(name="offers", key="name", fields=OFFER, read=_offers, write=_set_offer))
    configured(Section(name="free_or_charged", key="name", fields=REASON, read=_reasons, write=_set_reason))
    configured(Section(name="loyalty", key="name", fields=TIER, read=_tiers, write=_set_tier))
    configured(Section(name="order_sources", key="slug", fields=(*SOURCE, "secret"), read=_sources, write=_set_source))
