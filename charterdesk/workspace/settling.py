"""How a ticket ended for its customer: their grade and consent beside it, and refusing it, as management alone may."""

from typing import Any, BinaryIO, cast

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charterdesk.base.refused import Refused, require
from charterdesk.tickets.actions import IncomingFile, give_consent, keep_paper_consent, refuse_request
from charterdesk.tickets.actions.refusing import missing_for
from charterdesk.tickets.models import Consent, Grade, Message, RefusalAttempt, Ticket
from charterdesk.tickets.policies import may_read_refusals, may_solve
from charterdesk.workspace.controls import me, number_in, workable
from charterdesk.workspace.conversation import file_views
from charterdesk.workspace.side_threads import ManyFilesField
from charterdesk.workspace.staff import StaffRequest, is_fragment, staff_path, ticket_paths
from charterdesk.workspace.ticket_file import read_ticket
from charterdesk.workspace.tickets import changed

PAGE = 100
LATEST = 5
ON_PAPER = "paper"


class RefusalForm(forms.Form):
    """Why a request is refused, as its customer reads it."""

    explanation = forms.CharField(
        label=gettext_lazy("Explanation to the customer"),
        help_text=gettext_lazy("It is sent as soon as you refuse, and can't be called back."),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )


class PaperForm(forms.Form):
    """A consent on paper: the day on it, and its scans."""

    signed_on = forms.DateField(
        label=gettext_lazy("Signed on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    scans = ManyFilesField(
        label=gettext_lazy("The signed paper"), help_text=gettext_lazy("A PDF or pictures."), required=False
    )


def settled(request: StaffRequest, number: int) -> HttpResponse:
    """GET tickets/<number>/settled: grades, consents and refusals of a ticket, for its side. Five statements."""
    ticket = read_ticket(request.viewer, number)
    consents = list(Consent.objects.filter(ticket=ticket).select_related("agent", "message").order_by("-pk")[:LATEST])
    scans = file_views([one.message_id for one in consents if one.signed_on])
    context = {
        "ticket": ticket,
        "grades": Grade.objects.filter(ticket=ticket).order_by("-pk")[:LATEST],
        "consents": [(one, scans.get(one.message_id or 0, [])) for one in consents],
        "attempts": RefusalAttempt.objects.filter(ticket=ticket).select_related("agent").order_by("-pk")[:LATEST],
    }
    return render(request, "workspace/tickets/settled.html", context)


def refuse(request: StaffRequest, number: int) -> HttpResponse:
    """GET tickets/<number>/refusal: what it takes to refuse it, and the form; POST tries, and is kept either way."""
    ticket = workable(request, number)
    form = RefusalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        html = linebreaks(form.cleaned_data["explanation"], autoescape=True)
        attempt = refuse_request(ticket, by=request.viewer, explanation=html)
        if not attempt.is_barred:
            return changed(request, ticket, _("Refused. The explanation is on its way."))
        if RefusalAttempt.NO_EXPLANATION in attempt.missing:
            form.add_error("explanation", dict(RefusalAttempt.MISSING)[RefusalAttempt.NO_EXPLANATION])
    missing = missing_for(ticket, request.viewer)
    context = _dialog(request, ticket, "refusal", _("Refuse this request"), _("Refuse"))
    wanted = [
        (_("You are management."), RefusalAttempt.NOT_MANAGEMENT not in missing),
        (
            _("It is settled for the customer: they graded the solution 3 to 5, or agreed in writing."),
            RefusalAttempt.NOT_SETTLED not in missing,
        ),
        (_("An explanation is sent to them: write it here."), None),
    ]
    context |= {"form": form, "wanted": wanted, "was_barred": form.is_bound}
    return render(request, "workspace/tickets/refusal.html", context, status=422 if form.is_bound else 200)


def consent(request: StaffRequest, number: int) -> HttpResponse:
    """GET tickets/<number>/consent: the customer's messages to choose from; POST keeps one, or a scanned paper."""
    ticket = workable(request, number, may_solve)
    chosen = request.POST.get("message", "")
    form = PaperForm(request.POST, request.FILES) if chosen == ON_PAPER else PaperForm()
    if request.method == "POST" and chosen != ON_PAPER:
        message = get_object_or_404(ticket.messages, pk=number_in(chosen))
        give_consent(ticket, by=request.viewer, message=message, agent=me(request))
        return changed(request, ticket, _("Kept. The ticket is closed."))
    if form.is_valid():
        try:
            return _keep_paper(request, ticket, form)
        except Refused as refused:
            form.add_error("signed_on" if refused.code == "tickets.bad_signing_day" else "scans", refused.message)
    theirs = ticket.messages.public().filter(
        direction=Message.IN, contact_id=ticket.contact_id, is_automatic=False, redacted_at=None
    )
    context = _dialog(request, ticket, "consent", _("The customer agreed in writing"), _("Keep as consent"))
    context |= {"form": form, "theirs": theirs.order_by("-pk")[:20]}
    return render(request, "workspace/tickets/consent.html", context, status=422 if form.is_bound else 200)


def _keep_paper(request: StaffRequest, ticket: Ticket, form: PaperForm) -> HttpResponse:
    uploads = form.cleaned_data["scans"]
    scans = [IncomingFile(filename=upload.name or "", stream=cast(BinaryIO, upload)) for upload in uploads]
    signed_on = form.cleaned_data["signed_on"]
    keep_paper_consent(ticket, by=request.viewer, agent=me(request), signed_on=signed_on, scans=scans)
    return changed(request, ticket, _("Kept. The ticket is closed."))


def _dialog(request: StaffRequest, ticket: Ticket, name: str, title: str, action: str) -> dict[str, Any]:
    return {
        "ticket": ticket,
        "title": title,
        "action": action,
        "post_to": reverse(f"workspace:{name}", args=[ticket.number]),
        "ask_base": f"workspace/tickets/ask_{'dialog' if is_fragment(request) else 'page'}.html",
    }


def refusals(request: StaffRequest) -> HttpResponse:
    """GET refusals/?before=: who wanted to refuse what, the latest first; also what was barred. Three statements."""
    require(may_read_refusals(request.viewer))
    seen = Ticket.objects.visible_to(request.viewer)
    found = RefusalAttempt.objects.filter(ticket__in=seen).select_related("ticket", "agent").order_by("-made_at", "-pk")
    before = number_in(request.GET.get("before", ""))
    rows = list((found.filter(pk__lt=before) if before else found)[: PAGE + 1])
    context = {
        "rows": [{"attempt": row, "missing": said_missing(row)} for row in rows[:PAGE]],
        "before": rows[PAGE - 1].pk if len(rows) > PAGE else None,
        "place": "reports",
    }
    return render(request, "workspace/reports/refusals.html", context)


def said_missing(attempt: RefusalAttempt) -> list[str]:
    """What barred it, in words."""
    said = dict(RefusalAttempt.MISSING)
    return [str(said[code]) for code in attempt.missing]


urls = [
    *ticket_paths(settled=settled, refusal=refuse, consent=consent),
    staff_path("refusals/", refusals, name="refusals"),
]
