"""Telephone systems post calls in the generic CTI form to an address only they know; programs report them by token."""

import pytest
from django.test import Client

from charterdesk.base.keys import SYSTEM
from charterdesk.calls.actions import save_system, set_extensions
from charterdesk.calls.models import Call, PhoneSystem
from charterdesk.calls.testing import make_line
from charterdesk.people.testing import make_agent, make_team

pytestmark = pytest.mark.django_db


def test_a_call_is_taken_as_a_form_and_as_json_at_the_secret_address_alone(client: Client) -> None:
    team = make_team()
    make_line(team)
    agent = make_agent(teams=(team,))
    set_extensions(agent, numbers=["17"], by=SYSTEM)
    system = save_system(PhoneSystem(), by=SYSTEM, fields={"name": "Switchboard"})
    url = f"/hooks/calls/{system.pk}/{system.secret}"
    call = {"callId": "a1", "from": "4930987654", "to": "4930123456", "direction": "in"}

    assert client.post(f"/hooks/calls/{system.pk}/guessed", {**call, "event": "newCall"}).status_code == 404
    assert client.post(url, {**call, "event": "newCall", "user[]": "Ada"}).json() == {}
    answered = {**call, "event": "answer", "answeringNumber": "17"}
    assert client.post(url, answered, content_type="application/json").status_code == 200
    assert client.post(url, {**call, "event": "hangup", "cause": "normalClearing"}).status_code == 200
    kept = Call.objects.get()
    assert (kept.number, kept.agent, kept.state, kept.cause) == ("+4930987654", agent, "ended", "answered")

    for wrong in ({**call, "callId": "a2", "to": "4989111", "event": "newCall"}, {**call, "event": "sung"}):
        assert client.post(url, wrong).status_code == 422
    system.refresh_from_db()
    assert "newCall" in system.error
    assert Call.objects.count() == 1
