"""What is known of time spent."""

from dataclasses import dataclass

from charterdesk.events.log import Event


@dataclass(frozen=True, kw_only=True)
class TimeEntryEvent(Event):
    """A fact about time spent on a request (`about`, its key)."""

    about: str
    entry_id: int


@dataclass(frozen=True, kw_only=True)
class TimeStarted(TimeEntryEvent):
    """Somebody's timer runs."""


@dataclass(frozen=True, kw_only=True)
class TimeSpent(TimeEntryEvent):
    """So many minutes were spent, of which these were included in a contract, and these are charged."""

    kind: str
    minutes: int
    covered: int = 0
    charged: int = 0


@dataclass(frozen=True, kw_only=True)
class TimeRemoved(TimeEntryEvent):
    """It was not spent after all."""
