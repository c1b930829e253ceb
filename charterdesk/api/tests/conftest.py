"""Programs for tests: who asks, and with which token."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.test import Client

from charterdesk.api.limits import limits
from charterdesk.people.models import Agent, Contact, Team
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.people.tokens.actions import make_token
from charterdesk.people.tokens.scopes import SCOPES


class Program:
    """A program that asks with a token of `person`."""

    def __init__(self, person: Agent | Contact, scopes: Iterable[str] = tuple(SCOPES)) -> None:
        assert person.login is not None
        self.person = person
        self.token, self.secret = make_token(person.login, by=person, name="test", scopes=scopes)
        self.client = Client(headers={"Authorization": f"Bearer {self.secret}"}, raise_request_exception=False)

    def ask(self, method: str, path: str, data: Any = None, **headers: str) -> Any:
        """The answer to a request; `data` goes as JSON, `headers` by name with _ for -."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        body = b"" if data is None else json.dumps(data)
        return self.client.generic(method, f"/api/v1{path}", body, content_type="application/json", headers=named)

    def get(self, path: str, **headers: str) -> Any:
        """The answer to a GET."""
        return self.ask("GET", path, **headers)

    def post(self, path: str, data: Any = None, **headers: str) -> Any:
        """The answer to a POST."""
        return self.ask("POST", path, data, **headers)

    def upload(self, content: bytes = b"\x89PNG\r\n\x1a\n0000", *, filename: str = "meter.png") -> str:
        """The name under which a message may take this file along."""
        path = f"/api/v1/uploads?filename={filename}"
        answer = self.client.generic("POST", path, content, content_type="application/octet-stream")
        assert answer.status_code == 201, answer.content
        return str(answer.json()["upload"])


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    """Every test begins with nothing used."""
    limits.forget()
    yield


@pytest.fixture
def team(db: None) -> Team:
    """Whose tickets these are."""
    return make_team("Leaks")


@pytest.fixture
def agent(team: Team) -> Agent:
    """Somebody of the team."""
    return make_agent("Ada Brook", teams=(team,))


@pytest.fixture
def program(agent: Agent) -> Program:
    """A program of the agent's."""
    return Program(agent)


@pytest.fixture
def mia(db: None) -> Contact:
    """A customer who signs in."""
    return make_contact("Mia Miller", email="mia@home.example", login=True)


@pytest.fixture
def hers(mia: Contact) -> Program:
    """A program of the customer's."""
    return Program(mia)
