"""SMS: the numbers of the desk, whether their providers let us in, and texts that are held."""

from typing import Any, cast

from django import forms
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.base.clock import now
from charterdesk.calendars.queries import opening
from charterdesk.channels.models import SmsNumber, SmsOut
from charterdesk.channels.sms.actions import remove_number, save_number, settle_sms
from charterdesk.channels.sms.checking import check_number
from charterdesk.people.permissions import SET_CHANNELS
from charterdesk.sla.queries import openings_of
from charterdesk.workspace.admin.desk import administrator_path, operator_path
from charterdesk.workspace.admin.forms import carried_out, form_page
from charterdesk.workspace.staff import StaffRequest, is_fragment, say

PAGE = 50
AS_WRITTEN = 40
"""Characters: a number with its spaces and brackets is longer than it is kept."""
FIELDS = [
    "name", "number", "team", "calendar", "language", "provider", "url", "host", "port", "uses_tls", "user",
    "join_hours", "daily_cap", "is_active",
]  # fmt: skip


def _field(of: Any, **options: Any) -> forms.Field | None:
    """The form's field for one of the model; an address without its scheme is https, for the token goes there."""
    if isinstance(of, models.URLField):
        options["assume_scheme"] = "https"
    found: forms.Field | None = of.formfield(**options)
    return found


class NumberForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when run
    """A number. The secret left empty stays what it was; it is never shown."""

    secret = forms.CharField(label=gettext_lazy("Password or token"), required=False, widget=forms.PasswordInput)

    class Meta:
        model = SmsNumber
        fields = FIELDS
        formfield_callback = _field

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["team"]).empty_label = _("Choose a team")  # type: ignore[type-arg]
        cast(forms.ModelChoiceField, self.fields["calendar"]).empty_label = _("those of its team")  # type: ignore[type-arg]
        self.fields["port"].required = False
        written = SmsNumber._meta.get_field("number").formfield(max_length=AS_WRITTEN)
        self.fields["number"] = cast(forms.Field, written)

    def clean_port(self) -> int:
        """What stands in a field that is not shown need not be filled in."""
        return int(self.cleaned_data["port"] or 2775)

    def _post_clean(self) -> None:
        """Leave the number as it is: the action changes it, and has to see what differs."""


def numbers(request: StaffRequest) -> HttpResponse:
    """GET admin/sms: all of them, and whether each is open. Two statements."""
    found = list(SmsNumber.objects.select_related("team__calendar", "calendar").order_by("name"))
    of_teams = openings_of([each.team for each in found], "sms")
    lines = [(each, opening(each.calendar.times, now()) if each.calendar else of_teams[each.team_id]) for each in found]
    return render(request, "workspace/admin/sms_numbers.html", {"lines": lines, "place": "admin"})


def number(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """GET and POST admin/sms/<id> or admin/sms/new: look at one, change it, add one."""
    instance = get_object_or_404(SmsNumber, pk=pk) if pk else None
    form = NumberForm(request.POST or None, instance=instance)
    kept = instance or SmsNumber()
    if request.method == "POST" and form.is_valid() and _keep(form, kept, request):
        say(request, _("Saved."))
        return redirect("workspace:check_sms_number", pk=kept.pk)
    return form_page(request, "workspace/admin/sms_number.html", form, number=instance)


def _keep(form: NumberForm, kept: SmsNumber, request: StaffRequest) -> bool:
    fields = {name: form.cleaned_data[name] for name in FIELDS}
    secret = form.cleaned_data["secret"]
    refusals = {"channels.bad_number": "number"}
    return carried_out(
        form, lambda: save_number(kept, by=request.viewer, fields=fields, secret=secret), fields=refusals
    )


def check(request: StaffRequest, pk: int) -> HttpResponse:
    """GET admin/sms/<id>/check: try it. The page comes at once, what it finds by a call that may take long."""
    found = get_object_or_404(SmsNumber.objects.select_related("team"), pk=pk)
    context: dict[str, Any] = {"number": found, "place": "admin"}
    if is_fragment(request) or "now" in request.GET:
        context["steps"] = check_number(found)
    template = "account_steps.html" if is_fragment(request) else "sms_check.html"
    return render(request, f"workspace/admin/{template}", context)


@require_POST
def switch(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/sms/<id>/use: `on` is "1" to use it, empty to leave it alone; what it brought stays."""
    found = get_object_or_404(SmsNumber, pk=pk)
    is_on = bool(request.POST.get("on"))
    save_number(found, by=request.viewer, fields={"is_active": is_on})
    say(request, _("In use again.") if is_on else _("Switched off. What it brought stays."))
    return redirect("workspace:sms_numbers")


@require_POST
def remove(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/sms/<id>/removal: forget the number; what it brought stays."""
    remove_number(get_object_or_404(SmsNumber, pk=pk), by=request.viewer)
    say(request, _("Removed. What it brought stays."))
    return redirect("workspace:sms_numbers")


def held_sms(request: StaffRequest) -> HttpResponse:
    """GET admin/held-sms: newest first. Two statements."""
    found = SmsOut.objects.filter(state__in=SmsOut.STUCK).select_related("message__ticket", "number").order_by("-pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "workspace/admin/held_sms.html", {"page": page, "place": "admin"})


@require_POST
def settle(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/held-sms/<id>: with `arrived` it is done, else it is sent (again)."""
    out = get_object_or_404(SmsOut, pk=pk)
    arrived = "arrived" in request.POST
    settle_sms(out, by=request.viewer, arrived=arrived)
    say(request, _("Counted as arrived.") if arrived else _("On its way again."))
    return redirect("workspace:held_sms")


urls = [
    administrator_path("admin/sms", numbers, name="sms_numbers", settings=SET_CHANNELS),
    administrator_path("admin/sms/new", number, name="new_sms_number", settings=SET_CHANNELS),
    administrator_path("admin/sms/<int:pk>", number, name="sms_number", settings=SET_CHANNELS),
    administrator_path("admin/sms/<int:pk>/check", check, name="check_sms_number", settings=SET_CHANNELS),
    administrator_path("admin/sms/<int:pk>/use", switch, name="switch_sms_number", settings=SET_CHANNELS),
    administrator_path("admin/sms/<int:pk>/removal", remove, name="remove_sms_number", settings=SET_CHANNELS),
    operator_path("admin/held-sms", held_sms, name="held_sms"),
    operator_path("admin/held-sms/<int:pk>", settle, name="settle_sms"),
]
