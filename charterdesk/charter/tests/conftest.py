"""A desk that is always open, so that an hour of a test is an hour."""

import pytest

from charterdesk.calendars.testing import ROUND_THE_CLOCK, make_calendar
from charterdesk.people.models import Agent, Team
from charterdesk.people.testing import make_agent, make_team
from charterdesk.sla.testing import no_policies


@pytest.fixture
def team(db) -> Team:
    no_policies()
    team = make_team("Leaks")
    team.calendar = make_calendar("Always", zone="UTC", hours=ROUND_THE_CLOCK)
    team.save()
    return team


@pytest.fixture
def agent(team) -> Agent:
    return make_agent(teams=(team,))
