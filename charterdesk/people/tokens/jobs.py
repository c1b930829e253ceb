"""By the clock: what programs were answered is kept for a day."""

from charterdesk.events.jobs import job
from charterdesk.people.tokens.actions import forget_passed


@job(cron="17 * * * *")
def forget_passed_tokens() -> None:
    """Answers older than a day and access tokens that expired go."""
    forget_passed()
