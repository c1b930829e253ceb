"""The people most tests about tickets are about."""

import pytest

from charterdesk.people.models import Agent, Team
from charterdesk.people.testing import make_agent, make_team
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(db: None) -> Team:
    return make_team("Leaks")


@pytest.fixture
def agent(team: Team) -> Agent:
    return make_agent(teams=(team,))


@pytest.fixture
def ticket(team: Team) -> Ticket:
    return make_ticket(team=team)
