"""Which targets hold for a request: those of the first policy that matches, on its calendar or the team's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection

from charterdesk.calendars.actions import ensure_version
from charterdesk.calendars.models import BusinessCalendar, CalendarVersion
from charterdesk.calendars.spec import read_calendar_text
from charterdesk.sla.models import FIRST_REPLY, RESOLUTION, Policy, PolicyVersion
from charterdesk.sla.reckoning import Terms
from charterdesk.tickets.models import Ticket

# The policies a desk starts with: slug, name, position, priorities, hours to the first reply, hours to the solution.
DEFAULTS: tuple[tuple[str, str, int, list[int], int, int], ...] = (
    ("urgent", "Urgent requests", 10, [Ticket.URGENT], 1, 9),
    ("high", "Important requests", 20, [Ticket.HIGH], 2, 18),
    ("all", "All requests", 1000, [], 4, 27),
)
_CHOOSE = """
SELECT policy.id, policy.first_reply, policy.resolution, policy.warn_percent, policy.pauses,
       calendar.id, version.id, version.spec::text
FROM sla_policyversion policy
JOIN people_team team ON team.id = %(team_id)s
JOIN calendars_businesscalendar calendar ON calendar.id = coalesce(policy.calendar_id, team.calendar_id)
LEFT JOIN calendars_calendarversion version
       ON version.calendar_id = calendar.id AND version.number = calendar.version
WHERE policy.active_until IS NULL
  AND (policy.types = '{}' OR %(type)s = ANY (policy.types))
  AND (policy.priorities = '{}' OR %(priority)s = ANY (policy.priorities))
  AND (policy.team_ids = '{}' OR %(team_id)s = ANY (policy.team_ids))
  AND (policy.channels = '{}' OR %(channel)s = ANY (policy.channels))
  AND (policy.languages = '{}' OR %(language)s = ANY (policy.languages))
ORDER BY policy.position, policy.id
LIMIT 1
"""


@dataclass(frozen=True)
class Case:
    """What of a request decides which targets hold."""

    type: str
    priority: int
    team_id: int
    channel: str
    language: str


def case_at(facts: Mapping[str, Any] | None, ticket_id: int) -> Case:
    """The case an event's snapshot describes; as the ticket is now, where that was erased (one query then)."""
    if facts and "priority" in facts:
        return Case(facts["type"], facts["priority"], facts["team_id"], facts["channel"], facts["language"])
    ticket = Ticket.objects.get(pk=ticket_id)
    return Case(ticket.type, ticket.priority, ticket.team_id, ticket.channel, ticket.language)


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
    policy_id, first_reply, resolution, warn_percent, pauses, calendar_id, version_id, text = row
    if version_id is None:
        version = ensure_version(BusinessCalendar.objects.get(pk=calendar_id))
        return terms_of(PolicyVersion.objects.get(pk=policy_id), version)
    targets = {FIRST_REPLY: first_reply, RESOLUTION: resolution}
    return Terms(
        policy_version_id=policy_id,
        calendar_version_id=version_id,
        calendar=read_calendar_text(text),
        targets={kind: target for kind, target in targets.items() if target},
        warn_percent=warn_percent,
        pauses=frozenset(pauses),
    )


def _first_match(case: Case) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(_CHOOSE, vars(case))
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row


def terms_of(policy: PolicyVersion, version: CalendarVersion) -> Terms:
    """What a policy's version asks on a calendar's version. No query."""
    targets = {FIRST_REPLY: policy.first_reply, RESOLUTION: policy.resolution}
    return Terms(
        policy_version_id=policy.pk,
        calendar_version_id=version.pk,
        calendar=version.times,
        targets={kind: target for kind, target in targets.items() if target},
        warn_percent=policy.warn_percent,
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
