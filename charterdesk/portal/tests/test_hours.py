"""Customers see on every page that offers a way to us whether somebody is there, and when next."""

import re

import pytest
from django.test import Client

from charterdesk.calendars.testing import ROUND_THE_CLOCK, make_calendar
from charterdesk.events.testing import run_reactions
from charterdesk.people.models import Team
from charterdesk.people.testing import make_team
from charterdesk.portal.customers import link_to
from charterdesk.sla.actions import set_channel_hours
from charterdesk.sla.testing import make_policy
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    """A public team that never closes."""
    team = make_team("Water")
    team.calendar, team.is_public = make_calendar("Always", hours=ROUND_THE_CLOCK), True
    team.save()
    return team


def said(client: Client, path: str) -> str:
    """The words of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", client.get(path).content.decode()).split())


def test_the_front_page_and_the_form_say_that_somebody_is_there(team, client):
    assert "open now" in said(client, "/")
    assert "open now" in said(client, "/requests/new?other=1")


def test_hours_of_the_channel_come_before_those_of_the_team(team, client):
    set_channel_hours("portal", by="agent:1", calendar=make_calendar("Never", hours={}))

    assert "open now" not in said(client, "/")
    assert "closed" in said(client, "/requests/new?other=1")


def test_a_status_page_says_what_was_promised_and_that_the_department_is_there(team, client):
    make_policy(first_reply=1000, resolution=2000)
    ticket = make_ticket(team=team)
    run_reactions()
    ticket = Ticket.objects.select_related("contact").get(pk=ticket.pk)
    words = said(client, link_to(ticket))

    assert "open now" in words
    assert "What we promised First reply answer by" in words
    assert "Solution solve by" in words
