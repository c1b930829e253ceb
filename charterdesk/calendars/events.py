"""What calendars makes known."""

from dataclasses import dataclass

from charterdesk.events.log import Event


@dataclass(frozen=True, kw_only=True)
class CalendarRenamed(Event):
    """A calendar has another name, and the same hours."""

    calendar_id: int


@dataclass(frozen=True, kw_only=True)
class CalendarChanged(Event):
    """A calendar was made or its hours were changed; `version` holds from this moment on."""

    calendar_id: int
    version: int
