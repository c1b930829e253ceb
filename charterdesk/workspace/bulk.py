"""One thing done to many tickets: those of the screen at once, all of a list in the background, with progress."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from charterdesk.base.refused import require
from charterdesk.people.permissions import BULK
from charterdesk.tickets.bulk import DEEDS, MACRO, Deed, finish_run, number_in, start_run, stop_run, undo_run
from charterdesk.tickets.models import BulkRun, Macro, Ticket
from charterdesk.tickets.policies import may_change_many
from charterdesk.tickets.view_lists import all_of
from charterdesk.workspace.inbox import MOST_ROWS, asked_for, list_context
from charterdesk.workspace.staff import StaffRequest, is_fragment, say, staff_path, toast

UNDO, RUN = "bulk_undo", "bulk_run"
UNDO_SECONDS = 10
MOST_MACROS = 30


@require_POST
def act(request: StaffRequest, code: str) -> HttpResponse:
    """POST inbox/<code>/bulk: `do` ("priority:1") to each `ticket` (ids), or with `everything` to all of this list.

    What one refuses leaves the others alone; ids the viewer may not work on are passed over. All of a list is done in
    the background, and the answer shows how far it is.
    """
    what, _colon, value = request.POST.get("do", "").partition(":")
    if what not in DEEDS:
        return HttpResponse(status=422)
    require(may_change_many(request.viewer))
    if what in ("tag", "untag"):
        value = request.POST.get("tags", "")
    elif value == "me":
        value = str(request.viewer.agent_id)
    if request.POST.get("everything"):
        return _start(request, code, what, value)
    chosen = _chosen(request, request.POST.getlist("ticket"), DEEDS[what])
    run = finish_run(start_run(chosen, by=request.viewer, what=what, value=value, background=False))
    request.session[UNDO] = run.pk
    undo = reverse("workspace:undo_bulk", args=[code]) if run.done and what != MACRO else ""
    return _answer(request, code, said(run), undo=undo, state="late" if run.refused else "")


def _start(request: StaffRequest, code: str, what: str, value: str) -> HttpResponse:
    """Begin with all tickets of the list, as they are now."""
    found = all_of(request.viewer, asked_for(request, code))
    run = start_run(found, by=request.viewer, what=what, value=value, background=True)
    request.session[RUN] = run.pk
    if not is_fragment(request):
        return redirect("workspace:queue", code)
    bar = render_to_string("workspace/inbox/bulk_run.html", {"run": run, "said": said(run)}, request)
    shown = f'<hx-partial hx-target="#bulk-run" hx-swap="innerHTML">{bar}</hx-partial>'
    return HttpResponse(_rows(request, code) + shown)


def _chosen(request: StaffRequest, ids: Sequence[str], deed: Deed) -> QuerySet[Ticket]:
    """The tickets meant, as far as the viewer may do `deed` to them. One statement."""
    found = Ticket.objects.visible_to(request.viewer).filter(pk__in=[number_in(pk) for pk in ids[:MOST_ROWS]])
    may = [one.pk for one in found if deed.may(request.viewer, one) and request.viewer.may(BULK, one.team_id)]
    return Ticket.objects.filter(pk__in=may)


@require_POST
def undo(request: StaffRequest, code: str) -> HttpResponse:
    """POST inbox/<code>/bulk/undo: what was last done to the shown rows is as it was, once."""
    run = BulkRun.objects.filter(pk=request.session.pop(UNDO, 0), agent_id=request.viewer.agent_id or 0).first()
    if run is None:
        return _answer(request, code, _("There is nothing to undo."))
    undo_run(run, background=False)
    run = finish_run(run)
    return _answer(request, code, said(run), state="late" if run.refused else "")


def said(run: BulkRun) -> str:
    """What became of a run, in a sentence or two; of refusals the first."""
    count = run.undone if run.state in (BulkRun.UNDOING, BulkRun.UNDONE) else run.done
    changed = ngettext("%(n)d ticket changed.", "%(n)d tickets changed.", count) % {"n": count}
    if not run.refused:
        return changed
    more = run.refused - 1
    left = ngettext("%(n)d more was left as it was.", "%(n)d more were left as they were.", more) % {"n": more}
    return " ".join([changed, run.said, *([left] if more else [])])


def _rows(request: StaffRequest, code: str) -> str:
    """The rows as they are now, with the counts."""
    context = list_context(request, code)
    rows = render_to_string("workspace/inbox/rows.html", context, request)
    queues = render_to_string("workspace/inbox/queues.html", context, request)
    return rows + f'<hx-partial hx-target="#queues" hx-swap="outerMorph">{queues}</hx-partial>'


def _answer(request: StaffRequest, code: str, text: str, *, undo: str = "", state: str = "") -> HttpResponse:
    """The rows as they are now with the counts, and what to say; without script the list's page."""
    if not is_fragment(request):
        say(request, text)
        return redirect("workspace:queue", code)
    shown = toast(request, text, undo=undo, seconds=UNDO_SECONDS, state=state, target="#rows", swap="innerMorph")
    return HttpResponse(_rows(request, code) + shown)


def _own(request: StaffRequest, pk: int) -> BulkRun:
    return get_object_or_404(BulkRun, pk=pk, agent_id=request.viewer.agent_id)


def run(request: StaffRequest, pk: int) -> HttpResponse:
    """GET bulk/<id>: how far one's run is. One statement."""
    found = _own(request, pk)
    template = "workspace/inbox/bulk_run.html" if is_fragment(request) else "workspace/inbox/bulk_page.html"
    return render(request, template, {"run": found, "said": said(found), "place": "inbox"})


@require_POST
def steer(request: StaffRequest, pk: int) -> HttpResponse:
    """POST bulk/<id>/steps: `step` is "stop", "undo", or "done" to see it no more."""
    found, step = _own(request, pk), request.POST.get("step", "")
    if step == "stop":
        stop_run(found)
    elif step == "undo":
        undo_run(found, background=True)
    elif request.session.get(RUN) == pk:
        del request.session[RUN]
    if not is_fragment(request):
        return redirect("workspace:inbox" if step == "done" else reverse("workspace:bulk_run", args=[pk]))
    if step == "done":
        return HttpResponse("")
    return run(request, pk)


def macros(request: StaffRequest) -> HttpResponse:
    """GET bulk/macros: those to choose from, for the menu, the most used first. One statement."""
    require(may_change_many(request.viewer))
    known = Macro.objects.visible_to(request.viewer).filter(is_active=True).order_by("-used", "name")
    return render(request, "workspace/inbox/bulk_macros.html", {"macros": known[:MOST_MACROS]})


urls = [
    staff_path("inbox/<slug:code>/bulk", act, name="bulk"),
    staff_path("inbox/<slug:code>/bulk/undo", undo, name="undo_bulk"),
    staff_path("bulk/macros", macros, name="bulk_macros"),
    staff_path("bulk/<int:pk>", run, name="bulk_run"),
    staff_path("bulk/<int:pk>/steps", steer, name="steer_bulk"),
]
