"""What is promised by when: targets of open time, by priority and whatever else makes a request different."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.calendars.models import BusinessCalendar
from charterdesk.people.entitled import entitlement_choices
from charterdesk.people.models import LANGUAGES, Team
from charterdesk.people.permissions import SET_PROMISES
from charterdesk.sla.actions import change_policy, create_policy, retire_policy
from charterdesk.sla.models import Policy, PolicyVersion, usual_warnings, waiting
from charterdesk.tickets.models import Ticket
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.admin.fields import OpenTimeField, PercentsField, SecondsField, open_time
from charterdesk.workspace.admin.forms import carried_out, form_page
from charterdesk.workspace.staff import StaffRequest, say

FIELD_OF = {"sla.no_target": "first_reply", "sla.warnings": "warnings"}
PAUSES = [(code, name) for code, name in Ticket.STATUSES if code in (Ticket.PENDING, Ticket.ON_HOLD)]
SAW_PROMISES = "saw_promises"
"""In the session of somebody who looked at them: one of the first steps."""
OPEN_TIME = gettext_lazy("Open time as 4:30; empty promises nothing.")


def several(label: Any, choices: Sequence[tuple[Any, Any]] = (), **kwargs: Any) -> forms.TypedMultipleChoiceField:
    """Any number of boxes to tick."""
    return forms.TypedMultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple, empty_value=[], **kwargs
    )


class PolicyForm(forms.Form):
    """Targets, and which requests they are for; no box ticked is all of them."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    first_reply = OpenTimeField(label=gettext_lazy("First reply within"), help_text=OPEN_TIME)
    next_reply = OpenTimeField(
        label=gettext_lazy("Next reply within"),
        help_text=gettext_lazy("When the customer writes again after an answer. Open time as 4:30."),
    )
    resolution = OpenTimeField(label=gettext_lazy("Solution within"), help_text=OPEN_TIME)
    answer = SecondsField(
        label=gettext_lazy("Calls answered within, in seconds"),
        help_text=gettext_lazy("Such as 30. Counts while the line is open; empty promises nothing."),
    )
    priorities = several(gettext_lazy("Priority"), Ticket.PRIORITIES, coerce=int)
    types = several(gettext_lazy("Type"), Ticket.TYPES)
    team_ids = several(gettext_lazy("Team"), coerce=int)
    channels = several(gettext_lazy("Channel"), Ticket.CHANNELS)
    languages = several(gettext_lazy("Language"), LANGUAGES)
    entitlements = several(gettext_lazy("What the customer has bought"))
    calendar = forms.ModelChoiceField(
        label=gettext_lazy("Opening hours"),
        queryset=BusinessCalendar.objects.order_by("name"),
        required=False,
        empty_label=gettext_lazy("those of the contract, the channel or the team"),
    )
    pauses = several(gettext_lazy("The clock of the solution stands while the request is"), PAUSES)
    warnings = PercentsField(
        label=gettext_lazy("Warn when this much of the time is used, in percent"),
        max_length=40,
        help_text=gettext_lazy("Such as 50, 80: a warning at half of the time, and one more at four fifths."),
    )
    position = forms.IntegerField(
        label=gettext_lazy("Position"),
        min_value=1,
        max_value=32767,
        help_text=gettext_lazy("The first promise that fits a request, by position, is the one it gets."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team_ids"].choices = list(Team.objects.order_by("name").values_list("pk", "name"))  # type: ignore[attr-defined]
        sold = entitlement_choices()
        kept = [(code, code) for code in self.initial.get("entitlements", ()) if code not in dict(sold)]
        self.fields["entitlements"].choices = [*sold, *kept]  # type: ignore[attr-defined]

    @property
    def conditions(self) -> list[forms.BoundField]:
        """The fields that say which requests."""
        names = ("priorities", "types", "team_ids", "channels", "languages", "entitlements")
        return [self[name] for name in names if self.fields[name].choices]  # type: ignore[attr-defined]


@dataclass(frozen=True, kw_only=True)
class Line:
    """A promise in the list, in words."""

    version: PolicyVersion
    holds_for: str
    first_reply: str
    next_reply: str
    resolution: str
    answer: int | None


def policies(request: StaffRequest) -> HttpResponse:
    """GET admin/promises: those in force, in the order in which they are tried. Two statements."""
    request.session[SAW_PROMISES] = True
    in_force = PolicyVersion.objects.filter(active_until=None).select_related("policy", "calendar")
    teams = dict(Team.objects.values_list("pk", "name"))
    lines = [_line(version, teams) for version in in_force.order_by("position", "pk")]
    return render(request, "workspace/admin/policies.html", {"lines": lines, "place": "admin"})


def _line(version: PolicyVersion, teams: dict[int, str]) -> Line:
    return Line(
        version=version,
        holds_for=holds_for(version, teams),
        first_reply=open_time(version.first_reply) if version.first_reply else "",
        next_reply=open_time(version.next_reply) if version.next_reply else "",
        resolution=open_time(version.resolution) if version.resolution else "",
        answer=int(version.answer.total_seconds()) if version.answer else None,
    )


def holds_for(version: PolicyVersion, teams: dict[int, str]) -> str:
    """Which requests `version` is for, in words."""
    named: list[tuple[Sequence[Any], dict[Any, Any]]] = [
        (version.priorities, dict(Ticket.PRIORITIES)),
        (version.types, dict(Ticket.TYPES)),
        (version.team_ids, dict(teams)),
        (version.channels, dict(Ticket.CHANNELS)),
        (version.languages, dict(LANGUAGES)),
        (version.entitlements, dict(entitlement_choices()) if version.entitlements else {}),
    ]
    parts = [" / ".join(str(names.get(value, value)) for value in values) for values, names in named if values]
    return " · ".join(parts) or _("all requests")


def policy(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """GET and POST admin/promises/<id> or admin/promises/new: look at one, change it, add one."""
    instance = get_object_or_404(Policy, pk=pk) if pk else None
    form = PolicyForm(request.POST or None, initial=_initial(instance))
    if request.method == "POST" and form.is_valid() and _keep(form, instance, request):
        say(request, _("Saved. It holds for requests that come from now on."))
        return redirect("workspace:policies")
    in_force = bool(instance and instance.versions.filter(active_until=None).exists())
    return form_page(request, "workspace/admin/policy.html", form, policy=instance, in_force=in_force)


def _keep(form: PolicyForm, instance: Policy | None, request: StaffRequest) -> bool:
    def keep() -> None:
        if instance:
            change_policy(instance, by=request.viewer, **form.cleaned_data)
        else:
            create_policy(by=request.viewer, **form.cleaned_data)

    return carried_out(form, keep, fields=FIELD_OF)


def _initial(instance: Policy | None) -> dict[str, Any]:
    """The latest version, or what a new one starts with."""
    if instance is None:
        return {"warnings": usual_warnings(), "position": 100, "pauses": waiting()}
    version = instance.versions.latest("number")
    return {name: getattr(version, name) for name in PolicyForm.base_fields}


@require_POST
def retire(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/promises/<id>/retirement: promise this no more; what was promised stays promised."""
    retire_policy(get_object_or_404(Policy, pk=pk), by=request.viewer)
    say(request, _("Taken out of force. What was promised stays promised."))
    return redirect("workspace:policies")


urls = [
    administrator_path("admin/promises", policies, name="policies", settings=SET_PROMISES),
    administrator_path("admin/promises/new", policy, name="new_policy", settings=SET_PROMISES),
    administrator_path("admin/promises/<int:pk>", policy, name="policy", settings=SET_PROMISES),
    administrator_path("admin/promises/<int:pk>/retirement", retire, name="retire_policy", settings=SET_PROMISES),
]
