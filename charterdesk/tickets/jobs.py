"""What tickets do by the clock."""

from django.db import connection

from charterdesk.base.keys import SYSTEM
from charterdesk.events.jobs import job
from charterdesk.tickets.actions.tags import turn_some
from charterdesk.tickets.models import Tag
from charterdesk.tickets.routing import route_by_working_hours


@job(cron="* * * * *")
def fold_counts() -> None:
    """Add the changes of the kept counts to their sums, so that reading them stays cheap. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tickets_fold_counts()")


@job(cron="*/5 * * * *")
def give_out_by_working_hours() -> None:
    """What waited for somebody's working hours to begin is given out."""
    route_by_working_hours(by=SYSTEM)


@job()
def change_tag_over(tag_id: int, by: str) -> None:
    """Give the tickets with a tag the one it becomes, a few hundred at a time; run again it goes on where it was."""
    tag = Tag.objects.filter(pk=tag_id).first()
    while tag is not None and tag.is_changing and turn_some(tag, by=by):
        continue
