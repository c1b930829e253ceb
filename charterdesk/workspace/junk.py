"""Junk: closing what nobody asked for, and hearing no more from who sent it."""

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from charterdesk.channels.actions import block_sender, unblock_sender
from charterdesk.channels.models import BlockedSender
from charterdesk.tickets.actions import close_ticket, reopen_ticket
from charterdesk.tickets.policies import may_discard
from charterdesk.workspace.controls import me, workable
from charterdesk.workspace.staff import StaffRequest, staff_path
from charterdesk.workspace.tickets import changed


@require_POST
def junk(request: StaffRequest, number: int) -> HttpResponse:
    """POST tickets/<number>/junk: close it as junk; with `block`, take no more mail from its sender."""
    ticket = workable(request, number, may_discard)
    with transaction.atomic():
        close_ticket(ticket, by=request.viewer, reason="junk")
        if "block" in request.POST and ticket.contact.email:
            block_sender(ticket.contact.email, by=request.viewer, agent=me(request))
    text = _("Closed as junk.") if "block" not in request.POST else _("Closed as junk, and its sender is blocked.")
    return changed(request, ticket, text, undo=reverse("workspace:not_junk", args=[number]))


@require_POST
def not_junk(request: StaffRequest, number: int) -> HttpResponse:
    """POST tickets/<number>/not-junk: take it up again, and hear its sender again."""
    ticket = workable(request, number, may_discard)
    with transaction.atomic():
        reopen_ticket(ticket, by=request.viewer)
        for blocked in BlockedSender.objects.filter(pattern=ticket.contact.email.lower()):
            unblock_sender(blocked, by=request.viewer)
    return changed(request, ticket, _("Open again."))


urls = [
    staff_path("tickets/<int:number>/junk", junk, name="junk"),
    staff_path("tickets/<int:number>/not-junk", not_junk, name="not_junk"),
]
