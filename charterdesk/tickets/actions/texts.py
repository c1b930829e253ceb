"""Texts of ours to the customer: the acknowledgement, the solution, whatever a rule sends."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charterdesk.base.inserting import insert_rows
from charterdesk.base.keys import Actor, split_key
from charterdesk.events.log import BEGINNING, caused_by, event_row, key_of, publish, this_cause, write_events
from charterdesk.events.operations import Call, operation, operation_together
from charterdesk.events.skipped import Skipped, skipped
from charterdesk.people.branding import sender_of
from charterdesk.people.models import Contact, CustomerChoice
from charterdesk.tickets.by_text import can_send_texts
from charterdesk.tickets.events import MessageQueued
from charterdesk.tickets.models import Message, Ticket
from charterdesk.tickets.models.templates import PREFIX
from charterdesk.tickets.own_templates import known_templates
from charterdesk.tickets.own_texts import TEXTS
from charterdesk.tickets.rendering import Rendered, rendered_from
from charterdesk.tickets.templating import render_texts, text_for

EMAIL, SMS, PHONE = "email", "sms", "phone"
ACKNOWLEDGEMENT = "acknowledgement"
WAYS = ("", EMAIL, SMS)
CUSTOMER = "customer"
SENT_BEFORE = skipped("tickets.sent_before", gettext_lazy("it was sent before"))
NO_NUMBER = skipped("tickets.no_number", gettext_lazy("no phone number is known"))
NO_ADDRESS = skipped("tickets.no_address", gettext_lazy("no mail address is known"))
WANTS_NO_MAIL = skipped("tickets.wants_no_mail", gettext_lazy("the customer wants no mails"))
BY_MACHINE = skipped("tickets.by_machine", gettext_lazy("a machine wrote last, and is never answered automatically"))
NOT_ASKED_FOR = skipped("tickets.not_asked_for", gettext_lazy("the house opened it, so nobody waits to hear of it"))
Last = dict[int, Message]
Ways = dict[int, str]
"""By which way texts about a ticket go, where that is not the one by which it came."""


def _problems(args: Mapping[str, Any]) -> list[str]:
    """What is wrong with the text a rule names, or with the way it goes. One query for a template."""
    name, way = str(args.get("template", "")), args.get("way", "")
    is_known = name in TEXTS or (name.startswith(PREFIX) and name in dict(known_templates()))
    wrong = [] if is_known else [_("There is no such text: %s.") % name]
    return wrong if way in WAYS else [*wrong, _("A text goes by mail or by SMS, not by %s.") % way]


@operation("tickets.send_template", tells=CUSTOMER, leaves=True, check=_problems)
@transaction.atomic
def send_template(ticket: Ticket, *, by: Actor, template: str, once: str = "", way: str = "") -> Message | Skipped:
    """Send the customer one of our texts, or a template ("own:outage"), in the ticket's language, and return it.

    Sent once for each `once` (by default once per ticket), by `way` ("email" or "sms"; by default as they wrote, and by
    SMS to a caller without a mail address). Skipped when it was sent before, when nobody can be reached, or when a
    machine wrote last: automatic mail is never answered automatically (RFC 3834); and an acknowledgement where the
    house opened the ticket. Raises `Refused("tickets.no_such_text")`.
    """
    args = {"template": template, "once": once, "way": way}
    (sent,) = send_templates([Call(on=ticket.key, by=key_of(by), args=args, cause=this_cause() or BEGINNING)])
    return sent


@transaction.atomic
def send_text(
    ticket: Ticket, *, by: Actor, subject: str, text: str, template: str, once: str = ""
) -> Message | Skipped:
    """Send the customer a text of ours that its caller wrote; once for each ticket, `template`, which names it, and
    `once`.

    Skipped where `send_template` would be.
    """
    once = f"{template}:{ticket.pk}:{once}"
    found = _lock_to_write([ticket.pk])[ticket.pk]
    last = _last_written([ticket.pk])
    way = _ways([found]).get(ticket.pk, "")
    if why := _why_untold(found, last, way):
        return why
    if Message.objects.filter(once=once).exists():
        return SENT_BEFORE
    message = _text_message(found, rendered_from(subject, text), template=template, once=once, last=last, way=way)
    message.save(force_insert=True)
    queued = MessageQueued(
        ticket_id=ticket.pk, team_id=ticket.team_id, message_id=message.pk, template=message.template
    )
    publish(queued, on=ticket, by=by)
    return message


@transaction.atomic
def send_templates(calls: Sequence[Call]) -> list[Message | Skipped]:
    """As `send_template` for each of `calls`, in nine statements and a few more for each language spoken."""
    tickets = _lock_to_write({split_key(call.on)[1] for call in calls})
    names = [f"{call.args['template']}:{split_key(call.on)[1]}:{call.args.get('once', '')}" for call in calls]
    sent = set(Message.objects.filter(once__in=names).values_list("once", flat=True))
    last = _last_written(tickets)
    ways = _ways(tickets.values())
    new: dict[str, tuple[Call, Ticket, str]] = {}
    came_to: list[Skipped | None] = []
    for name, call in zip(names, calls, strict=True):
        ticket = tickets[split_key(call.on)[1]]
        way = call.args.get("way") or ways.get(ticket.pk, "")
        why = SENT_BEFORE if name in sent or name in new else _why_unasked(call) or _why_untold(ticket, last, way)
        came_to.append(why)
        if why is None:
            new[name] = call, ticket, way
    named = [(text_for(call.args["template"], way, ticket.type), ticket) for call, ticket, way in new.values()]
    rendered = render_texts(named)
    messages = [
        _text_message(ticket, said, template=call.args["template"], once=name, last=last, way=way)
        for (name, (call, ticket, way)), said in zip(new.items(), rendered, strict=True)
    ]
    insert_rows(messages)
    _publish_queued([(call, ticket) for call, ticket, _way in new.values()], messages)
    left = iter(messages)
    return [why or next(left) for why in came_to]


def _publish_queued(told: Sequence[tuple[Call, Ticket]], messages: Sequence[Message]) -> None:
    """Make known that `messages` go out, each caused by its call. One statement."""
    rows = []
    for (call, ticket), message in zip(told, messages, strict=True):
        with caused_by(call.cause):
            queued = MessageQueued(
                ticket_id=ticket.pk, team_id=ticket.team_id, message_id=message.pk, template=message.template
            )
            rows.append(event_row(queued, on=ticket, by=call.by))
    write_events(rows)


@operation_together("tickets.send_template")
def perform_send_template(calls: Sequence[Call]) -> Sequence[Message | Skipped]:
    """What a rule asks for on many tickets at once."""
    return send_templates(calls)


def _ways(tickets: Iterable[Ticket]) -> Ways:
    """By SMS go texts to whoever was on the telephone and has no mail address, if the desk sends any. One statement."""
    called = [one for one in tickets if one.channel == PHONE and one.contact.phone and not one.contact.email]
    return {ticket.pk: SMS for ticket in called} if called and can_send_texts() else {}


def _text_message(
    ticket: Ticket, rendered: Rendered, *, template: str, once: str, last: Last, way: str = ""
) -> Message:
    """A text of ours as a message to the customer, not stored yet."""
    return Message(
        ticket=ticket,
        direction=Message.OUT,
        channel=way or ticket.channel,
        author_name=sender_of(ticket.team),
        to=[_reached_at(ticket, last, way)],
        subject=rendered.subject,
        body_text=rendered.text,
        body_html=rendered.html,
        template=template,
        is_automatic=True,
        delivery=Message.QUEUED,
        once=once,
    )


def _lock_to_write(ticket_ids: Collection[int]) -> dict[int, Ticket]:
    """These tickets by id, their rows held, with team and contact.

    Two statements. Raises `Ticket.DoesNotExist` when one is gone.
    """
    found = Ticket.objects.select_for_update(of=("self",)).filter(pk__in=ticket_ids).order_by("pk")
    related = found.select_related("team__branding__brand", "contact__choice")
    tickets = list(related.prefetch_related("contact__identities"))
    if len(tickets) < len(ticket_ids):
        raise Ticket.DoesNotExist(f"of {sorted(ticket_ids)} only {len(tickets)} tickets are there")
    return {ticket.pk: ticket for ticket in tickets}


def _wants_mails(contact: Contact) -> bool:
    """Whether `contact` did not ask us to leave their mailbox alone."""
    choice = getattr(contact, "choice", None)
    return choice is None or choice.mails != CustomerChoice.NONE


def _last_written(ticket_ids: Iterable[int]) -> Last:
    """What came in last on each of these tickets. One statement."""
    incoming = Message.objects.filter(ticket_id__in=list(ticket_ids), direction=Message.IN, side_thread=None)
    latest = incoming.order_by("ticket_id", "-pk").distinct("ticket_id")
    return {
        message.ticket_id: message for message in latest.only("ticket_id", "is_automatic", "channel", "author_address")
    }


def _why_unasked(call: Call) -> Skipped | None:
    """Whether it would acknowledge a request of our own, which nobody sent: the desk's own rule asks, but one that
    somebody changed before it could does not.
    """
    entry = call.cause.entry
    is_unasked = call.args["template"] == ACKNOWLEDGEMENT and entry is not None and bool(entry.data.get("is_ours"))
    return NOT_ASKED_FOR if is_unasked else None


def _why_untold(ticket: Ticket, last: Last, way: str) -> Skipped | None:
    """Why nobody would read it: a machine wrote last, or its customer can't or does not want to be reached so."""
    if ticket.pk in last and last[ticket.pk].is_automatic:
        return BY_MACHINE
    if _reached_at(ticket, last, way):
        return None
    if way == SMS:
        return NO_NUMBER
    return WANTS_NO_MAIL if ticket.contact.email else NO_ADDRESS


def _reached_at(ticket: Ticket, last: Last, way: str = "") -> str:
    """Where texts about `ticket` go, by `way` or as its customer wrote: by SMS to the number they last wrote from, else
    by mail. "" for nowhere.
    """
    contact = ticket.contact
    mail = contact.email if _wants_mails(contact) else ""
    if (way or ticket.channel) != SMS:
        return mail
    wrote = last.get(ticket.pk)
    number = wrote.author_address if wrote and wrote.channel == SMS else contact.phone
    return number or ("" if way else mail)
