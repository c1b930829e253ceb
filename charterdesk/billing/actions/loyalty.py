"""Loyalty: whose requests go earlier. How far, others' promises decide when work is given out."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db.models import Q

from charterdesk.billing.deciding import Case
from charterdesk.billing.models import Favour, Order, Tier
from charterdesk.billing.queries.buyers import buyers_among

YEAR = timedelta(days=365)


def tier_of(*, contact_id: int, organisation_id: int | None, at: datetime) -> Tier | None:
    """The tier of a customer at `at`, by what they and their organisation ordered in the year before. Two queries."""
    orders = Order.objects.of(contact_id=contact_id, organisation_id=organisation_id)
    counted = orders.filter(Q(ordered_at__gt=at - YEAR, ordered_at__lte=at)).exclude(status__in=Order.UNDONE).count()
    return Tier.objects.filter(orders__lte=counted).order_by("-orders").first() if counted else None


def _favour(about: str, *, contact_id: int, organisation_id: int | None, at: datetime) -> Tier | None:
    """Note that a request (its key) goes earlier if its customer is of a tier, and give that tier; None later on."""
    tier = tier_of(contact_id=contact_id, organisation_id=organisation_id, at=at)
    if tier is None:
        return None
    values = {"tier_name": tier.name, "classes": tier.classes, "margin": tier.margin}
    _favour, is_new = Favour.objects.get_or_create(about=about, defaults=values)
    return tier if is_new else None


def favour_requests(cases: Sequence[Case]) -> dict[str, Tier]:
    """Note which requests go earlier as their customers are of a tier; gives the tiers of those noted now, by key.

    Three statements, and four for each whose customer ordered something.
    """
    buyers = buyers_among({case.customer for case in cases}, of=(Order,)) if cases else set()
    found = {
        case.about: _favour(case.about, contact_id=case.contact_id, organisation_id=case.organisation_id, at=case.at)
        for case in cases
        if case.customer in buyers
    }
    return {about: tier for about, tier in found.items() if tier}


def favours_of(keys: Collection[str]) -> dict[str, Favour]:
    """The favours of these requests, by key. One query."""
    return {each.about: each for each in Favour.objects.filter(about__in=keys)}
