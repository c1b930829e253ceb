"""The cast comes alive by the actions themselves."""

import pytest

from charterdesk.ops.demo.testing import desk_cast, make_cast_ticket
from charterdesk.people import cast
from charterdesk.people.viewer import viewer_of_agent
from charterdesk.tickets.models import Message, Ticket

__all__ = ["desk_cast"]

pytestmark = pytest.mark.django_db


def test_the_cast_has_everybody(desk_cast):
    assert set(desk_cast.agents) == {one.key for one in cast.AGENTS}
    assert desk_cast.contacts["petra"].organisation.name == "Harbour Lettings"
    assert desk_cast.contacts["layla"].login.check_password(cast.DEMO_PASSWORD)


def test_a_request_of_the_cast_is_acknowledged_in_its_language(desk_cast, run_reactions):
    ticket = make_cast_ticket(desk_cast, "brown_water", contact="dietmar")
    run_reactions()

    acknowledgement = Message.objects.get(ticket=ticket, template="acknowledgement")
    assert (ticket.language, ticket.team.name) == ("de", "Water quality")
    assert acknowledgement.to == ["dietmar.ohlsen@example.net"]


def test_only_its_team_and_management_see_a_request_of_the_cast(desk_cast):
    ticket = make_cast_ticket(desk_cast, "high_bill")
    seen = {
        key: Ticket.objects.visible_to(viewer_of_agent(desk_cast.agents[key])).filter(pk=ticket.pk).exists()
        for key in ("maya", "ravi", "nora", "soraya", "imke")
    }

    assert seen == {"maya": True, "ravi": False, "nora": True, "soraya": True, "imke": True}
