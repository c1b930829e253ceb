"""What quality makes known."""

from dataclasses import dataclass

from charterdesk.events.log import Event


@dataclass(frozen=True, kw_only=True)
class ScheduleAdded(Event):
    """A report is mailed by itself from now on."""

    schedule_id: int
    agent_id: int


@dataclass(frozen=True, kw_only=True)
class ScheduleRemoved(Event):
    """It is mailed no more."""

    schedule_id: int
    agent_id: int
