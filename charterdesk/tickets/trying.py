"""Trying a rule that goes by the clock: on the tickets whose time came, as they are today."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import QuerySet

from charterdesk.base.clock import now
from charterdesk.events.dry_run import ERROR, MATCH, NO_MATCH, Trial, dry_run
from charterdesk.events.log import Entry
from charterdesk.events.models import LoggedEvent, RuleVersion
from charterdesk.events.rule_times import CAME, DESK, next_time, rows_between
from charterdesk.events.rules import concerns, effects, goes_by_clock, judge
from charterdesk.tickets.actions.ruled import due_entry
from charterdesk.tickets.models import Ticket

MOST = 10_000
"""So many events are looked at for one page."""


def tried_on(version: RuleVersion, days: int, *, most: int = MOST) -> list[Trial]:
    """What `version` would have done in the last `days`, by what happened or by the clock; of `most` events at most.

    It performs nothing. Costs what `dry_run` or `trials_by_clock` do.
    """
    since, until = now() - timedelta(days=days), now()
    if version.body.get(DESK):
        return [_at_its_time(version, number, at) for number, at in enumerate(_times(version, since, until)[:most], 1)]
    if goes_by_clock(version.body):
        return trials_by_clock(version, since=since, until=until, limit=most)
    return list(dry_run(version, since=since, until=until, limit=most))


def trials_by_clock(version: RuleVersion, *, since: datetime, until: datetime, limit: int) -> list[Trial]:
    """What `version` would do to the tickets whose time came in (`since`, `until`]: on the facts of today, as those of
    a moment nobody looked at are not kept. Three statements, and one for each row a condition looks at.
    """
    trials = []
    for number, (ticket, at) in enumerate(_due(version, since, until, limit), start=1):
        entry = due_entry(ticket, version.rule_id, at=at)
        if not concerns(version.body, entry):
            continue
        verdict, evidence = judge(version.body, entry)
        said = ERROR if verdict.error else MATCH if verdict.answer else NO_MATCH
        would_do = effects(version.body, evidence) if said == MATCH else []
        trials.append(
            Trial(-number, at, entry.code, entry.subject, said, would_do, is_recorded=False, error=verdict.error)
        )
    return trials


def _times(version: RuleVersion, since: datetime, until: datetime) -> list[datetime]:
    """When a schedule of the desk came in (`since`, `until`]."""
    times: list[datetime] = []
    at = next_time(version.body["every"], since)
    while at <= until:
        times.append(at)
        at = next_time(version.body["every"], at)
    return times


def _at_its_time(version: RuleVersion, number: int, at: datetime) -> Trial:
    """What a rule of the desk as a whole would have done at `at`."""
    entry = Entry(
        id=0, at=at, code=CAME, subject=f"rule:{version.rule_id}", actor=f"rule:{version.rule_id}", cause_id=None,
        depth=0, data={"rule_id": version.rule_id}, facts=None, event=None,
    )  # fmt: skip
    verdict, evidence = judge(version.body, entry)
    said = ERROR if verdict.error else MATCH if verdict.answer else NO_MATCH
    would_do = effects(version.body, evidence) if said == MATCH else []
    return Trial(-number, at, CAME, entry.subject, said, would_do, is_recorded=False, error=verdict.error)


def _due(version: RuleVersion, since: datetime, until: datetime, limit: int) -> Iterator[tuple[Ticket, datetime]]:
    body = version.body
    if around := body.get("around"):
        ahead = timedelta(hours=around["hours"])
        rows = rows_between(around["date"], since - ahead, until - ahead, most=limit, team=body.get("team"))
        tickets = Ticket.objects.in_bulk([pk for pk, _date in rows])
        yield from ((tickets[pk], date + ahead) for pk, date in rows)
    elif wait := body.get("wait"):
        yield from _waited(body["when"], timedelta(hours=wait["hours"]), since, until, limit)
    else:
        yield from ((ticket, until) for ticket in _unfinished(body.get("team"))[:limit])


def _waited(
    codes: list[str], wait: timedelta, since: datetime, until: datetime, limit: int
) -> Iterator[tuple[Ticket, datetime]]:
    """The last time each ticket's wait ended."""
    heard = LoggedEvent.objects.filter(code__in=codes, at__gt=since - wait, at__lte=until - wait).order_by("-pk")
    last: dict[int, datetime] = {}
    for subject, at in heard.filter(subject__startswith="ticket:").values_list("subject", "at")[:limit]:
        last.setdefault(int(subject.partition(":")[2]), at)
    for pk, ticket in Ticket.objects.in_bulk(list(last)).items():
        yield ticket, last[pk] + wait


def _unfinished(team: int | None) -> QuerySet[Ticket]:
    found = Ticket.objects.unfinished().order_by("pk")
    return found.filter(team_id=team) if team else found
