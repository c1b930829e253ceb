"""Rules: what the desk does by itself, in order, with what each did last and what is wrong with it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.base.keys import split_key
from charterdesk.base.refused import require
from charterdesk.events.log import MAX_DEPTH, ChainTooLong, Entry
from charterdesk.events.models import Delivery, Rule, RuleRun, RuleVersion
from charterdesk.events.rule_changes import deactivate, place, remove_rule, switch_on
from charterdesk.events.rule_changes import go_back as back_to
from charterdesk.events.rule_conflicts import TOLD, TOLD_TWICE, Conflict, conflicts
from charterdesk.events.rule_guards import RATE, TOO_MANY, held_lately
from charterdesk.events.rule_lists import is_on, latest_runs, shown_versions, versions_beside_others
from charterdesk.events.rule_parking import chains_of, failures_of_versions
from charterdesk.events.skipped import why_skipped
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.rule_reach import check_reach, may_change_rule, may_set_desk_rules
from charterdesk.workspace.admin.rule_called import Names, names_in
from charterdesk.workspace.admin.rule_deeds import words_of_deeds
from charterdesk.workspace.admin.rule_form import known_rule, may_see, rule_path
from charterdesk.workspace.admin.rule_words import Conditions, name_of_event, words_of_when
from charterdesk.workspace.staff import StaffRequest, say

SET = {
    "priority": gettext_lazy("the priority"),
    "type": gettext_lazy("the type"),
    "status": gettext_lazy("the status"),
    "agent": gettext_lazy("who has it"),
    "team": gettext_lazy("the team"),
}
_BOTH = gettext_lazy("“{other}” writes to the customer in the same moment: they get both.")
_TWICE = gettext_lazy("“{other}” sends the customer the same text in the same moment: they get it twice.")
TOO = {
    TOLD: (_BOTH, _BOTH),
    TOLD_TWICE: (_TWICE, _TWICE),
    "": (
        gettext_lazy("“{other}” sets {what} too and acts after it."),
        gettext_lazy("“{other}” sets {what} too and acts before it."),
    ),
}
"""What a conflict is called at the rule that acts first, and at the other."""
HELD = {
    RATE: gettext_lazy("held back: it acted as often as it may in an hour"),
    TOO_MANY: gettext_lazy("held back: it wrote about this ticket too often within an hour"),
}


def rules(request: StaffRequest) -> HttpResponse:
    """GET admin/rules: all of them, in order. Fifteen statements at most."""
    every = shown_versions()
    versions = [version for version in every if may_change_rule(request.viewer, version.body)]
    names = names_in(version.body for version in versions)
    failures, held = failures_of_versions(), held_lately()
    pulling = _pulling(conflicts([version for version in every if is_on(version)]))
    deeds = _deeds(versions, names)
    lines = [_line(version, its, names, held) for version, its in zip(versions, deeds, strict=True)]
    conditions = Conditions(names)
    for line in lines:
        version = line["version"]
        line["condition"] = conditions.words(version.body.get("if") or {})
        line["failures"] = failures.get(version.pk, (0, 0))[0]
        line["conflicts"] = pulling.get(version.rule_id, [])
    context = {"lines": lines, "may_all": may_set_desk_rules(request.viewer), "place": "admin"}
    return render(request, "workspace/rules/list.html", context)


def _deeds(versions: Sequence[RuleVersion], names: Names) -> list[list[str]]:
    """What each does, in words."""
    words = words_of_deeds([step for version in versions for step in version.body["then"]], names)
    found = []
    for version in versions:
        count = len(version.body["then"])
        found.append(words[:count])
        words = words[count:]
    return found


def _line(version: RuleVersion, deeds: list[str], names: Names, held: Counter[int]) -> dict[str, Any]:
    return {
        "version": version,
        "rule": version.rule,
        "is_on": is_on(version),
        "when": words_of_when(version.body),
        "deeds": deeds,
        "team": names.get(f"team:{version.body.get('team')}", ""),
        "held": held[version.rule_id],
    }


def _pulling(found: Iterable[Conflict]) -> dict[int, list[str]]:
    """By rule: with which others it pulls at the same thing, in words."""
    said: dict[int, list[str]] = {}
    for conflict in found:
        what = SET.get(conflict.what, conflict.what.removeprefix("field "))
        first, second = TOO.get(conflict.what, TOO[""])
        for text, rule, other in ((first, conflict.first, conflict.second), (second, conflict.second, conflict.first)):
            said.setdefault(rule.rule_id, []).append(str(text).format(other=other.rule, what=what))
    return said


def _pulling_at(version: RuleVersion, in_force: Sequence[RuleVersion]) -> list[str]:
    """With which of those `in_force` a version pulls at the same thing, or would once it is in force."""
    others = [each for each in in_force if each.rule_id != version.rule_id]
    acting = sorted([*others, version], key=lambda each: (each.rule.position, each.rule_id))
    return _pulling(conflicts(acting)).get(version.rule_id, [])


def versions(request: StaffRequest, pk: int) -> HttpResponse:
    """GET admin/rules/<id>/versions: what it said when, who changed it and why, what it did last, what it could not do.

    Fifteen statements at most.
    """
    its, in_force = versions_beside_others(pk)
    found = may_see(request, its)
    rule = found[0].rule
    runs = latest_runs(found)
    parked = _parked(found)
    current = next(filter(is_on, found), found[0])
    chains = chains_of([each.event_id for each in parked]) if parked else {}
    actors = [each.actor for each in found] + [entry.actor for chain in chains.values() for entry in chain]
    names = names_in([current.body], also=actors)
    context = {
        "rule": rule,
        "is_on": is_on(current),
        "when": words_of_when(current.body),
        "condition": Conditions(names).words(current.body.get("if") or {}),
        "deeds": words_of_deeds(current.body["then"], names),
        "conflicts": _pulling_at(current, in_force),
        "versions": _told_versions(found, names),
        "runs": _told_runs(runs, request.viewer),
        "parked": [
            {
                "delivery": each,
                "is_loop": each.error.startswith(ChainTooLong.__name__),
                "chain": _told_chain(chains[each.event_id], names),
            }
            for each in parked
        ],
        "longest": MAX_DEPTH,
        "place": "admin",
    }
    return render(request, "workspace/rules/versions.html", context)


def _told_versions(found: Sequence[RuleVersion], names: Names) -> list[dict[str, Any]]:
    told = []
    for each in found:
        who = names.get(each.actor, _("somebody")) if ":" in each.actor else _("The desk")
        told.append({"version": each, "who": who, "is_on": is_on(each)})
    return told


def _told_runs(runs: Sequence[RuleRun], viewer: Viewer) -> list[dict[str, Any]]:
    ids = [split_key(run.subject)[1] for run in runs if run.subject.startswith("ticket:")]
    tickets = Ticket.objects.visible_to(viewer).in_bulk(ids) if ids else {}
    return [
        {
            "run": run,
            "ticket": tickets.get(split_key(run.subject)[1]) if run.subject.startswith("ticket:") else None,
            "is_of_desk": run.subject.startswith("rule:"),
            "held": HELD.get(run.held, run.held),
            "acted": any("skipped" not in step for step in run.done),
            "whys": [why_skipped(code) for code in dict.fromkeys(step.get("skipped") for step in run.done) if code],
        }
        for run in runs
    ]


def _parked(found: Sequence[RuleVersion]) -> list[Delivery]:
    """What its versions could not act on, the latest first. One statement."""
    handlers = [f"{kind}:{version.pk}" for version in found for kind in ("rule", "wait")]
    return list(Delivery.objects.filter(state=Delivery.PARKED, handler__in=handlers).order_by("-id")[:3])


def _told_chain(chain: Sequence[Entry], names: Names) -> list[dict[str, Any]]:
    """What led to an event, in words, from the first cause on."""
    rules = [names.get(entry.actor, "") if entry.actor.startswith("rule:") else "" for entry in chain]
    return [
        {"what": name_of_event(entry.code), "at": entry.at, "rule": rule}
        for entry, rule in zip(chain, rules, strict=True)
    ]


@require_POST
def act(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/rules/<id>/act: `what` is "on", "off", "up", "down" or "removal"."""
    rule, what = known_rule(request, pk), request.POST.get("what", "")
    if what == "off":
        deactivate(rule, by=request.viewer)
        say(request, _("Switched off. What it did stays."))
    elif what == "on":
        check_reach(request.viewer, rule.versions.order_by("-number")[0].body)
        switch_on(rule, by=request.viewer)
        say(request, _("Switched on. It acts from now on."))
    elif what in ("up", "down"):
        require(may_set_desk_rules(request.viewer))
        _move(rule, up=what == "up", by=request.viewer)
    elif what == "removal":
        remove_rule(rule, by=request.viewer)
        say(request, _("Removed. What it did stays told."))
        return redirect("workspace:rules")
    return redirect("workspace:rule_versions" if request.POST.get("stay") else "workspace:rules", *_stays(request, pk))


def _stays(request: StaffRequest, pk: int) -> list[int]:
    return [pk] if request.POST.get("stay") else []


def _move(rule: Rule, *, up: bool, by: Viewer) -> None:
    """Change places with the rule before or after it."""
    ordered = list(Rule.objects.filter(removed_at=None).order_by("position", "pk"))
    here = ordered.index(rule)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(ordered):
        return
    ordered[here], ordered[there] = ordered[there], ordered[here]
    for number, each in enumerate(ordered, start=1):
        place(each, position=number * 10, by=by)


@require_POST
def go_back(request: StaffRequest, pk: int, number: int) -> HttpResponse:
    """POST admin/rules/<id>/versions/<number>: what it said then, or says as a draft, holds from now on."""
    rule = known_rule(request, pk)
    version = get_object_or_404(RuleVersion.objects.select_related("rule"), rule=rule, number=number)
    check_reach(request.viewer, version.body)
    is_draft = version.active_from is None
    back_to(version, by=request.viewer, reason=request.POST.get("reason", ""))
    said = _("Switched on. It acts from now on.") if is_draft else _("Back to version {number}: it acts from now on.")
    say(request, said.format(number=number))
    return redirect("workspace:rule_versions", pk)


urls = [
    rule_path("admin/rules", rules, name="rules"),
    rule_path("admin/rules/<int:pk>/versions", versions, name="rule_versions"),
    rule_path("admin/rules/<int:pk>/act", act, name="rule_act"),
    rule_path("admin/rules/<int:pk>/versions/<int:number>", go_back, name="rule_back"),
]
