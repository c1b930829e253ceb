"""What records does by the clock."""

from charterdesk.events.jobs import job
from charterdesk.records.retention import apply_rules


@job(cron="17 2 * * *")
def let_go_of_the_old() -> None:
    """Once a night: what retention rules say. Killed in the middle, it goes on where it was the next time."""
    apply_rules()
