"""What people know the rows by that the audit log names by key."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F, OuterRef, Subquery, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, NullIf

from charterdesk.access.models import IdentityProvider
from charterdesk.base.keys import split_key
from charterdesk.billing.models import Contract, Invoice, Offer, Order, OrderSource, Reason, TaxRate, Tier
from charterdesk.calendars.models import BusinessCalendar
from charterdesk.calls.models import PhoneLine, PhoneSystem
from charterdesk.channels.models import MailAccount, SmsNumber
from charterdesk.community.models import Forum, Profile, Topic
from charterdesk.complaints.models import Level
from charterdesk.events.models import Rule, Webhook
from charterdesk.events.rule_titles import title_of
from charterdesk.knowledge.models import ArticleText, Category
from charterdesk.notices.models import Component, Incident
from charterdesk.people.models import (
    Agent,
    ApiToken,
    Brand,
    Contact,
    Login,
    Organisation,
    PersonField,
    Role,
    Team,
)
from charterdesk.sla.models import Policy, PolicyVersion
from charterdesk.tickets.models import Macro, RequestForm, SavedView, Tag, Template, Ticket, TicketField

_OF_BRAND = Coalesce(*(NullIf(KT(f"{side}__name"), Value("")) for side in ("published", "draft")), F("host"))
_OF_POLICY = Subquery(PolicyVersion.objects.filter(policy=OuterRef("pk")).order_by("-number").values("name")[:1])
TITLES: Mapping[Any, Any] = {
    **dict.fromkeys((ApiToken, BusinessCalendar, Contract, IdentityProvider, Macro, MailAccount, Offer), F("name")),
    **dict.fromkeys((OrderSource, Organisation, PersonField, PhoneLine, PhoneSystem, PolicyVersion), F("name")),
    **dict.fromkeys(
        (Profile, Reason, Role, Rule, SavedView, SmsNumber, Tag, TaxRate, Template, Tier, Webhook), F("name")
    ),
    **dict.fromkeys((Category, Component, Forum, Level, RequestForm), KT("names__en")),
    **dict.fromkeys((ArticleText, Topic), F("title")),
    **dict.fromkeys((Invoice, Order), F("number")),
    Brand: _OF_BRAND,
    Incident: KT("titles__en"),
    Policy: _OF_POLICY,
    TicketField: KT("labels__en"),
}
"""What people know the things they set up by."""
PEOPLE = {"agent": Agent, "team": Team, "login": Login, "contact": Contact, "ticket": Ticket}


def names_of(keys: Iterable[str]) -> dict[str, str]:
    """How people know the rows with these keys. One statement for each kind of who, one for all that is set up."""
    by_kind: dict[str, set[int]] = {}
    for key in keys:
        if key.partition(":")[2].isdecimal():
            kind, pk = split_key(key)
            by_kind.setdefault(kind, set()).add(pk)
    found = _titles(by_kind)
    for kind, model in PEOPLE.items():
        for row in model.objects.filter(pk__in=by_kind.get(kind, ())):  # type: ignore[attr-defined]
            found[f"{kind}:{row.pk}"] = f"#{row.number}" if isinstance(row, Ticket) else str(row)
    return found


def _titles(by_kind: Mapping[str, Iterable[int]]) -> dict[str, str]:
    """What was set up, by the names it has now. One statement, or none."""
    asked = [
        model.objects.filter(pk__in=by_kind[kind]).order_by().values_list(Value(kind), "pk", Cast(title, TextField()))
        for model, title in TITLES.items()
        if (kind := str(model._meta.model_name)) in by_kind
    ]
    if not asked:
        return {}
    rows = asked[0].union(*asked[1:], all=True)
    return {f"{kind}:{pk}": title_of(title) if kind == "rule" else title for kind, pk, title in rows if title}
