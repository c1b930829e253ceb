"""The inbox's queues: complete, in order, never beyond what the viewer may see, and cheap."""

from datetime import timedelta

import pytest

from charterdesk.base.clock import now
from charterdesk.people.testing import make_agent, make_team
from charterdesk.people.viewer import viewer_of_agent
from charterdesk.tickets.actions import assign_ticket, follow_ticket, pause_ticket, solve_ticket
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.queries import BY_ACTIVITY, QUEUES, Selection, queue_counts, queue_page
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


def walk(viewer, selection, size):
    """All tickets of a selection, page by page."""
    found, after = [], None
    while True:
        page = queue_page(viewer, selection, after=after, size=size)
        found.extend(page.tickets)
        if page.after is None:
            return found
        after = page.after


@pytest.fixture
def teams():
    return [make_team(name="Supply"), make_team(name="Bills"), make_team(name="Board")]


@pytest.fixture
def viewer(teams):
    return viewer_of_agent(make_agent(teams=teams[:2]))


def due_in(ticket, minutes):
    due_at = None if minutes is None else now() + timedelta(minutes=minutes)
    Ticket.objects.filter(pk=ticket.pk).update(due_at=due_at)
    return ticket


@pytest.mark.parametrize("size", [1, 2, 50])
def test_a_queue_runs_by_due_time_over_teams_and_undated_tickets_come_last(teams, viewer, size):
    minutes = [30, None, 10, 20, None, 10]
    made = [due_in(make_ticket(team=teams[n % 2]), minute) for n, minute in enumerate(minutes)]

    assert walk(viewer, QUEUES["open"], size) == [made[n] for n in (2, 5, 3, 0, 1, 4)]


@pytest.mark.parametrize("size", [1, 2, 50])
def test_newest_activity_comes_first_and_no_page_skips_or_repeats(teams, viewer, size):
    made = [make_ticket(team=teams[n % 2]) for n in range(5)]
    same = now()
    Ticket.objects.filter(pk__in=[made[1].pk, made[2].pk]).update(last_message_at=same)

    assert walk(viewer, QUEUES["all"], size) == [made[n] for n in (2, 1, 4, 3, 0)]


def test_another_teams_tickets_are_neither_listed_nor_counted(teams, viewer):
    make_ticket(team=teams[2])

    assert [walk(viewer, selection, 50) for selection in QUEUES.values()] == [[]] * len(QUEUES)
    assert walk(viewer, Selection(team_id=teams[2].pk), 50) == []
    assert set(queue_counts(viewer).queues.values()) == {0}


def test_every_queue_holds_what_its_name_says(teams, viewer):
    agent = make_agent(teams=teams[:2])
    me = viewer_of_agent(agent)
    mine, nobodys, waiting, solved, late, followed = (make_ticket(team=teams[0]) for _ in range(6))
    other = make_agent(teams=teams[:2])
    assign_ticket(mine, agent=agent, by=agent)
    for ticket in (waiting, solved, late, followed):
        assign_ticket(ticket, agent=other, by=agent)
    pause_ticket(waiting, by=agent, status=Ticket.PENDING)
    solve_ticket(solved, by=agent, solution="Done.")
    due_in(late, -5)
    follow_ticket(followed, by=agent, agent=agent)

    held = {name: {ticket.pk for ticket in walk(me, QUEUES[name], 50)} for name in QUEUES}

    assert held["mine"] == {mine.pk}
    assert held["unassigned"] == {nobodys.pk}
    assert held["waiting"] == {waiting.pk}
    assert held["solved"] == {solved.pk}
    assert held["late"] == {late.pk}
    assert held["following"] == {followed.pk}
    assert held["open"] == {mine.pk, nobodys.pk, late.pk, followed.pk}
    assert held["all"] == held["open"] | held["waiting"] | held["solved"]


def test_counts_agree_with_what_the_queues_hold(teams, viewer):
    tickets = [make_ticket(team=teams[n % 2]) for n in range(5)]
    due_in(tickets[0], -1)
    solve_ticket(tickets[1], by="system", solution="Done.")

    counts = queue_counts(viewer)

    assert counts.queues == {name: len(walk(viewer, QUEUES[name], 50)) for name in counts.queues}
    assert counts.teams == {teams[0].pk: 3, teams[1].pk: 1}


def test_filters_narrow_a_queue(teams, viewer):
    wanted = make_ticket(team=teams[0], type="complaint", priority=Ticket.HIGH, tags=["meter"], language="de")
    make_ticket(team=teams[0])

    for asked in ({"type": "complaint"}, {"priority": Ticket.HIGH}, {"tag": "meter"}, {"language": "de"}):
        assert walk(viewer, QUEUES["open"].narrowed(**asked), 50) == [wanted]
    assert walk(viewer, QUEUES["open"].narrowed(ids=[wanted.pk]), 50) == [wanted]
    assert walk(viewer, QUEUES["open"].narrowed(ids=[]), 50) == []
    assert walk(viewer, QUEUES["open"].narrowed(contact_id=wanted.contact_id), 50) == [wanted]


@pytest.mark.parametrize("order", ["due", BY_ACTIVITY])
def test_a_page_costs_two_statements_however_many_teams(teams, viewer, django_assert_num_queries, order):
    make_ticket(team=teams[0])

    with django_assert_num_queries(2):
        tickets = queue_page(viewer, Selection(order=order)).tickets
        assert [(each.contact.name, each.team.name, each.assignee) for each in tickets]
    with django_assert_num_queries(2):
        queue_counts(viewer)
