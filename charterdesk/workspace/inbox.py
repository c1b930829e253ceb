"""The inbox: queues with live counts, filters, and the list of one queue page by page."""

import urllib.parse
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from charterdesk.people.models import LANGUAGES, Agent, Team
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.queries import (
    BY_ACTIVITY,
    BY_DUE,
    NOBODY,
    QUEUES,
    Cursor,
    Page,
    Selection,
    queue_counts,
    queue_page,
)
from charterdesk.ui.quick_select import QuickSelect
from charterdesk.workspace.rows import Row, rows_of
from charterdesk.workspace.search import ticket_ids_with
from charterdesk.workspace.staff import StaffRequest, staff_path, wants

FIRST = "mine"
PAGE, MOST_ROWS = 30, 200
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
    order = forms.ChoiceField(
        label=_("Order"),
        required=False,
        widget=QuickSelect,
        choices=[("", _("as the queue says")), (BY_DUE, _("due first")), (BY_ACTIVITY, _("newest first"))],
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
        self.is_valid()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        words = asked.pop("words", "")
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


def queue_links(viewer: Viewer, current: str) -> list[QueueLink]:
    """All queues with their counts. Two statements."""
    counts = queue_counts(viewer)
    return [
        QueueLink(
            code=code,
            name=name,
            short=SHORT.get(code, name),
            url=reverse("workspace:queue", args=[code]),
            count=counts.queues.get(code),
            is_capped=code in counts.capped,
            is_current=code == current,
        )
        for code, name in NAMES.items()
    ]


def queue(request: StaffRequest, code: str = FIRST) -> HttpResponse:
    """GET inbox/<code>/: the list of a queue; only the rows where a page of them is asked for."""
    if code not in QUEUES:
        raise Http404
    context = list_context(request, code)
    template = "workspace/inbox/rows.html" if wants(request, "rows") else "workspace/inbox/page.html"
    if wants(request, "list"):
        template = "workspace/inbox/list.html"
    return render(request, template, context)


def counts(request: StaffRequest, code: str) -> HttpResponse:
    """GET inbox/<code>/counts: the queues with their counts, to be swapped in."""
    if code not in QUEUES:
        raise Http404
    return render(request, "workspace/inbox/queues.html", _queue_context(request, code))


def list_context(request: StaffRequest, code: str) -> dict[str, Any]:
    """Everything the list shows. At most ten statements."""
    teams = list(Team.objects.filter(pk__in=request.viewer.team_ids).order_by("name"))
    agents = colleagues(request.viewer)
    form = FilterForm(request.GET, teams=teams, agents=agents)
    selection, after = form.narrow(QUEUES[code], request.viewer), _cursor(request.GET.get("after", ""))
    page = queue_page(request.viewer, selection, after=after, size=_size(request))
    return {
        **_queue_context(request, code),
        "place": "inbox",
        "form": form,
        "agents": agents,
        "priorities": Ticket.PRIORITIES,
        "rows": _rows(request, page),
        "more": _more(request, page),
        "is_first": "after" not in request.GET,
    }


def _size(request: StaffRequest) -> int:
    """How many rows: a page of them, or as many as the list that is fetched anew shows already."""
    said = request.headers.get("X-Rows", "")
    return min(MOST_ROWS, max(PAGE, int(said))) if said.isdecimal() else PAGE


def _queue_context(request: StaffRequest, code: str) -> dict[str, Any]:
    """The queues with their counts. Two statements."""
    links = queue_links(request.viewer, code)
    return {
        "code": code,
        "queue": next(link for link in links if link.code == code),
        "queues": links,
        "pinned": [link for link in links if link.code in PINNED],
    }


def _rows(request: StaffRequest, page: Page) -> list[Row]:
    return rows_of(page.tickets, request.viewer)


def _more(request: StaffRequest, page: Page) -> str:
    """The query string of the next page, or ""."""
    if page.after is None:
        return ""
    query = request.GET.copy()
    moment, pk = page.after
    query["after"] = f"{moment.isoformat() if moment else ''}~{pk}"
    return "?" + query.urlencode()


def _cursor(text: str) -> Cursor | None:
    """The cursor `_more` wrote; None for none and for nonsense."""
    moment, _tilde, pk = urllib.parse.unquote(text).partition("~")
    try:
        return (datetime.fromisoformat(moment) if moment else None), int(pk)
    except ValueError:
        return None


def colleagues(viewer: Viewer) -> list[Agent]:
    """The agents of the viewer's teams, by name. One statement."""
    return list(
        Agent.objects.filter(is_active=True, memberships__team_id__in=viewer.team_ids).distinct().order_by("name")
    )


urls = [
    staff_path("", queue, name="inbox"),
    staff_path("inbox/<slug:code>/", queue, name="queue"),
    staff_path("inbox/<slug:code>/counts", counts, name="counts"),
]
