"""Which targets hold for a request: those of the first policy that matches, on its calendar or the customer's.

Whose hours count: the policy's own, else those of the customer's contract, else the channel's, else the team's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from charterdesk.calendars.actions import ensure_version
from charterdesk.calendars.models import BusinessCalendar, CalendarVersion
from charterdesk.calendars.spec import read_calendar_text
from charterdesk.channels.sms.hours import calendars_of
from charterdesk.people.entitled import NOTHING, Asker, Entitled, entitled_to, is_anything_sold
from charterdesk.sla.models import ANSWER, FIRST_REPLY, NEXT_REPLY, RESOLUTION, Policy, PolicyVersion
from charterdesk.sla.reckoning import Terms
from charterdesk.tickets.models import Ticket

# The policies a desk starts with: slug, name, position, priorities, hours to the first reply, hours to the solution.
DEFAULTS: tuple[tuple[str, str, int, list[int], int, int], ...] = (
    ("urgent", "Urgent requests", 10, [Ticket.URGENT], 1, 9),
    ("high", "Important requests", 20, [Ticket.HIGH], 2, 18),
    ("all", "All requests", 1000, [], 4, 27),
)


def _matching(wanted: str, asked: str) -> str:
    """The statement for the first policy that fits a case: `wanted` of it, if it is one that is `asked`."""
    return f"""
SELECT policy.id, {wanted}, calendar.id, version.id, version.spec::text
FROM sla_policyversion policy
JOIN people_team team ON team.id = %(team_id)s
LEFT JOIN sla_channelhours hours ON hours.channel = %(channel)s
JOIN calendars_businesscalendar calendar
  ON calendar.id = coalesce(policy.calendar_id, %(calendar_id)s, hours.calendar_id, team.calendar_id)
LEFT JOIN calendars_calendarversion version
       ON version.calendar_id = calendar.id AND version.number = calendar.version
WHERE policy.active_until IS NULL AND {asked}
  AND (policy.types = '{{}}' OR %(type)s = ANY (policy.types))
  AND (policy.priorities = '{{}}' OR %(priority)s = ANY (policy.priorities))
  AND (policy.team_ids = '{{}}' OR %(team_id)s = ANY (policy.team_ids))
  AND (policy.channels = '{{}}' OR %(channel)s = ANY (policy.channels))
  AND (policy.languages = '{{}}' OR %(language)s = ANY (policy.languages))
  AND (policy.entitlements = '{{}}' OR policy.entitlements && %(entitlements)s::varchar[])
ORDER BY policy.position, policy.id
LIMIT 1
"""


# A policy that only says how soon the line is answered is none for tickets, and one without that is none for calls.
_CHOOSE = _matching(
    "policy.first_reply, policy.next_reply, policy.resolution, policy.warnings, policy.pauses",
    "(policy.answer IS NULL OR coalesce(policy.first_reply, policy.next_reply, policy.resolution) IS NOT NULL)",
)
_CHOOSE_ANSWER = _matching("policy.answer", "policy.answer IS NOT NULL")


@dataclass(frozen=True)
class Case:
    """What of a request decides which targets hold. `calendar_id` is of the hours agreed on with the customer, else
    of the number they texted to.
    """

    type: str
    priority: int
    team_id: int
    channel: str
    language: str
    entitlements: tuple[str, ...] = ()
    calendar_id: int | None = None


@dataclass(frozen=True)
class Request:
    """A request at a moment: what an event's snapshot says of it, None where that was erased."""

    ticket_id: int
    facts: Mapping[str, Any] | None
    at: datetime


def cases_of(requests: Sequence[Request]) -> list[Case]:
    """What decides for each of `requests`. No statement where snapshots are there, nothing was ever sold, and
    none came by SMS.
    """
    known = [_facts_of(request) for request in requests]
    entitled: Mapping[Asker, Entitled] = {}
    askers = [_asker(facts, request.at) for facts, request in zip(known, requests, strict=True)]
    if is_anything_sold():
        entitled = entitled_to(list(dict.fromkeys(asker for asker in askers if asker)))
    texted = [one.ticket_id for one, facts in zip(requests, known, strict=True) if facts["channel"] == "sms"]
    hours = calendars_of(texted)
    return [
        _case(facts, entitled.get(asker, NOTHING) if asker else NOTHING, hours.get(request.ticket_id))
        for request, facts, asker in zip(requests, known, askers, strict=True)
    ]


def _facts_of(request: Request) -> Mapping[str, Any]:
    """What the snapshot says; how the ticket is now, where that was erased (one query then)."""
    facts = request.facts
    if facts and "priority" in facts:
        return facts
    found: Mapping[str, Any] = Ticket.objects.values(*_FACTS).get(pk=request.ticket_id)
    return found


_FACTS = ("type", "priority", "team_id", "channel", "language", "contact_id", "organisation_id")


def _asker(facts: Mapping[str, Any], at: datetime) -> Asker | None:
    contact_id = facts.get("contact_id")
    return Asker(contact_id, facts.get("organisation_id"), facts["channel"], at) if contact_id else None


def _case(facts: Mapping[str, Any], entitled: Entitled, calendar_id: int | None) -> Case:
    return Case(
        type=facts["type"],
        priority=facts["priority"],
        team_id=facts["team_id"],
        channel=facts["channel"],
        language=facts["language"],
        entitlements=entitled.codes,
        calendar_id=entitled.calendar_id or calendar_id,
    )


def choose(case: Case) -> Terms | None:
    """What holds now for `case`, or None where no policy matches. One query.

    On a desk that has never had a policy, it first makes those it starts with.
    """
    row = _first_match(case)
    if row is None and not Policy.objects.exists():
        make_default_policies()
        row = _first_match(case)
    if row is None:
        return None
    policy_id, first_reply, next_reply, resolution, warnings, pauses, calendar_id, version_id, text = row
    if version_id is None:
        version = ensure_version(BusinessCalendar.objects.get(pk=calendar_id))
        return terms_of(PolicyVersion.objects.get(pk=policy_id), version)
    return Terms(
        policy_version_id=policy_id,
        calendar_version_id=version_id,
        calendar=read_calendar_text(text),
        targets=targets_of(first_reply, next_reply, resolution),
        warnings=tuple(warnings),
        pauses=frozenset(pauses),
    )


def targets_of(
    first_reply: timedelta | None, next_reply: timedelta | None, resolution: timedelta | None
) -> dict[str, timedelta]:
    """The targets that are set, by kind."""
    found = {FIRST_REPLY: first_reply, NEXT_REPLY: next_reply, RESOLUTION: resolution}
    return {kind: target for kind, target in found.items() if target}


def choose_answer(case: Case) -> Terms | None:
    """What holds now for somebody on the line; None where no policy says how soon they are answered. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_CHOOSE_ANSWER, {**vars(case), "entitlements": list(case.entitlements)})
        row = cursor.fetchone()
    if row is None:
        return None
    policy_id, answer, calendar_id, version_id, text = row
    if version_id is None:
        version = ensure_version(BusinessCalendar.objects.get(pk=calendar_id))
        return answer_terms(PolicyVersion.objects.get(pk=policy_id), version)
    return Terms(policy_id, version_id, read_calendar_text(text), {ANSWER: answer}, (), frozenset())


def answer_terms(policy: PolicyVersion, version: CalendarVersion) -> Terms:
    """What a policy's version asks of who is called, on a calendar's version. No query."""
    targets = {ANSWER: policy.answer} if policy.answer else {}
    return Terms(policy.pk, version.pk, version.times, targets, (), frozenset())


def _first_match(case: Case) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(_CHOOSE, {**vars(case), "entitlements": list(case.entitlements)})
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row


def terms_of(policy: PolicyVersion, version: CalendarVersion) -> Terms:
    """What a policy's version asks on a calendar's version. No query."""
    return Terms(
        policy_version_id=policy.pk,
        calendar_version_id=version.pk,
        calendar=version.times,
        targets=targets_of(policy.first_reply, policy.next_reply, policy.resolution),
        warnings=tuple(policy.warnings),
        pauses=frozenset(policy.pauses),
    )


def make_default_policies() -> None:
    """Make the policies a desk starts with, those that are missing; safe beside others doing the same."""
    for slug, name, position, priorities, first_reply, resolution in DEFAULTS:
        policy, _created = Policy.objects.get_or_create(slug=slug)
        PolicyVersion.objects.get_or_create(
            policy=policy,
            number=1,
            defaults={
                "name": name,
                "position": position,
                "priorities": priorities,
                "first_reply": timedelta(hours=first_reply),
                "resolution": timedelta(hours=resolution),
            },
        )
