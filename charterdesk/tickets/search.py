"""What of tickets is findable, by whom, and when the index has to look again.

A ticket is found by its number, subject, solution, and by whom it is for; a message by what is new in it and by its
files. What customers may read they find as well. Automatic texts of ours are not indexed: there is one on every ticket.
"""

from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from charterdesk.events.reactions import INDEX, Heard, react, react_together
from charterdesk.people.events import (
    ContactErased,
    ContactMerged,
    ContactMergeUndone,
    ContactSplit,
    OrganisationMerged,
    OrganisationMergeUndone,
)
from charterdesk.people.viewer import Viewer
from charterdesk.search.findable import Findable, register
from charterdesk.search.index import note, note_under
from charterdesk.tickets.events import (
    AttachmentRedacted,
    MessageCalledBack,
    MessageQueued,
    MessageReceived,
    MessageRedacted,
    MessageSent,
    NoteAdded,
    RequesterChanged,
    TicketEvent,
    TicketMerged,
    TicketMergeUndone,
    TicketMoved,
    TicketOpened,
    TicketRenamed,
    TicketSolved,
    TicketSplit,
    TicketTagged,
)
from charterdesk.tickets.models import Message, Ticket

_TICKETS = """
    SELECT ticket.id, 'ticket:' || ticket.id AS parent,
           ARRAY['t:' || ticket.team_id, 'c:' || ticket.contact_id] AS audience,
           ticket.language, ticket.subject AS title,
           concat_ws(E'\n', nullif(ticket.solution, ''), nullif(contact.name, ''), (
               SELECT string_agg(value, ' ' ORDER BY id) FROM people_identity WHERE contact_id = contact.id
           ), organisation.name, nullif(array_to_string(ticket.tags, ' '), '')) AS body,
           ARRAY[ticket.number::text] AS reference, ticket.opened_at AS created_at
      FROM tickets_ticket AS ticket
      JOIN people_contact AS contact ON contact.id = ticket.contact_id
      LEFT JOIN people_organisation AS organisation ON organisation.id = ticket.organisation_id
"""
# The subject counts where it is new; there, the text may be one that somebody only passes on, so quotes count too.
_IS_ANSWER = r"message.subject ~* '^\s*(re|aw|antw|sv|rv|tr|rif|wg|fwd?)\s*:'"
_MESSAGES = rf"""
    SELECT message.id, 'ticket:' || message.ticket_id AS parent,
           ARRAY['t:' || ticket.team_id] || CASE
               WHEN message.direction IN ('in', 'out') AND message.side_thread_id IS NULL
                    AND message.delivery NOT IN ('scheduled', 'cancelled')
               THEN ARRAY['c:' || ticket.contact_id] ELSE ARRAY[]::text[] END AS audience,
           ticket.language, CASE WHEN {_IS_ANSWER} THEN '' ELSE message.subject END AS title,
           concat_ws(E'\n', message.body_text,
               CASE WHEN message.direction = 'in' AND NOT {_IS_ANSWER} THEN nullif(message.quoted_text, '') END,
               (SELECT string_agg(filename, ' ' ORDER BY id) FROM tickets_attachment
                 WHERE message_id = message.id AND redacted_at IS NULL)) AS body,
           ARRAY[]::text[] AS reference, message.created_at
      FROM tickets_message AS message
      JOIN tickets_ticket AS ticket ON ticket.id = message.ticket_id
     WHERE message.redacted_at IS NULL AND NOT (message.direction = 'out' AND message.template <> '')
"""


def _visible_tickets(viewer: object, ids: Collection[int]) -> Iterable[int]:
    if not isinstance(viewer, Viewer):
        return ()
    return Ticket.objects.visible_to(viewer).filter(pk__in=ids).values_list("pk", flat=True)


def _visible_messages(viewer: object, ids: Collection[int]) -> Iterable[int]:
    if not isinstance(viewer, Viewer):
        return ()
    messages = Message.objects.visible_to(viewer).filter(pk__in=ids, redacted_at=None)
    return messages.values_list("pk", flat=True)


TICKETS = register(
    Findable(kind="ticket", select=_TICKETS, table="tickets_ticket", usual_words=16, visible=_visible_tickets)
)
MESSAGES = register(
    Findable(kind="message", select=_MESSAGES, table="tickets_message", usual_words=40, visible=_visible_messages)
)


@react_together(MessageReceived, lane=INDEX)
def index_received(heard: Heard[MessageReceived]) -> None:
    """Somebody outside wrote."""
    note(*(f"message:{event.message_id}" for event, _entry in heard))


@react(NoteAdded)
def index_internal_note(event: NoteAdded) -> None:
    """Somebody inside wrote."""
    note(f"message:{event.message_id}")


@react(MessageQueued)
def index_queued(event: MessageQueued) -> None:
    """We wrote; automatic texts are not indexed."""
    if not event.template:
        note(f"message:{event.message_id}")


@react(MessageSent)
def index_sent(event: MessageSent) -> None:
    """What waited for its time may now be found by the customer; or an agent wrote elsewhere."""
    note(f"message:{event.message_id}")


@react(MessageCalledBack)
def index_called_back(event: MessageCalledBack) -> None:
    """Only staff know of it."""
    note(f"message:{event.message_id}")


@react(MessageRedacted)
def forget_redacted(event: MessageRedacted) -> None:
    """What it said is gone."""
    note(f"message:{event.message_id}")


@react(AttachmentRedacted)
def forget_file(event: AttachmentRedacted) -> None:
    """Its name is gone."""
    note(f"message:{event.message_id}")


@react_together(TicketOpened, TicketRenamed, TicketSolved, TicketTagged, lane=INDEX)
def index_tickets(heard: Heard[TicketEvent]) -> None:
    """Their subject, solution or tags are new."""
    note(*(f"ticket:{event.ticket_id}" for event, _entry in heard))


@react(TicketMoved, RequesterChanged, TicketMerged, TicketSplit)
def move_documents(event: TicketEvent) -> None:
    """What belongs to it belongs to others now."""
    note_under(f"ticket:{event.ticket_id}")
    note(f"ticket:{event.ticket_id}")


@react(TicketMergeUndone)
def move_documents_back(event: TicketMergeUndone) -> None:
    """What was the other ticket's is its own again."""
    note_under(f"ticket:{event.target_id}", f"ticket:{event.ticket_id}")


@react(ContactErased)
def forget_contact(event: ContactErased) -> None:
    """Their name is gone."""
    _index_tickets_of(event.contact_id)


@react(ContactMerged)
def index_merged_contact(event: ContactMerged) -> None:
    """Who was two people finds what was said to either."""
    _index_tickets_of(event.contact_id)


@react(ContactMergeUndone)
def index_parted_contact(event: ContactMergeUndone) -> None:
    """Each finds their own again."""
    _index_tickets_of(event.contact_id)
    _index_tickets_of(event.merged_id)


@react(ContactSplit)
def index_split_contact(event: ContactSplit) -> None:
    """Each finds their own."""
    _index_tickets_of(event.contact_id)
    _index_tickets_of(event.new_id)


@react(OrganisationMerged)
def index_merged_organisation(event: OrganisationMerged) -> None:
    """Those who see all its requests find those of both."""
    _index(Ticket.objects.filter(organisation_id=event.organisation_id))


@react(OrganisationMergeUndone)
def index_parted_organisation(event: OrganisationMergeUndone) -> None:
    """Each finds its own again."""
    _index(Ticket.objects.filter(organisation_id__in=(event.organisation_id, event.merged_id)))


def _index_tickets_of(contact_id: int) -> None:
    _index(Ticket.objects.filter(contact_id=contact_id))


def _index(tickets: QuerySet[Ticket]) -> None:
    keys = [f"ticket:{pk}" for pk in tickets.values_list("pk", flat=True)]
    note(*keys)
    note_under(*keys)
