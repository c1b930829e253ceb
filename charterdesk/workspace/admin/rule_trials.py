"""Trying a rule on what happened: what it would have done, beside what the version in force would have."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from charterdesk.base.keys import split_key
from charterdesk.events.dry_run import ERASED, ERROR, MATCH, NO_MATCH, Trial
from charterdesk.events.rule_lists import is_on
from charterdesk.events.rules import goes_by_clock
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.trying import MOST, tried_on
from charterdesk.workspace.admin.rule_deeds import told_deeds, words_of_deeds
from charterdesk.workspace.admin.rule_form import known_versions, rule_path
from charterdesk.workspace.admin.rule_words import name_of_event, words_of_when
from charterdesk.workspace.staff import StaffRequest

DAYS = (1, 7, 30)
SHOWN = 100
VERDICTS = {
    MATCH: gettext_lazy("would act"),
    NO_MATCH: gettext_lazy("would not act"),
    ERASED: gettext_lazy("cannot tell: it was erased"),
    ERROR: gettext_lazy("has no answer"),
}


def trial(request: StaffRequest, pk: int) -> HttpResponse:
    """GET admin/rules/<id>/trial?days=7: the newest version on the last days, beside the one in force.

    It performs nothing. Two statements for each 500 events, and one for each row that conditions look at.
    """
    asked = request.GET.get("days", "")
    days = int(asked) if asked.isdecimal() and int(asked) in DAYS else DAYS[1]
    newest, *others = known_versions(request, pk)
    in_force = next(filter(is_on, others), None)
    tried = tried_on(newest, days)
    before = {each.event_id: each for each in tried_on(in_force, days)} if in_force else {}
    lines = _lines(tried, before, request.viewer)
    context = {
        "rule": newest.rule,
        "version": newest,
        "in_force": in_force,
        "is_on": is_on(newest),
        "when": words_of_when(newest.body),
        "days": days,
        "choices": DAYS,
        "counts": Counter(each.verdict for each in tried),
        "before": Counter(each.verdict for each in before.values()),
        "looked": len(tried),
        "is_capped": len(tried) >= MOST,
        "is_by_clock": goes_by_clock(newest.body),
        "lines": lines[:SHOWN],
        "more": max(len(lines) - SHOWN, 0),
        "place": "admin",
    }
    return render(request, "workspace/rules/trial.html", context)


def _lines(tried: Sequence[Trial], before: dict[int, Trial], viewer: Viewer) -> list[dict[str, Any]]:
    """What is worth showing, the latest first: where it acts, where it differs, where nobody can tell."""
    worth = [
        each
        for each in reversed(tried)
        if each.verdict != NO_MATCH or (before and before.get(each.event_id, each).verdict != each.verdict)
    ]
    tickets = _tickets((each.subject for each in worth[:SHOWN]), viewer)
    deeds = words_of_deeds([step for each in worth[:SHOWN] for step in each.would_do])
    lines = []
    for each in worth[:SHOWN]:
        count = len(each.would_do)
        was = before.get(each.event_id)
        lines.append(
            {
                "trial": each,
                "event": name_of_event(each.code),
                "ticket": tickets.get(each.subject),
                "verdict": VERDICTS[each.verdict],
                "was": VERDICTS[was.verdict] if was else "",
                "differs": was is not None and was.verdict != each.verdict,
                "deeds": told_deeds(each.would_do, deeds[:count]),
            }
        )
        deeds = deeds[count:]
    return lines + [{}] * (len(worth) - len(lines))


def _tickets(subjects: Iterable[str], viewer: Viewer) -> dict[str, Ticket]:
    ids = {split_key(subject)[1] for subject in subjects if subject.startswith("ticket:")}
    return {ticket.key: ticket for ticket in Ticket.objects.visible_to(viewer).filter(pk__in=ids)} if ids else {}


urls = [rule_path("admin/rules/<int:pk>/trial", trial, name="try_rule")]
