"""Many tickets at once: what can't be done to one is said, the rest is done, and undone."""

import pytest

from charterdesk.people.testing import make_agent
from charterdesk.tickets.actions import pause_ticket, solve_ticket
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db

FRAGMENT = {"HX-Request": "true", "HX-Target": "ol#rows"}


@pytest.fixture
def tickets(team):
    return [make_ticket(team=team, subject=f"Water {number}") for number in range(3)]


def act(desk, do, tickets, **more):
    data = {"do": do, "ticket": [ticket.pk for ticket in tickets], **more}
    return desk.post("/desk/inbox/open/bulk", data, headers=FRAGMENT)


def values(tickets, name):
    found = dict(Ticket.objects.filter(pk__in=[ticket.pk for ticket in tickets]).values_list("pk", name))
    return [found[ticket.pk] for ticket in tickets]


@pytest.mark.parametrize(
    ("do", "field", "after", "before"),
    [
        ("priority:1", "priority", 1, 3),
        ("status:pending", "status", "pending", "open"),
        ("junk:", "status", "closed", "open"),
    ],
)
def test_what_is_done_to_many_is_undone_in_one(desk, tickets, do, field, after, before):
    answer = act(desk, do, tickets)
    assert values(tickets, field) == [after] * 3
    assert "3 tickets changed." in answer.content.decode()

    desk.post("/desk/inbox/open/bulk/undo", headers=FRAGMENT)
    assert values(tickets, field) == [before] * 3


def test_tickets_are_assigned_and_go_back_to_whoever_had_them(desk, tickets, agent, team):
    other = make_agent("Bea", teams=(team,))
    act(desk, f"assign:{other.pk}", tickets[:1])
    act(desk, "assign:me", tickets)
    assert values(tickets, "assignee_id") == [agent.pk] * 3

    desk.post("/desk/inbox/open/bulk/undo", headers=FRAGMENT)
    assert values(tickets, "assignee_id") == [other.pk, None, None]


def test_undoing_takes_off_only_the_tags_that_were_put_on(desk, tickets):
    act(desk, "tag:", tickets[:1], tags="leak")
    act(desk, "tag:", tickets, tags="leak, urgent")
    desk.post("/desk/inbox/open/bulk/undo", headers=FRAGMENT)

    assert values(tickets, "tags") == [["leak"], [], []]


def test_what_one_ticket_refuses_is_said_and_leaves_the_others_alone(desk, tickets, agent):
    solve_ticket(tickets[0], by=agent, solution="Done.")
    answer = act(desk, "status:closed", tickets).content.decode()

    assert values(tickets, "status") == ["closed", "new", "new"]
    assert "1 ticket changed." in answer
    assert f"#{tickets[1].number}: Solve this ticket before it is closed" in answer
    assert "1 more was left as it was." in answer


def test_nobody_changes_what_they_may_not_see(desk, foreign, tickets):
    act(desk, "priority:1", [foreign, *tickets])

    assert values([foreign], "priority") == [3]


def test_nonsense_is_refused(desk, tickets):
    assert act(desk, "explode:", tickets).status_code == 422
    assert act(desk, "status:new", tickets).status_code == 200
    assert values(tickets, "status") == ["new"] * 3


def test_undoing_twice_does_nothing_the_second_time(desk, tickets, agent):
    act(desk, "priority:1", tickets)
    for _ in range(2):
        desk.post("/desk/inbox/open/bulk/undo", headers=FRAGMENT)
    pause_ticket(tickets[0], by=agent, status="pending")

    assert values(tickets, "priority") == [3] * 3


def test_the_width_of_a_pane_is_kept_with_its_person(desk, agent):
    desk.post("/desk/me/panes", {"list": "437", "side": "9000"})

    agent.refresh_from_db()
    assert agent.panes == {"list": 420}
    assert 'data-list="420"' in desk.get("/desk/").content.decode()
