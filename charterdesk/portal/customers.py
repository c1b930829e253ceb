"""What the pages of the portal share: who is asking, and which request they may see."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from charterdesk.base.refused import Refused
from charterdesk.people.viewer import CUSTOMER, Viewer
from charterdesk.tickets.links import status_token, token_opens
from charterdesk.tickets.models import Ticket
from charterdesk.ui.signed_out import sign_in_first

View = Callable[..., HttpResponseBase]


class NotSignedIn(Exception):
    """What was asked for is shown to signed-in customers, and nobody is signed in."""


class PortalRequest(HttpRequest):
    """A request of somebody outside, signed in or not."""

    viewer: Viewer


def portal_path(route: str, view: View, name: str) -> URLPattern:
    """An address of the portal; what actions refuse is a 409 that says why."""
    return path(route, _answering(view), name=name)


def _answering(view: View) -> View:
    @wraps(view)
    def guarded(request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Refused as refused:
            back = request.META.get("HTTP_REFERER", "")
            is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
            context = {"refused": refused, "back": back if is_ours else ""}
            return render(request, "portal/refused.html", context, status=409)
        except NotSignedIn:
            return sign_in_first(request)

    # Whoever holds a link or signs in is told apart here, by ticket, and not by Django's middleware.
    guarded.login_required = False  # type: ignore[attr-defined]
    return guarded


def request_of(request: PortalRequest, number: int, token: str) -> tuple[Ticket, Viewer]:
    """The ticket a customer may see, and as whom: by the signed link, or signed in. Two queries.

    Raises: `Http404`, `NotSignedIn`.
    """
    found = Ticket.objects.select_related("team", "contact", "assignee", "merged_into").filter(number=number)
    if token:
        ticket = found.first()
        if ticket is None or not token_opens(ticket, token):
            raise Http404
        return ticket, _by_link(ticket)
    contact_of(request)
    ticket = found.visible_to(request.viewer).first()
    if ticket is None:
        raise Http404
    return ticket, request.viewer


def contact_of(request: PortalRequest) -> int:
    """The contact who is signed in. Raises `NotSignedIn`; `Http404` for staff, who have pages of their own."""
    if request.viewer.contact_id is not None:
        return request.viewer.contact_id
    if request.user.is_authenticated:
        raise Http404
    raise NotSignedIn


def _by_link(ticket: Ticket) -> Viewer:
    """Whoever has the link acts as the ticket's contact, on this ticket only."""
    contact = ticket.contact
    return Viewer(key=contact.key, name=str(contact), role=CUSTOMER, language=ticket.language, contact_id=contact.pk)


def address_of(ticket: Ticket, token: str, name: str = "status", **more: Any) -> str:
    """The address of a page about `ticket`, by link or signed in as its reader came."""
    if token:
        return reverse(f"portal:{name}_by_link", kwargs={"number": ticket.number, "token": token, **more})
    return reverse(f"portal:{name}", kwargs={"number": ticket.number, **more})


def link_to(ticket: Ticket) -> str:
    """The address of the status page by signed link."""
    return address_of(ticket, status_token(ticket))
