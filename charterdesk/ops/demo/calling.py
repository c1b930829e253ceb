"""Some customers who call: two numbers, two weeks of calls, and of each number two that were missed just now."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM
from charterdesk.calendars.actions import ensure_version
from charterdesk.calendars.arithmetic import is_open
from charterdesk.calls.actions import Report, save_line, save_system, set_extensions, take_report
from charterdesk.calls.models import Call, PhoneLine, PhoneSystem
from charterdesk.events.log import event_row, write_events
from charterdesk.people.models import Agent, Identity, Team
from charterdesk.sla.actions import create_policy
from charterdesk.sla.events import AnswerAwaited, AnswerForgone, AnswerGiven
from charterdesk.sla.models import PolicyVersion, Wait

LINES = (("Hotline", "+353209100048", "Leaks and emergencies"), ("Bills", "+353209100052", "Billing"))
CALLS, DAYS, SECONDS = 80, 14, 30  # calls of each number
SECOND = timedelta(seconds=1)


@transaction.atomic
def let_some_call(say: Callable[[str], object]) -> None:
    """Give the desk numbers, and let customers have called them: most answered in time, some late, some not.

    Some hundred statements, however many calls.
    """
    say("having some customers call")
    save_system(PhoneSystem(), by=SYSTEM, fields={"name": "Main office"})
    policy = create_policy(by=SYSTEM, name="Calls", answer=SECONDS * SECOND, channels=["phone"], position=5)
    known = list(Identity.objects.filter(kind=Identity.PHONE, value__startswith="+").order_by("pk")[:60])
    for first, (name, number, team_name) in enumerate(LINES, 2):
        team = Team.objects.select_related("calendar").get(name=team_name)
        line = save_line(
            PhoneLine(), by=SYSTEM, fields={"name": name, "number": number, "team": team, "language": "en"}
        )
        agents = list(Agent.objects.filter(memberships__team=team, is_active=True).order_by("pk")[:6])
        for place, agent in enumerate(agents):
            set_extensions(agent, numbers=[f"{first}{place + 1}"], by=SYSTEM)
        if known and agents:
            _past(line, known, agents, policy)
            for place, identity in enumerate(known[2 * first : 2 * first + 2]):
                _miss(identity.value, line, now() - timedelta(minutes=25 - 12 * place))


def _past(line: PhoneLine, known: list[Identity], agents: list[Agent], policy: PolicyVersion) -> None:
    """Two weeks of calls in opening hours, with their answers in the log, so that all can be reckoned again."""
    draw, version = random.Random(line.pk), ensure_version(line.team.calendar)
    calls: list[Call] = []
    while len(calls) < CALLS:
        rang_at = now() - timedelta(seconds=draw.uniform(7200, DAYS * 86_400))
        if is_open(version.times, rang_at) and is_open(version.times, rang_at + SECONDS * SECOND):
            calls.append(_call(line, draw, draw.choice(known), draw.choice(agents), rang_at, len(calls)))
    calls.sort(key=lambda call: call.begun_at)
    Call.objects.bulk_create(calls)
    waits = [_wait(call, policy, version.pk) for call in calls]
    Wait.objects.bulk_create(waits)
    rows = []
    for call, wait in zip(calls, waits, strict=True):
        said: dict[str, Any] = {
            "wait_id": wait.pk,
            "team_id": wait.team_id,
            "channel": "phone",
            "language": line.language,
        }
        awaited = AnswerAwaited(
            **said,
            asked_at=wait.asked_at,
            due_at=wait.due_at,
            policy_version_id=policy.pk,
            calendar_version_id=version.pk,
        )
        rows += [event_row(each, on=call, by=SYSTEM) for each in (awaited, _end_of(call, wait, said))]
    write_events(rows)


def _call(line: PhoneLine, draw: random.Random, who: Identity, agent: Agent, rang_at: datetime, place: int) -> Call:
    """One call that is over: nine of ten were answered, most of them soon."""
    is_answered = draw.random() < 0.9
    until = rang_at + timedelta(seconds=round(draw.lognormvariate(2.6, 0.7)) if is_answered else draw.randint(15, 70))
    return Call(
        once=f"demo:{line.pk}:{place}",
        line=line,
        team=line.team,
        number=who.value,
        contact_id=who.contact_id,
        agent=agent if is_answered else None,
        state=Call.ENDED,
        cause=Call.ANSWERED if is_answered else Call.MISSED,
        begun_at=rang_at,
        rang_at=rang_at,
        answered_at=until if is_answered else None,
        ended_at=until + timedelta(seconds=draw.randint(40, 600)) if is_answered else until,
    )


def _wait(call: Call, policy: PolicyVersion, calendar_version_id: int) -> Wait:
    assert call.rang_at is not None
    due_at, ended_at = call.rang_at + SECONDS * SECOND, call.answered_at or call.ended_at
    return Wait(
        about=call.key,
        team=call.team,
        channel="phone",
        language="en",
        policy_version=policy,
        calendar_version_id=calendar_version_id,
        asked_at=call.rang_at,
        due_at=due_at,
        ended_at=ended_at,
        is_answered=call.answered_at is not None,
        breached_at=due_at if ended_at and ended_at > due_at else None,
    )


def _end_of(call: Call, wait: Wait, said: dict[str, Any]) -> AnswerGiven | AnswerForgone:
    is_late = wait.breached_at is not None
    if call.answered_at:
        return AnswerGiven(**said, asked_at=wait.asked_at, ended_at=call.answered_at, is_late=is_late)
    assert wait.ended_at is not None
    return AnswerForgone(**said, asked_at=wait.asked_at, ended_at=wait.ended_at, is_late=is_late)


def _miss(number: str, line: PhoneLine, at: datetime) -> None:
    """Somebody who called just now and reached nobody: the desk calls them back."""
    for state, seconds in (("ringing", 0), ("ended", 48)):
        told = Report(
            call_id=f"demo-missed-{line.pk}-{number}",
            state=state,
            at=at + timedelta(seconds=seconds),
            from_=number,
            to=line.number,
        )
        take_report(told, source="demo", by=SYSTEM)
