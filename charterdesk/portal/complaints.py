"""To tell a manager: a complaint, past whom it is about; and what to do when its decision does not content."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from charterdesk.base.refused import require
from charterdesk.complaints.actions import complain, escalate_complaint
from charterdesk.complaints.models import Complaint
from charterdesk.complaints.policies import may_complain_about
from charterdesk.complaints.queries import complaint_of, decided_complaint_of, level_after, levels
from charterdesk.people.actions import identify_contact
from charterdesk.people.branding import teams_of
from charterdesk.people.models import Contact, Team
from charterdesk.portal.customers import PortalRequest, address_of, link_to, portal_path, request_of
from charterdesk.portal.spam import is_too_many, make_pass, pass_name
from charterdesk.tickets.models import Message, Ticket
from charterdesk.ui.brand import brand_of

LATEST = 20


class ComplaintForm(forms.Form):
    """What somebody complains about. The field `website` is seen by machines only."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is your complaint about?"),
        choices=Complaint.KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what it is about.")},
    )
    about = forms.TypedChoiceField(
        label=gettext_lazy("Which request is it about?"), required=False, coerce=int, empty_value=None
    )
    subject = forms.CharField(
        label=gettext_lazy("In a few words"),
        max_length=200,
        error_messages={"required": gettext_lazy("Say in a few words what it is about.")},
    )
    text = forms.CharField(
        label=gettext_lazy("What happened, and what would put it right?"),
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Tell us what happened.")},
    )
    name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("Our answer goes there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))
    form_pass = forms.CharField(required=False)

    def __init__(self, *args: Any, ticket: Ticket | None, contact_id: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if contact_id is not None:
            del self.fields["name"], self.fields["email"]
        theirs = [] if ticket or contact_id is None else _requests_of(contact_id)
        if theirs:
            none = [("", _("none of them"))]
            self.fields["about"].choices = none + [(one.pk, str(one)) for one in theirs]  # type: ignore[attr-defined]
        else:
            del self.fields["about"]


def _requests_of(contact_id: int) -> list[Ticket]:
    """The latest requests of a customer. One statement."""
    mine = Ticket.objects.filter(contact_id=contact_id, merged_into=None).exclude(type="complaint")
    return list(mine.order_by("-last_message_at", "-pk")[:LATEST])


def new_complaint(request: PortalRequest) -> HttpResponse:
    """GET complain: who decides complaints, and the form; POST takes one on. Six statements."""
    return _complaint(request, None, request.viewer.contact_id, "")


def about_request(request: PortalRequest, number: int, token: str = "") -> HttpResponse:
    """GET requests/<number>/complain: to tell a manager about a request; POST does."""
    ticket, viewer = request_of(request, number, token)
    require(may_complain_about(viewer, ticket))
    return _complaint(request, ticket, ticket.contact_id, token)


def _complaint(request: PortalRequest, ticket: Ticket | None, contact_id: int | None, token: str) -> HttpResponse:
    form = ComplaintForm(request.POST or None, ticket=ticket, contact_id=contact_id)
    status = 200
    if request.method == "POST":
        made, status = _received(request, form, ticket, contact_id)
        if made is not None:
            return redirect(link_to(made.ticket))
    context = {
        "form": form,
        "ticket": ticket,
        "levels": levels(),
        "back_url": address_of(ticket, token) if ticket else "",
        "form_pass": make_pass(),
    }
    return render(request, "portal/complain.html", context, status=status)


def _received(
    request: PortalRequest, form: ComplaintForm, ticket: Ticket | None, contact_id: int | None
) -> tuple[Complaint | None, int]:
    """The complaint that was made, or None, what is wrong said in `form`; and the HTTP status for it."""
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
    try:
        return _take(request, form.cleaned_data, ticket, contact_id, once=f"form:{name}"), 302
    except IntegrityError:  # the form was sent twice at the same moment
        known = Message.objects.get(once=f"form:{name}")
        return Complaint.objects.select_related("ticket").get(ticket=known.ticket_id), 302


@transaction.atomic
def _take(
    request: PortalRequest, cleaned: dict[str, Any], ticket: Ticket | None, contact_id: int | None, *, once: str
) -> Complaint:
    language = (get_language() or "en")[:2]
    if contact_id is None:
        contact = identify_contact(email=cleaned["email"], name=cleaned["name"], language=language)
    else:
        contact = Contact.objects.get(pk=contact_id)
    if ticket is None and cleaned.get("about"):
        ticket = Ticket.objects.filter(contact=contact, pk=cleaned["about"]).first()
    return complain(
        contact,
        by=contact,
        subject=cleaned["subject"],
        text=cleaned["text"],
        kind=cleaned["kind"],
        team=ticket.team if ticket else _some_team(request),
        about=ticket,
        language=language,
        once=once,
    )


def _some_team(request: PortalRequest) -> Team:
    """Whose it is where no level of complaints was set up: the first team customers of this brand write to."""
    team = teams_of(brand_of(request).brand).first() or Team.objects.first()
    if team is None:
        raise Http404
    return team


@require_POST
def escalate(request: PortalRequest, number: int, token: str = "") -> HttpResponse:
    """POST requests/<number>/escalation: the decision does not content; the next level decides anew."""
    ticket, viewer = request_of(request, number, token)
    require(may_complain_about(viewer, ticket))
    complaint = complaint_of(ticket)
    if complaint is None or not complaint.is_decided:
        raise Http404
    reason = request.POST.get("reason", "").replace("\x00", "")[:5000]
    escalate_complaint(complaint, by=ticket.contact, contact=ticket.contact, reason=reason)
    messages.success(request, _("The next level decides anew. Whoever decided before has no hand in it."))
    return redirect(address_of(ticket, token))


def complaint_panel(ticket: Ticket, token: str) -> dict[str, Any]:
    """What the status page says of a complaint. Two statements, none for what is no complaint."""
    if ticket.type != "complaint":
        return {}
    complaint: Any
    complaint, decision = decided_complaint_of(ticket)
    if complaint is None:
        return {}
    following = level_after(complaint.level) if complaint.is_decided else None
    return {
        "complaint": complaint,
        "decision": decision,
        "is_kept": complaint.is_independent and complaint.has_named,
        "following": following,
        "escalate_url": address_of(ticket, token, "escalate"),
    }


urls = [
    portal_path("complain", new_complaint, "complain"),
    portal_path("requests/<int:number>/complain", about_request, "complain_about"),
    portal_path("requests/<int:number>/escalation", escalate, "escalate"),
    portal_path("status/<int:number>/<str:token>/complain", about_request, "complain_about_by_link"),
    portal_path("status/<int:number>/<str:token>/escalation", escalate, "escalate_by_link"),
]
