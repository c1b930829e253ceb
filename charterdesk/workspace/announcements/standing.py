"""The status page as it is kept: parts of the service, outages, planned work, and what is new of them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.notices.actions.status import change_incident, open_incident, save_component, update_incident
from charterdesk.notices.models import Component, Incident, StatusFollower
from charterdesk.people.models import LANGUAGES
from charterdesk.workspace.admin.forms import carried_out
from charterdesk.workspace.announcements.announcing import rooms
from charterdesk.workspace.announcements.forms import ComponentForm, IncidentForm, UpdateForm
from charterdesk.workspace.announcements.paths import announcing_path
from charterdesk.workspace.staff import StaffRequest, say

PAST = 20
FIELD_OF = {
    "notices.no_text": "title_en",
    "notices.bad_text": "title_en",
    "notices.no_times": "ends_at",
}


def standing(request: StaffRequest) -> HttpResponse:
    """GET announcements/status: what is on, what is planned, the parts, and what was. Eight statements."""
    moment, rows = now(), Incident.objects.prefetch_related("components").select_related("ticket")
    context = {
        "current": list(rows.current(moment)),
        "planned": list(rows.planned(moment)),
        "past": list(rows.past(moment)[:PAST]),
        "components": list(Component.objects.all()),
        "followers": StatusFollower.objects.filter(confirmed_at__isnull=False).count(),
        **rooms("status"),
    }
    return render(request, "workspace/announcements/status.html", context)


def component(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """GET and POST announcements/components/<id> or announcements/components/new: a part of the service."""
    found = get_object_or_404(Component, pk=pk) if pk else None
    start = found or Component()
    initial = {"position": start.position, "is_active": start.is_active}
    form = ComponentForm(request.POST or None, initial=initial | _initial("name", start.names))

    def save() -> None:
        plain = {name: form.cleaned_data[name] for name in ("position", "is_active")}
        save_component(found, by=request.viewer, names=form.said("name"), **plain)

    fields = {"notices.no_text": "name_en", "notices.bad_text": "name_en"}
    if request.method == "POST" and form.is_valid() and carried_out(form, save, fields=fields):
        say(request, _("Saved."))
        return redirect("workspace:status_keeping")
    return _page(request, "component.html", form, component=found)


def _initial(name: str, texts: dict[str, str]) -> dict[str, str]:
    return {f"{name}_{code}": texts[code] for code, _name in LANGUAGES if code in texts}


def _page(request: StaffRequest, template: str, form: Any, **context: Any) -> HttpResponse:
    status = 422 if form.errors else 200
    context |= {"form": form, **rooms("status")}
    return render(request, f"workspace/announcements/{template}", context, status=status)


def new_incident(request: StaffRequest) -> HttpResponse:
    """GET and POST announcements/incidents/new?kind=: say that something does not work, or that work is planned."""
    kind = Incident.WORKS if request.GET.get("kind") == Incident.WORKS else Incident.OUTAGE
    form = IncidentForm(request.POST or None, initial={"kind": kind, "impact": Incident.PARTLY})
    made: list[Incident] = []

    def save() -> None:
        plain = {name: form.cleaned_data[name] for name in ("kind", *SHARED)}
        made.append(open_incident(by=request.viewer, titles=form.said("title"), texts=form.said("text"), **plain))

    if request.method == "POST" and form.is_valid() and carried_out(form, save, fields=FIELD_OF):
        say(request, _("Customers see it now. Those who follow the status are mailed."))
        return redirect("workspace:incident", pk=made[0].pk)
    return _page(request, "new_incident.html", form, others=form.others("title", "text"))


SHARED = ("impact", "components", "starts_at", "ends_at", "ticket")


def incident(request: StaffRequest, pk: int) -> HttpResponse:
    """GET and POST announcements/incidents/<id>: what was said of it; say what is new. Six statements."""
    rows = Incident.objects.prefetch_related("components").select_related("ticket")
    found = get_object_or_404(rows, pk=pk)
    form = UpdateForm(request.POST or None, is_works=found.is_works, initial={"stage": found.stage})

    def save() -> None:
        update_incident(found, by=request.viewer, texts=form.said("text"), stage=form.cleaned_data["stage"])

    fields = {"notices.no_text": "text_en", "notices.bad_text": "text_en", "notices.is_over": None}
    if request.method == "POST" and form.is_valid() and carried_out(form, save, fields=fields):
        say(request, _("Said. Those who follow are mailed."))
        return redirect("workspace:incident", pk=found.pk)
    updates = list(found.updates.all())
    return _page(request, "incident.html", form, incident=found, updates=updates, others=form.others("text"))


def correct_incident(request: StaffRequest, pk: int) -> HttpResponse:
    """GET and POST announcements/incidents/<id>/details: its title, times and parts. Nobody is mailed."""
    found = get_object_or_404(Incident.objects.select_related("ticket"), pk=pk)
    initial = {name: getattr(found, name) for name in ("kind", "impact", "starts_at", "ends_at")}
    initial |= {"components": list(found.components.all()), "ticket": found.ticket.number if found.ticket else None}
    form = IncidentForm(request.POST or None, initial=initial | _initial("title", found.titles), is_new=False)
    form.fields["kind"].required, form.fields["starts_at"].required = False, True

    def save() -> None:
        plain = {name: form.cleaned_data[name] for name in SHARED}
        change_incident(found, by=request.viewer, titles=form.said("title"), **plain)

    if request.method == "POST" and form.is_valid() and carried_out(form, save, fields=FIELD_OF):
        say(request, _("Saved. Nobody was mailed."))
        return redirect("workspace:incident", pk=found.pk)
    return _page(request, "incident_details.html", form, incident=found, others=form.others("title"))


urls = [
    announcing_path("announcements/status", standing, "status_keeping"),
    announcing_path("announcements/components/new", component, "new_component"),
    announcing_path("announcements/components/<int:pk>", component, "component"),
    announcing_path("announcements/incidents/new", new_incident, "new_incident"),
    announcing_path("announcements/incidents/<int:pk>", incident, "incident"),
    announcing_path("announcements/incidents/<int:pk>/details", correct_incident, "correct_incident"),
]
