"""Why something happened to a ticket: which rules acted, in which version, on which event, by which values."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from charterdesk.base.refused import require
from charterdesk.events.models import LoggedEvent, RuleRun
from charterdesk.events.rule_fields import RuleField, known_fields
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.policies import may_read_notes
from charterdesk.tickets.rule_reach import may_change_rule
from charterdesk.workspace.admin.rule_deeds import told_deeds, words_of_deeds
from charterdesk.workspace.admin.rule_words import name_of_event, words_of_value
from charterdesk.workspace.admin.rules import HELD
from charterdesk.workspace.staff import StaffRequest, staff_path

MOST = 100


def why(request: StaffRequest, number: int) -> HttpResponse:
    """GET tickets/<number>/why: the latest runs of rules on it. Nine statements at most."""
    ticket = get_object_or_404(Ticket.objects.visible_to(request.viewer), number=number)
    require(may_read_notes(request.viewer, ticket))
    runs = list(RuleRun.objects.filter(subject=ticket.key).select_related("version__rule").order_by("-id")[:MOST])
    events = LoggedEvent.objects.in_bulk([run.event_id for run in runs]) if runs else {}
    context = {
        "ticket": ticket,
        "lines": _lines(runs, events, request.viewer),
        "place": "inbox",
    }
    return render(request, "workspace/rules/why.html", context)


def _lines(runs: Sequence[RuleRun], events: Mapping[int, LoggedEvent], viewer: Viewer) -> list[dict[str, Any]]:
    fields = known_fields() if runs else {}
    deeds = words_of_deeds([step for run in runs for step in run.done])
    lines = []
    for run in runs:
        count = len(run.done)
        event = events.get(run.event_id)
        lines.append(
            {
                "run": run,
                "rule": run.version.rule,
                "may_set": may_change_rule(viewer, run.version.body) and not run.version.rule.removed_at,
                "event": name_of_event(event.code) if event else "",
                "at": event.at if event else run.at,
                "deeds": told_deeds(run.done, deeds[:count]),
                "values": _values(run.values_used, fields),
                "is_erased": run.values_used is None,
                "held": HELD.get(run.held, run.held),
            }
        )
        deeds = deeds[count:]
    return lines


def _values(used: Mapping[str, Any] | None, fields: Mapping[str, RuleField]) -> list[tuple[str, str]]:
    """The values a rule went by, each with what it is called."""
    return [
        (
            f"{fields[code].group}: {fields[code].label}" if code in fields else code,
            words_of_value(fields.get(code), value),
        )
        for code, value in (used or {}).items()
    ]


urls = [staff_path("tickets/<int:number>/why", why, name="why")]
