"""What is to be done on a ticket, beside it; and what an agent has to do, wherever it is."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.base.refused import require
from charterdesk.people.models import Agent
from charterdesk.tickets.actions import add_item, change_item, remove_item, tick_item
from charterdesk.tickets.mentions import may_be_mentioned
from charterdesk.tickets.models import ChecklistItem, Ticket
from charterdesk.tickets.policies import may_work_on
from charterdesk.workspace.controls import me, workable
from charterdesk.workspace.staff import StaffRequest, is_fragment, staff_path, wants
from charterdesk.workspace.tickets import changed

SHOWN = 200
WEEK = timedelta(days=7)


class ItemForm(forms.Form):
    """Something to be done, by whom, by when."""

    text = forms.CharField(label=gettext_lazy("What is to be done"), max_length=300)
    assignee = forms.ModelChoiceField(
        Agent.objects.none(), label=gettext_lazy("By"), required=False, empty_label=gettext_lazy("whoever comes to it")
    )
    due_on = forms.DateField(
        label=gettext_lazy("On or before"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, ticket: Ticket, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = may_be_mentioned(ticket).order_by("name")  # type: ignore[attr-defined]


def add(request: StaffRequest, number: int) -> HttpResponse:
    """GET tickets/<number>/checklist: the form for an item. POST: put it on the ticket's checklist."""
    ticket = workable(request, number)
    form = ItemForm(ticket, request.POST or None)
    if request.method == "POST" and form.is_valid():
        add_item(ticket, by=request.viewer, **form.cleaned_data)
        return changed(request, ticket)
    return _ask(request, ticket, form, title=_("Something to do"), post_to=request.path)


def _item(request: StaffRequest, pk: int) -> ChecklistItem:
    """The item, on a ticket the viewer may work on; a 404 or a 403 otherwise. One statement."""
    seen = ChecklistItem.objects.filter(ticket__in=Ticket.objects.visible_to(request.viewer))
    item = get_object_or_404(seen.select_related("ticket__team", "ticket__contact"), pk=pk)
    require(may_work_on(request.viewer, item.ticket))
    return item


def item(request: StaffRequest, pk: int) -> HttpResponse:
    """GET checklist/<id>: the form to change an item. POST: change it; with `take_off`, take it off."""
    found = _item(request, pk)
    if "take_off" in request.POST:
        remove_item(found, by=request.viewer)
        return changed(request, found.ticket)
    initial = {"text": found.text, "assignee": found.assignee_id, "due_on": found.due_on}
    form = ItemForm(found.ticket, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        change_item(found, by=request.viewer, **form.cleaned_data)
        return changed(request, found.ticket)
    return _ask(request, found.ticket, form, title=_("Change what is to do"), post_to=request.path, item=found)


def _ask(request: StaffRequest, ticket: Ticket, form: ItemForm, **context: Any) -> HttpResponse:
    base = f"workspace/tickets/ask_{'dialog' if is_fragment(request) else 'page'}.html"
    context |= {"ticket": ticket, "form": form, "ask_base": base}
    return render(request, "workspace/tasks/item.html", context, status=422 if form.errors else 200)


@require_POST
def tick(request: StaffRequest, pk: int) -> HttpResponse:
    """POST checklist/<id>/done: `done` is "1" when it is done, empty when after all it is not."""
    found = _item(request, pk)
    tick_item(found, by=request.viewer, done=bool(request.POST.get("done")), agent=me(request))
    if wants(request, "tasks"):
        return tasks(request)
    return changed(request, found.ticket)


def tasks(request: StaffRequest) -> HttpResponse:
    """GET tasks: what the viewer has to do; with `team=1`, what anybody of their teams has. One statement."""
    is_team = bool(request.GET.get("team") or request.POST.get("team"))
    open_items = ChecklistItem.objects.filter(done_at=None, ticket__in=Ticket.objects.visible_to(request.viewer))
    wanted = open_items if is_team else open_items.filter(assignee_id=request.viewer.agent_id or 0)
    found = wanted.select_related("ticket__contact", "assignee").order_by("due_on", "pk")[:SHOWN]
    context = {"groups": _by_day(list(found)), "is_team": is_team, "place": "tasks", "most": SHOWN}
    is_part = wants(request, "tasks")
    return render(request, f"workspace/tasks/{'list' if is_part else 'page'}.html", context)


def _by_day(items: Sequence[ChecklistItem]) -> list[tuple[Any, str, list[ChecklistItem]]]:
    """Items in groups with a heading and a state: late, today, within a week, later, some time."""
    today = localdate()
    groups: dict[str, tuple[Any, str, list[ChecklistItem]]] = {
        "late": (_("Late"), "late", []),
        "today": (_("Today"), "soon", []),
        "week": (_("Within a week"), "", []),
        "later": (_("Later"), "", []),
        "some": (_("Some time"), "", []),
    }
    for each in items:
        groups[_when(each.due_on, today)][2].append(each)
    return [group for group in groups.values() if group[2]]


def _when(due_on: date | None, today: date) -> str:
    if due_on is None:
        return "some"
    if due_on <= today:
        return "today" if due_on == today else "late"
    return "week" if due_on <= today + WEEK else "later"


urls = [
    staff_path("tasks", tasks, name="tasks"),
    staff_path("tickets/<int:number>/checklist", add, name="checklist"),
    staff_path("checklist/<int:pk>", item, name="checklist_item"),
    staff_path("checklist/<int:pk>/done", tick, name="tick"),
]
