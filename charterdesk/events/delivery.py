"""Delivering events to whoever reacts to them: reactions, and the rules in force."""

from collections.abc import Iterable

from charterdesk.events.log import Entry, caused_by
from charterdesk.events.reactions import handlers_of


def deliver(entry: Entry) -> None:
    """Call every reaction to `entry`, in the caller's transaction; what one raises is raised."""
    with caused_by(entry):
        for handler in handlers_of(entry.code):
            handler.call(entry.event)


def deliver_all(entries: Iterable[Entry]) -> None:
    """Deliver several, in order."""
    for entry in entries:
        deliver(entry)
