"""The inbox: queues with live counts, filters, and the list of one queue page by page."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from charterdesk.base.kept import AnyGiven, Kept
from charterdesk.people.models import LANGUAGES, Agent, Team
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.models import BulkRun, Ticket
from charterdesk.tickets.policies import may_administer
from charterdesk.tickets.queries import COUNT_CAP, NOBODY, QUEUES, Counts, Page, Selection, queue_counts
from charterdesk.tickets.view_lists import Placed, list_page, read_cursor, views_of, write_cursor
from charterdesk.tickets.views import is_counted
from charterdesk.ui.quick_select import QuickSelect
from charterdesk.workspace.chosen import chosen, shown_rows, with_columns
from charterdesk.workspace.counting import MOST_COUNTED, fresh_counts
from charterdesk.workspace.search import ticket_ids_with
from charterdesk.workspace.staff import StaffRequest, staff_path, wants

FIRST = "mine"
PAGE, MOST_ROWS = 30, 200
VIEW = re.compile(r"view-\d{1,18}")
NAMES = {
    "mine": pgettext_lazy("queue", "My tickets"),
    "unassigned": pgettext_lazy("queue", "Unassigned"),
    "late": pgettext_lazy("queue", "Late"),
    "open": pgettext_lazy("queue", "All open"),
    "waiting": pgettext_lazy("queue", "Waiting"),
    "snoozed": pgettext_lazy("queue", "Put off"),
    "following": pgettext_lazy("queue", "Following"),
    "solved": pgettext_lazy("queue", "Solved"),
    "closed": pgettext_lazy("queue", "Closed"),
    "all": pgettext_lazy("queue", "Everything"),
}
SHORT = {
    "mine": pgettext_lazy("queue, short", "Mine"),
    "unassigned": pgettext_lazy("queue, short", "Unassigned"),
    "late": pgettext_lazy("queue, short", "Late"),
    "open": pgettext_lazy("queue, short", "Open"),
}
PINNED = ("mine", "unassigned", "late", "open")


class FilterForm(forms.Form):
    """What narrows a queue; nothing is required."""

    words = forms.CharField(label=_("Words"), required=False, max_length=200)
    status = forms.ChoiceField(label=_("Status"), required=False, widget=QuickSelect)
    team = forms.TypedChoiceField(label=_("Team"), required=False, coerce=int, empty_value=None, widget=QuickSelect)
    assignee = forms.ChoiceField(label=_("Assignee"), required=False, widget=QuickSelect)
    priority = forms.TypedChoiceField(
        label=_("Priority"), required=False, coerce=int, empty_value=None, widget=QuickSelect
    )
    type = forms.ChoiceField(label=_("Type"), required=False, widget=QuickSelect)
    channel = forms.ChoiceField(label=_("Channel"), required=False, widget=QuickSelect)
    language = forms.ChoiceField(label=_("Language"), required=False, widget=QuickSelect)
    tag = forms.CharField(label=_("Tag"), required=False, max_length=50)
    contact = forms.IntegerField(required=False, widget=forms.HiddenInput)
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        widget=QuickSelect,
        choices=[
            ("", _("as the queue says")),
            ("due", _("due first")),
            ("-updated", _("newest first")),
            ("-created", _("latest to come first")),
            ("priority", _("most urgent first")),
        ],
    )

    def __init__(self, data: QueryDict, *, teams: Sequence[Team], agents: Sequence[Agent]) -> None:
        super().__init__(data, prefix=None)
        anything = [("", _("any"))]
        offered: dict[str, Sequence[tuple[Any, Any]]] = {
            "status": Ticket.STATUSES,
            "assignee": [(NOBODY, _("nobody")), *((str(agent.pk), agent.name) for agent in agents)],
            "team": [(team.pk, team.name) for team in teams],
            "priority": Ticket.PRIORITIES,
            "type": Ticket.TYPES,
            "channel": Ticket.CHANNELS,
            "language": LANGUAGES,
        }
        for name, choices in offered.items():
            self.fields[name].choices = [*anything, *choices]  # type: ignore[attr-defined]

    def narrow(self, selection: Selection, viewer: Viewer) -> Selection:
        """`selection` with the filters that make sense; a filter with a value that exists no more asks for nothing."""
        if not self.asked:
            return selection
        self.is_valid()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        words = asked.pop("words", "")
        asked.pop("sort", None)
        status, team, assignee = (asked.pop(name, None) for name in ("status", "team", "assignee"))
        return selection.narrowed(
            statuses=(status,) if status else None,
            team_id=team,
            assignee=_assignee(assignee),
            contact_id=asked.pop("contact", None),
            ids=ticket_ids_with(words, viewer) if words else None,
            **asked,
        )

    @property
    def asked(self) -> int:
        """How many filters are set."""
        return sum(bool(self.data.get(name)) for name in self.fields)


def list_code(text: str) -> str:
    """`text` if it may name a list, else that of the first; whether there is one is seen when it is asked for."""
    return text if text in NAMES or VIEW.fullmatch(text) else FIRST


def _assignee(value: str | None) -> int | str | None:
    if value == NOBODY:
        return NOBODY
    return int(value) if value and value.isdecimal() else None


@dataclass(frozen=True, kw_only=True)
class QueueLink:
    """A queue in the menu: where it is and how much it holds."""

    code: str
    name: Any
    short: Any
    url: str
    count: int | None
    is_capped: bool
    is_current: bool
    is_pinned: bool = False


def queue_links(viewer: Viewer, current: str, *, counted: bool = True) -> list[QueueLink]:
    """All queues, with their counts where they are `counted`: two statements then."""
    counts = queue_counts(viewer) if counted else Counts(queues={})
    return [
        QueueLink(
            code=code,
            name=name,
            short=SHORT.get(code, name),
            url=reverse("workspace:queue", args=[code]),
            count=counts.queues.get(code),
            is_capped=code in counts.capped,
            is_current=code == current,
            is_pinned=code in PINNED,
        )
        for code, name in NAMES.items()
    ]


def view_links(views: Sequence[Placed], counts: Mapping[int, int], current: str) -> list[QueueLink]:
    """The views that are not hidden, as queues are shown; one that has no count yet has none."""
    return [
        QueueLink(
            code=each.view.slug,
            name=each.view.name,
            short=each.view.name,
            url=reverse("workspace:queue", args=[each.view.slug]),
            count=counts.get(each.view.pk),
            is_capped=counts.get(each.view.pk) == COUNT_CAP and not is_counted(each.view.filter),
            is_current=each.view.slug == current,
            is_pinned=each.is_pinned,
        )
        for each in views
        if not each.is_hidden or each.view.slug == current
    ]


def queue(request: StaffRequest, code: str = FIRST) -> HttpResponse:
    """GET inbox/<code>/: the list of a queue or view; only the rows where a page of them is asked for."""
    if wants(request, "rows"):
        return render(request, "workspace/inbox/rows.html", _rows_alone(request, code, views_of(request.viewer)))
    template = "workspace/inbox/list.html" if wants(request, "list") else "workspace/inbox/page.html"
    return render(request, template, list_context(request, code))


def news(request: StaffRequest, code: str) -> HttpResponse:
    """GET inbox/<code>/news: what a list that heard of changes fetches anew, `rows` and `queues` as HTML.

    At most fourteen statements.
    """
    views = views_of(request.viewer)
    rows = render_to_string("workspace/inbox/rows.html", _rows_alone(request, code, views), request)
    queues = render_to_string("workspace/inbox/queues.html", _counted(request, code, views), request)
    return JsonResponse({"rows": rows, "queues": queues})


def counts(request: StaffRequest, code: str) -> HttpResponse:
    """GET inbox/<code>/counts: the queues and views with their counts, to be swapped in. Eight statements."""
    views = views_of(request.viewer)
    chosen(request.viewer, code, views)
    return render(request, "workspace/inbox/queues.html", _counted(request, code, views))


def _counted(request: StaffRequest, code: str, views: Sequence[Placed]) -> dict[str, Any]:
    """The queues and views with their counts. Three statements, two where the counts of views are fresh."""
    shown = [each.view for each in views if not each.is_hidden][:MOST_COUNTED]
    context = _queue_context(request, code, views, fresh_counts(request.viewer, shown))
    return {**context, "is_counted": True}


def list_context(request: StaffRequest, code: str) -> dict[str, Any]:
    """Everything the list shows. At most ten statements; one more where an administrator finds nothing."""
    viewer = request.viewer
    teams = _TEAMS.rows(teams=list(viewer.team_ids))
    agents = colleagues(viewer)
    views = views_of(viewer)
    form = FilterForm(request.GET, teams=teams, agents=agents)
    return {
        **_rows_context(request, code, views, form),  # knows whether there is such a list
        **_queue_context(request, code, views, None),
        "place": "inbox",
        "agents": agents,
        "teams": teams,
        "priorities": Ticket.PRIORITIES,
        "types": Ticket.TYPES,
        "offered": _offered(teams, agents),
        **running(request),
    }


def _offered(teams: Sequence[Team], agents: Sequence[Agent]) -> str:
    """All that the filters' choices and the people to assign to hang on: where it is the same, so is their HTML."""
    people = [(agent.pk, agent.name, agent.state) for agent in agents]
    return repr((get_language(), [(team.pk, team.name) for team in teams], people))


def _rows_alone(request: StaffRequest, code: str, views: Sequence[Placed]) -> dict[str, Any]:
    """The rows for a list that is there already: who could be chosen in its filters is read where one is set."""
    is_narrow = any(request.GET.get(name) for name in FilterForm.base_fields)
    teams = _TEAMS.rows(teams=list(request.viewer.team_ids)) if is_narrow else ()
    agents = colleagues(request.viewer) if is_narrow else ()
    return _rows_context(request, code, views, FilterForm(request.GET, teams=teams, agents=agents))


def _rows_context(request: StaffRequest, code: str, views: Sequence[Placed], form: FilterForm) -> dict[str, Any]:
    """The rows of a list as `form` narrows it. Four statements, more for custom fields and words."""
    viewer = request.viewer
    is_wide = bool(viewer.panes.get("wide"))
    found = chosen(viewer, code, views, is_wide=is_wide).in_order(request.GET.get("sort", ""))
    found = with_columns(found) if is_wide else found
    selection, after = form.narrow(found.selection, viewer), read_cursor(request.GET.get("after", ""))
    page = list_page(
        viewer,
        selection,
        sorting=found.sorting,
        grouping=found.grouping,
        after=after,
        size=_size(request),
        also=("field_values",) if found.fields else (),
    )
    last = after[0][0] if after and isinstance(after[0], tuple) else None
    return {
        "code": code,
        "form": form,
        "chosen": found,
        "is_wide": is_wide,
        "rows": shown_rows(page, found, viewer, before=last),
        "more": _more(request, code, page),
        "is_first": "after" not in request.GET,
        "is_new_desk": not page.tickets and may_administer(viewer) and not Ticket.objects.exists(),
    }


def asked_for(request: StaffRequest, code: str) -> Selection:
    """Which tickets the list shows, with its filters. At most five statements."""
    viewer = request.viewer
    teams = _TEAMS.rows(teams=list(viewer.team_ids))
    form = FilterForm(request.GET, teams=teams, agents=colleagues(viewer))
    return form.narrow(chosen(viewer, code, views_of(viewer)).selection, viewer)


def running(request: StaffRequest) -> dict[str, Any]:
    """The change of many tickets that this person has under way. No statement where there is none."""
    pk = request.session.get("bulk_run")
    run = BulkRun.objects.filter(pk=pk, agent_id=request.viewer.agent_id or 0).first() if pk else None
    return {"bulk_run": run} if run else {}


def _size(request: StaffRequest) -> int:
    """How many rows: a page of them, or as many as the list that is fetched anew shows already."""
    said = request.headers.get("X-Rows", "")
    return min(MOST_ROWS, max(PAGE, int(said))) if said.isdecimal() and len(said) < 9 else PAGE


def _queue_context(
    request: StaffRequest, code: str, views: Sequence[Placed], counted: Mapping[int, int] | None
) -> dict[str, Any]:
    """The queues with their counts, and the views. Two statements; none on the page of a view, which asks for its
    counts (`counted`) as soon as it stands."""
    queues = queue_links(request.viewer, code, counted=counted is not None or code in QUEUES)
    own = view_links(views, counted or {}, code)
    return {
        "code": code,
        "queue": next(link for link in [*queues, *own] if link.code == code),
        "queues": queues,
        "views": own,
        "pinned": [link for link in [*queues, *own] if link.is_pinned],
        "is_counted": not own,
    }


def _more(request: StaffRequest, code: str, page: Page) -> str:
    """Where the next page of the list is, or "": the list also stands beside a ticket, at the ticket's address."""
    if page.after is None:
        return ""
    query = request.GET.copy()
    query["after"] = write_cursor(page.after)
    return f"{reverse('workspace:queue', args=[code])}?{query.urlencode()}"


_TEAMS = Kept(lambda: Team.objects.filter(pk=AnyGiven("teams")).order_by("name"))


def colleagues(viewer: Viewer) -> list[Agent]:
    """The agents of the viewer's teams, by name. One statement."""
    return _COLLEAGUES.rows(teams=list(viewer.team_ids))


_COLLEAGUES = Kept(
    lambda: Agent.objects.filter(is_active=True, memberships__team_id=AnyGiven("teams")).distinct().order_by("name")
)


urls = [
    staff_path("", queue, name="inbox"),
    staff_path("inbox/<slug:code>/", queue, name="queue"),
    staff_path("inbox/<slug:code>/news", news, name="list_news"),
    staff_path("inbox/<slug:code>/counts", counts, name="counts"),
]
