"""A team with an agent signed in, one of their tickets, and a ticket of a team they are not in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from charterdesk.people.models import Agent, Team
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.testing import make_ticket


@pytest.fixture
def team(db: None) -> Team:
    return make_team("Leaks")


@pytest.fixture
def agent(team: Team) -> Agent:
    return make_agent("Ada Brook", teams=(team,))


@pytest.fixture
def ticket(team: Team) -> Ticket:
    return make_ticket(team=team, contact=make_contact("Mia Miller"), subject="Brown water")


@pytest.fixture
def foreign(db: None) -> Ticket:
    """A ticket the agent must never see."""
    secret = make_contact("Secret Sam", email="sam@secret.example")
    return make_ticket(team=make_team("Board"), contact=secret, subject="Nobody may know")


@pytest.fixture
def sign_in() -> Callable[[Agent], Client]:
    """Call it with an agent for a client that is signed in as them."""

    def signed_in(who: Agent) -> Client:
        client = Client()
        client.force_login(who.login)
        return client

    return signed_in


@pytest.fixture
def desk(agent: Agent, sign_in: Callable[[Agent], Client]) -> Client:
    """The agent's browser."""
    return sign_in(agent)


@pytest.fixture
def fragment() -> dict[str, Any]:
    """The headers by which the page asks for a part of itself."""
    return {"HX-Request": "true", "HX-Target": "div#ticket"}
