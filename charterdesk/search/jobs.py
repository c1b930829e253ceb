"""By the clock: what was left over, and how often words occur."""

from charterdesk.events.jobs import job
from charterdesk.search.counting import count_by_team, count_words
from charterdesk.search.index import index_noted


@job(cron="* * * * *")
def keep_up() -> None:
    """Index what a crash left noted, and count the words of new documents."""
    index_noted()
    while count_words():
        pass
    while count_by_team():
        pass
