"""A request that is promised an answer in 4 hours and a solution in 10, at a desk that is there day and night."""

import pytest

from charterdesk.calendars.testing import ROUND_THE_CLOCK, make_calendar
from charterdesk.people.models import Agent, Team
from charterdesk.people.testing import make_agent, make_team
from charterdesk.sla.bought import CONTRACTS
from charterdesk.sla.testing import happened, make_policy
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.testing import make_ticket


@pytest.fixture(autouse=True)
def no_contracts_known() -> None:
    """What a test before this one knew of contracts is forgotten: each desk of a test begins without any."""
    CONTRACTS.forget()


@pytest.fixture
def team() -> Team:
    """A team that is there day and night."""
    team = make_team()
    team.calendar = make_calendar("Round the clock", hours=ROUND_THE_CLOCK)
    team.save()
    return team


@pytest.fixture
def agent(team: Team) -> Agent:
    """An agent of the team."""
    return make_agent(teams=(team,))


@pytest.fixture
def ticket(team: Team) -> Ticket:
    """A request of hour 0 with 4 hours to the first reply and 10 to the solution."""
    make_policy(first_reply=4, resolution=10, name="Everything")
    ticket = make_ticket(team=team)
    happened(0)
    return ticket
