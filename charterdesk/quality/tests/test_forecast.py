"""What will be late today: what is due against the pace of the last two weeks."""

from datetime import UTC, datetime, timedelta

import pytest

from charterdesk.calendars.spec import DAYS, read_calendar
from charterdesk.calendars.testing import ROUND_THE_CLOCK, make_calendar
from charterdesk.people.models import Team
from charterdesk.people.testing import make_agent, make_team
from charterdesk.people.viewer import viewer_of_agent
from charterdesk.quality.forecast import DuePromise, forecast, late_of
from charterdesk.quality.models import Daily
from charterdesk.sla.models import Clock
from charterdesk.sla.testing import at_hour, happened, make_policy
from charterdesk.tickets.testing import make_ticket

MORNING = datetime(2026, 11, 23, 8, tzinfo=UTC)


def due(*hours: float) -> list[DuePromise]:
    return [DuePromise(1, MORNING + timedelta(hours=hour), number, "") for number, hour in enumerate(hours, start=1)]


def late(pace: float, *hours: float, spans: list[list[str]] | None = None) -> list[int]:
    """The numbers of those that will be late, of promises due so many hours after 8:00."""
    calendar = read_calendar({"zone": "UTC", "hours": {day: spans or [["00:00", "24:00"]] for day in DAYS}})
    return [one.number for one in late_of(due(*hours), calendar, pace, MORNING)]


def test_a_promise_is_kept_when_the_open_time_until_then_is_enough():
    assert late(1, 1, 2, 3) == []
    assert late(1, 1, 1, 3) == [2]
    assert late(0.5, 1, 2, 4) == [1]


def test_what_would_be_late_keeps_no_other_waiting():
    assert late(1, 0.5, 0.6, 1) == [1, 2]


def test_time_while_we_are_closed_is_no_time_to_work():
    assert late(1, 3, 9, spans=[["08:00", "09:00"], ["16:00", "17:00"]]) == []
    assert late(1, 3, 4, spans=[["08:00", "09:00"], ["16:00", "17:00"]]) == [2]


def busy_team(name: str, per_day: int) -> Team:
    team = make_team(name)
    team.calendar = make_calendar(f"Always, {name}", hours=ROUND_THE_CLOCK)
    team.save()
    days = [(at_hour(0) - timedelta(days=n)).date() for n in range(1, 15)]
    Daily.objects.bulk_create(Daily(day=day, team_id=team.pk, by="all", value="", replied=per_day) for day in days)
    return team


@pytest.mark.django_db
def test_teams_are_told_apart_and_others_left_out(django_assert_num_queries):
    make_policy(resolution=5)
    quick, slow, foreign = busy_team("Quick", 240), busy_team("Slow", 6), busy_team("Foreign", 6)
    tickets = {team.name: [make_ticket(team=team) for _ in range(3)] for team in (quick, slow, foreign)}
    happened(0)
    Clock.objects.filter(promise_id=tickets["Quick"][0].pk).update(due_at=at_hour(-1))
    viewer = viewer_of_agent(make_agent(teams=(quick, slow)))

    with django_assert_num_queries(3):
        found = forecast(viewer, until=at_hour(24), at=at_hour(0))
    assert (found.due, found.late, found.is_capped) == (5, 2, False)
    assert [(team.name, team.due, len(team.late)) for team in found.teams] == [("Quick", 2, 0), ("Slow", 3, 2)]
    assert [one.number for one in found.first] == [ticket.number for ticket in tickets["Slow"][1:]]


@pytest.mark.django_db
def test_nothing_is_foretold_of_a_team_without_figures():
    make_policy(resolution=5)
    team = make_team("New")
    team.calendar = make_calendar("Always", hours=ROUND_THE_CLOCK)
    team.save()
    make_ticket(team=team)
    happened(0)

    found = forecast(viewer_of_agent(make_agent(teams=(team,))), until=at_hour(24), at=at_hour(0))
    assert (found.due, found.late, found.is_known) == (1, 0, False)
