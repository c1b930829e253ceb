"""Looks by programs at what another team works on: noted as the workspace notes them."""

from io import BytesIO

import pytest

from charterdesk.api.tests.conftest import Program
from charterdesk.events.models import LoggedEvent
from charterdesk.people.models import Agent, Team
from charterdesk.people.testing import make_agent
from charterdesk.tickets.actions import Incoming, IncomingFile, receive_message
from charterdesk.tickets.testing import make_ticket


@pytest.mark.parametrize("what", ["ticket", "message"])
def test_a_look_from_outside_the_team_is_noted_once(program: Program, team: Team, what: str) -> None:
    ticket = make_ticket(team=team)
    file = IncomingFile(filename="a.png", stream=BytesIO(b"\x89PNG\r\n\x1a\n0000"))
    message = receive_message(ticket, Incoming(contact=ticket.contact, text="See", files=[file]), by="system")
    path = {"ticket": f"/tickets/{ticket.number}", "message": f"/messages/{message.pk}"}[what]
    boss = make_agent("Max", role=Agent.MANAGER)
    manager = Program(boss)

    for _time in range(2):
        assert manager.get(path).status_code == 200
    assert program.get(path).status_code == 200

    looks = LoggedEvent.objects.filter(code="outsider.looked")
    assert [(look.actor, look.data["about"]) for look in looks] == [(boss.key, ticket.key)]
