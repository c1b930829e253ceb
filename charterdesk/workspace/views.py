"""Saved views: the list of them, each person's order, and the form by which one is made."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.base.refused import Refused, require
from charterdesk.people.models import Team
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.actions.views import order_views, place_view, remove_view, save_view
from charterdesk.tickets.models import SavedView, TicketField
from charterdesk.tickets.policies import may_change_view, may_share_view
from charterdesk.tickets.queries import COUNT_CAP
from charterdesk.tickets.view_lists import GROUPS, SORTS, view_counts, views_of
from charterdesk.tickets.views import checked
from charterdesk.workspace.columns import NAMES, NEWEST_FIRST, USUAL, known_columns
from charterdesk.workspace.controls import me
from charterdesk.workspace.inbox import colleagues
from charterdesk.workspace.staff import StaffRequest, is_fragment, say, staff_path
from charterdesk.workspace.view_form import UNITS, Row, World, filter_of, kept_rows, mark_wrong, posted_rows

SORT_NAMES = {**NAMES, "due": gettext_lazy("Next promise is due")}


class ViewForm(forms.Form):
    """How a view is called, who has it, and how it is shown; its conditions are rows beside."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80, widget=forms.TextInput(attrs={"dir": "auto"}))
    sharing = forms.ChoiceField(label=gettext_lazy("Who sees it"))
    sorting = forms.ChoiceField(label=gettext_lazy("Order"))
    grouping = forms.ChoiceField(label=gettext_lazy("Groups"), required=False)
    columns = forms.MultipleChoiceField(
        label=gettext_lazy("Columns of the wide list"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, viewer: Viewer, world: World, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = [(f"team:{team.pk}", team.name) for team in world.teams if may_share_view(viewer, team_id=team.pk)]
        desk = [(SavedView.DESK, _("everybody of the desk"))] if may_share_view(viewer, team_id=None) else []
        offered: dict[str, Any] = {
            "sharing": [(SavedView.MINE, _("only you")), *teams, *desk],
            "sorting": _sortings(),
            "grouping": [("", _("none")), *((code, NAMES[code]) for code in GROUPS)],
            "columns": known_columns(list(world.fields.values())),
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def given(self, viewer: Viewer) -> dict[str, Any]:
        """What the action takes."""
        data = dict(self.cleaned_data)
        sharing, _colon, team = data["sharing"].partition(":")
        return {**data, "sharing": sharing, "team_id": int(team) if team else None, "owner_id": viewer.agent_id}


def _sortings() -> list[tuple[str, Any]]:
    """Every order, with the usual direction first."""
    found = []
    for code in SORTS:
        first, second = (f"-{code}", code) if code in NEWEST_FIRST else (code, f"-{code}")
        name = SORT_NAMES[code]
        found.append((first, name))
        found.append((second, _("%(order)s, the other way round") % {"order": name}))
    return found


def views(request: StaffRequest) -> HttpResponse:
    """GET views: those one has, in one's own order, with what may be done to each. Two statements."""
    lines = [{"placed": each, "may_change": may_change_view(request.viewer, each.view)} for each in _mine(request)]
    return render(request, "workspace/views/list.html", {"lines": lines, "place": "inbox"})


def _mine(request: StaffRequest) -> Sequence[Any]:
    return views_of(request.viewer)


def view(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """GET and POST views/<id> or views/new: look at one, change it, make one. `add`, `drop` and `again` only show the
    form anew, with another row, without one, or with what fits what was chosen."""
    instance = _own(request, pk) if pk else None
    world = _world(request)
    data = request.POST if request.method == "POST" else None
    rows = posted_rows(world, data) if data is not None else _rows_of(instance, world)
    if rows is None:
        raise Http404  # made by a program, deeper than the form
    is_draft = data is not None and bool({"add", "drop", "again"} & set(data))
    initial = data.dict() | {"columns": data.getlist("columns")} if data is not None and is_draft else None
    form = ViewForm(
        None if is_draft else data, viewer=request.viewer, world=world, initial=initial or _initial(instance)
    )
    is_wrong = data is not None and not is_draft and mark_wrong(rows, world)
    if data is not None and not is_draft and form.is_valid() and not is_wrong:
        kept = _kept(request, form, instance, rows, world)
        if kept:
            say(request, _("Saved."))
            return redirect("workspace:queue", kept.slug)
    return _form(request, form, instance, rows, world)


def _form(
    request: StaffRequest, form: ViewForm, instance: SavedView | None, rows: Sequence[Row], world: World
) -> HttpResponse:
    count = _fitting(request.viewer, filter_of(rows, world, request.viewer), world)
    context = {
        "form": form,
        "view": instance,
        "groups": [
            ("all", _("All of these hold"), [row for row in rows if row.group == "all"]),
            ("any", _("And one of these"), [row for row in rows if row.group == "any"]),
        ],
        "names": world.names(),
        "units": UNITS,
        "count": count,
        "is_capped": count == COUNT_CAP,
        "place": "inbox",
    }
    template = "workspace/views/form.html" if is_fragment(request) else "workspace/views/page.html"
    is_wrong = bool(form.errors) or any(row.problem for row in rows)
    return render(request, template, context, status=422 if is_wrong else 200)


def _fitting(viewer: Viewer, filter: dict[str, Any], world: World) -> int | None:
    """How many tickets fit what is being written; None where it is not complete."""
    try:
        return view_counts(viewer, [SavedView(pk=0, filter=checked(filter, world.fields))]).get(0)
    except Refused:
        return None


def _kept(
    request: StaffRequest, form: ViewForm, instance: SavedView | None, rows: Sequence[Row], world: World
) -> SavedView | None:
    given = form.given(request.viewer)
    if given["sharing"] != SavedView.MINE:
        require(may_share_view(request.viewer, team_id=given["team_id"]))
    if instance is not None:
        del given["owner_id"]
    try:
        filter = filter_of(rows, world, request.viewer)
        return save_view(instance, by=request.viewer, filter=filter, **given)
    except Refused as refused:
        form.add_error(None, refused.message)
        return None


def _world(request: StaffRequest) -> World:
    """What can be chosen. Three statements."""
    fields = {one.code: one for one in TicketField.objects.in_use()}
    teams = list(Team.objects.filter(pk__in=request.viewer.team_ids).order_by("name"))
    return World(fields=fields, teams=teams, agents=colleagues(request.viewer))


def _rows_of(instance: SavedView | None, world: World) -> list[Row] | None:
    start = {"all": [{"field": "status", "op": "is", "value": ["new", "open"]}]}
    return kept_rows(world, instance.filter if instance else start)


def _initial(instance: SavedView | None) -> dict[str, Any]:
    if instance is None:
        return {"sharing": SavedView.MINE, "sorting": "-updated", "columns": list(USUAL)}
    sharing = f"team:{instance.team_id}" if instance.sharing == SavedView.TEAM else instance.sharing
    return {
        "name": instance.name,
        "sharing": sharing,
        "sorting": instance.sorting,
        "grouping": instance.grouping,
        "columns": instance.columns or list(USUAL),
    }


def _own(request: StaffRequest, pk: int) -> SavedView:
    """A view the viewer may change; a 404 for one they do not have. One statement."""
    found = get_object_or_404(SavedView.objects.visible_to(request.viewer), pk=pk)
    require(may_change_view(request.viewer, found))
    return found


@require_POST
def remove(request: StaffRequest, pk: int) -> HttpResponse:
    """POST views/<id>/removal: it is gone, for everybody who had it."""
    remove_view(_own(request, pk), by=request.viewer)
    say(request, _("The view is gone. Its tickets are where they were."))
    return redirect("workspace:views")


@require_POST
def place(request: StaffRequest, pk: int) -> HttpResponse:
    """POST views/<id>/place: `pin` or `hide` ("1" or ""), or `step` -1 (up) or 1 (down), in one's own list."""
    found = get_object_or_404(SavedView.objects.visible_to(request.viewer), pk=pk)
    agent = me(request)
    if "step" in request.POST:
        ids = [each.view.pk for each in _mine(request)]
        at = ids.index(found.pk)
        to = at + (-1 if request.POST["step"] == "-1" else 1)
        if 0 <= to < len(ids):
            ids[at], ids[to] = ids[to], ids[at]
        order_views(ids, agent=agent)
    for name, attribute in (("pin", "is_pinned"), ("hide", "is_hidden")):
        if name in request.POST:
            place_view(found, agent=agent, **{attribute: bool(request.POST[name])})
    return redirect("workspace:views")


urls = [
    staff_path("views", views, name="views"),
    staff_path("views/new", view, name="new_view"),
    staff_path("views/<int:pk>", view, name="view"),
    staff_path("views/<int:pk>/removal", remove, name="remove_view"),
    staff_path("views/<int:pk>/place", place, name="place_view"),
]
