"""Answers on the line, told in words and checked against the log."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from charterdesk.calendars.models import CalendarVersion
from charterdesk.events.log import COLUMNS, Entry, entry_of
from charterdesk.sla.choosing import answer_terms
from charterdesk.sla.events import AnswerAwaited, AnswerEvent, AnswerForgone, AnswerGiven
from charterdesk.sla.models import ANSWER, PolicyVersion, Wait
from charterdesk.sla.reckoning import reached

AT_ONCE = 500
_READ = (AnswerAwaited, AnswerGiven, AnswerForgone)
_LOG = f"SELECT {COLUMNS} FROM events_event WHERE subject = ANY (%s) AND code = ANY (%s) ORDER BY id"
MINUTE = timedelta(minutes=1)


def explain_wait(about: str) -> list[str]:
    """Why an answer was due when it was, in the active language and the calendar's zone; [] for none. One query."""
    wait = Wait.objects.select_related("policy_version", "calendar_version__calendar").filter(about=about).first()
    if wait is None:
        return []
    policy, version = wait.policy_version, wait.calendar_version
    if policy is None or version is None or policy.answer is None or wait.due_at is None:
        return [_("No time was promised: we were closed, or no promise says how soon it is answered.")]
    with timezone.override(version.spec["zone"]):
        words = {
            "policy": policy.name,
            "number": policy.number,
            "time": short_words(policy.answer),
            "calendar": version.calendar.name,
            "zone": version.spec["zone"],
            "start": _moment(wait.asked_at),
            "due": _moment(wait.due_at),
            "done": _moment(wait.ended_at) if wait.ended_at else "",
        }
    told = [
        _("“%(policy)s” (version %(number)d) promises an answer within %(time)s of open time.") % words,
        _("The hours are those of “%(calendar)s” (%(zone)s); the clock started on %(start)s.") % words,
        _("So it was due on %(due)s.") % words,
    ]
    if wait.ended_at:
        done = _("It was answered on %(done)s.") if wait.is_answered else _("They went unanswered on %(done)s.")
        told.append(done % words)
    return told


def short_words(length: timedelta) -> str:
    """`length` in minutes and seconds: "30 seconds", "1 minute 5 seconds"."""
    minutes, rest = divmod(length, MINUTE)
    seconds = int(rest.total_seconds())
    parts = [ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}] if minutes else []
    if seconds or not minutes:
        parts.append(ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds})
    return " ".join(parts)


def _moment(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "D j M Y, H:i:s")


@dataclass(frozen=True)
class WaitDifference:
    """A field of an answer that is not what the log says it should be."""

    about: str
    field: str
    stored: Any
    reckoned: Any


def compare_waits(last: int | None = None) -> Iterator[WaitDifference]:
    """Reckon the answers (the `last` ones, by default all) again from the log, and tell where they differ.

    Four queries for each 500.
    """
    waits = Wait.objects.order_by("-pk")
    waiting = (waits[:last] if last else waits).iterator(AT_ONCE)
    while some := list(islice(waiting, AT_ONCE)):
        yield from _compared(some)


def _compared(waits: Iterable[Wait]) -> Iterator[WaitDifference]:
    entries = _log_of([wait.about for wait in waits])
    awaited = [entry.event for each in entries.values() for entry in each if isinstance(entry.event, AnswerAwaited)]
    policies = PolicyVersion.objects.in_bulk([one.policy_version_id for one in awaited if one.policy_version_id])
    calendars = CalendarVersion.objects.in_bulk([one.calendar_version_id for one in awaited if one.calendar_version_id])
    for wait in waits:
        events = [entry.event for entry in entries.get(wait.about, ()) if isinstance(entry.event, AnswerEvent)]
        reckoned = _reckoned(events, policies, calendars)
        for name, value in reckoned.items():
            if getattr(wait, name) != value:
                yield WaitDifference(wait.about, name, getattr(wait, name), value)


def _log_of(subjects: list[str]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_LOG, [subjects, [cls.code for cls in _READ]])
        for row in cursor.fetchall():
            entry = entry_of(row)
            found.setdefault(entry.subject, []).append(entry)
    return found


def _reckoned(
    events: Iterable[AnswerEvent], policies: dict[int, PolicyVersion], calendars: dict[int, CalendarVersion]
) -> dict[str, Any]:
    """What is to be stored, by what happened. A breach is only known once it ended: nothing is said of it before."""
    found: dict[str, Any] = {"asked_at": None, "due_at": None, "ended_at": None, "is_answered": False}
    for event in events:
        match event:
            case AnswerAwaited(asked_at=asked_at, policy_version_id=policy_id, calendar_version_id=calendar_id):
                found["asked_at"] = asked_at
                if policy_id and calendar_id:
                    terms = answer_terms(policies[policy_id], calendars[calendar_id])
                    found["due_at"] = reached(terms.calendar, asked_at, terms.targets[ANSWER])
            case AnswerGiven(ended_at=at):
                found |= {"ended_at": at, "is_answered": True}
            case AnswerForgone(ended_at=at):
                found["ended_at"] = at
    if found["ended_at"]:
        is_late = found["due_at"] is not None and found["ended_at"] > found["due_at"]
        found["breached_at"] = found["due_at"] if is_late else None
    return found
