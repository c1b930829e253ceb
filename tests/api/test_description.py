"""schemathesis over the description: whatever it generates, right or wrong, every answer is as described."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings

from charterdesk.api.limits import limits
from charterdesk.api.urls import api
from charterdesk.people.models import Agent, KeptAnswer
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.people.tokens.actions import make_token
from charterdesk.people.tokens.scopes import SCOPES
from charterdesk.tickets.testing import make_ticket
from charterdesk.wsgi import application

schema = schemathesis.openapi.from_dict(api.described())
schema.app = application
EXAMPLES = int(os.environ.get("API_EXAMPLES", "6"))


@pytest.fixture
def bearer(db: None, settings: Any) -> Iterator[dict[str, str]]:
    """An administrator's token, with something in the desk to be found."""
    settings.API_RATE = 10**9
    for signal in (request_started, request_finished):  # as Django's own test client does: the test's connection stays
        signal.disconnect(close_old_connections)
    limits.forget()
    team = make_team("Leaks")
    amy = make_agent("Amy", role=Agent.ADMINISTRATOR, teams=(team,))
    make_ticket(team=team, contact=make_contact("Mia"))
    _token, secret = make_token(amy.login, by=amy, name="walk", scopes=SCOPES)
    yield {"Authorization": f"Bearer {secret}"}
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_as_described(case: Any, bearer: dict[str, str]) -> None:
    KeptAnswer.objects.all().delete()  # each case stands alone: a key that an earlier one used is free again
    (case.headers or {}).pop("If-Match", None)  # an invented ETag is of another state: 412 is right, not as it expects
    case.call_and_validate(headers=bearer)
