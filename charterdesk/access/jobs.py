"""What is swept out by the clock."""

from charterdesk.access.actions import forget_old_sessions
from charterdesk.access.throttling import forget_old_tries
from charterdesk.events.jobs import job


@job(cron="23 * * * *")
def sweep_ways_in() -> None:
    """Drop sessions and counters whose time is over."""
    forget_old_sessions()
    forget_old_tries()
