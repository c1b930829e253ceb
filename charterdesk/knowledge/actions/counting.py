"""Counting by the day: who read what, and who needed no request after reading."""

from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from charterdesk.base.clock import now
from charterdesk.knowledge.models import Taken

COUNTED = ("views", "helpful", "unhelpful", "taken")
CAME_BACK = timedelta(days=7)
"""Who asks within this time was not helped by what they read."""


def count(text_id: int, what: str) -> None:
    """Count one more of `what` (one of `COUNTED`) for a text, today. One statement."""
    column = COUNTED[COUNTED.index(what)]
    also = "" if what != "views" else "UPDATE knowledge_articletext SET views = views + 1 WHERE id = %(text)s"
    counted = (
        f"INSERT INTO knowledge_daycount (text_id, day, {column}) VALUES (%(text)s, %(day)s, 1)"
        f" ON CONFLICT (text_id, day) DO UPDATE SET {column} = knowledge_daycount.{column} + 1"
    )
    statement = f"WITH total AS ({also}) {counted}" if also else counted
    with connection.cursor() as cursor:
        cursor.execute(statement, {"text": text_id, "day": timezone.localdate()})


@transaction.atomic
def take(text_id: int, *, form: str, contact_id: int | None) -> None:
    """Note that who was writing the request `form` opened an article that was offered. Counts once."""
    _taken, is_new = Taken.objects.get_or_create(form=form, text_id=text_id, defaults={"contact_id": contact_id})
    if is_new:
        count(text_id, "taken")


def ask_all_the_same(*, form: str, contact_id: int | None) -> None:
    """Note that the request was sent: what was opened before did not help. One statement.

    So it did not where the same customer asks again within seven days.
    """
    mine = Taken.objects.filter(form=form)
    if contact_id is not None:
        mine = mine | Taken.objects.filter(contact_id=contact_id, taken_at__gt=now() - CAME_BACK)
    mine.filter(asked_at=None).update(asked_at=now())
