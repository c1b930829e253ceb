"""What the telephone system reports of a call, taken in however late, often and out of order it comes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.calls.events import CallAnswered, CallEnded, CallEvent, CallMissed, CallRang, CallTransferred
from charterdesk.calls.models import Call, PhoneLine
from charterdesk.calls.numbers import caller_of, line_of, normal_number
from charterdesk.events.log import publish
from charterdesk.events.operations import operation
from charterdesk.events.skipped import NOT_DUE, Skipped
from charterdesk.events.timers import cancel_timer, set_timer
from charterdesk.people.models import Agent
from charterdesk.sla.actions import await_answer, forgo_answer, give_answer

RINGING, ANSWERED, TRANSFERRED, ENDED = "ringing", "answered", "transferred", "ended"
STATES = (RINGING, ANSWERED, TRANSFERRED, ENDED)
OLDEST = timedelta(days=31)
AHEAD = timedelta(minutes=2)
"""So far the clock of a telephone system may be ahead; what is further ahead is wrong."""
RINGS_FOR = timedelta(minutes=15)
TALKS_FOR = timedelta(hours=8)
"""After so long without a word of its end a call is over: no system's silence keeps it for ever."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """One thing that happened to a call. `call_id` is its id at the telephone system, `at` when (None: now).

    `from_` and `to` are needed where it was not heard of before; `agent` is who picked up, or talks from now on.
    `cause` says how it ended; "" is answered where somebody picked up, else missed.
    """

    call_id: str
    state: str
    at: datetime | None = None
    direction: str = Call.IN
    from_: str = ""
    to: str = ""
    agent: Agent | None = None
    cause: str = ""
    recording: str = ""


@transaction.atomic
def take_report(report: Report, *, source: str, by: Actor) -> Call:
    """Take in what happened to a call of `source` and return the call. What was known already changes nothing.

    Raises `Refused`: `calls.unknown_line` (neither number is one of ours), `calls.bad_time`, `calls.bad_recording`.
    """
    at = _sane(report.at)
    if report.recording and urlsplit(report.recording).scheme not in ("http", "https"):
        raise Refused("calls.bad_recording", _("A recording is named by an address that begins with https://."))
    call, is_new = _call(report, f"{source}:{report.call_id}"[:160], at)
    before = (call.state, call.agent_id, call.answered_at, call.ended_at)
    if report.recording and report.recording != call.recording:
        call.recording = report.recording
    events: list[CallEvent] = [CallRang(**about(call))] if is_new else []
    events += _happened(call, report, at)
    call.save()
    for event in events:
        publish(event, on=call, by=report.agent or by)
    _keep_answer(call, by=by)
    if is_new or before != (call.state, call.agent_id, call.answered_at, call.ended_at):
        _keep_timer(call, at)
    return call


def _sane(at: datetime | None) -> datetime:
    """When it happened: never in time to come, never longer ago than anything is reported."""
    if at is None:
        return now()
    if at > now() + AHEAD or at < now() - OLDEST:
        raise Refused("calls.bad_time", _("This time is not of a call just now. Check the clock of the system."))
    return min(at, now())


def _call(report: Report, once: str, at: datetime) -> tuple[Call, bool]:
    """The call that is meant, locked; and whether it is heard of for the first time."""
    known = Call.objects.select_for_update().filter(once=once).first()
    if known:
        return known, False
    is_in = report.direction == Call.IN
    ours, theirs = (report.to, report.from_) if is_in else (report.from_, report.to)
    line = line_of(ours)
    if line is None:
        raise Refused("calls.unknown_line", _("Neither number is one of the desk's. Set it up first."))
    number = normal_number(theirs, like=line.number)
    call, is_new = Call.objects.get_or_create(
        once=once,
        defaults={
            "line": line,
            "team": line.team,
            "direction": Call.IN if is_in else Call.OUT,
            "number": number,
            "contact": caller_of(number, like=line.number),
            "agent": None if is_in else report.agent,
            "begun_at": at,
        },
    )
    return (call, True) if is_new else (Call.objects.select_for_update().get(pk=call.pk), False)


def _happened(call: Call, report: Report, at: datetime) -> list[CallEvent]:
    """Set on `call` what `report` says, and return what is to be published of it."""
    call.begun_at = min(call.begun_at, at)
    match report.state:
        case "ringing":
            if call.rang_at is None:
                call.rang_at = min(each for each in (at, call.answered_at, call.ended_at) if each)
            return []
        case "answered":
            return _answered(call, report.agent, at)
        case "transferred":
            return _transferred(call, report.agent, at)
    return _ended(call, report, at)


def _answered(call: Call, agent: Agent | None, at: datetime) -> list[CallEvent]:
    """Somebody picked up. One that we thought was missed was answered after all."""
    if call.answered_at:
        call.agent = call.agent or agent
        return []
    call.answered_at = max(at, call.rang_at) if call.rang_at else at
    call.agent = agent or call.agent
    if call.state == Call.RINGING:
        call.state = Call.TALKING
    else:
        call.cause, call.ended_at = Call.ANSWERED, max(call.ended_at or at, call.answered_at)
    answered = CallAnswered(**about(call))
    return [answered] if call.state == Call.TALKING else [answered, CallEnded(**about(call))]


def _transferred(call: Call, agent: Agent | None, at: datetime) -> list[CallEvent]:
    """Somebody else talks. Told before anybody picked up, it is who did."""
    if call.answered_at is None:
        return _answered(call, agent, at)
    former_id = call.agent_id
    if agent is None or former_id == agent.pk or call.state == Call.ENDED:
        return []
    call.agent, call.transfers = agent, call.transfers + 1
    return [CallTransferred(**about(call), former_id=former_id)]


def _ended(call: Call, report: Report, at: datetime) -> list[CallEvent]:
    if call.state == Call.ENDED:
        return []
    call.state = Call.ENDED
    call.ended_at = max(each for each in (at, call.rang_at, call.answered_at) if each)
    is_answered = call.answered_at is not None or report.cause == Call.ANSWERED
    call.agent = call.agent or report.agent
    call.cause = Call.ANSWERED if is_answered else report.cause or Call.MISSED
    if is_answered or call.direction == Call.OUT:
        return [CallEnded(**about(call))]
    return [CallMissed(**about(call), cause=call.cause)]


def about(call: Call) -> dict[str, Any]:
    """The fields every event of a call has."""
    return {
        "call_id": call.pk,
        "team_id": call.team_id,
        "direction": call.direction,
        "contact_id": call.contact_id,
        "agent_id": call.agent_id,
    }


def _keep_answer(call: Call, *, by: Actor) -> None:
    """The promise to answer: begun with the ringing, done when somebody picks up, over when they hang up."""
    if call.direction != Call.IN or call.rang_at is None:
        return
    line: PhoneLine | None = call.line
    language = call.contact.language if call.contact else line.language if line else "en"
    await_answer(
        call,
        team=call.team,
        channel="phone",
        language=language,
        contact=call.contact,
        at=call.rang_at,
        by=by,
        calendar_id=line.calendar_id if line else None,
    )
    if call.answered_at:
        give_answer(call, at=call.answered_at, by=by)
    elif call.ended_at and call.cause != Call.ANSWERED:
        forgo_answer(call, at=call.ended_at, by=by)


def _keep_timer(call: Call, at: datetime) -> None:
    if call.state == Call.ENDED:
        cancel_timer(_timer(call))
        return
    due_at = max(at, now()) + (TALKS_FOR if call.state == Call.TALKING else RINGS_FOR)
    set_timer(_timer(call), due_at=due_at, operation="calls.give_up", call_id=call.pk)


def _timer(call: Call) -> str:
    return f"call:{call.pk}"


@operation("calls.give_up")
@transaction.atomic
def give_up_call(call_id: int, *, by: Actor) -> Skipped | None:
    """The end of a call was never reported: it is over now, and counts as missed unless somebody had picked up."""
    call = Call.objects.select_for_update().filter(pk=call_id).exclude(state=Call.ENDED).first()
    if call is None:
        return NOT_DUE
    source, _colon, call_id_there = call.once.partition(":")
    take_report(Report(call_id=call_id_there, state=ENDED), source=source, by=by)
    return None
