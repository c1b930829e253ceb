"""Business calendars as the desk keeps them: the hours of today, and every version there was."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.calendars.arithmetic import Calendar
from charterdesk.calendars.spec import DAYS, read_calendar


def office_hours() -> dict[str, list[list[str]]]:
    """Monday to Friday, 8 to 17: what a calendar starts with."""
    return {day: [["08:00", "17:00"]] for day in DAYS[:5]}


class BusinessCalendar(Keyed):
    """Opening hours with their zone, holidays and exceptions; a team, a channel or a contract has one.

    `hours`, `holidays` and `exceptions` have the form that `spec.read_calendar` reads. Written by actions
    only: each change makes a `CalendarVersion`, so that a promise can always be computed again on the hours
    it was given.
    """

    name = models.CharField(_("name"), max_length=120, unique=True)
    zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    hours = models.JSONField(_("opening hours"), default=office_hours)
    country = models.CharField(_("country of the public holidays"), max_length=2, blank=True)
    subdivision = models.CharField(_("state or region of the public holidays"), max_length=10, blank=True)
    holidays = models.JSONField(_("own holidays"), default=list, blank=True)
    exceptions = models.JSONField(_("exceptions"), default=list, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    def __str__(self) -> str:
        return self.name

    @property
    def spec(self) -> dict[str, Any]:
        """The calendar as plain data, the form `charterdesk time --lines` reads."""
        return {
            "zone": self.zone,
            "hours": self.hours,
            "country": self.country,
            "subdivision": self.subdivision,
            "holidays": self.holidays,
            "exceptions": self.exceptions,
        }

    @property
    def times(self) -> Calendar:
        """The calendar to reckon with. Raises `CalendarError` for hours that cannot be read."""
        return read_calendar(self.spec)


class CalendarVersion(Keyed):
    """What a calendar said from `created_at` on; never changed."""

    calendar = models.ForeignKey(BusinessCalendar, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    spec = models.JSONField()
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["calendar", "number"], name="calendars_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.calendar_id}/{self.number}"

    @property
    def times(self) -> Calendar:
        """The calendar to reckon with."""
        return read_calendar(self.spec)
