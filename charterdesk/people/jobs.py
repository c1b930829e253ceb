"""What people do by the clock."""

from django.db import transaction

from charterdesk.base.keys import Actor
from charterdesk.events.jobs import job
from charterdesk.events.log import key_of
from charterdesk.people.actions.importing import start_import, take_in_some
from charterdesk.people.duplicates import find_duplicates
from charterdesk.people.models import Contact, Duplicate, ImportRun

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


@transaction.atomic
def begin_import(run: ImportRun, *, by: Actor) -> None:
    """Have a list taken in from now on, in the background. Raises `Refused("people.import_started")`."""
    start_import(run, by=by)
    take_in_list.defer_with(run_id=run.pk, by=key_of(by), lock=run.key)


@job()
def take_in_list(run_id: int, by: str) -> None:
    """Take in a list of people, a stretch at a time; run again it goes on where it was."""
    run = ImportRun.objects.filter(pk=run_id).first()
    while run is not None and take_in_some(run, by=by):
        continue
