"""A running desk with one team and one agent, and somebody outside."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from charterdesk.channels.testing import Outside, running_outside
from charterdesk.people.models import Agent, Team
from charterdesk.people.testing import PASSWORD, make_agent, make_team
from tests.journeys.desk import Desk, running_desk


@pytest.fixture
def outside() -> Iterator[Outside]:
    with running_outside() as outside:
        yield outside


@pytest.fixture
def team(transactional_db: None) -> Team:
    return make_team("Leaks", address="leaks@desk.example")


@pytest.fixture
def agent(team: Team) -> Agent:
    agent = make_agent("Ada Brook", teams=(team,), email="ada@desk.example")
    # The desk runs with its real hasher, not with the quick one of the tests.
    agent.login.password = PBKDF2PasswordHasher().encode(PASSWORD, "journey-salt")
    agent.login.save()
    return agent


@pytest.fixture
def desk(team: Team, agent: Agent, outside: Outside, tmp_path: Path) -> Iterator[Desk]:
    with running_desk(tmp_path, relay=f"smtp://127.0.0.1:{outside.port}") as desk:
        yield desk
