"""Macros by form: whose they are, what they say in each language, on which tickets, and what they do."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import linebreaks
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from charterdesk.base.html import html_to_text
from charterdesk.base.refused import require
from charterdesk.people.models import LANGUAGES, Agent, Team
from charterdesk.people.permissions import SET_TEXTS
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.actions import remove_macro, save_macro
from charterdesk.tickets.macros import FACTS, ME, ONLY, condition_for
from charterdesk.tickets.models import Macro, Ticket
from charterdesk.tickets.own_templates import known_templates
from charterdesk.tickets.policies import may_administer, may_change_macro, may_manage_macros
from charterdesk.workspace.admin.forms import carried_out, form_page
from charterdesk.workspace.macro_words import words_of_steps
from charterdesk.workspace.staff import StaffRequest, say, staff_path

MINE, SHARED = "mine", "shared"
HOURS = [("", gettext_lazy("no")), (0, gettext_lazy("until a reply")), (4, gettext_lazy("4 hours"))]
DAYS = [(24, gettext_lazy("1 day")), (72, gettext_lazy("3 days")), (168, gettext_lazy("1 week"))]
STATUSES = (Ticket.OPEN, Ticket.PENDING, Ticket.ON_HOLD)


def _split(text: str, by: str) -> list[str]:
    return [part.strip() for part in text.split(by) if part.strip()]


class MacroForm(forms.Form):
    """A macro. The texts are fields of their own, one for each language."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    whose = forms.ChoiceField(label=gettext_lazy("Who uses it"))
    kind = forms.ChoiceField(label=gettext_lazy("The text is a"), choices=Macro.KINDS, initial=Macro.REPLY)
    template = forms.ChoiceField(
        label=gettext_lazy("The text is"),
        required=False,
        help_text=gettext_lazy("A template's text is taken as it is when the macro is used."),
    )
    types = forms.MultipleChoiceField(
        label=gettext_lazy("Only for"), required=False, choices=Ticket.TYPES, widget=forms.CheckboxSelectMultiple
    )
    channels = forms.MultipleChoiceField(
        label=gettext_lazy("Only when it came by"),
        required=False,
        choices=Ticket.CHANNELS,
        widget=forms.CheckboxSelectMultiple,
    )
    tags = forms.CharField(label=gettext_lazy("Only with one of these tags"), required=False, max_length=300)
    agent = forms.ChoiceField(label=gettext_lazy("Give it to"), required=False)
    team = forms.ChoiceField(label=gettext_lazy("Hand it to the team"), required=False)
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    priority = forms.TypedChoiceField(label=gettext_lazy("Priority"), required=False, coerce=int, empty_value=None)
    type = forms.ChoiceField(label=gettext_lazy("Type"), required=False)
    add = forms.CharField(label=gettext_lazy("Add tags"), required=False, max_length=300)
    remove = forms.CharField(label=gettext_lazy("Take off tags"), required=False, max_length=300)
    hours = forms.TypedChoiceField(
        label=gettext_lazy("Put it off"), required=False, coerce=int, empty_value=None, choices=[*HOURS, *DAYS]
    )
    follow = forms.BooleanField(label=gettext_lazy("Follow it"), required=False)
    items = forms.CharField(
        label=gettext_lazy("Checklist"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=gettext_lazy("One thing to do a line."),
    )
    sms = forms.CharField(
        label=gettext_lazy("Send an SMS, saying"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=gettext_lazy("To the number they wrote from, else to the first we know. May name {{ reference }}."),
    )
    solution = forms.CharField(
        label=gettext_lazy("Solve it, saying"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=gettext_lazy("The customer gets this as the solution, in whatever language it is written."),
    )
    is_active = forms.BooleanField(label=gettext_lazy("In use"), required=False, initial=True)

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leave: list[tuple[Any, Any]] = [("", _("leave it"))]
        teams = list(Team.objects.order_by("name"))
        agents = Agent.objects.filter(is_active=True).order_by("name")
        names = dict(Ticket.STATUSES)
        choices: dict[str, list[tuple[Any, Any]]] = {
            "whose": _owners(viewer, teams),
            "template": [("", _("written here")), *known_templates()],
            "agent": [*leave, (ME, _("whoever uses it")), ("release", _("nobody: back in the queue"))]
            + [(each.key, each.name) for each in agents],
            "team": leave + [(each.key, each.name) for each in teams],
            "status": leave + [(status, names[status]) for status in STATUSES],
            "priority": leave + list(Ticket.PRIORITIES),
            "type": leave + list(Ticket.TYPES),
        }
        for name, options in choices.items():
            self.fields[name].choices = options  # type: ignore[attr-defined]

    def macro_fields(self) -> dict[str, Any]:
        """What `save_macro` takes, beside the texts."""
        data = self.cleaned_data
        whose: str = data["whose"]
        return {
            "name": data["name"],
            "kind": data["kind"],
            "template": data["template"],
            "is_active": data["is_active"],
            "team": Team.objects.get(pk=int(whose)) if whose not in (MINE, SHARED) else None,
            "condition": self._condition(),
            "steps": self._steps(),
        }

    def _condition(self) -> dict[str, Any]:
        tags = _split(self.cleaned_data["tags"].lower(), ",")
        return condition_for(tags=tags, **{name: self.cleaned_data.get(name) or [] for name in ONLY})

    def _steps(self) -> list[dict[str, Any]]:
        """In the order in which they make sense: the team before the agent, the solution last."""
        data = self.cleaned_data
        add, remove = _split(data["add"], ","), _split(data["remove"], ",")
        is_release = data["agent"] == "release"
        waits = data["status"] in (Ticket.PENDING, Ticket.ON_HOLD)
        wanted: list[tuple[str, bool, dict[str, Any]]] = [
            ("move", bool(data["team"]), {"team": data["team"]}),
            ("release", is_release, {}),
            ("assign", bool(data["agent"]) and not is_release, {"agent": data["agent"]}),
            ("prioritise", data["priority"] is not None, {"priority": data["priority"]}),
            ("classify", bool(data["type"]), {"type": data["type"]}),
            ("tag", bool(add or remove), {"add": add, "remove": remove}),
            ("follow", data["follow"], {"agent": ME}),
            ("add_items", bool(data["items"].strip()), {"items": _split(data["items"], "\n")}),
            ("resume", data["status"] == Ticket.OPEN, {}),
            ("pause", waits, {"status": data["status"]}),
            ("snooze", data["hours"] is not None, {"hours": data["hours"], "agent": ME}),
            ("send_sms", bool(data["sms"].strip()), {"text": data["sms"].strip()}),
            ("solve", bool(data["solution"].strip()), {"solution": data["solution"].strip()}),
        ]
        return [{"operation": f"tickets.{name}", "args": args} for name, is_wanted, args in wanted if is_wanted]


def _owners(viewer: Viewer, teams: list[Team]) -> list[tuple[Any, Any]]:
    """Whose a macro may be that `viewer` makes."""
    owners: list[tuple[Any, Any]] = [(MINE, _("only you"))]
    owners += [(str(team.pk), team.name) for team in teams if may_manage_macros(viewer, team_id=team.pk)]
    return [*owners, (SHARED, _("everybody"))] if may_administer(viewer, SET_TEXTS) else owners


def _initial(macro: Macro) -> dict[str, Any]:
    """The fields of a macro that was kept."""
    args = {step["operation"].removeprefix("tickets."): step.get("args", {}) for step in macro.steps}
    parts = macro.condition.get("all", [])
    only = {name: part["value"] for name, field in ONLY.items() for part in parts if part.get("field") == field}
    tags = [each["value"] for part in parts for each in part.get("any", [])]
    status = Ticket.OPEN if "resume" in args else args.get("pause", {}).get("status", "")
    return {
        **only,
        "tags": ", ".join(tags),
        "name": macro.name,
        "kind": macro.kind,
        "template": macro.template,
        "is_active": macro.is_active,
        "whose": MINE if macro.agent_id else str(macro.team_id or SHARED),
        "agent": "release" if "release" in args else args.get("assign", {}).get("agent", ""),
        "team": args.get("move", {}).get("team", ""),
        "status": status,
        "priority": args.get("prioritise", {}).get("priority", ""),
        "type": args.get("classify", {}).get("type", ""),
        "add": ", ".join(args.get("tag", {}).get("add", ())),
        "remove": ", ".join(args.get("tag", {}).get("remove", ())),
        "hours": args.get("snooze", {}).get("hours", ""),
        "follow": "follow" in args,
        "items": "\n".join(args.get("add_items", {}).get("items", ())),
        "sms": args.get("send_sms", {}).get("text", ""),
        "solution": args.get("solve", {}).get("solution", ""),
    }


def _own_text(macro: Macro) -> str:
    """The text of `macro` in the reader's language, else in English, else in whichever it has; "" without any."""
    texts = macro.texts
    return str(texts.get(get_language() or "") or texts.get("en") or next(iter(texts.values()), ""))


def macros(request: StaffRequest) -> HttpResponse:
    """GET macros: those the viewer may use, the most used first. At most four statements."""
    found = Macro.objects.visible_to(request.viewer).select_related("team").order_by("-is_active", "-used", "name")
    steps = words_of_steps([step for each in found for step in each.steps])
    templates = dict(known_templates()) if any(each.template for each in found) else {}
    lines = []
    for each in found:
        own, steps = steps[: len(each.steps)], steps[len(each.steps) :]
        text = html_to_text(_own_text(each))
        template = templates.get(each.template, each.template)
        lines.append(
            {
                "macro": each,
                "text": text,
                "template": template,
                "steps": own,
                "may": may_change_macro(request.viewer, each),
            }
        )
    return render(request, "workspace/macros/list.html", {"lines": lines, "place": "admin"})


def macro(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """GET and POST macros/<id> or macros/new: look at one, change it, make one."""
    instance = get_object_or_404(Macro.objects.visible_to(request.viewer), pk=pk) if pk else Macro()
    require(pk is None or may_change_macro(request.viewer, instance))
    form = MacroForm(request.viewer, request.POST or None, initial=_initial(instance) if pk else None)
    if request.method == "POST" and form.is_valid() and _keep(form, instance, request):
        say(request, _("Saved."))
        return redirect("workspace:macros")
    texts = _texts(request) if request.method == "POST" else instance.texts
    languages = [(code, name, texts.get(code, "")) for code, name in LANGUAGES]
    context = {"macro": instance if pk else None, "languages": languages, "facts": FACTS}
    return form_page(request, "workspace/macros/form.html", form, **context)


def _texts(request: StaffRequest) -> dict[str, str]:
    """What was written in each language: from the editor, or where no script runs from the plain field."""
    return {
        code: request.POST.get(f"html_{code}") or linebreaks(request.POST.get(f"text_{code}", ""), autoescape=True)
        for code, _name in LANGUAGES
    }


def _keep(form: MacroForm, instance: Macro, request: StaffRequest) -> bool:
    def keep() -> None:
        fields = form.macro_fields()
        is_mine = form.cleaned_data["whose"] == MINE
        fields["agent"] = get_object_or_404(Agent, pk=request.viewer.agent_id) if is_mine else None
        save_macro(instance, by=request.viewer, texts=_texts(request), **fields)

    return carried_out(form, keep, fields={})


@require_POST
def remove(request: StaffRequest, pk: int) -> HttpResponse:
    """POST macros/<id>/removal: have it no more."""
    instance = get_object_or_404(Macro.objects.visible_to(request.viewer), pk=pk)
    require(may_change_macro(request.viewer, instance))
    remove_macro(instance, by=request.viewer)
    say(request, _("Removed."))
    return redirect("workspace:macros")


urls = [
    staff_path("macros", macros, name="macros"),
    staff_path("macros/new", macro, name="new_macro"),
    staff_path("macros/<int:pk>", macro, name="macro"),
    staff_path("macros/<int:pk>/removal", remove, name="remove_macro"),
]
