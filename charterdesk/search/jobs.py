"""By the clock: what was left over, how often words occur, and what was not found long ago."""

import logging

from charterdesk.events.jobs import job
from charterdesk.search.counting import count_by_tag, count_words
from charterdesk.search.index import index_noted
from charterdesk.search.meanings import keep_meanings
from charterdesk.search.missed import forget_missed

EMBEDDING = 50.0  # seconds of each minute

log = logging.getLogger(__name__)


@job(cron="* * * * *")
def keep_up() -> None:
    """Index what a crash left noted, and count the words of new documents."""
    index_noted()
    while count_words():
        pass
    while count_by_tag():
        pass


@job(cron="* * * * *")
def keep_up_meanings() -> None:
    """Give vectors to documents that have none, where the desk is set up to search by meaning; else the next minute."""
    try:
        keep_meanings(EMBEDDING)
    except (OSError, ValueError, ImportError) as error:
        log.warning("no text gets a vector now: %s", error)


@job(cron="23 4 1 * *")
def tidy_missed() -> None:
    """Forget what was not found more than a year ago."""
    forget_missed()
