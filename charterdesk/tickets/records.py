"""The part of tickets in what we keep of people."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from charterdesk.base.exported import carry_sequence, emptied, exported
from charterdesk.people.models import Contact
from charterdesk.people.personal import Field, PersonalFile, Thing, tells
from charterdesk.tickets.fields import shown, values_of
from charterdesk.tickets.models import Grade, Message, Ticket, TicketField

exported("tickets")
emptied("tickets_count", "tickets_countchange", why="kept by triggers as tickets are written")
carry_sequence("tickets_number")


@tells("requests", lambda: _("Your requests"))
def tell_requests(contact: Contact, with_notes: bool) -> Iterator[Thing]:
    """Their tickets with what was said on them, oldest first. Three queries, and some for each ticket."""
    for ticket in Ticket.objects.filter(contact=contact).select_related("team").order_by("pk").iterator():
        yield [
            Field("number", _("Number"), ticket.number),
            Field("subject", _("Subject"), ticket.subject),
            Field("status", _("Status"), ticket.get_status_display()),
            Field("type", _("Type"), ticket.get_type_display()),
            Field("team", _("Team"), ticket.team.name),
            Field("opened_at", _("Opened"), ticket.opened_at),
            Field("solved_at", _("Solved"), ticket.solved_at),
            Field("solution", _("Solution"), ticket.solution),
            Field("copies_to", _("Copies go to"), list(ticket.copied.values_list("address", flat=True))),
            *_own_fields(ticket, with_notes),
            Field("grades", _("Your grades"), [_graded(one) for one in ticket.grades.order_by("pk")]),
            Field("consents", _("What you agreed to"), [one.text for one in ticket.consents.exclude(text="")]),
            Field("messages", _("Messages"), [_said(one) for one in _messages(ticket, with_notes)]),
        ]


def _graded(grade: Grade) -> Thing:
    return [
        Field("at", _("Time"), grade.given_at),
        Field("score", _("Grade"), grade.score),
        Field("comment", _("Comment"), grade.comment),
    ]


def _own_fields(ticket: Ticket, with_notes: bool) -> Iterator[Field]:
    """What stands in custom fields, of those that customers see; with notes, in all. Four statements at most."""
    data = values_of(ticket)
    fields = TicketField.objects.filter(code__in=list(data))
    found = shown(list(fields if with_notes else fields.filter(is_public=True)), data)
    if found:
        said = [Field(one.field.code, one.field.label, one.text) for one in found if not one.file]
        yield Field("fields", _("Details"), [said] if said else [])
        yield Field("files", _("Files"), [PersonalFile(one.text, one.file.sha256) for one in found if one.file])


@tells("messages_elsewhere", lambda: _("What you wrote on requests of others"))
def tell_messages_elsewhere(contact: Contact, with_notes: bool) -> Iterator[Thing]:
    """What they wrote on tickets that are not theirs, oldest first. Two queries."""
    elsewhere = Message.objects.filter(contact=contact, redacted_at=None).exclude(ticket__contact=contact)
    for message in elsewhere.prefetch_related("attachments").order_by("pk"):
        yield _said(message)


def _messages(ticket: Ticket, with_notes: bool) -> Iterator[Message]:
    found = Message.objects.filter(ticket=ticket, redacted_at=None)
    found = found if with_notes else found.public()
    return iter(found.select_related("agent").prefetch_related("attachments").order_by("pk"))


def _said(message: Message) -> Thing:
    author = message.author_name or message.author_address or (message.agent.name if message.agent else "")
    files = [PersonalFile(one.filename, one.sha256) for one in message.attachments.all() if one.sha256]
    return [
        Field("at", _("Time"), message.created_at),
        Field("from", _("From"), author),
        Field("direction", _("Direction"), message.get_direction_display()),
        Field("to", _("To"), message.to),
        Field("subject", _("Subject"), message.subject),
        Field("text", _("Text"), message.body_text),
        Field("quoted", _("Quoted"), message.quoted_text),
        Field("files", _("Files"), files),
    ]
