"""The part of calendars in what we keep."""

from collections.abc import Iterator

from charterdesk.base.configured import Section, Thing, configured, values_of
from charterdesk.base.exported import exported
from charterdesk.base.keys import Actor
from charterdesk.calendars.actions import change_calendar, create_calendar
from charterdesk.calendars.models import BusinessCalendar

FIELDS = ("name", "zone", "country", "subdivision", "hours", "holidays", "exceptions")

exported("calendars")


def _calendars() -> Iterator[Thing]:
    for calendar in BusinessCalendar.objects.order_by("name"):
        yield values_of(calendar, FIELDS)


def _set_calendar(thing: Thing, by: Actor) -> None:
    calendar = BusinessCalendar.objects.filter(name=thing["name"]).first()
    if calendar:
        change_calendar(calendar, by=by, **thing)
    else:
        create_calendar(by=by, **thing)


configured(Section(name="calendars", key="name", fields=FIELDS, read=_calendars, write=_set_calendar))
