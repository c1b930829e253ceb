"""What conditions may ask of tickets and messages, by form; and the dates of tickets that rules may go by."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from charterdesk.events.choices import Listed
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
from charterdesk.events.rule_times import RuleDate, more_rule_dates, rule_dates
from charterdesk.events.rule_titles import rule_titles
from charterdesk.people.entitled import Asker, entitled_to, entitlement_choices
from charterdesk.people.models import LANGUAGES, Agent, Contact, Organisation, PersonField, PersonFields, Team
from charterdesk.tickets import rule_days as dates
from charterdesk.tickets.models import FieldValues, Ticket, TicketField

rule_titles(_("Acknowledge every new request"), _("Send the solution when a ticket is solved"))  # see `rules.toml`
TICKET, MESSAGE, CUSTOMER, ORGANISATION = _("Ticket"), _("Message"), _("Customer"), _("Organisation")
BOUGHT, OWN, EVENT = _("What they bought"), _("Own fields"), _("What happened")


_TEAMS, _AGENTS = Listed(Team.objects.all), Listed(lambda: Agent.objects.filter(is_active=True))
_ORGANISATIONS = Listed(lambda: Organisation.objects.filter(merged_into=None), most=500)


def _of_class(choices: Sequence[tuple[Any, Any]]) -> Any:
    return lambda: choices


DIRECTIONS = [("in", _("from outside")), ("out", _("from us")), ("note", _("a note"))]
ACTORS = [("contact", _("the customer")), ("agent", _("an agent")), ("system", _("the desk")), ("rule", _("a rule"))]

rule_fields(
    RuleField(code="ticket.subject", label=_("subject"), group=TICKET, kind=WORDS),
    RuleField(code="ticket.number", label=_("number"), group=TICKET, kind=NUMBER),
    RuleField(code="ticket.type", label=_("type"), group=TICKET, kind=CHOICE, choices=_of_class(Ticket.TYPES)),
    RuleField(
        code="ticket.priority", label=_("priority"), group=TICKET, kind=CHOICE, choices=_of_class(Ticket.PRIORITIES)
    ),
    RuleField(code="ticket.status", label=_("status"), group=TICKET, kind=CHOICE, choices=_of_class(Ticket.STATUSES)),
    RuleField(code="ticket.channel", label=_("way in"), group=TICKET, kind=CHOICE, choices=_of_class(Ticket.CHANNELS)),
    RuleField(code="ticket.language", label=_("language"), group=TICKET, kind=CHOICE, choices=_of_class(LANGUAGES)),
    RuleField(code="ticket.tags", label=_("tags"), group=TICKET, kind=TAGS),
    RuleField(code="ticket.team_id", label=_("team"), group=TICKET, kind=CHOICE, choices=_TEAMS, row="team"),
    RuleField(code="ticket.assignee_id", label=_("agent"), group=TICKET, kind=CHOICE, choices=_AGENTS, row="agent"),
    RuleField(
        code="ticket.organisation_id",
        label=_("organisation"),
        group=TICKET,
        kind=CHOICE,
        choices=_ORGANISATIONS,
        row="organisation",
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
    RuleField(code="event.told_with", label=_("other request whose mail tells of it"), group=EVENT, kind=NUMBER),
    RuleField(code="event.is_first", label=_("first message of its ticket"), group=EVENT, kind=YES_NO),
    RuleField(code="event.is_ours", label=_("a request we opened ourselves"), group=EVENT, kind=YES_NO),
)


@more_rule_fields("field")
def own_fields() -> Iterator[RuleField]:
    """The ticket fields the desk defined. One query."""
    for field in TicketField.objects.in_use():
        yield RuleField(code=f"field.{field.code}", label=field.label, group=OWN, **_kind_of(field))


@more_rule_fields("contact_field", "organisation_field")
def fields_of_people() -> Iterator[RuleField]:
    """The fields the desk defined on customers and organisations. One query."""
    for field in PersonField.objects.filter(retired_at=None):
        group = CUSTOMER if field.of == PersonField.CONTACT else ORGANISATION
        chosen: dict[str, Any] = {"choices": _of_class([(one, one) for one in field.choices])} if field.choices else {}
        kind = {PersonField.NUMBER: NUMBER, PersonField.CHOICE: CHOICE}.get(field.kind, TEXT)
        yield RuleField(code=f"{field.of}_field.{field.code}", label=field.label, group=group, kind=kind, **chosen)


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


@related_facts("contact_field")
def contact_fields(data: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """The desk's own fields of an event's customer. One query."""
    return _own_of(contact=data.get("contact_id"))


@related_facts("organisation_field")
def organisation_fields(data: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """The desk's own fields of the organisation of an event's customer. One query."""
    return _own_of(organisation=data.get("organisation_id"))


def _own_of(**of: int | None) -> dict[str, Any]:
    found = PersonFields.objects.filter(**of) if all(of.values()) else PersonFields.objects.none()
    return dict(found.values_list("values", flat=True).first() or {})


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


rule_dates(
    RuleDate("ticket.due_at", _("its next promise is due"), dates.next_promise),
    RuleDate("ticket.opened_at", _("it came"), dates.opened),
    RuleDate("ticket.last_message_at", _("its last message was written"), dates.last_message),
    RuleDate("ticket.solved_at", _("it was solved"), dates.solved),
    RuleDate("contract.starts_on", _("a contract of its customer begins"), dates.contract_starts),
    RuleDate("contract.ends_on", _("a contract of its customer ends"), dates.contract_ends),
    RuleDate("order.ordered_at", _("its customer ordered"), dates.ordered),
    RuleDate("order.supported_until", _("support after its order ends"), dates.support_ends),
)


@more_rule_dates
def own_dates() -> Iterator[RuleDate]:
    """The ticket fields of the desk that hold a date. One query."""
    for field in TicketField.objects.in_use().filter(kind=TicketField.DATE):
        label = format_lazy(_("the day in “{field}”"), field=field.label)
        yield RuleDate(f"field.{field.code}", label, partial(dates.days_of_field, field.pk))
