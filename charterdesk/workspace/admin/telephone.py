"""Telephone: the numbers customers call, the systems that report their calls, and the extensions of people."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.calls.actions import (
    new_secret,
    remove_line,
    remove_system,
    save_line,
    save_system,
    set_extensions,
)
from charterdesk.calls.models import Extension, PhoneLine, PhoneSystem
from charterdesk.people.models import Agent
from charterdesk.people.permissions import SET_CHANNELS
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.admin.forms import carried_out, form_page
from charterdesk.workspace.staff import StaffRequest, say

AS_WRITTEN = 40
"""Characters: a number with its spaces and brackets is longer than it is kept."""
FIELDS = ["name", "number", "team", "language", "calendar", "calls_back", "is_active"]
FIELD_OF = {"calls.bad_number": "number", "calls.number_taken": "number", "calls.name_taken": "name"}


class LineForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when run
    """A number customers call."""

    class Meta:
        model = PhoneLine
        fields = FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["team"]).empty_label = _("Choose a team")  # type: ignore[type-arg]
        hours = cast(forms.ModelChoiceField, self.fields["calendar"])  # type: ignore[type-arg]
        hours.empty_label = _("those of the channel or the team")
        self.fields["number"] = cast(forms.Field, PhoneLine._meta.get_field("number").formfield(max_length=AS_WRITTEN))

    def _post_clean(self) -> None:
        """Leave the number as it is: the action changes it, and has to see what differs."""


class ExtensionsForm(forms.Form):
    """Who is found where."""

    agent = forms.ModelChoiceField(
        label=gettext_lazy("Person"), queryset=Agent.objects.filter(is_active=True, integration=None).order_by("name")
    )
    extensions = forms.CharField(
        label=gettext_lazy("Extensions"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("As the telephone system names them, with commas between; empty takes them away."),
    )


def telephone(request: StaffRequest) -> HttpResponse:
    """GET admin/telephone: numbers, systems and extensions. Three statements."""
    found: dict[Agent, list[str]] = {}
    for each in Extension.objects.select_related("agent").order_by("agent__name", "pk"):
        found.setdefault(each.agent, []).append(each.number)
    context = {
        "lines": PhoneLine.objects.select_related("team", "calendar").order_by("name"),
        "systems": [(each, address_of(each)) for each in PhoneSystem.objects.order_by("name")],
        "people": list(found.items()),
        "place": "admin",
    }
    return render(request, "workspace/admin/telephone.html", context)


def address_of(system: PhoneSystem) -> str:
    """Where a system posts its calls; "" where its secret can't be opened any more."""
    if not system.secret:
        return ""
    return settings.PUBLIC_URL + reverse("call_hook", kwargs={"pk": system.pk, "secret": system.secret})


def line(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """GET and POST admin/telephone/numbers/<id> or .../new: look at one, change it, add one."""
    instance = get_object_or_404(PhoneLine, pk=pk) if pk else None
    form = LineForm(request.POST or None, instance=instance)
    kept = instance or PhoneLine()
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in FIELDS}
        if carried_out(form, lambda: save_line(kept, by=request.viewer, fields=fields), fields=FIELD_OF):
            say(request, _("Saved."))
            return redirect("workspace:telephone")
    return form_page(request, "workspace/admin/phone_line.html", form, line=instance)


@require_POST
def drop_line(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/telephone/numbers/<id>/removal: take no more of its calls over."""
    remove_line(get_object_or_404(PhoneLine, pk=pk), by=request.viewer)
    say(request, _("Removed. What it brought stays."))
    return redirect("workspace:telephone")


@require_POST
def add_system(request: StaffRequest) -> HttpResponse:
    """POST admin/telephone/systems: let a telephone system called `name` report calls."""
    name = request.POST.get("name", "").strip()[:120]
    save_system(PhoneSystem(), by=request.viewer, fields={"name": name or _("Telephone system")})
    say(request, _("Enter its address at your telephone system."))
    return redirect("workspace:telephone")


@require_POST
def renew_system(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/telephone/systems/<id>/address: give it another address."""
    new_secret(get_object_or_404(PhoneSystem, pk=pk), by=request.viewer)
    say(request, _("It has a new address; the former one works no more."))
    return redirect("workspace:telephone")


@require_POST
def drop_system(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/telephone/systems/<id>/removal: hear no more of it."""
    remove_system(get_object_or_404(PhoneSystem, pk=pk), by=request.viewer)
    say(request, _("Removed. What it brought stays."))
    return redirect("workspace:telephone")


def extensions(request: StaffRequest) -> HttpResponse:
    """GET and POST admin/telephone/extensions: say where somebody is found; `agent` chooses whom to begin with."""
    form = ExtensionsForm(request.POST or None, initial=_found_at(request.GET.get("agent", "")))
    if request.method == "POST" and form.is_valid():
        agent, numbers = form.cleaned_data["agent"], form.cleaned_data["extensions"].split(",")
        named = {"calls.extension_taken": "extensions", "calls.many_extensions": "extensions"}
        if carried_out(form, lambda: set_extensions(agent, numbers=numbers, by=request.viewer), fields=named):
            say(request, _("Saved."))
            return redirect("workspace:telephone")
    return form_page(request, "workspace/admin/extensions.html", form)


def _found_at(agent: str) -> dict[str, Any]:
    if not agent.isdecimal():
        return {}
    numbers = Extension.objects.filter(agent=int(agent[:18])).order_by("pk").values_list("number", flat=True)
    return {"agent": agent, "extensions": ", ".join(numbers)}


urls = [
    administrator_path("admin/telephone", telephone, name="telephone", settings=SET_CHANNELS),
    administrator_path("admin/telephone/numbers/new", line, name="new_phone_line", settings=SET_CHANNELS),
    administrator_path("admin/telephone/numbers/<int:pk>", line, name="phone_line", settings=SET_CHANNELS),
    administrator_path(
        "admin/telephone/numbers/<int:pk>/removal", drop_line, name="remove_phone_line", settings=SET_CHANNELS
    ),
    administrator_path("admin/telephone/systems", add_system, name="add_phone_system", settings=SET_CHANNELS),
    administrator_path(
        "admin/telephone/systems/<int:pk>/address", renew_system, name="renew_phone_system", settings=SET_CHANNELS
    ),
    administrator_path(
        "admin/telephone/systems/<int:pk>/removal", drop_system, name="remove_phone_system", settings=SET_CHANNELS
    ),
    administrator_path("admin/telephone/extensions", extensions, name="extensions", settings=SET_CHANNELS),
]
