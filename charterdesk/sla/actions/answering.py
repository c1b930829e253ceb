"""Who waits on the line, a caller or a visitor in a chat, is to be answered in time: started, answered, gone, late.

What is on the line tells us (calls do), and is named by its key; nothing here knows what it is. Times are those of the
line, which may be told late and out of order: what was answered in time is in time, however late we hear of it.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM, Actor, Keyed
from charterdesk.calendars.arithmetic import is_open
from charterdesk.events.log import publish
from charterdesk.events.operations import operation
from charterdesk.events.skipped import NOT_DUE, Skipped
from charterdesk.events.timers import cancel_timer, set_timer
from charterdesk.people.entitled import NOTHING, Asker, entitled_to, is_anything_sold
from charterdesk.people.models import Contact, Team
from charterdesk.sla.choosing import Case, choose_answer
from charterdesk.sla.events import AnswerAwaited, AnswerBreached, AnswerEvent, AnswerForgone, AnswerGiven
from charterdesk.sla.models import ANSWER, Wait
from charterdesk.sla.reckoning import Terms, reached

GRACE = timedelta(seconds=5)
"""So long after it is due we wait for a report that is on its way, before we call an answer late."""


@transaction.atomic
def await_answer(
    on: Keyed,
    *,
    team: Team,
    channel: str,
    language: str,
    contact: Contact | None,
    at: datetime,
    by: Actor = SYSTEM,
    calendar_id: int | None = None,
) -> Wait:
    """Somebody waits on the line since `at`. Told twice, nothing happens.

    The hours are the policy's own, else those of the contact's contract, of the line (`calendar_id`), of the channel or
    of the team; while these are closed nothing is promised. Four statements.
    """
    known = Wait.objects.filter(about=on.key).first()
    if known:
        return known
    case = _case(team, channel, language, contact, at, calendar_id)
    terms = choose_answer(case)
    due_at = _due(terms, at)
    wait = Wait.objects.create(
        about=on.key,
        team=team,
        channel=channel,
        language=language,
        policy_version_id=terms.policy_version_id if terms and due_at else None,
        calendar_version_id=terms.calendar_version_id if terms and due_at else None,
        asked_at=at,
        due_at=due_at,
    )
    awaited = AnswerAwaited(
        **_about(wait),
        asked_at=at,
        due_at=due_at,
        policy_version_id=wait.policy_version_id,
        calendar_version_id=wait.calendar_version_id,
    )
    publish(awaited, on=on, by=by)
    if due_at:
        set_timer(_timer(wait), due_at=due_at + GRACE, operation="sla.look_at_wait", wait_id=wait.pk)
    return wait


def _case(
    team: Team, channel: str, language: str, contact: Contact | None, at: datetime, calendar_id: int | None
) -> Case:
    """What decides for who is on the line: of no type and no priority yet."""
    entitled = NOTHING
    if contact and is_anything_sold():
        asker = Asker(contact.pk, contact.organisation_id, channel, at)
        entitled = entitled_to([asker]).get(asker, NOTHING)
    return Case(
        type="",
        priority=0,
        team_id=team.pk,
        channel=channel,
        language=language,
        entitlements=entitled.codes,
        calendar_id=entitled.calendar_id or calendar_id,
    )


def _due(terms: Terms | None, at: datetime) -> datetime | None:
    if terms is None or not is_open(terms.calendar, at):
        return None
    return reached(terms.calendar, at, terms.targets[ANSWER])


@transaction.atomic
def give_answer(on: Keyed, *, at: datetime, by: Actor = SYSTEM) -> None:
    """A person answered at `at`. Nothing happens where nobody waited, or they were answered before."""
    wait = _locked(on.key)
    if wait is None or wait.is_answered:
        return
    wait.is_answered = True
    _end(wait, at)
    _told(on, wait, AnswerGiven(**_ended(wait, at)), by)


@transaction.atomic
def forgo_answer(on: Keyed, *, at: datetime, by: Actor = SYSTEM) -> None:
    """Who waited went at `at`, unanswered. Nothing happens where nobody waits any more."""
    wait = _locked(on.key)
    if wait is None or wait.ended_at:
        return
    _end(wait, at)
    _told(on, wait, AnswerForgone(**_ended(wait, at)), by)


def _locked(about: str) -> Wait | None:
    return Wait.objects.select_for_update().filter(about=about).first()


def _end(wait: Wait, at: datetime) -> None:
    """It ended at `at`, by the times of the line: in time or late."""
    wait.ended_at = at
    wait.breached_at = wait.due_at if wait.due_at and at > wait.due_at else None


def _ended(wait: Wait, at: datetime) -> dict[str, Any]:
    return {**_about(wait), "asked_at": wait.asked_at, "ended_at": at, "is_late": wait.breached_at is not None}


def _told(on: Keyed | str, wait: Wait, event: AnswerEvent, by: Actor) -> None:
    """Keep what became of it and say so, its breach first if nobody has heard of that."""
    was_late = Wait.objects.filter(pk=wait.pk, breached_at__isnull=False).exists()
    wait.save(update_fields=["ended_at", "is_answered", "breached_at"])
    cancel_timer(_timer(wait))
    if wait.due_at and wait.breached_at and not was_late:
        publish(_breach(wait, wait.due_at), on=on, by=SYSTEM)
    publish(event, on=on, by=by)


@operation("sla.look_at_wait")
@transaction.atomic
def look_at_wait(wait_id: int, *, by: Actor) -> Skipped | None:
    """The time is up: if they still wait, the answer is late from when it was due."""
    wait = Wait.objects.select_for_update().filter(pk=wait_id).first()
    if wait is None or wait.ended_at or wait.breached_at or wait.due_at is None or wait.due_at > now():
        return NOT_DUE
    wait.breached_at = wait.due_at
    wait.save(update_fields=["breached_at"])
    publish(_breach(wait, wait.due_at), on=wait.about, by=by)
    return None


def _breach(wait: Wait, due_at: datetime) -> AnswerBreached:
    return AnswerBreached(**_about(wait), due_at=due_at)


def _about(wait: Wait) -> dict[str, Any]:
    """What every event of a wait says."""
    return {"wait_id": wait.pk, "team_id": wait.team_id, "channel": wait.channel, "language": wait.language}


def _timer(wait: Wait) -> str:
    return f"answer:{wait.pk}"
