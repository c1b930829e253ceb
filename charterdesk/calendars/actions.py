"""Every write to calendars."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from charterdesk.base.keys import SYSTEM
from charterdesk.base.refused import Refused
from charterdesk.calendars.arithmetic import CalendarError
from charterdesk.calendars.events import CalendarChanged, CalendarRenamed
from charterdesk.calendars.models import BusinessCalendar, CalendarVersion
from charterdesk.events.log import HasKey, publish

CHANGEABLE = frozenset({"name", "zone", "hours", "country", "subdivision", "holidays", "exceptions"})
OFFICE = "Office hours"


def refusal(error: CalendarError) -> Refused:
    """What to say to a person whose calendar cannot be read. The code is `calendars.<field>`."""
    texts = {
        "zone": _("Choose a time zone such as Europe/Berlin."),
        "hours": _("Write opening hours as 08:30 to 17:00; a whole day is 00:00 to 24:00."),
        "holidays": _("Write holidays as dates such as 2026-12-25."),
        "exceptions": _("Give each exception one date and its hours; no hours mean closed."),
        "country": _("The public holidays of this country or region are not known. Choose one from the list."),
    }
    return Refused(f"calendars.{error.code}", texts.get(error.code, _("This calendar cannot be read.")))


@transaction.atomic
def create_calendar(*, by: HasKey | str, name: str, **fields: Any) -> BusinessCalendar:
    """Create a calendar; what is not given is Monday to Friday 8 to 17 UTC without holidays.

    Raises `Refused("calendars.<field>")` for hours that cannot be read, `Refused("calendars.name_taken")`.
    """
    calendar = BusinessCalendar(version=0)
    _apply(calendar, by=by, name=name, **fields)
    return calendar


@transaction.atomic
def change_calendar(calendar: BusinessCalendar, *, by: HasKey | str, **fields: Any) -> None:
    """Change name or hours of `calendar`. Promises already given keep the hours they were given on.

    Raises `Refused("calendars.<field>")` for hours that cannot be read, `Refused("calendars.name_taken")`.
    """
    calendar.refresh_from_db(from_queryset=BusinessCalendar.objects.select_for_update())
    _apply(calendar, by=by, **fields)


def default_calendar(*, by: HasKey | str = SYSTEM) -> BusinessCalendar:
    """The calendar a new team starts with: Monday to Friday, 8 to 17 UTC; made when there is none yet."""
    found = BusinessCalendar.objects.order_by("pk").first()
    return found or create_calendar(by=by, name=OFFICE)


def ensure_version(calendar: BusinessCalendar) -> CalendarVersion:
    """The version of `calendar` that holds now, made if the calendar was not written by these actions.

    One query when it is there, as it is for all but rows loaded in bulk.
    """
    version, _created = CalendarVersion.objects.get_or_create(
        calendar=calendar, number=calendar.version, defaults={"spec": calendar.spec}
    )
    return version


def _apply(calendar: BusinessCalendar, *, by: HasKey | str, **fields: Any) -> None:
    """Set, check, save and make known; a changed name alone makes no new version."""
    if unknown := set(fields) - CHANGEABLE:
        raise ValueError(f"a calendar has no {', '.join(sorted(unknown))} to change")
    before, name = calendar.spec if calendar.version else None, calendar.name
    for name, value in fields.items():
        setattr(calendar, name, value)
    try:
        calendar.times  # noqa: B018 (reading it is the check)
    except CalendarError as error:
        raise refusal(error) from error
    changed = calendar.spec != before
    calendar.version += changed
    _save(calendar)
    if changed:
        CalendarVersion.objects.create(calendar=calendar, number=calendar.version, spec=calendar.spec)
        event = CalendarChanged(calendar_id=calendar.pk, version=calendar.version)
        publish(event, on=calendar, by=by)
    elif calendar.name != name:
        publish(CalendarRenamed(calendar_id=calendar.pk), on=calendar, by=by)


def _save(calendar: BusinessCalendar) -> None:
    try:
        with transaction.atomic():
            calendar.save()
    except IntegrityError as error:
        raise Refused("calendars.name_taken", _("Another calendar has this name.")) from error
