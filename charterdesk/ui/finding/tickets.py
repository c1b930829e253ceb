"""Tickets and their messages among what was found: staff's, and customers' own."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from charterdesk.people.viewer import Viewer
from charterdesk.search.queries import Hit
from charterdesk.tickets.models import Message, Ticket
from charterdesk.ui.finding.families import Asker, Family, Place


def places(asker: Asker, hits: Sequence[Hit]) -> Mapping[str, Place]:
    """Where staff work on them, where customers follow theirs. Two statements at most."""
    mine: dict[str, Place] = {}
    if ids := [hit.id for hit in hits if hit.kind == "message"]:
        messages = Message.objects.visible_to(asker.viewer).filter(pk__in=ids, redacted_at=None)
        for message in messages.select_related("ticket__contact", "ticket__team"):
            mine[message.key] = _place(asker.viewer, message.ticket, message)
    if ids := [hit.id for hit in hits if hit.kind == "ticket"]:
        tickets = Ticket.objects.visible_to(asker.viewer).filter(pk__in=ids)
        for ticket in tickets.select_related("contact", "team"):
            mine[ticket.key] = _place(asker.viewer, ticket)
    return mine


def _place(viewer: Viewer, ticket: Ticket, message: Message | None = None) -> Place:
    if not viewer.is_staff:
        url = reverse("portal:status", args=[ticket.number])
        return Place(url=url, title=ticket.subject, note=f"#{ticket.number}", thing=ticket)
    url = reverse("workspace:ticket", args=[ticket.number])
    return Place(url=f"{url}#message-{message.pk}" if message else url, title=ticket.subject, thing=ticket)


def _has_some(viewer: Viewer) -> bool:
    return viewer.is_staff or viewer.contact_id is not None


FAMILY = Family(
    code="ticket",
    kinds=("ticket", "message"),
    name=_("Request"),
    names=_("Requests"),
    icon="inbox",
    places=places,
    scope="tickets:read",
    template="ui/found_ticket.html",
    is_for=_has_some,
)
