"""The utility itself: calendars, teams, agents and what it promises; made by ordinary means, it is small."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from django.contrib.auth.hashers import make_password

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM
from charterdesk.calendars.actions import create_calendar
from charterdesk.calendars.models import BusinessCalendar
from charterdesk.ops.demo.asking import make_questions
from charterdesk.ops.demo.branding import make_brand
from charterdesk.people import cast
from charterdesk.people.models import Agent, AgentLanguage, Login, Membership, Role, Skill, Team
from charterdesk.people.permissions import READ_NOTES, READ_TICKETS, WORK_ON_TICKETS
from charterdesk.sla.choosing import Case, choose, make_default_policies
from charterdesk.sla.models import Policy, PolicyVersion
from charterdesk.sla.reckoning import Terms
from charterdesk.tickets.models import Ticket

_SIGNATURE = "{name}\n{company}, Weir Lane 2, {town}\n{website}"


@dataclass(frozen=True)
class Company:
    """The rows of the utility: teams by key, agents in the order of the cast, terms by team and priority."""

    teams: dict[str, Team]
    agents: list[Agent]
    terms: dict[tuple[str, int], Terms]


def make_company() -> Company:
    """Make the utility on an empty desk. Must run inside a transaction; some hundred statements."""
    calendars = {one.key: _calendar(one) for one in cast.CALENDARS}
    teams = {one.key: _team(one, calendars) for one in cast.TEAMS}
    agents = [_agent(one, teams) for one in cast.AGENTS]
    make_questions(teams)
    Role.objects.create(
        name="Trainee",
        description="Reads along and writes notes; answers go out through a colleague.",
        permissions=[READ_NOTES, READ_TICKETS, WORK_ON_TICKETS],
    )
    make_brand()
    make_default_policies()
    for at, one in enumerate(cast.TEAMS):
        _policy(one, teams[one.key], position=100 + at)
    terms = {
        (key, priority): _terms(team, priority) for key, team in teams.items() for priority, _name in Ticket.PRIORITIES
    }
    return Company(teams, agents, terms)


@cache
def password_hash() -> str:
    """The demo password, hashed once per process: everybody in the demo world has the same."""
    return make_password(cast.DEMO_PASSWORD)


def _calendar(one: cast.CastCalendar) -> BusinessCalendar:
    found = BusinessCalendar.objects.filter(name=one.name).first()
    return found or create_calendar(by=SYSTEM, name=one.name, zone=cast.ZONE, hours=one.hours, country=one.country)


def _team(one: cast.CastTeam, calendars: dict[str, BusinessCalendar]) -> Team:
    return Team.objects.create(
        name=one.name,
        address=one.address,
        sender_name=f"{cast.COMPANY}, {one.name}",
        signature=_SIGNATURE.format(name=one.name, company=cast.COMPANY, town=cast.TOWN, website=cast.WEBSITE),
        calendar=calendars[one.calendar],
        skill=Skill.objects.create(name=one.skill),
    )


def _agent(one: cast.CastAgent, teams: dict[str, Team]) -> Agent:
    login = Login.objects.create(email=one.email, password=password_hash())
    agent = Agent.objects.create(
        login=login,
        name=one.name,
        role=one.role,
        language=one.screen,
        time_zone=cast.ZONE,
        capacity=one.capacity,
        state=Agent.WORKING if one.role in (Agent.AGENT, Agent.LEAD) else Agent.BUSY,
        state_since=now() - timedelta(minutes=50),
    )
    Membership.objects.bulk_create([Membership(agent=agent, team=teams[key]) for key in one.teams])
    AgentLanguage.objects.bulk_create(
        [AgentLanguage(agent=agent, language=code, level=level) for code, level in one.languages.items()]
    )
    agent.skills.set([skill for key in one.teams if (skill := teams[key].skill)])
    return agent


def _policy(one: cast.CastTeam, team: Team, *, position: int) -> None:
    """What the team promises for ordinary requests; urgent and important ones have the desk's own targets."""
    PolicyVersion.objects.create(
        policy=Policy.objects.create(slug=f"demo-{one.key}"),
        number=1,
        name=one.name,
        position=position,
        team_ids=[team.pk],
        first_reply=timedelta(hours=one.first_reply_hours),
        next_reply=timedelta(hours=one.first_reply_hours),
        warnings=[50, 80],
        resolution=timedelta(hours=one.resolution_hours),
    )


def _terms(team: Team, priority: int) -> Terms:
    terms = choose(Case(type="question", priority=priority, team_id=team.pk, channel="email", language="en"))
    assert terms is not None, "the company has a policy for every team"
    return terms
