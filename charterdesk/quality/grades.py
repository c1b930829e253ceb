"""Grades in figures: how many were given, which, by whose solution; never by who gave them."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Sum
from django.utils.timezone import make_aware

from charterdesk.people.models import Agent, Team
from charterdesk.people.viewer import Viewer
from charterdesk.quality.models import Daily
from charterdesk.quality.queries import readable_teams
from charterdesk.tickets.models import Grade

SCORES = tuple(score for score, _word in Grade.WORDS)


@dataclass(frozen=True, kw_only=True)
class GradeLine:
    """The grades of a team, of an agent, or of all: how many of each score, and how many solutions there were."""

    label: str
    scores: Mapping[int, int]
    solved: int

    @property
    def graded(self) -> int:
        """How many were given."""
        return sum(self.scores.values())

    @property
    def counts(self) -> list[int]:
        """How many of each score, from 1 to 5."""
        return [self.scores.get(score, 0) for score in SCORES]

    @property
    def mean(self) -> float | None:
        """Their mean, from 1 to 5."""
        return sum(score * count for score, count in self.scores.items()) / self.graded if self.graded else None

    @property
    def share(self) -> float | None:
        """The share of solutions that were graded, from 0 to 1; None where nothing was solved."""
        return min(1.0, self.graded / self.solved) if self.solved else None

    @property
    def positive(self) -> float | None:
        """The share of grades from 3 on, from 0 to 1."""
        good = sum(count for score, count in self.scores.items() if score >= Grade.POSITIVE)
        return good / self.graded if self.graded else None


@dataclass(frozen=True, kw_only=True)
class GradeReport:
    """Grades of some days, all together, by team and by agent."""

    total: GradeLine
    teams: Sequence[GradeLine]
    agents: Sequence[GradeLine]


def grade_report(viewer: Viewer, *, since: date, until: date) -> GradeReport:
    """The grades given from the day `since` to the day `until` to teams whose figures `viewer` may read.

    Five statements, over an index of the grades of these teams and days, and the kept figures of what was solved.
    """
    teams = readable_teams(viewer)
    found = Grade.objects.filter(team__in=teams, given_at__gte=_begin(since), given_at__lt=_begin(until, days=1))
    by_team: dict[int, Counter[int]] = defaultdict(Counter)
    by_agent: dict[int, Counter[int]] = defaultdict(Counter)
    total: Counter[int] = Counter()
    for team_id, agent_id, score, count in found.values_list("team", "agent", "score").annotate(Count("pk")):
        total[score] += count
        by_team[team_id][score] += count
        if agent_id is not None:
            by_agent[agent_id][score] += count
    days = Daily.objects.filter(team_id__in=teams, day__gte=since, day__lte=until)
    of_teams = dict(days.filter(by=Daily.ALL).values_list("team_id").annotate(Sum("solved")))
    of_agents = dict(days.filter(by=Daily.AGENT).values_list("value").annotate(Sum("solved")))
    team_names = dict(Team.objects.filter(pk__in=[*by_team, *of_teams]).values_list("pk", "name"))
    agent_ids = {*by_agent, *(int(value) for value in of_agents if value.isdecimal())}
    agent_names = dict(Agent.objects.filter(pk__in=agent_ids).values_list("pk", "name"))
    return GradeReport(
        total=GradeLine(label="", scores=total, solved=sum(of_teams.values())),
        teams=_lines(team_names, by_team, of_teams),
        agents=_lines(agent_names, by_agent, {int(pk): n for pk, n in of_agents.items() if pk.isdecimal()}),
    )


def _lines(
    names: Mapping[int, str], scores: Mapping[int, Mapping[int, int]], solved: Mapping[int, int]
) -> list[GradeLine]:
    """A line for each that was graded or solved something, those with the most grades first."""
    lines = [
        GradeLine(label=name, scores=scores.get(pk, {}), solved=solved.get(pk, 0))
        for pk, name in names.items()
        if scores.get(pk) or solved.get(pk)
    ]
    return sorted(lines, key=lambda line: (-line.graded, -line.solved, line.label))


def _begin(day: date, *, days: int = 0) -> datetime:
    """When a day begins in the reader's time zone, or one `days` later."""
    return make_aware(datetime.combine(day + timedelta(days=days), time.min))
