"""Who sells, on which terms, and who may give money back alone."""

from datetime import date
from zoneinfo import ZoneInfo

from charterdesk.base.clock import now
from charterdesk.base.money import Money
from charterdesk.billing.models import RefundLimit, Seller
from charterdesk.calendars.queries import desk_zone


def seller() -> Seller:
    """Who we are on invoices and what holds for payments; the defaults where nobody settled it. One statement."""
    return Seller.objects.filter(pk=Seller.ONLY).first() or Seller(pk=Seller.ONLY)


def today_of_seller() -> date:
    """The day it is where we are, by the zone of the desk's first opening hours: what invoices and payments bear.

    One statement.
    """
    return now().astimezone(ZoneInfo(desk_zone())).date()


def limit_of(role: str, currency: str) -> Money:
    """Up to how much somebody of `role` approves alone: nothing where none is set, or in another currency.

    Two statements.
    """
    if currency != seller().currency:
        return Money.zero(currency)
    found = RefundLimit.objects.filter(role=role).first()
    return found.in_currency(currency) if found else Money.zero(currency)
