"""Who takes the next ticket: oldest first within a priority class, to whoever speaks the language, can do it, is free.

Waiting raises a ticket's class (ageing), so that nobody starves behind urgent ones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.billing.actions.loyalty import favours_of
from charterdesk.billing.queries.set_up import has_tiers
from charterdesk.calendars.arithmetic import is_open
from charterdesk.events.log import BEGINNING, Cause, this_cause
from charterdesk.people.models import Agent, AgentLanguage, Membership, Skill
from charterdesk.tickets.actions.assignment import Assignment, assign_waiting
from charterdesk.tickets.models import StatusCount, Ticket

AGEING = timedelta(hours=8)
"""Waiting this long counts as one priority class more."""
LOOK_AHEAD = 25
"""So many of the oldest per class are looked at: one nobody can take does not hold up those behind it."""


@dataclass
class Candidate:
    """An agent who works now. `load` are tickets in hand (new and open), `languages` levels by language."""

    agent: Agent
    load: int
    languages: dict[str, int]
    skills: frozenset[str]

    @property
    def is_free(self) -> bool:
        """Whether one more fits in."""
        return self.load < self.agent.capacity


def route_waiting(team_id: int, *, by: Actor, causes: Mapping[str, Cause] = MappingProxyType({})) -> int:
    """Give out what waits in the queue of a team while somebody is free, and return how many were given out.

    `causes` says by a ticket's key what led to its being given out, where that is not what led to this call: as many
    are looked at. Six queries when nobody is free; one more and an assignment for all that are looked at otherwise.
    """
    candidates = candidates_of(team_id)
    spoken, skill_names = _spoken_in(team_id), _skill_names()
    cause = this_cause() or BEGINNING
    given, ahead = 0, max(LOOK_AHEAD, len(causes))
    while any(candidate.is_free for candidate in candidates):
        queue = waiting(team_id, at=now(), ahead=ahead)
        chosen = []
        for ticket in queue:
            taker = choose(ticket, candidates, spoken=spoken, skill_names=skill_names)
            if taker:
                chosen.append(Assignment(ticket, taker.agent, causes.get(ticket.key, cause)))
                taker.load += 1
        given += (now_given := assign_waiting(chosen, by=by) if chosen else 0)
        if not now_given or len(queue) < ahead:
            break
    return given


def waiting(team_id: int, *, at: datetime, ahead: int = LOOK_AHEAD) -> list[Ticket]:
    """The tickets of a team's queue in the order in which they are to be given out; a bounded look into each class."""
    queue = Ticket.objects.active().filter(team_id=team_id, assignee=None).order_by("opened_at")
    classes = [queue.filter(priority=priority)[:ahead] for priority, _name in Ticket.PRIORITIES]
    tickets = list(classes[0].union(*classes[1:], all=True))
    earlier = loyal_classes(tickets, at=at) if has_tiers() else {}
    return sorted(
        tickets,
        key=lambda ticket: (
            max(Ticket.URGENT, aged_class(ticket, at=at) - earlier.get(ticket.key, 0)),
            ticket.opened_at,
        ),
    )


def loyal_classes(tickets: Sequence[Ticket], *, at: datetime) -> dict[str, int]:
    """By how many classes tickets of loyal customers go earlier now. One query.

    By none while another that waits is due within the margin of their tier: loyalty never breaks a promise to somebody
    else. The more is asked of the desk, the less it counts.
    """
    favours = favours_of([ticket.key for ticket in tickets])
    others_due = [ticket.due_at for ticket in tickets if ticket.due_at and ticket.key not in favours]
    next_due = min(others_due, default=None)
    return {key: favour.classes for key, favour in favours.items() if next_due is None or next_due - at > favour.margin}


def aged_class(ticket: Ticket, *, at: datetime) -> int:
    """The priority class after ageing: 1 is first; no wait makes it more than urgent."""
    return max(Ticket.URGENT, ticket.priority - int((at - ticket.opened_at) / AGEING))


def choose(
    ticket: Ticket, candidates: Sequence[Candidate], *, spoken: frozenset[str], skill_names: frozenset[str]
) -> Candidate | None:
    """The one to take `ticket`: has the skills its tags name, speaks its language best, then has least in hand.

    `spoken` are the languages anybody of the team speaks: in another one, whoever is free has to do.
    """
    needed = skill_names.intersection(ticket.tags)
    able = [one for one in candidates if one.is_free and needed <= one.skills and ticket.key not in one.agent.kept_from]
    if ticket.language in spoken:
        able = [one for one in able if ticket.language in one.languages]
    return min(
        able,
        key=lambda one: (-one.languages.get(ticket.language, 0), one.load / one.agent.capacity, one.agent.pk),
        default=None,
    )


def candidates_of(team_id: int) -> list[Candidate]:
    """Who of a team works now, by their state and their own hours. Four queries."""
    working = Agent.objects.filter(memberships__team_id=team_id, state=Agent.WORKING, is_active=True)
    found = working.select_related("calendar").prefetch_related("languages", "skills")
    agents = [agent for agent in found if in_working_hours(agent, at=now())]
    if not agents:
        return []
    loads = _loads([agent.pk for agent in agents])
    return [
        Candidate(
            agent=agent,
            load=loads.get(agent.pk, 0),
            languages={one.language: one.level for one in agent.languages.all()},
            skills=frozenset(skill.name.lower() for skill in agent.skills.all()),
        )
        for agent in agents
    ]


def in_working_hours(agent: Agent, *, at: datetime) -> bool:
    """Whether `agent` works at `at` by their own calendar; without one, always. One query if it was not fetched."""
    return agent.calendar is None or is_open(agent.calendar.times, at)


def route_by_working_hours(*, by: Actor) -> int:
    """Give out what waits to whoever's working hours have begun. A query, and those of `route_waiting` by team."""
    keeping = Agent.objects.filter(calendar__isnull=False, state=Agent.WORKING, is_active=True)
    members = Membership.objects.filter(agent__in=keeping).select_related("agent__calendar")
    teams = {each.team_id for each in members if in_working_hours(each.agent, at=now())}
    return sum(route_waiting(team_id, by=by) for team_id in sorted(teams))


def _loads(agent_ids: list[int]) -> dict[int, int]:
    """Tickets in hand by agent, from the kept counts."""
    rows = StatusCount.objects.filter(assignee_id__in=agent_ids, status__in=Ticket.ACTIVE)
    loads: dict[int, int] = {}
    for agent_id, count in rows.values_list("assignee_id", "tickets"):
        loads[agent_id] = loads.get(agent_id, 0) + count
    return loads


def _spoken_in(team_id: int) -> frozenset[str]:
    """The languages the members of a team speak, working or not."""
    rows = AgentLanguage.objects.filter(agent__memberships__team_id=team_id, agent__is_active=True)
    return frozenset(rows.values_list("language", flat=True).distinct())


def _skill_names() -> frozenset[str]:
    """All skills, as tags name them."""
    return frozenset(name.lower() for name in Skill.objects.values_list("name", flat=True))


def route_teams_of(agent_id: int, *, by: Actor) -> int:
    """Give out what waits in the queues of all teams of an agent who became free."""
    team_ids = Membership.objects.filter(agent_id=agent_id).values_list("team_id", flat=True)
    return sum(route_waiting(team_id, by=by) for team_id in team_ids)
