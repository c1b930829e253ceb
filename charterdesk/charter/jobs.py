"""What takes longer than a click."""

from charterdesk.charter.actions.exclusions import judge_again
from charterdesk.events.jobs import job


@job()
def judge_exclusion(exclusion_id: int) -> None:
    """Judge again what an exclusion touches; twice is as good as once."""
    judge_again(exclusion_id)
