"""The way of a draft to its readers, and what was said to be wrong."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from charterdesk.base.refused import Refused, require
from charterdesk.knowledge.actions import deciding
from charterdesk.knowledge.actions.feedback import end_correction, hand_correction
from charterdesk.knowledge.models import ArticleText, Correction
from charterdesk.knowledge.policies import may_approve, may_decide, may_write
from charterdesk.people.models import Agent
from charterdesk.surges.queries import misled
from charterdesk.workspace.controls import number_in
from charterdesk.workspace.knowledge.paths import knowledge_path, seen_text
from charterdesk.workspace.staff import StaffRequest, say


@require_POST
def submit(request: StaffRequest, pk: int) -> HttpResponse:
    """POST knowledge/texts/<id>/submission: hand the draft in."""
    deciding.submit(seen_text(request, pk), by=request.viewer)
    say(request, _("Handed in. Those who may approve are told."))
    return redirect("workspace:article", pk)


def _decided(request: StaffRequest, pk: int) -> ArticleText:
    """A text on which the viewer decides; solutions take a right of their own."""
    text = seen_text(request, pk)
    require(may_decide(request.viewer, text.article))
    return text


@require_POST
def send_back(request: StaffRequest, pk: int) -> HttpResponse:
    """POST knowledge/texts/<id>/return: say what is still to be done."""
    deciding.send_back(_decided(request, pk), by=request.viewer, note=request.POST.get("note", "")[:300])
    say(request, _("It is a draft again; who wrote it is told."))
    return redirect("workspace:article", pk)


@require_POST
def approve(request: StaffRequest, pk: int) -> HttpResponse:
    """POST knowledge/texts/<id>/approval: say yes; with `publish`, readers see it at once."""
    text = _decided(request, pk)
    deciding.approve(text, by=request.viewer)
    if "publish" in request.POST:
        deciding.publish_text(text, by=request.viewer)
        say(request, _("Approved and published."))
    else:
        say(request, _("Approved."))
    return redirect("workspace:article", pk)


@require_POST
def publish(request: StaffRequest, pk: int) -> HttpResponse:
    """POST knowledge/texts/<id>/publication: now, or `at` a time; with `again`, what was withdrawn."""
    text = _decided(request, pk)
    if "again" in request.POST:
        deciding.publish_again(text, by=request.viewer)
        say(request, _("Readers see it again."))
        return redirect("workspace:article", pk)
    at = forms.DateTimeField(required=False).clean(request.POST.get("at", ""))
    if at:
        deciding.schedule(text, at=at, by=request.viewer)
        say(request, _("It is published by itself at that time."))
    else:
        deciding.publish_text(text, by=request.viewer)
        say(request, _("Published."))
    return redirect("workspace:article", pk)


@require_POST
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """POST knowledge/texts/<id>/withdrawal: take it away from readers."""
    deciding.withdraw(_decided(request, pk), by=request.viewer)
    say(request, _("Readers do not see it any more. It stays here."))
    return redirect("workspace:article", pk)


@require_POST
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """POST knowledge/corrections/<id>/end: what became of it; then whom the wrong article reached."""
    correction = get_object_or_404(Correction, pk=pk)
    outcome = request.POST.get("outcome", "")
    end_correction(correction, outcome=outcome, result=request.POST.get("result", "")[:2000], by=request.viewer)
    say(request, _("Noted."))
    if outcome == Correction.CORRECTED and may_approve(request.viewer) and misled(correction).exists():
        return redirect("workspace:misled", pk)
    return redirect("workspace:knowledge_waiting")


@require_POST
def hand_on(request: StaffRequest, pk: int) -> HttpResponse:
    """POST knowledge/corrections/<id>/owner: who puts it right, and until when."""
    correction = get_object_or_404(Correction, pk=pk)
    owner = get_object_or_404(Agent, pk=number_in(request.POST.get("owner", "")), is_active=True)
    due_on = _day(request.POST.get("due_on", "")) or correction.due_on
    hand_correction(correction, owner=owner, due_on=due_on, by=request.viewer)
    say(request, _("{name} puts it right.").format(name=owner))
    return redirect("workspace:knowledge_waiting")


def _day(written: str) -> date | None:
    try:
        day: date | None = forms.DateField(required=False).clean(written)
    except ValidationError as error:
        raise Refused("knowledge.bad_day", error.messages[0]) from error
    return day


TEXT = "texts/<int:pk>"
urls = [
    knowledge_path(f"{TEXT}/submission", submit, "submit_article", may_write),
    knowledge_path(f"{TEXT}/return", send_back, "return_article", may_approve),
    knowledge_path(f"{TEXT}/approval", approve, "approve_article", may_approve),
    knowledge_path(f"{TEXT}/publication", publish, "publish_article", may_approve),
    knowledge_path(f"{TEXT}/withdrawal", withdraw, "withdraw_article", may_approve),
    knowledge_path("corrections/<int:pk>/end", end, "end_correction", may_write),
    knowledge_path("corrections/<int:pk>/owner", hand_on, "hand_correction", may_approve),
]
