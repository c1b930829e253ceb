"""The day at a glance: what is late, what is mine and due, who is here, and how the last week went."""

from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from charterdesk.people.models import Preferences, Team
from charterdesk.people.queries import colleagues_at_work
from charterdesk.people.viewer import Viewer
from charterdesk.quality.forecast import forecast
from charterdesk.quality.queries import last_days
from charterdesk.tickets.models import ChecklistItem, Ticket
from charterdesk.tickets.policies import may_read_reports
from charterdesk.tickets.queries import MINE, QUEUES, Selection, queue_counts, queue_page
from charterdesk.ui.charts import bar_chart
from charterdesk.ui.moments import moment_word
from charterdesk.workspace.rows import Row, rows_of
from charterdesk.workspace.staff import StaffRequest, staff_path

ROWS, TASKS, COLLEAGUES = 8, 8, 60


def today(request: StaffRequest) -> HttpResponse:
    """GET today/?team=: the viewer's own day, of all their teams or of one. Eleven statements at most."""
    viewer = _looking(request)
    counts = queue_counts(viewer)
    late = queue_page(viewer, QUEUES["late"], size=ROWS).tickets
    mine = queue_page(viewer, Selection(assignee=MINE), size=ROWS).tickets
    rows = {
        row.ticket.pk: row for row in rows_of(list({ticket.pk: ticket for ticket in [*late, *mine]}.values()), viewer)
    }
    context = {
        "figures": _figures(counts.queues, counts.capped),
        "late": [rows[ticket.pk] for ticket in late],
        "mine": [rows[ticket.pk] for ticket in mine],
        "due": _due_today([rows[ticket.pk] for ticket in mine]),
        "tasks": _tasks(request),
        "teams": Team.objects.filter(pk__in=request.viewer.team_ids).order_by("name"),
        "team": _team(request),
        "place": "today",
    }
    return render(request, "workspace/today/page.html", context)


def _team(request: StaffRequest) -> int | None:
    """The one of the viewer's teams whose day is asked for; None for all of them."""
    said = request.GET.get("team", "")
    asked = int(said) if said.isdecimal() and len(said) < 19 else 0
    return asked if asked in request.viewer.team_ids else None


def _looking(request: StaffRequest) -> Viewer:
    """Who looks: the viewer, at all their teams or at the one that is asked for. No statement."""
    team = _team(request)
    return request.viewer.within(team) if team else request.viewer


def around(request: StaffRequest) -> HttpResponse:
    """GET today/around?team=: who is here and how the week went, which comes after the page. Two statements."""
    viewer = _looking(request)
    context = {"colleagues": colleagues_at_work(viewer, limit=COLLEAGUES), "week": _week(viewer)}
    return render(request, "workspace/today/around.html", context)


def will_be_late(request: StaffRequest) -> HttpResponse:
    """GET today/forecast?team=: what will be late today, a part of pages that comes after. Three statements."""
    found = forecast(_looking(request), until=_midnight())
    due = ngettext(
        "%(n)s promise of your teams is due today.", "%(n)s promises of your teams are due today.", found.due
    ) % {"n": f"{found.due}+" if found.is_capped else found.due}
    late = ""
    if found.first:
        late = ngettext(
            "At the pace of the last two weeks, %(n)s of them will be late: at %(time)s.",
            "At the pace of the last two weeks, %(n)s of them will be late, the first at %(time)s.",
            found.late,
        ) % {"n": found.late, "time": moment_word(found.first[0].due_at)}
    context = {"found": found, "due_words": due, "late_words": late}
    return render(request, "workspace/today/forecast.html", context)


def _midnight() -> datetime:
    """The end of the viewer's day."""
    return timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=1), time()))


def _figures(queues: dict[str, int], capped: frozenset[str]) -> list[dict[str, Any]]:
    """The kept counts of the queues that matter now."""
    names = {
        "late": pgettext("number of tickets", "late"),
        "mine": pgettext("number of tickets", "mine"),
        "unassigned": pgettext("number of tickets", "nobody's"),
        "waiting": pgettext("number of tickets", "waiting"),
    }
    return [
        {
            "code": code,
            "name": name,
            "count": queues.get(code, 0),
            "is_capped": code in capped,
            "state": "late" if code == "late" and queues.get(code) else "",
        }
        for code, name in names.items()
    ]


def _due_today(rows: list[Row]) -> int:
    """How many of these are due before midnight."""
    midnight = _midnight()
    return sum(1 for row in rows if row.ticket.due_at and row.ticket.due_at < midnight)


def _tasks(request: StaffRequest) -> list[ChecklistItem]:
    """What the viewer has to do on tickets, the first due first. One statement."""
    visible = Ticket.objects.visible_to(request.viewer)
    items = ChecklistItem.objects.filter(assignee_id=request.viewer.agent_id, done_at=None, ticket__in=visible)
    return list(items.select_related("ticket").order_by("due_on", "pk")[:TASKS])


def _week(viewer: Viewer) -> dict[str, Any] | None:
    """What came in the last seven days, as a small picture, and what was solved. One statement."""
    if not may_read_reports(viewer):
        return None
    days = last_days(viewer, until=timezone.localdate())
    labels = [formats.date_format(day, pgettext("date format: weekday, short", "D")) for day, _came, _solved in days]
    came, solved = sum(day[1] for day in days), sum(day[2] for day in days)
    title = _("%(came)s came, %(solved)s solved in seven days") % {"came": came, "solved": solved}
    chart = bar_chart(labels, [float(day[1]) for day in days], title=title, say=lambda value: str(round(value)))
    return {"title": title, "chart": chart}


def begin(request: StaffRequest) -> HttpResponse:
    """GET begin: where this person's day begins. One statement."""
    chosen = Preferences.objects.filter(agent_id=request.viewer.agent_id or 0).values_list("landing", flat=True).first()
    return redirect("workspace:today" if chosen == Preferences.DASHBOARD else "workspace:inbox")


urls = [
    staff_path("today/", today, name="today"),
    staff_path("today/around", around, name="around"),
    staff_path("today/forecast", will_be_late, name="forecast"),
    staff_path("begin", begin, name="begin"),
]
