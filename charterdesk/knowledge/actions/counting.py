"""Counting by the day: who read what, and who needed no request after reading."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from charterdesk.base.clock import now
from charterdesk.base.kept import Given, Kept
from charterdesk.events.words import words_of
from charterdesk.knowledge.models import ArticleText, Taken

TEXTS = ("articletext", "solution")
"""Kinds of documents that are texts of the help centre."""
LEAST_LETTERS, MOST_MARKS = 4, 60
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


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Somebody who writes a request: `form` is the name in its pass, `marks` stand for their words.

    A contact is known, or a `visitor` has a random number for a week; never both.
    """

    form: str
    contact_id: int | None = None
    visitor: str = ""
    marks: Sequence[int] = ()


def marks_of(words: str) -> list[int]:
    """Numbers that stand for the longer words of a question: they tell whether two are alike, and nothing else."""
    kept = dict.fromkeys(word for word in words_of(words) if len(word) >= LEAST_LETTERS)
    return [int.from_bytes(salted_hmac("knowledge.marks", word).digest()[:4]) >> 1 for word in list(kept)[:MOST_MARKS]]


@transaction.atomic
def take(source: str, asking: Asking) -> None:
    """Note that who writes a request opened `source` (such as `articletext:7`), which was offered. Counts once."""
    kind, _sign, pk = source.partition(":")
    text = ArticleText.objects.filter(pk=int(pk), is_live=True).first() if kind in TEXTS else None
    _taken, is_new = Taken.objects.get_or_create(
        form=asking.form,
        source=source,
        defaults={
            "text": text,
            "contact_id": asking.contact_id,
            "visitor": asking.visitor,
            "marks": list(asking.marks),
        },
    )
    if is_new and text is not None:
        count(text.pk, "taken")
    Taken.objects.filter(taken_at__lt=now() - CAME_BACK).exclude(visitor="").update(visitor="", marks=[])


def _taken(who: Q) -> QuerySet[Taken]:
    """What was opened before the form was sent, and lately by `who`, which did not help as far as we know."""
    lately = who & Q(taken_at__gt=Given("since"))
    return Taken.objects.filter(Q(form=Given("form")) | lately, asked_at=None).only("form", "marks")


_BY_FORM = Kept(lambda: Taken.objects.filter(form=Given("form"), asked_at=None).only("form", "marks"))
_BY_CONTACT = Kept(lambda: _taken(Q(contact_id=Given("contact"))))
_BY_VISITOR = Kept(lambda: _taken(Q(visitor=Given("visitor"))))


def ask_all_the_same(asking: Asking) -> None:
    """Note that the request was sent: what was opened before did not help. One statement, two where it did not.

    So it did not where the same customer, or visitor, asks the same within seven days.
    """
    given: dict[str, Any] = {"form": asking.form, "since": now() - CAME_BACK}
    if asking.contact_id is not None:
        open_ones = _BY_CONTACT.rows(**given, contact=asking.contact_id)
    elif asking.visitor:
        open_ones = _BY_VISITOR.rows(**given, visitor=asking.visitor)
    else:
        open_ones = _BY_FORM.rows(**given)
    unhelped = [each.pk for each in open_ones if each.form == asking.form or _is_alike(each.marks, asking.marks)]
    if unhelped:
        Taken.objects.filter(pk__in=unhelped).update(asked_at=now())


def _is_alike(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether two questions share half the words of the shorter one. One that has none is like any."""
    least = min(len(one), len(other))
    return 2 * len(set(one) & set(other)) >= least
