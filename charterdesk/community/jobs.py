"""What the community looks at by the clock."""

from charterdesk.community.actions.telling import tell_moderators
from charterdesk.events.jobs import job


@job(cron="*/5 * * * *")
def look_at_queue() -> None:
    """Whether moderators should hear of what waits."""
    tell_moderators()
