"""What conditions may ask of tickets and messages, by form; and the dates of tickets that rules may go by."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from charterdesk.events.facts import related_facts
from charterdesk.events.rule_fields import (
    CHOICE,
    NUMBER,
    TAGS,
    TEXT,
    WORDS,
    YES_NO,
    RuleField,
    more_rule_fields,
    rule_fields,
)
from charterdesk.events.rule_times import dated
from charterdesk.people.entitled import Asker, entitled_to, entitlement_choices
from charterdesk.people.models import LANGUAGES, Agent, Contact, Organisation, Team
from charterdesk.tickets.models import FieldValues, Ticket, TicketField

TICKET, MESSAGE, CUSTOMER, ORGANISATION = _("Ticket"), _("Message"), _("Customer"), _("Organisation")
BOUGHT, OWN, EVENT = _("What they bought"), _("Own fields"), _("What happened")


def _teams() -> list[tuple[int, str]]:
    return list(Team.objects.order_by("name").values_list("pk", "name"))


def _agents() -> list[tuple[int, str]]:
    return list(Agent.objects.filter(is_active=True).order_by("name").values_list("pk", "name"))


def _organisations() -> list[tuple[int, str]]:
    return list(Organisation.objects.filter(merged_into=None).order_by("name").values_list("pk", "name")[:500])


def _of_class(choices: Sequence[tuple[Any, Any]]) -> Any:
    return lambda: choices


DIRECTIONS = [("in", _("from outside")), ("out", _("from us")), ("note", _("a note"))]
ACTORS = [("contact", _("the customer")), ("agent", _("an agent")), ("system", _("the desk")), ("rule", _("a rule"))]

rule_fields(
    RuleField(code="ticket.subject", label=_("subject"), group=TICKET, kind=WORDS),
    RuleField(code="ticket.type", label=_("type"), group=TICKET, kind=CHOICE, choices=_of_class(Ticket.TYPES)),
    RuleField(
        code="ticket.priority", label=_("priority"), group=TICKET, kind=CHOICE, choices=_of_class(Ticket.PRIORITIES)
    ),
    RuleField(code="ticket.status", label=_("status"), group=TICKET, kind=CHOICE, choices=_of_class(Ticket.STATUSES)),
    RuleField(code="ticket.channel", label=_("way in"), group=TICKET, kind=CHOICE, choices=_of_class(Ticket.CHANNELS)),
    RuleField(code="ticket.language", label=_("language"), group=TICKET, kind=CHOICE, choices=_of_class(LANGUAGES)),
    RuleField(code="ticket.tags", label=_("tags"), group=TICKET, kind=TAGS),
    RuleField(code="ticket.team_id", label=_("team"), group=TICKET, kind=CHOICE, choices=_teams, is_row=True),
    RuleField(code="ticket.assignee_id", label=_("agent"), group=TICKET, kind=CHOICE, choices=_agents, is_row=True),
    RuleField(
        code="ticket.organisation_id",
        label=_("organisation"),
        group=TICKET,
        kind=CHOICE,
        choices=_organisations,
        is_row=True,
    ),
    RuleField(code="message.text", label=_("text"), group=MESSAGE, kind=WORDS),
    RuleField(code="message.subject", label=_("subject"), group=MESSAGE, kind=WORDS),
    RuleField(code="message.from", label=_("sender"), group=MESSAGE),
    RuleField(
        code="message.direction", label=_("direction"), group=MESSAGE, kind=CHOICE, choices=_of_class(DIRECTIONS)
    ),
    RuleField(code="message.is_automatic", label=_("written by a machine"), group=MESSAGE, kind=YES_NO),
    RuleField(code="contact.name", label=_("name"), group=CUSTOMER),
    RuleField(code="contact.email", label=_("e-mail address"), group=CUSTOMER),
    RuleField(code="contact.language", label=_("language"), group=CUSTOMER, kind=CHOICE, choices=_of_class(LANGUAGES)),
    RuleField(code="contact.days", label=_("days we have known them"), group=CUSTOMER, kind=NUMBER),
    RuleField(code="organisation.name", label=_("name"), group=ORGANISATION),
    RuleField(code="entitlement.codes", label=_("entitled to"), group=BOUGHT, kind=TAGS, choices=entitlement_choices),
    RuleField(code="event.actor_kind", label=_("done by"), group=EVENT, kind=CHOICE, choices=_of_class(ACTORS)),
    RuleField(code="event.score", label=_("grade"), group=EVENT, kind=NUMBER),
    RuleField(code="event.is_first", label=_("first message of its ticket"), group=EVENT, kind=YES_NO),
)


@more_rule_fields
def own_fields() -> Iterator[RuleField]:
    """The ticket fields the desk defined. One query."""
    for field in TicketField.objects.in_use():
        yield RuleField(code=f"field.{field.code}", label=field.label, group=OWN, **_kind_of(field))


def _kind_of(field: TicketField) -> dict[str, Any]:
    if field.kind == TicketField.YES_NO:
        return {"kind": YES_NO}
    if field.kind in TicketField.CHOSEN:
        return {"kind": CHOICE, "choices": field.options}
    return {"kind": NUMBER if field.kind == TicketField.NUMBER else TEXT}


@related_facts("contact")
def contact_facts(data: Mapping[str, Any], at: datetime) -> dict[str, Any] | None:
    """What rules may ask of an event's customer; None once they were erased. Two queries."""
    if not data.get("contact_id"):
        return {}
    contact = Contact.objects.filter(pk=data["contact_id"], erased_at=None).prefetch_related("identities").first()
    if contact is None:
        return None
    known = {"name": contact.name, "email": contact.email, "language": contact.language}
    return {**known, "days": (at - contact.created_at).days}


@related_facts("organisation")
def organisation_facts(data: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """What rules may ask of the organisation of an event's customer. One query, none without one."""
    pk = data.get("organisation_id")
    name = Organisation.objects.filter(pk=pk).values_list("name", flat=True).first() if pk else None
    return {"name": name} if name else {}


@related_facts("entitlement")
def entitlement_facts(data: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """What an event's customer is entitled to, as codes. No query on a desk that sells nothing."""
    if not data.get("contact_id"):
        return {}
    asker = Asker(data["contact_id"], data.get("organisation_id"), data.get("channel", ""), at)
    return {"codes": list(entitled_to([asker])[asker].codes)}


@related_facts("field")
def field_facts(data: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """The own fields of an event's ticket. One query."""
    found = FieldValues.objects.filter(ticket=data.get("ticket_id")).values_list("data", flat=True).first()
    return dict(found or {})


def _rows(
    field: str, since: datetime, until: datetime, most: int, team: int | None, **only: Any
) -> list[tuple[int, datetime]]:
    found = Ticket.objects.filter(**{f"{field}__gt": since, f"{field}__lte": until}, **only)
    teams = [team] if team else list(Team.objects.values_list("pk", flat=True))
    rows = found.filter(team_id__in=teams).order_by(field, "pk").values_list("pk", field)
    piece = list(rows[:most])
    if len(piece) < most:
        return piece
    return piece + list(rows.filter(**{field: piece[-1][1], "pk__gt": piece[-1][0]}))  # of one moment: together


@dated("ticket.due_at")
def next_promise(since: datetime, until: datetime, most: int, team: int | None) -> Sequence[tuple[int, datetime]]:
    """The next promise of unfinished tickets."""
    return _rows("due_at", since, until, most, team, status__in=Ticket.UNFINISHED)


@dated("ticket.opened_at")
def opened(since: datetime, until: datetime, most: int, team: int | None) -> Sequence[tuple[int, datetime]]:
    """When tickets came."""
    return _rows("opened_at", since, until, most, team)


@dated("ticket.last_message_at")
def last_message(since: datetime, until: datetime, most: int, team: int | None) -> Sequence[tuple[int, datetime]]:
    """When the last message of tickets was written."""
    return _rows("last_message_at", since, until, most, team)


@dated("ticket.solved_at")
def solved(since: datetime, until: datetime, most: int, team: int | None) -> Sequence[tuple[int, datetime]]:
    """When tickets were solved that are not closed."""
    return _rows("solved_at", since, until, most, team, status=Ticket.SOLVED)
