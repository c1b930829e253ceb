"""What tickets do by the clock."""

from django.db import connection

from charterdesk.events.jobs import job


@job(cron="* * * * *")
def fold_counts() -> None:
    """Add the changes of the kept counts to their sums, so that reading them stays cheap. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tickets_fold_counts()")
