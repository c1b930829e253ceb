"""By the clock: what was left over, how often words occur, and what was not found long ago."""

from charterdesk.events.jobs import job
from charterdesk.search.counting import count_by_team, count_words
from charterdesk.search.index import index_noted
from charterdesk.search.missed import forget_missed


@job(cron="* * * * *")
def keep_up() -> None:
    """Index what a crash left noted, and count the words of new documents."""
    index_noted()
    while count_words():
        pass
    while count_by_team():
        pass


@job(cron="23 4 1 * *")
def tidy_missed() -> None:
    """Forget what was not found more than a year ago."""
    forget_missed()
