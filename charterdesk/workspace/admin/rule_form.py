"""A rule by form: when, if, then. Rows come and go without a script; what was written stays while they do."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charterdesk.calendars.queries import desk_zone
from charterdesk.events.choices import Choices, Lists
from charterdesk.events.conditions import comparisons
from charterdesk.events.expression_problems import Wrong, unknown_fields, wrong_in
from charterdesk.events.facts import known_sources
from charterdesk.events.models import Rule, RuleVersion
from charterdesk.events.rule_changes import activate, place, save_draft
from charterdesk.events.rule_fields import known_fields, remembered_fields
from charterdesk.events.rule_lists import is_on, latest, versions_of
from charterdesk.events.rule_times import DESK
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.rule_reach import (
    check_reach,
    is_of_teams,
    may_change_rule,
    may_set_desk_rules,
    may_set_rules,
    teams_of_rules,
)
from charterdesk.workspace.admin.desk import asking_path
from charterdesk.workspace.admin.forms import carried_out
from charterdesk.workspace.admin.rule_deeds import DEED_OF, DEEDS, OF_NO_TICKET, remembered_deeds
from charterdesk.workspace.admin.rule_rows import (
    GROUPS,
    Asked,
    Body,
    Deeds,
    Fields,
    Step,
    asked_of,
    condition_of,
    mark_problems,
    numbered,
    posted_rows,
    posted_steps,
    steps_of,
)
from charterdesk.workspace.admin.rule_words import DAYS, date_choices, event_choices
from charterdesk.workspace.staff import StaffRequest, View, is_fragment, say

EVENT, WAIT, DATE, HOURLY, DAILY, OF_DESK = "event", "wait", "date", "hourly", "daily", "desk"
KINDS = [
    (EVENT, gettext_lazy("something happens")),
    (WAIT, gettext_lazy("some time has passed since something happened")),
    (DATE, gettext_lazy("a date of the ticket comes near or has passed")),
    (DAILY, gettext_lazy("it is a time of day")),
    (HOURLY, gettext_lazy("some hours have passed, again and again")),
    (OF_DESK, gettext_lazy("it is a time of day, for the desk as a whole")),
]
HOURS = [
    ("", gettext_lazy("at any hour")),
    ("open", gettext_lazy("only in the team's opening hours")),
    ("closed", gettext_lazy("only outside of the team's opening hours")),
]
UNITS = [("h", gettext_lazy("hours")), ("d", gettext_lazy("days")), ("m", gettext_lazy("minutes"))]
SIDES = [("after", gettext_lazy("after")), ("before", gettext_lazy("before"))]
FIRST_EVENT = "ticket.opened"
USUAL = ("ticket", "field", "message", "contact", "contact_field", "organisation", "organisation_field")
AGAIN = {"add", "drop", "again"}
LISTS = ("when", "days")


class RuleForm(forms.Form):
    """A rule but for its conditions and deeds, which are rows beside."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("It acts when"), choices=KINDS, initial=EVENT)
    when = forms.MultipleChoiceField(label=gettext_lazy("What happens"), required=False)
    span = forms.FloatField(label=gettext_lazy("How long"), required=False, min_value=0, initial=1)
    unit = forms.ChoiceField(label=gettext_lazy("Unit"), choices=UNITS, required=False)
    side = forms.ChoiceField(label=gettext_lazy("Before or after"), choices=SIDES, required=False)
    date = forms.ChoiceField(label=gettext_lazy("Date"), required=False)
    time = forms.TimeField(
        label=gettext_lazy("Time"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    days = forms.TypedMultipleChoiceField(
        label=gettext_lazy("On which days"),
        choices=DAYS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked: every day."),
    )
    zone = forms.ChoiceField(label=gettext_lazy("Time zone"), required=False)
    hours = forms.ChoiceField(label=gettext_lazy("Hours"), choices=HOURS, required=False)
    cel = forms.CharField(
        label=gettext_lazy("Expression, for experts"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "ltr", "spellcheck": "false"}),
    )
    team = forms.TypedChoiceField(label=gettext_lazy("For tickets of"), coerce=int, empty_value=None, required=False)
    position = forms.IntegerField(
        label=gettext_lazy("Order"),
        min_value=0,
        max_value=9999,
        initial=100,
        help_text=gettext_lazy("Rules that hear the same act by this number, the lowest first."),
    )
    once = forms.BooleanField(label=gettext_lazy("Once for each ticket"), required=False)
    stop = forms.BooleanField(label=gettext_lazy("No later rule acts on what it acted on"), required=False)
    at_most = forms.IntegerField(label=gettext_lazy("At most so often in an hour"), min_value=1, required=False)
    reason = forms.CharField(label=gettext_lazy("Why this change"), max_length=300, required=False)

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every: list[tuple[Any, Any]] = [("", _("every team"))] if may_set_desk_rules(viewer) else []
        choices: dict[str, Any] = {
            "when": event_choices(),
            "date": cache(date_choices),  # asked for where it is shown
            "zone": _zones,
            "team": [*every, *teams_of_rules(viewer)],
            "kind": KINDS if may_set_desk_rules(viewer) else [each for each in KINDS if each[0] != OF_DESK],
        }
        for name, found in choices.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]

    def body(self, asked: Asked, steps: Sequence[Step]) -> dict[str, Any]:
        """What the form says, as a rule keeps it; only for one that is valid."""
        data = self.cleaned_data
        said: dict[str, Any] = {"when": data["when"] if data["kind"] in (EVENT, WAIT) else [], **self._times(data)}
        guards = {name: data[name] for name in ("team", "once", "stop", "at_most") if data[name]}
        deeds = [{"operation": step.deed.operation, **({"args": step.args} if step.args else {})} for step in steps]
        return {**said, **guards, "if": condition_of(asked), "then": deeds}

    @staticmethod
    def _times(data: Mapping[str, Any]) -> dict[str, Any]:
        hours = round((data["span"] or 0) * {"d": 24, "m": 1 / 60}.get(data["unit"], 1), 4)
        hours = int(hours) if hours == int(hours) else hours
        if data["kind"] == WAIT:
            return {"wait": {"hours": hours}}
        if data["kind"] == DATE:
            return {"around": {"date": data["date"], "hours": -hours if data["side"] == "before" else hours}}
        if data["kind"] == HOURLY:
            return {"every": {"hours": hours}}
        if data["kind"] in (DAILY, OF_DESK):
            time = data["time"].strftime("%H:%M") if data["time"] else ""
            days = {"days": data["days"]} if data["days"] else {}
            whole = {DESK: True} if data["kind"] == OF_DESK else {}
            return {"every": {"time": time, "zone": data["zone"] or desk_zone(), **days}, **whole}
        return {}


def _zones() -> list[tuple[str, str]]:
    return [(zone, zone) for zone in sorted(available_timezones())]


def initial_of(body: Body, rule: Rule | None) -> dict[str, Any]:
    """The fields of a rule that was kept."""
    around, every, wait = body.get("around"), body.get("every"), body.get("wait")
    kind = WAIT if wait else DATE if around else EVENT
    if every:
        kind = HOURLY if "hours" in every else OF_DESK if body.get(DESK) else DAILY
    span, unit = _span(abs((wait or around or every or {}).get("hours", 1)))
    return {
        "name": str(rule) if rule else "",
        "position": rule.position if rule else 100,
        "kind": kind,
        "when": body.get("when", [FIRST_EVENT]),
        "span": span,
        "unit": unit,
        "side": "before" if around and around["hours"] < 0 else "after",
        "date": around["date"] if around else "ticket.due_at",
        **{name: (every or {}).get(name) for name in ("time", "days")},
        "zone": (every or {}).get("zone") or ("UTC" if every else desk_zone),
        **{name: body.get(name) for name in ("team", "once", "stop", "at_most")},
    }


def _span(hours: float) -> tuple[float, str]:
    if hours >= 24 and hours % 24 == 0:
        return hours / 24, "d"
    return (hours, "h") if hours >= 1 else (round(hours * 60), "m")


def known_rule(request: StaffRequest, pk: int) -> Rule:
    """The rule of that number, if it is the viewer's to see; else a 404. Three statements at most."""
    found = get_object_or_404(Rule, pk=pk, removed_at=None)
    if not may_set_desk_rules(request.viewer) and not may_change_rule(request.viewer, latest(found).body):
        raise Http404
    return found


def known_versions(request: StaffRequest, pk: int) -> list[RuleVersion]:
    """As `known_rule`, but what it said, the newest first, each with the rule. One statement."""
    return may_see(request, versions_of(pk))


def may_see(request: StaffRequest, found: list[RuleVersion]) -> list[RuleVersion]:
    """The versions of one rule, the newest first, if it is the viewer's to see; else a 404. No statement."""
    if not found or not may_change_rule(request.viewer, next(filter(is_on, found), found[0]).body):
        raise Http404
    return found


def rule_path(route: str, view: View, name: str) -> URLPattern:
    """An address for whoever sets up rules, of the desk or of a team."""
    return asking_path(route, view, name, may_set_rules)


def rule(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """GET and POST admin/rules/<id> or admin/rules/new: look at one, change it, make one. `add`, `drop` and `again`
    only show the form anew, with another row, without one, or with what fits what was chosen."""
    instance = known_rule(request, pk) if pk else None
    body = latest(instance).body if instance else {}
    lists = Lists()
    fields, deeds = _usual_first(remembered_fields(lists)), remembered_deeds(lists)
    data = request.POST if request.method == "POST" else None
    lists.read(_chosen_from(fields, deeds, *(_named_in(body) if data is None else _posted(data))))
    if data is None:
        asked, steps = asked_of(fields, body.get("if") or {}), steps_of(body, deeds)
        if asked is None or steps is None or (body.get(DESK) and "hours" in body["every"]):
            return redirect("workspace:rule_text", instance.pk if instance else 0)
        form = RuleForm(request.viewer, initial={**initial_of(body, instance), "hours": asked.hours, "cel": asked.cel})
        return _page(request, form, instance, asked, steps, fields)
    fitting = _deeds(request.viewer, data.get("kind", ""))
    steps = posted_steps(data, {code: deeds[code] for code in fitting})
    asked = Asked(rows=posted_rows(fields, data), hours=data.get("hours", ""), cel=data.get("cel", ""))
    if AGAIN & set(data):
        said = {
            name: data.getlist(name) if name in LISTS else data[name] for name in RuleForm.base_fields if name in data
        }
        said = {**initial_of({}, None), **said}  # what was not asked before begins with what is usual
        return _page(request, RuleForm(request.viewer, initial=said), instance, asked, steps, fields)
    form = RuleForm(request.viewer, data)
    if mark_problems(asked.rows, steps):
        form.add_error(None, _("Nothing was saved yet: look where something is marked."))
    if form.is_valid() and (version := _keep(request, form, instance, asked, steps)):
        if "try" in data:
            return redirect("workspace:try_rule", version.rule_id)
        say(request, _("Saved. It acts from now on.") if "activate" in data else _("Saved. It is not switched on yet."))
        return redirect("workspace:rule_versions", version.rule_id)
    return _page(request, form, instance, asked, steps, fields)


def _usual_first(fields: Fields) -> Fields:
    """`fields`, with those of the request and of whoever sent it before the others."""
    places = {source: place for place, source in enumerate(USUAL)}
    return dict(sorted(fields.items(), key=lambda item: places.get(item[0].partition(".")[0], len(USUAL))))


def _named_in(body: Body) -> tuple[list[str], list[str]]:
    """The fields and the operations that a rule names."""
    asked = [part["field"] for part in comparisons(body.get("if") or {})]
    return asked, [step["operation"] for step in body.get("then", ())]


def _posted(data: QueryDict) -> tuple[list[str], list[str]]:
    """The fields and the operations that a form names."""
    asked = [data.get(name, "") for name in data if name.endswith("-field")]
    return asked, [data.get(name, "") for name in data if name.endswith("-operation")]


def _chosen_from(
    fields: Fields, deeds: Deeds, asked: Sequence[str], done: Sequence[str]
) -> list[Callable[[], Choices] | None]:
    """What the inputs of these fields and operations choose from."""
    wanted = [one for code in done if code in deeds for one in deeds[code].wants]
    return [*(fields[code].choices for code in asked if code in fields), *(one.choices for one in wanted)]


def _keep(
    request: StaffRequest, form: RuleForm, instance: Rule | None, asked: Asked, steps: Sequence[Step]
) -> RuleVersion | None:
    body = form.body(asked, steps)
    made: list[RuleVersion] = []

    def keep() -> None:
        data = form.cleaned_data
        check_reach(request.viewer, body)
        name = instance.name if instance and data["name"] == str(instance) else data["name"]
        made.append(save_draft(name=name, body=body, by=request.viewer, rule=instance, reason=data["reason"]))
        place(made[0].rule, position=data["position"], by=request.viewer)
        if "activate" in request.POST:
            activate(made[0], by=request.viewer)

    return made[0] if carried_out(form, keep, fields={"tickets.rule_reach": "team"}) else None


def _page(
    request: StaffRequest,
    form: RuleForm,
    instance: Rule | None,
    asked: Asked,
    steps: Sequence[Step],
    fields: Fields,
) -> HttpResponse:
    by_group: dict[str, list[tuple[str, Any]]] = {}
    for code, field in fields.items():
        by_group.setdefault(str(field.group), []).append((code, field.label))
    context = {
        "form": form,
        "rule": instance,
        "kind": form["kind"].value() or EVENT,
        "whens": _whens(request, form),
        "groups": [(code, title, [row for row in asked.rows if row.group == code]) for code, title in GROUPS.items()],
        "names": list(by_group.items()),
        "steps": numbered(steps),
        "deeds": [DEED_OF[code] for code in _deeds(request.viewer, form["kind"].value())],
        **_checked(asked.cel, fields),
        "place": "admin",
    }
    template = "workspace/rules/form.html" if is_fragment(request) else "workspace/rules/rule.html"
    return render(request, template, context, status=422 if form.errors else 200)


def _deeds(viewer: Viewer, kind: str) -> list[str]:
    """What a rule of the viewer's can do, by operation; without a ticket, what needs none."""
    if kind == OF_DESK:
        return list(OF_NO_TICKET)
    return [deed.operation for deed in DEEDS if may_set_desk_rules(viewer) or is_of_teams(deed.operation)]


def _whens(request: StaffRequest, form: RuleForm) -> list[str]:
    """The events that are chosen, with another or without one if that was asked; one at least."""
    chosen = list(form["when"].value() or ())
    if request.POST.get("add") == "when":
        chosen.append(FIRST_EVENT)
    dropped = request.POST.get("drop", "").removeprefix("when-")
    if dropped.isdecimal() and int(dropped) < len(chosen):
        chosen.pop(int(dropped))
    return chosen or [FIRST_EVENT]


def _checked(expression: str, fields: Iterable[str]) -> dict[str, Any]:
    """What is wrong with an expression that is being written, and what may be: names like those of `fields`."""
    sources = known_sources()
    wrong: Wrong | None = wrong_in(expression, sources) if expression.strip() else None
    hints = [] if wrong else unknown_fields(expression, sources, fields)
    return {"cel": expression, "wrong": wrong, "hints": hints}


def check(request: StaffRequest) -> HttpResponse:
    """GET admin/rules/check?cel=: whether an expression can be read, while it is typed. One statement."""
    return render(request, "workspace/rules/checked.html", _checked(request.GET.get("cel", ""), known_fields()))


urls = [
    rule_path("admin/rules/new", rule, name="new_rule"),
    rule_path("admin/rules/check", check, name="check_rule"),
    rule_path("admin/rules/<int:pk>", rule, name="rule"),
]
