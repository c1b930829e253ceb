"""Rules: what the desk does by itself. Made and changed as data or as text, tried, put in force, looked into."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router

from charterdesk.api.answers import answer, check_state, etag_of, nothing, state_answer
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import Id, Number
from charterdesk.api.problems import naming
from charterdesk.api.rule_kinds import (
    NewRule,
    NewVersion,
    Place,
    ReadyMadeCode,
    ReadyMadeRules,
    RuleBody,
    RuleFailures,
    RuleOut,
    RuleRuns,
    Rules,
    RuleText,
    RuleTexts,
    RuleTrial,
    RuleVersionOut,
    RuleVersions,
    RuleWords,
    Switch,
    TrialAsked,
    WhyGivenUp,
    Whys,
)
from charterdesk.api.ticket_rows import seen_ticket
from charterdesk.base.refused import require
from charterdesk.events.actions import drop_delivery, retry_delivery
from charterdesk.events.conditions import OPERATORS, WORD_OPERATORS
from charterdesk.events.dry_run import NO_MATCH, Trial
from charterdesk.events.facts import known_predicates, known_sources
from charterdesk.events.log import known_codes
from charterdesk.events.models import Delivery, Rule, RuleRun, RuleVersion
from charterdesk.events.operations import operations
from charterdesk.events.rule_changes import activate, deactivate, go_back, place, remove_rule, save_draft, switch_on
from charterdesk.events.rule_fields import known_fields
from charterdesk.events.rule_guards import held_lately
from charterdesk.events.rule_lists import is_on, latest, latest_runs, shown_versions
from charterdesk.events.rule_parking import chains_of, failures_of_versions
from charterdesk.events.rule_times import known_dates
from charterdesk.events.skipped import why_skipped
from charterdesk.records.rule_text import as_text, keep_rule, read_rules
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.policies import may_operate, may_read_notes
from charterdesk.tickets.ready_made import BY_CODE, READY_MADE, already_there
from charterdesk.tickets.ready_made import switch_on as take_ready_made
from charterdesk.tickets.rule_reach import check_reach, may_change_rule, may_set_desk_rules, may_set_rules
from charterdesk.tickets.trying import tried_on

router = Router(tags=["Rules"])
READ, WRITE = Scope("settings:read", staff=True), Scope("settings:write", staff=True)
SHOWN = 100
FIELD_OF = {
    "events.rule_has_problems": "body",
    "events.no_such_name": "text",
    "events.bad_text": "text",
    "tickets.rule_reach": "body",
}


@router.get("/rules", auth=READ, response=Rules)
def list_rules(request: ApiRequest) -> HttpResponse:
    """The rules you may change, in the order in which they act: all, or those of your teams. Three statements."""
    require(may_set_rules(request.viewer))
    failures, held = failures_of_versions(), held_lately()
    found = [each for each in shown_versions() if may_change_rule(request.viewer, each.body)]
    items = [
        {
            **_row(each), "acted_at": each.acted_at, "failures": failures.get(each.pk, (0, 0))[0],  # type: ignore[attr-defined]
            "held_today": held[each.rule_id],
        }
        for each in found
    ]  # fmt: skip
    return answer({"items": items})


@router.post("/rules", auth=WRITE, response={201: RuleOut})
@once
@transaction.atomic
def make_rule(request: ApiRequest, given: NewRule) -> HttpResponse:
    """Make a rule: a draft, or with `is_on` one that acts from now on."""
    body = _body(given.body)
    with naming(FIELD_OF):
        check_reach(request.viewer, body)
        version = save_draft(name=given.name, body=body, by=request.viewer, reason=given.reason)
    if "position" in given.sent():
        place(version.rule, position=given.position, by=request.viewer)
    if given.is_on:
        activate(version, by=request.viewer)
    row = _row(_again(version))
    return answer(row, status=201, headers={"Location": f"/api/v1/rules/{version.rule_id}", "ETag": etag_of(row)})


@router.post("/rules/text", auth=WRITE, response={201: Rules})
@once
@transaction.atomic
def read_in_rules(request: ApiRequest, given: RuleTexts) -> HttpResponse:
    """Make the rules of a text in TOML, all of them or none; teams, agents and macros stand in it by their names."""
    with naming(FIELD_OF):
        kept = [
            keep_rule(said, by=request.viewer, rule=None, reason=given.reason, is_on=given.is_on)
            for said in read_rules(given.text)
        ]
    return answer({"items": [_row(latest(rule)) for rule in kept]}, status=201)


@router.get("/rules/words", auth=READ, response=RuleWords)
def list_rule_words(request: ApiRequest) -> HttpResponse:
    """What rules may say: events, fields, comparisons, dates and what can be done. One statement."""
    require(may_set_rules(request.viewer))
    return answer(
        {
            "events": known_codes(),
            "sources": known_sources(),
            "fields": [
                {"code": each.code, "name": each.label, "of": each.group, "kind": each.kind}
                for each in known_fields().values()
            ],
            "comparisons": sorted([*OPERATORS, *WORD_OPERATORS]),
            "questions": known_predicates(),
            "dates": sorted(known_dates()),
            "operations": [
                {
                    "name": each.name,
                    "what": each.doc,
                    "needs": [one.name for one in each.parameters if one.required and one.name != each.subject],
                    "takes": [one.name for one in each.parameters if not one.required],
                }
                for each in operations()
            ],
        }
    )


@router.get("/rules/ready-made", auth=READ, response=ReadyMadeRules)
def list_ready_made_rules(request: ApiRequest) -> HttpResponse:
    """Sets of rules that most desks want, and which are there. One statement."""
    require(may_set_desk_rules(request.viewer))
    there = already_there()
    items = [
        {
            "code": each.code, "name": each.name, "what": each.what, "is_sketch": each.is_sketch,
            "is_there": each.code in there,
        }
        for each in READY_MADE
    ]  # fmt: skip
    return answer({"items": items})


@router.post("/rules/ready-made/{code}", auth=WRITE, response={201: Rules})
@once
def take_ready_made_rules(request: ApiRequest, code: Path[ReadyMadeCode]) -> HttpResponse:
    """Switch a ready-made set on; those of its rules that are there by name are left as they are. A sketch is kept as
    a draft, to be filled in.
    """
    require(may_set_desk_rules(request.viewer))
    made = take_ready_made(BY_CODE[code], by=request.viewer)
    return answer({"items": [_row(latest(rule)) for rule in made]}, status=201)


@router.get("/rules/{rule_id}", auth=READ, response=RuleOut)
def read_rule(request: ApiRequest, rule_id: Path[Id]) -> HttpResponse:
    """A rule as it stands in force, or as it was or shall be last, with its ETag. Three statements."""
    return state_answer(request, _row(latest(_known(request, rule_id))))


@router.get("/rules/{rule_id}/text", auth=READ, response=RuleText)
def read_rule_text(request: ApiRequest, rule_id: Path[Id]) -> HttpResponse:
    """A rule as text in TOML, with names in place of numbers. Three statements, and one for each row named."""
    rule = _known(request, rule_id)
    return answer({"text": as_text(rule, latest(rule).body)})


@router.delete("/rules/{rule_id}", auth=WRITE, response={204: None})
@once
def delete_rule(request: ApiRequest, rule_id: Path[Id]) -> HttpResponse:
    """Take a rule out of force and out of the lists; 409 `events.rule_is_ours` for one the desk brings."""
    remove_rule(_known(request, rule_id), by=request.viewer)
    return nothing()


@router.put("/rules/{rule_id}/state", auth=WRITE, response=RuleOut)
@once
def switch_rule(request: ApiRequest, rule_id: Path[Id], given: Switch) -> HttpResponse:
    """Switch a rule on, as it says last, or off."""
    rule = _known(request, rule_id)
    if given.is_on:
        check_reach(request.viewer, rule.versions.order_by("-number")[0].body)
        switch_on(rule, by=request.viewer)
    else:
        deactivate(rule, by=request.viewer)
    return answer(_row(latest(rule)))


@router.put("/rules/{rule_id}/position", auth=WRITE, response=RuleOut)
@once
def place_rule(request: ApiRequest, rule_id: Path[Id], given: Place) -> HttpResponse:
    """Have a rule act before those of a higher position that hear the same event."""
    rule = _known(request, rule_id)
    place(rule, position=given.position, by=request.viewer)
    return answer(_row(latest(rule)))


@router.get("/rules/{rule_id}/versions", auth=READ, response=RuleVersions)
def list_rule_versions(request: ApiRequest, rule_id: Path[Id]) -> HttpResponse:
    """What a rule said when, who changed it and why; the newest hundred. Four statements."""
    found = _known(request, rule_id).versions.order_by("-number")[:SHOWN]
    return answer({"items": [_version(each) for each in found]})


@router.post("/rules/{rule_id}/versions", auth=WRITE, response={201: RuleVersionOut})
@once
@transaction.atomic
def change_rule(request: ApiRequest, rule_id: Path[Id], given: NewVersion) -> HttpResponse:
    """Have a rule say something else: as a draft, or with `is_on` from now on. With `If-Match`, only in the state read.

    `body` or `text` says what; the text of one rule in TOML brings its name along.
    """
    rule = _known(request, rule_id)
    check_state(request, _row(latest(rule)))
    sent = given.sent()
    with naming(FIELD_OF):
        if "text" in sent:
            said = read_rules(given.text)[0]
            keep_rule(said, by=request.viewer, rule=rule, reason=given.reason, is_on=given.is_on)
        else:
            body = _body(given.body) if "body" in sent else latest(rule).body
            check_reach(request.viewer, body)
            name = sent.get("name", rule.name)
            version = save_draft(name=name, body=body, by=request.viewer, rule=rule, reason=given.reason)
            if given.is_on:
                activate(version, by=request.viewer)
    return answer(_version(rule.versions.order_by("-number")[0]), status=201)


@router.post("/rules/{rule_id}/versions/{version}/restoration", auth=WRITE, response=RuleVersionOut)
@once
def restore_rule(request: ApiRequest, rule_id: Path[Id], version: Path[Id]) -> HttpResponse:
    """Have what a version said hold from now on: as a new version, or, of a draft, itself."""
    rule = _known(request, rule_id)
    found = get_object_or_404(RuleVersion.objects.select_related("rule"), rule=rule, number=version)
    check_reach(request.viewer, found.body)
    return answer(_version(_again(go_back(found, by=request.viewer))))


@router.get("/rules/{rule_id}/trial", auth=READ, response=RuleTrial)
def try_rule(request: ApiRequest, rule_id: Path[Id], asked: Query[TrialAsked]) -> HttpResponse:
    """What the newest version would have done in the last days; nothing is performed. 10,000 events at most are looked
    at, and a hundred told, the latest first. Two statements for 500 events, one for each row a condition looks at.
    """
    rule = _known(request, rule_id)
    version = rule.versions.order_by("-number")[0]
    tried = tried_on(version, asked.days, most=asked.most)
    worth = [each for each in reversed(tried) if each.verdict != NO_MATCH][:SHOWN]
    counts = {verdict: sum(each.verdict == verdict for each in tried) for verdict in {each.verdict for each in tried}}
    seen = _seen(request, [each.subject for each in worth])
    items = [_tried(each) for each in worth if each.subject in seen]
    return answer(
        {
            "version": version.number, "looked_at": len(tried), "is_capped": len(tried) >= asked.most,
            "counts": counts, "items": items,
        }
    )  # fmt: skip


@router.get("/rules/{rule_id}/runs", auth=READ, response=RuleRuns)
def list_rule_runs(request: ApiRequest, rule_id: Path[Id]) -> HttpResponse:
    """What a rule did last, on tickets you see. Six statements."""
    runs = latest_runs(list(_known(request, rule_id).versions.order_by("-number")))
    seen = _seen(request, [run.subject for run in runs])
    return answer({"items": [_run(run) for run in runs if run.subject in seen]})


@router.get("/rules/{rule_id}/failures", auth=READ, response=RuleFailures)
def list_rule_failures(request: ApiRequest, rule_id: Path[Id]) -> HttpResponse:
    """The events that a rule could not act on and waits to be looked at for, each with the chain of what led there; the
    latest twenty. Six statements.
    """
    failed = list(_parked(_known(request, rule_id)).order_by("-pk")[:20])
    chains = chains_of([each.event_id for each in failed])
    items = [
        {
            "id": each.pk, "event_id": each.event_id, "subject": each.subject, "error": each.error,
            "attempts": each.attempts, "at": each.created_at,
            "chain": [
                {"event_id": one.id, "code": one.code, "subject": one.subject, "actor": one.actor, "at": one.at}
                for one in chains[each.event_id]
            ],
        }
        for each in failed
    ]  # fmt: skip
    return answer({"items": items})


@router.post("/rules/{rule_id}/failures/{failure_id}/retry", auth=WRITE, response={204: None})
@once
def retry_rule_failure(request: ApiRequest, rule_id: Path[Id], failure_id: Path[Id]) -> HttpResponse:
    """Have a rule try an event once more that it could not act on."""
    require(may_operate(request.viewer))
    retry_delivery(get_object_or_404(_parked(_known(request, rule_id)), pk=failure_id), by=request.viewer)
    return nothing()


@router.post("/rules/{rule_id}/failures/{failure_id}/drop", auth=WRITE, response={204: None})
@once
def drop_rule_failure(request: ApiRequest, rule_id: Path[Id], failure_id: Path[Id], given: WhyGivenUp) -> HttpResponse:
    """Give up an event that a rule could not act on, and say why."""
    require(may_operate(request.viewer))
    failure = get_object_or_404(_parked(_known(request, rule_id)), pk=failure_id)
    with naming({"events.reason_needed": "reason"}):
        drop_delivery(failure, reason=given.reason, by=request.viewer)
    return nothing()


@router.get("/tickets/{number}/why", auth=Scope("tickets:read", staff=True), response=Whys)
def read_why(request: ApiRequest, number: Path[Number]) -> HttpResponse:
    """What rules did on a ticket, the latest hundred: in which version, on which event, by which values. Two statements
    beside the ticket.
    """
    ticket = seen_ticket(request, number)
    require(may_read_notes(request.viewer, ticket))
    runs = RuleRun.objects.filter(subject=ticket.key).select_related("version__rule").order_by("-id")[:SHOWN]
    items = [
        {**_run(run), "rule_id": run.version.rule_id, "rule": run.version.rule.name, "values": run.values_used}
        for run in runs
    ]
    return answer({"items": items})


def _known(request: ApiRequest, pk: int) -> Rule:
    """A rule that is the asker's to see and change; else a 404. Three statements at most."""
    require(may_set_rules(request.viewer))
    rule = get_object_or_404(Rule, pk=pk, removed_at=None)
    if not may_change_rule(request.viewer, latest(rule).body):
        raise Http404
    return rule


def _again(version: RuleVersion) -> RuleVersion:
    """The version as the database has it, with the times it set."""
    return RuleVersion.objects.select_related("rule").get(pk=version.pk)


def _parked(rule: Rule) -> Any:
    handlers = [f"{part}:{pk}" for part in ("rule", "wait") for pk in rule.versions.values_list("pk", flat=True)]
    return Delivery.objects.filter(state=Delivery.PARKED, handler__in=handlers)


def _body(given: RuleBody) -> dict[str, Any]:
    """What was sent as a rule keeps it: what was left out is not there."""
    said: dict[str, Any] = given.model_dump(by_alias=True, exclude_unset=True)
    return {"when": [], "if": {}, **said}


def _row(version: RuleVersion) -> dict[str, Any]:
    rule: Rule = version.rule
    return {
        "id": rule.pk, "name": rule.name, "slug": rule.slug or "", "position": rule.position,
        "is_on": is_on(version), "version": version.number, "team_id": version.body.get("team"), "body": version.body,
    }  # fmt: skip


def _version(version: RuleVersion) -> dict[str, Any]:
    return {
        "number": version.number, "body": version.body, "is_on": is_on(version), "actor": version.actor,
        "reason": version.reason, "created_at": version.created_at, "active_from": version.active_from,
        "active_until": version.active_until,
    }  # fmt: skip


def _run(run: RuleRun) -> dict[str, Any]:
    return {
        "event_id": run.event_id, "subject": run.subject, "version": run.version.number, "did": _did(run.done),
        "error": run.error, "held": run.held, "at": run.at,
    }  # fmt: skip


def _did(steps: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The operations of a run; one that did nothing says why, in words too."""
    return [{**step, "reason": why_skipped(step["skipped"])} if "skipped" in step else step for step in steps]


def _tried(trial: Trial) -> Mapping[str, Any]:
    return {
        "event_id": trial.event_id if trial.event_id > 0 else None, "at": trial.at, "code": trial.code,
        "subject": trial.subject, "verdict": trial.verdict, "would_do": _did(trial.would_do),
        "is_recorded": trial.is_recorded, "error": trial.error, "held": trial.held,
    }  # fmt: skip


def _seen(request: ApiRequest, subjects: list[str]) -> set[str]:
    """Which of these the asker may hear of: tickets they see, and what is no ticket. One statement, none for none."""
    ids = {int(subject.partition(":")[2]) for subject in subjects if subject.startswith("ticket:")}
    found = Ticket.objects.visible_to(request.viewer).filter(pk__in=ids) if ids else ()
    return {ticket.key for ticket in found} | {each for each in subjects if not each.startswith("ticket:")}
