"""What people do by the clock."""

from charterdesk.events.jobs import job
from charterdesk.people.duplicates import find_duplicates
from charterdesk.people.models import Contact, Duplicate

AGAIN = 2_000
"""So many of the newest contacts are looked at once more: a number or a name may have come later than the contact."""


@job(cron="17 * * * *")
def look_for_duplicates() -> None:
    """Find contacts that may be one person: among all the first time, then among those that are new."""
    newest = Contact.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    seen = 0
    if Duplicate.objects.exists():
        seen = max(0, newest - AGAIN)
    while (last := find_duplicates(after=seen)) > seen:
        seen = last
