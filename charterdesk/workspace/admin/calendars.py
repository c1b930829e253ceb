"""Opening hours: the calendars that every promise is reckoned on."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charterdesk.base.clock import now
from charterdesk.calendars.actions import change_calendar, create_calendar
from charterdesk.calendars.models import BusinessCalendar, office_hours
from charterdesk.calendars.public import countries, country_names
from charterdesk.calendars.queries import Opening, coming_holidays, opening
from charterdesk.calendars.spec import DAYS, time_zones
from charterdesk.people.models import Team
from charterdesk.people.permissions import SET_TEAMS
from charterdesk.sla.actions import set_channel_hours
from charterdesk.sla.models import ChannelHours
from charterdesk.tickets.models import Ticket
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.admin.fields import DatesField, ExceptionsField, HoursField, write_intervals
from charterdesk.workspace.admin.forms import carried_out, form_page
from charterdesk.workspace.staff import StaffRequest, say

DAY_NAMES = {day: capfirst(WEEKDAYS[number]) for number, day in enumerate(DAYS)}
CHANNELS = dict(Ticket.CHANNELS)
ROUND_THE_CLOCK = {day: [["00:00", "24:00"]] for day in DAYS}
FIELD_OF = {
    "calendars.name_taken": "name",
    "calendars.zone": "zone",
    "calendars.holidays": "holidays",
    "calendars.exceptions": "exceptions",
    "calendars.country": "subdivision",
}


class CalendarForm(forms.Form):
    """A calendar: its week, its holidays, and the dates that are different."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    zone = forms.CharField(
        label=gettext_lazy("Time zone"),
        max_length=64,
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off", "dir": "ltr"}),
        help_text=gettext_lazy("Such as Europe/Berlin; the hours below are on its clocks."),
    )
    always = forms.BooleanField(
        label=gettext_lazy("Open day and night, every day"),
        required=False,
        help_text=gettext_lazy("Then the hours below do not count; holidays and days that are different do."),
    )
    country = forms.ChoiceField(label=gettext_lazy("Public holidays of"), required=False)
    subdivision = forms.CharField(
        label=gettext_lazy("State or region"),
        required=False,
        max_length=10,
        help_text=gettext_lazy("Its code, such as BY for Bavaria, where holidays differ within the country."),
    )
    holidays = DatesField(
        label=gettext_lazy("Own holidays"), help_text=gettext_lazy("One date a line, such as 2026-12-27.")
    )
    exceptions = ExceptionsField(
        label=gettext_lazy("Days that are different"),
        help_text=gettext_lazy("One a line: 2026-12-24 09:00-12:00. A date without hours is closed."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = country_names()  # in English; the page's script shows them in the reader's language
        named = sorted((names.get(code, code), code) for code in countries())
        self.fields["country"].choices = [("", _("no country"))] + [  # type: ignore[attr-defined]
            (code, name) for name, code in named
        ]
        for day, name in DAY_NAMES.items():
            attrs = {"placeholder": _("closed"), "dir": "ltr", "autocomplete": "off"}
            self.fields[f"hours_{day}"] = HoursField(label=name, widget=forms.TextInput(attrs=attrs))

    @property
    def week(self) -> list[forms.BoundField]:
        """The fields of the days."""
        return [self[f"hours_{day}"] for day in DAYS]

    def clean_zone(self) -> str:
        """A zone there is; in whatever letters it was typed."""
        zone = {name.lower(): name for name in time_zones()}.get(self.cleaned_data["zone"].lower())
        if zone is None:
            raise forms.ValidationError(_("Choose a time zone such as Europe/Berlin."))
        return zone

    def clean_subdivision(self) -> str:
        """A region the country has."""
        code: str = self.cleaned_data["subdivision"].strip().upper()
        known = countries().get(self.cleaned_data.get("country", ""), ())
        if code and code not in known:
            if not known:
                raise forms.ValidationError(_("No regions are known for this country; leave this empty."))
            raise forms.ValidationError(_("Choose one of: %(codes)s.") % {"codes": ", ".join(sorted(known))})
        return code

    def spec(self) -> dict[str, Any]:
        """What the actions take."""
        data = dict(self.cleaned_data)
        hours = {day: data.pop(f"hours_{day}") for day in DAYS}
        if data.pop("always"):
            hours = ROUND_THE_CLOCK
        return {**data, "hours": {day: spans for day, spans in hours.items() if spans}}


@dataclass(frozen=True, kw_only=True)
class Line:
    """A calendar in the list: who uses it, how it stands now, what its week looks like."""

    calendar: BusinessCalendar
    opening: Opening
    week: list[tuple[Any, str]]
    is_always: bool
    teams: list[str]
    channels: list[str]


def calendars(request: StaffRequest) -> HttpResponse:
    """GET admin/calendars: all of them, open or closed, and who has which. Three statements."""
    teams: dict[int, list[str]] = {}
    for pk, name in Team.objects.order_by("name").values_list("calendar_id", "name"):
        teams.setdefault(pk, []).append(name)
    own_hours = dict(ChannelHours.objects.values_list("channel", "calendar_id"))
    lines = [
        Line(
            calendar=each,
            opening=opening(each.times, now()),
            week=[(DAY_NAMES[day], write_intervals(each.hours.get(day) or [])) for day in DAYS],
            is_always=each.hours == ROUND_THE_CLOCK,
            teams=teams.get(each.pk, []),
            channels=[str(CHANNELS[code]) for code, pk in own_hours.items() if pk == each.pk and code in CHANNELS],
        )
        for each in BusinessCalendar.objects.order_by("name")
    ]
    return render(request, "workspace/admin/calendars.html", {"lines": lines, "place": "admin"})


def calendar(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """GET and POST admin/calendars/<id> or admin/calendars/new: look at one, change it, add one."""
    instance = get_object_or_404(BusinessCalendar, pk=pk) if pk else None
    form = CalendarForm(request.POST or None, initial=_initial(instance, request))
    if request.method == "POST" and form.is_valid() and _keep(form, instance, request):
        say(request, _("Saved. It holds for promises given from now on."))
        return redirect("workspace:calendars")
    context = {"calendar": instance, "zones": sorted(time_zones()), **(_outlook(instance) if instance else {})}
    return form_page(request, "workspace/admin/calendar.html", form, **context)


class ChannelHoursForm(forms.Form):
    """Which ways in have opening hours of their own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = list(BusinessCalendar.objects.order_by("name"))
        for code, name in CHANNELS.items():
            choices = [("", _("those of each team")), *((str(each.pk), each.name) for each in every)]
            self.fields[code] = forms.ChoiceField(label=name, choices=choices, required=False)


def channel_hours(request: StaffRequest) -> HttpResponse:
    """GET and POST admin/calendars/channels: hours of the ways in, where they differ from the team's."""
    kept = ChannelHours.objects.values_list("channel", "calendar_id")
    form = ChannelHoursForm(request.POST or None, initial={code: str(pk) for code, pk in kept})
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            for code, chosen in form.cleaned_data.items():
                calendar = BusinessCalendar.objects.get(pk=chosen) if chosen else None
                set_channel_hours(code, by=request.viewer, calendar=calendar)
        say(request, _("Saved. It holds for promises given from now on."))
        return redirect("workspace:calendars")
    return form_page(request, "workspace/admin/channel_hours.html", form)


def _keep(form: CalendarForm, instance: BusinessCalendar | None, request: StaffRequest) -> bool:
    def keep() -> None:
        if instance:
            change_calendar(instance, by=request.viewer, **form.spec())
        else:
            create_calendar(by=request.viewer, **form.spec())

    return carried_out(form, keep, fields=FIELD_OF)


def _initial(instance: BusinessCalendar | None, request: StaffRequest) -> dict[str, Any]:
    """What the form starts with: the calendar, or office hours on the viewer's own clock."""
    if instance is None:
        hours: dict[str, Any] = office_hours()
        base: dict[str, Any] = {"zone": request.viewer.time_zone}
    else:
        hours, base = instance.hours, {"name": instance.name, **instance.spec}
    return {**base, "always": hours == ROUND_THE_CLOCK, **{f"hours_{day}": hours.get(day) or [] for day in DAYS}}


def _outlook(instance: BusinessCalendar) -> dict[str, Any]:
    """How it stands now, and the days off to come."""
    at = now()
    today: date = localtime(at, instance.times.tz).date()
    return {"opening": opening(instance.times, at), "coming": coming_holidays(instance.times, since=today)}


urls = [
    administrator_path("admin/calendars", calendars, name="calendars", settings=SET_TEAMS),
    administrator_path("admin/calendars/new", calendar, name="new_calendar", settings=SET_TEAMS),
    administrator_path("admin/calendars/channels", channel_hours, name="channel_hours", settings=SET_TEAMS),
    administrator_path("admin/calendars/<int:pk>", calendar, name="calendar", settings=SET_TEAMS),
]
