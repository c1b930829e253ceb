"""Whom an announcement is for: an audience is plain data, and one query.

    {"languages": ["de"], "organisations": [3], "fields": {"meter": "M-7"}, "offers": [1], "tiers": [2],
     "teams": [4], "tags": ["leak"], "is_open": true}

All that is given must hold; of a list, one is enough. `teams`, `tags` and `is_open` speak of one and the same request.
Nothing given is everybody.
"""

from collections.abc import Mapping
from datetime import timedelta
from itertools import zip_longest
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.refused import Refused
from charterdesk.billing.models import Contract, Order, Tier
from charterdesk.people.models import LANGUAGES, Contact, PersonField, PersonFields
from charterdesk.tickets.models import Ticket

LISTS = ("languages", "organisations", "offers", "tiers", "teams", "tags")
PARTS = (*LISTS, "fields", "is_open")
MOST = 200
"""So many values a list of an audience may hold."""
YEAR = timedelta(days=365)
Audience = dict[str, Any]


def checked(given: Mapping[str, Any]) -> Audience:
    """`given` without what says nothing. Raises `Refused("notices.bad_audience")`. One statement for fields."""
    wanted = {name: value for name, value in given.items() if value not in ([], {}, "", None, False)}
    lists = [wanted.get(name, []) for name in LISTS]
    is_sound = set(wanted) <= set(PARTS) and all(isinstance(each, list) and len(each) <= MOST for each in lists)
    if not is_sound or not set(wanted.get("languages", [])) <= set(dict(LANGUAGES)):
        raise Refused("notices.bad_audience", _("Nobody can be chosen like that."))
    known = {field.code for field in _own_fields()} if "fields" in wanted else set()
    if not set(wanted.get("fields", {})) <= known:
        raise Refused("notices.bad_audience", _("One of these fields is there no more."))
    return wanted


def _own_fields() -> QuerySet[PersonField]:
    return PersonField.objects.filter(of=PersonField.CONTACT, retired_at=None)


def contacts_in(audience: Mapping[str, Any]) -> QuerySet[Contact]:
    """The customers an audience names, each person once: nobody who was erased or lives on in another contact."""
    found: QuerySet[Contact] = Contact.objects.filter(erased_at=None, merged_into=None)
    if languages := audience.get("languages"):
        found = found.filter(language__in=languages)
    if organisations := audience.get("organisations"):
        found = found.filter(organisation__in=organisations)
    if fields := audience.get("fields"):
        found = found.filter(Exists(PersonFields.objects.filter(contact=OuterRef("pk"), values__contains=fields)))
    if offers := audience.get("offers"):
        found = found.filter(_with_contract(offers))
    if tiers := audience.get("tiers"):
        found = _of_tiers(found, tiers)
    if any(audience.get(name) for name in ("teams", "tags", "is_open")):
        found = found.filter(Exists(_requests(audience)))
    return found.order_by("pk")


def _with_contract(offers: list[int]) -> Exists:
    """A contract on one of these offers that runs today, of theirs or of their organisation."""
    theirs = Q(contact=OuterRef("pk")) | Q(organisation=OuterRef("organisation"), organisation__isnull=False)
    return Exists(Contract.objects.running_on(now().date()).filter(theirs, offer__in=offers))


def _of_tiers(found: QuerySet[Contact], tiers: list[int]) -> QuerySet[Contact]:
    """Those whose orders of a year (with their organisation's) put them on one of these tiers. One statement now."""
    theirs = Q(contact=OuterRef("pk")) | Q(organisation=OuterRef("organisation"), organisation__isnull=False)
    orders = Order.objects.filter(theirs, ordered_at__gt=now() - YEAR).exclude(status__in=Order.UNDONE)
    count = orders.order_by().annotate(one=F("pk") * 0).values("one").annotate(n=Count("pk")).values("n")
    ladder = list(Tier.objects.order_by("orders"))
    steps = Q(pk__in=[])
    for tier, above in zip_longest(ladder, ladder[1:]):
        if tier.pk in tiers:
            reached = Q(ordered__gte=tier.orders)
            steps |= reached & Q(ordered__lt=above.orders) if above else reached
    return found.annotate(ordered=Coalesce(Subquery(count, output_field=IntegerField()), 0)).filter(steps)


def _requests(audience: Mapping[str, Any]) -> QuerySet[Ticket]:
    found = Ticket.objects.filter(contact=OuterRef("pk"))
    if teams := audience.get("teams"):
        found = found.filter(team__in=teams)
    if tags := audience.get("tags"):
        found = found.filter(tags__overlap=tags)
    if audience.get("is_open"):
        found = found.filter(status__in=Ticket.UNFINISHED)
    return found
