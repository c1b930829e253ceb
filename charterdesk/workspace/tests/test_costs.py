"""Time spent, beside the ticket."""

import re

import pytest
from django.test import Client

from charterdesk.billing.actions.time_entries import add_time, start_timer
from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.tickets.actions.merging import merge_ticket
from charterdesk.tickets.charging import work_on
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


def test_time_spent_on_merged_tickets_counts_where_they_went_on_and_is_taken_off_only_where_it_was_noted() -> None:
    team = make_team()
    ada = make_agent("Ada", teams=(team,), role=Agent.LEAD)
    first, second, third = (make_ticket(team=team, contact=make_contact(f"Mia {n}")) for n in range(3))
    for ticket, minutes in ((first, 10), (second, 20), (third, 30)):
        add_time(work_on(ticket), agent=ada, minutes=minutes, note=f"Dug {minutes}", by=ada)
    merge_ticket(first, into=second, by=ada)
    merge_ticket(second, into=third, by=ada)
    client = Client()
    client.force_login(ada.login)

    page = client.get(f"/desk/tickets/{third.number}/costs").content.decode()

    assert "1:00 h spent" in page
    assert [f"on #{ticket.number}" in page for ticket in (first, second, third)] == [True, True, False]
    assert re.findall(r"Take (\d+) minutes off", page) == ["30"]


def test_a_running_timer_says_since_when_so_that_the_page_counts_on() -> None:
    team = make_team()
    ada, ticket = make_agent("Ada", teams=(team,)), make_ticket(team=team)
    entry = start_timer(work_on(ticket), agent=ada, by=ada)
    client = Client()
    client.force_login(ada.login)

    page = client.get(f"/desk/tickets/{ticket.number}/costs").content.decode()

    assert f'role="timer" data-timer="{int(entry.started_at.timestamp())}"' in page
