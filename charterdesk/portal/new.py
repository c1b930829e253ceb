"""The front page, and a new request."""

from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.calendars.arithmetic import is_open, opens_next
from charterdesk.people.actions import identify_contact
from charterdesk.people.models import Contact, Team
from charterdesk.portal.customers import PortalRequest, link_to, portal_path
from charterdesk.portal.forms import RequestForm
from charterdesk.portal.requests import incoming_files
from charterdesk.portal.spam import is_too_many, make_pass, pass_name
from charterdesk.tickets.actions import Incoming, open_ticket
from charterdesk.tickets.models import Message, Ticket


def home(request: PortalRequest) -> HttpResponse:
    """GET /: how to reach us, who is there now, and the way to one's requests. Two statements."""
    teams = Team.objects.filter(is_public=True).select_related("calendar").order_by("name")
    return render(request, "portal/home.html", {"departments": [_department(team) for team in teams]})


def _department(team: Team) -> dict[str, Any]:
    """A team with whether it is open now, and when next."""
    times, at = team.calendar.times, now()
    return {"team": team, "is_open": is_open(times, at), "opens_at": opens_next(times, at)}


def new_request(request: PortalRequest) -> HttpResponse:
    """GET: an empty form. POST: take the request on, and show where it stands."""
    if request.method != "POST":
        initial = {"team": request.GET.get("team", "")}
        return _form(request, RequestForm(initial=initial, viewer=request.viewer))
    form = RequestForm(request.POST, request.FILES, viewer=request.viewer)
    if not form.is_valid():
        return _form(request, form, status=422)
    name = pass_name(form.cleaned_data["form_pass"])
    if form.cleaned_data["website"] or not name:
        form.add_error(None, _("That was very quick. Please look over it once more and send it again."))
        return _form(request, form, status=422)
    if is_too_many(request):
        form.add_error(
            None, _("Many requests came from your connection. Please try again in an hour, or write a mail.")
        )
        return _form(request, form, status=429)
    ticket = _take_on(request, form.cleaned_data, once=f"form:{name}")
    return redirect(link_to(ticket))


def _form(request: PortalRequest, form: RequestForm, status: int = 200) -> HttpResponse:
    return render(request, "portal/new.html", {"form": form, "form_pass": make_pass()}, status=status)


def _take_on(request: PortalRequest, cleaned: dict[str, Any], *, once: str) -> Ticket:
    """Open the ticket; a form sent twice gives the same one, even when both come at the same moment."""
    try:
        return _open(request, cleaned, once=once)
    except IntegrityError:
        return Message.objects.select_related("ticket").get(once=once).ticket


@transaction.atomic
def _open(request: PortalRequest, cleaned: dict[str, Any], *, once: str) -> Ticket:
    """Open the ticket. Raises `IntegrityError` when somebody else is just opening it from the same form."""
    language = (get_language() or "en")[:2]
    if request.viewer.contact_id is not None:
        contact = Contact.objects.get(pk=request.viewer.contact_id)
    else:
        contact = identify_contact(email=cleaned["email"], name=cleaned["name"], language=language)
    incoming = Incoming(
        contact=contact,
        channel="portal",
        subject=cleaned["subject"],
        text=cleaned["text"],
        author_name=cleaned.get("name") or str(contact),
        author_address=cleaned["email"].lower() if "email" in cleaned else contact.email,
        files=incoming_files(cleaned["attachments"]),
        once=once,
    )
    return open_ticket(incoming, team=cleaned["team"], by=contact, language=language)


urls = [
    portal_path("", home, "home"),
    portal_path("requests/new", new_request, "new"),
]
