"""Calendars for tests."""

from typing import Any

from charterdesk.base.keys import SYSTEM
from charterdesk.calendars.actions import create_calendar
from charterdesk.calendars.models import BusinessCalendar
from charterdesk.calendars.spec import DAYS

ROUND_THE_CLOCK = {day: [["00:00", "24:00"]] for day in DAYS}


def make_calendar(name: str = "Office, Lindental", **fields: Any) -> BusinessCalendar:
    """A calendar: by default Monday to Friday, 8 to 17 in Berlin."""
    return create_calendar(by=SYSTEM, name=name, **{"zone": "Europe/Berlin", **fields})
