"""Lists of people: sent in, looked through line by line, taken in while the page tells how far it is."""

from collections import Counter

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.base.refused import Refused
from charterdesk.people.actions.importing import lines_of, send_list, stop_import
from charterdesk.people.actions.list_reading import CHANGE, COLUMNS, MAKE, MOST_BYTES, REFUSE, SAME, Line
from charterdesk.people.jobs import begin_import
from charterdesk.people.models import Agent, ImportRun
from charterdesk.people.permissions import SET_PEOPLE
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.admin.forms import form_page
from charterdesk.workspace.staff import StaffRequest, is_fragment, say

SHOWN = 200
"""So many lines are shown; those that are refused come first."""
ORDER = (REFUSE, CHANGE, MAKE, SAME)
WORDS = {
    MAKE: gettext_lazy("new"),
    CHANGE: gettext_lazy("changed"),
    SAME: gettext_lazy("as it is"),
    REFUSE: gettext_lazy("left out"),
}


class ListForm(forms.Form):
    """A list, and what is in it."""

    kind = forms.ChoiceField(label=gettext_lazy("What is in it"), choices=ImportRun.KINDS)
    file = forms.FileField(label=gettext_lazy("The list, as CSV"), widget=forms.FileInput(attrs={"accept": ".csv"}))
    invites = forms.BooleanField(label=gettext_lazy("Invite new people of the desk by mail"), required=False)

    def clean_file(self) -> object:
        """A file that is not too large. Raises `ValidationError`."""
        if self.cleaned_data["file"].size > MOST_BYTES:
            raise forms.ValidationError(_("The list is too large; send it in parts."))
        return self.cleaned_data["file"]


def imports(request: StaffRequest) -> HttpResponse:
    """GET admin/imports: send a list; those before. POST: look it through. Two statements to look."""
    form = ListForm(request.POST or None, request.FILES or None, initial={"kind": ImportRun.CONTACTS})
    if request.method == "POST" and form.is_valid() and (run := _sent(request, form)):
        return redirect("workspace:import", pk=run.pk)
    columns = [(name, list(COLUMNS[kind])) for kind, name in ImportRun.KINDS]
    earlier = ImportRun.objects.select_related("agent").order_by("-pk")[:20]
    return form_page(request, "workspace/admin/imports.html", form, columns=columns, earlier=earlier)


def _sent(request: StaffRequest, form: ListForm) -> ImportRun | None:
    data, agent = form.cleaned_data, get_object_or_404(Agent, pk=request.viewer.agent_id)
    try:
        return send_list(
            kind=data["kind"], filename=data["file"].name, raw=data["file"].read(), agent=agent, invites=data["invites"]
        )
    except Refused as refused:
        form.add_error("file", refused.message)
        return None


def import_page(request: StaffRequest, pk: int) -> HttpResponse:
    """GET admin/imports/<id>: what would come of it, line by line; once it runs, how far it is."""
    run = get_object_or_404(ImportRun, pk=pk)
    if run.state != ImportRun.WAITING:
        template = "import_progress.html" if is_fragment(request) else "import_running.html"
        return render(request, f"workspace/admin/{template}", {"run": run, "place": "admin"})
    lines = lines_of(run)
    counts = Counter(line.verdict for line in lines)
    context = {
        "run": run,
        "counts": [(verdict, WORDS[verdict], counts[verdict]) for verdict in ORDER],
        "lines": [(line, WORDS[line.verdict], _told(line)) for line in _foremost(lines)],
        "more": max(0, len(lines) - SHOWN),
        "place": "admin",
    }
    return render(request, "workspace/admin/import.html", context)


def _foremost(lines: list[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (ORDER.index(line.verdict), line.number))[:SHOWN]


def _told(line: Line) -> str:
    """Why it is left out, or what would be set."""
    if line.verdict == REFUSE:
        return line.why
    return ", ".join(
        f"{name}: {', '.join(map(str, value)) if isinstance(value, list) else value}"
        for name, value in line.fields.items()
        if value is not None
    )


@require_POST
def start(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/imports/<id>/start: take it in, in the background."""
    begin_import(get_object_or_404(ImportRun, pk=pk), by=request.viewer)
    return redirect("workspace:import", pk=pk)


@require_POST
def stop(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/imports/<id>/stop: give it up; what was taken in stays."""
    stop_import(get_object_or_404(ImportRun, pk=pk), by=request.viewer)
    say(request, _("Given up. What was taken in stays."))
    return redirect("workspace:imports")


urls = [
    administrator_path("admin/imports", imports, name="imports", settings=SET_PEOPLE),
    administrator_path("admin/imports/<int:pk>", import_page, name="import", settings=SET_PEOPLE),
    administrator_path("admin/imports/<int:pk>/start", start, name="start_import", settings=SET_PEOPLE),
    administrator_path("admin/imports/<int:pk>/stop", stop, name="stop_import", settings=SET_PEOPLE),
]
