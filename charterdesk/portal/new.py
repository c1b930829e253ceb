"""The front page, and a new request."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from charterdesk.knowledge.actions.counting import Asking, ask_all_the_same, marks_of
from charterdesk.knowledge.queries.shelves import most_read
from charterdesk.people.actions import identify_contact
from charterdesk.people.branding import teams_of
from charterdesk.people.models import Contact, Team
from charterdesk.portal.costs import expected_cost
from charterdesk.portal.customers import PortalRequest, link_to, portal_path
from charterdesk.portal.forms import RequestForm
from charterdesk.portal.help import languages_for
from charterdesk.portal.hours import Department, departments_of
from charterdesk.portal.lists import cards_of
from charterdesk.portal.requests import incoming_files
from charterdesk.portal.spam import is_too_many, make_pass, pass_name
from charterdesk.portal.visitors import visitor_of
from charterdesk.tickets.actions import Incoming, open_ticket
from charterdesk.tickets.actions.fields import write_fields
from charterdesk.tickets.models import Message, Ticket
from charterdesk.tickets.models import RequestForm as RequestKind
from charterdesk.ui.brand import brand_of

LONGEST = 400  # characters
SHOWN_AT_HOME, READ_AT_HOME = 3, 6


def home(request: PortalRequest) -> HttpResponse:
    """GET /: one question, what it may be about, one's open requests, what is read most, and who is there now.

    Nine statements.
    """
    context = {
        "kinds": list(kinds_for(request)),
        "departments": _departments(request),
        "cards": cards_of(_open_requests(request)),
        "most_read": most_read(request.viewer, brand_of(request).brand, languages_for(request), READ_AT_HOME),
    }
    return render(request, "portal/home.html", context)


def kinds_for(request: PortalRequest) -> QuerySet[RequestKind]:
    """The forms for what a request may be about, of the teams customers of this brand write to. One statement."""
    kinds = RequestKind.objects.visible_to(request.viewer).filter(is_public=True)
    return kinds.filter(team__in=teams_of(brand_of(request).brand))


def _departments(request: PortalRequest) -> list[Department]:
    """The teams customers of this brand write to, those that are open first. Three statements."""
    return departments_of(teams_of(brand_of(request).brand).select_related("calendar"))


def _open_requests(request: PortalRequest) -> list[Ticket]:
    """The latest open requests of whoever is signed in."""
    if request.viewer.contact_id is None:
        return []
    mine = Ticket.objects.visible_to(request.viewer).filter(contact_id=request.viewer.contact_id, merged_into=None)
    open_ones = mine.unfinished().select_related("assignee", "team", "contact").order_by("-last_message_at", "-pk")
    return list(open_ones[:SHOWN_AT_HOME])


def asked_of(form: RequestForm) -> list[Department]:
    """Those a request of `form` may go to, and whether they are there. Two statements."""
    teams = Team.objects.select_related("calendar")
    return departments_of(teams.filter(pk=form.kind.team_id) if form.kind else form.teams.select_related("calendar"))


def new_request(request: PortalRequest, code: str = "") -> HttpResponse:
    """GET: what it may be about, or an empty form, that of `code` or the general one. POST: take the request on."""
    teams = teams_of(brand_of(request).brand)
    kind = get_object_or_404(kinds_for(request), code=code) if code else None
    if request.method != "POST":
        if kind is None and not request.GET.keys() & {"team", "other"} and (offered := list(kinds_for(request))):
            return render(request, "portal/kinds.html", {"kinds": offered, "subject": request.GET.get("subject", "")})
        initial = {"team": request.GET.get("team", ""), "subject": request.GET.get("subject", "")[:200]}
        return _form(request, RequestForm(initial=initial, viewer=request.viewer, teams=teams, kind=kind))
    form = RequestForm(request.POST, request.FILES, viewer=request.viewer, teams=teams, kind=kind)
    ticket, status = received(request, form)
    return redirect(link_to(ticket)) if ticket else _form(request, form, status=status)


def received(request: PortalRequest, form: RequestForm) -> tuple[Ticket | None, int]:
    """The ticket that what was filled in became; or None, what is wrong said in `form`, and the HTTP status for it."""
    if not form.is_valid():
        return None, 422
    name = pass_name(form.cleaned_data["form_pass"])
    if form.cleaned_data["website"] or not name:
        form.add_error(None, _("That was very quick. Please look over it once more and send it again."))
        return None, 422
    if is_too_many(request):
        form.add_error(
            None, _("Many requests came from your connection. Please try again in an hour, or write a mail.")
        )
        return None, 429
    words = f"{form.cleaned_data['subject']} {form.cleaned_data['text']}"[:LONGEST]
    asking = Asking(form=name, contact_id=request.viewer.contact_id, visitor=visitor_of(request), marks=marks_of(words))
    ask_all_the_same(asking)
    return _take_on(request, form.cleaned_data, once=f"form:{name}"), 302


def _form(request: PortalRequest, form: RequestForm, status: int = 200) -> HttpResponse:
    cost, is_price = expected_cost(request.viewer, form.kind.type if form.kind else "question")
    asked = {"form": form, "form_pass": make_pass(), "departments": asked_of(form)}
    context = {**asked, "cost": cost, "is_price": is_price}
    return render(request, "portal/new.html", context, status=status)


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
    kind = cleaned.get("type", "question")
    ticket = open_ticket(incoming, team=cleaned["team"], by=contact, language=language, type=kind)
    if values := cleaned.get("fields"):
        write_fields(ticket, by=contact, values=values)
    return ticket


urls = [
    portal_path("", home, "home"),
    portal_path("requests/new", new_request, "new"),
    portal_path("requests/new/<slug:code>", new_request, "new_by_form"),
]
