"""A change of many tickets: in pieces, each ticket once, stopped, taken up again, and taken back."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest
from django.db import connection

from charterdesk.events.models import LoggedEvent, Timer
from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent, make_team
from charterdesk.people.viewer import viewer_of_agent
from charterdesk.tickets import bulk
from charterdesk.tickets.actions import close_ticket, save_macro, solve_ticket, tag_ticket
from charterdesk.tickets.actions.definitions import define_field
from charterdesk.tickets.bulk import do_piece, finish_run, start_run, stop_run, undo_run
from charterdesk.tickets.fields import values_of
from charterdesk.tickets.models import BulkRun, Macro, Message, Ticket
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def many(team):
    return [make_ticket(team=team, subject=f"Water {number}") for number in range(60)]


def start(agent, what, value="", tickets=None):
    found = Ticket.objects.all() if tickets is None else Ticket.objects.filter(pk__in=[one.pk for one in tickets])
    return start_run(found, by=viewer_of_agent(agent), what=what, value=value, background=True)


def test_all_are_changed_by_the_worker_and_taken_back(many, agent, run_jobs):
    tag_ticket(many[0], by=agent, add=["leak"])
    run = start(agent, "tag", "Leak, pipe")
    run_jobs()
    run.refresh_from_db()
    assert (run.state, run.total, run.done) == (BulkRun.DONE, 60, 60)
    assert set(map(tuple, Ticket.objects.values_list("tags", flat=True))) == {("leak", "pipe")}

    undo_run(run, background=True)
    run_jobs()
    run.refresh_from_db()
    assert (run.state, run.undone) == (BulkRun.UNDONE, 60)
    assert [tuple(one.tags) for one in Ticket.objects.order_by("pk")] == [("leak",)] + [()] * 59


@pytest.mark.parametrize(
    ("what", "value", "field", "after", "before"),
    [
        ("type", "incident", "type", "incident", "question"),
        ("status", "on_hold", "status", "on_hold", "open"),
        ("priority", "2", "priority", 2, 3),
    ],
)
def test_what_was_done_is_known_for_each_ticket(many, agent, what, value, field, after, before):
    run = finish_run(start(agent, what, value, many[:3]))
    assert set(Ticket.objects.filter(pk__in=[one.pk for one in many[:3]]).values_list(field, flat=True)) == {after}

    undo_run(run, background=False)
    finish_run(run)
    assert set(Ticket.objects.filter(pk__in=[one.pk for one in many[:3]]).values_list(field, flat=True)) == {before}


def test_solved_tickets_that_were_closed_are_solved_again_and_close_when_nothing_is_heard(many, agent, run_reactions):
    solve_ticket(many[0], by=agent, solution="Valve replaced.")
    run = finish_run(start(agent, "close", "", many[:2]))
    assert (run.done, run.refused) == (1, 1)
    run_reactions()
    said = Message.objects.count()

    undo_run(run, background=False)
    finish_run(run)
    run_reactions()
    many[0].refresh_from_db()
    assert (many[0].status, many[0].solution, many[0].closed_at) == (Ticket.SOLVED, "Valve replaced.", None)
    assert Message.objects.count() == said  # the customer is not told a second time
    assert Timer.objects.filter(name=f"close:{many[0].pk}", state=Timer.RUNNING).exists()


def test_fields_and_teams_are_changed_and_brought_back(many, team, agent):
    define_field(None, by="system", code="cause", kind="text", labels={"en": "Cause"})
    other = make_team("Billing")
    manager = make_agent("Max", role=Agent.MANAGER)
    runs = [
        finish_run(start(manager, "field", "cause=frost", many[:2])),
        finish_run(start(manager, "team", str(other.pk), many[:2])),
    ]
    assert [(one.team_id, values_of(one)) for one in Ticket.objects.filter(pk__in=[many[0].pk, many[1].pk])] == [
        (other.pk, {"cause": "frost"})
    ] * 2

    for run in reversed(runs):
        undo_run(run, background=False)
        finish_run(run)
    assert [(one.team_id, values_of(one)) for one in Ticket.objects.filter(pk__in=[many[0].pk, many[1].pk])] == [
        (team.pk, {})
    ] * 2


def test_what_one_refuses_and_what_is_not_theirs_is_left_alone(many, agent):
    foreign = make_ticket(team=make_team("Board"))
    close_ticket(many[0], by=agent, reason="junk")
    run = finish_run(start(agent, "status", "pending"))

    assert (run.total, run.done, run.refused) == (61, 59, 2)
    foreign.refresh_from_db()
    assert foreign.status == "new"
    assert "Reopen it first." in run.said or "of this team" in run.said


def test_a_stopped_run_does_no_more_and_is_taken_back(many, agent):
    run = start(agent, "priority", "1")
    do_piece(run.pk)
    stop_run(run)
    assert (do_piece(run.pk), Ticket.objects.filter(priority=1).count()) == (False, bulk.PIECE)

    undo_run(run, background=False)
    assert finish_run(run).undone == bulk.PIECE
    assert not Ticket.objects.filter(priority=1).exists()


def a_macro(**more):
    macro = Macro()
    steps = [{"operation": "tickets.tag", "args": {"add": ["works"]}}]
    texts = {"en": "<p>Works in your street, {customer}.</p>"}
    save_macro(macro, by="system", name="Works", texts=texts, steps=steps, **more)
    return macro


def test_a_macro_writes_to_each_customer_once_and_is_not_taken_back(many, agent):
    hers, foreign = a_macro(), a_macro(agent=make_agent("Otto"))
    run = finish_run(start(agent, "macro", str(hers.pk), many[:3]))
    assert (run.done, Message.objects.filter(direction=Message.OUT, agent=agent).count()) == (3, 3)
    assert {tuple(one.tags) for one in Ticket.objects.filter(pk__in=[one.pk for one in many[:3]])} == {("works",)}

    undo_run(run, background=False)
    run.refresh_from_db()
    assert run.state == BulkRun.DONE
    refused = finish_run(start(agent, "macro", str(foreign.pk), many[:3]))
    assert (refused.done, refused.refused) == (0, 3)


@pytest.mark.django_db(transaction=True)
def test_a_macro_whose_workers_are_killed_writes_to_each_customer_once(team, agent):
    for number in range(120):
        make_ticket(team=team, subject=f"Water {number}")
    run = start(agent, "macro", str(a_macro().pk))
    killed = work_and_be_killed(run, kills=3)
    run = finish_run(run)

    written = Counter(Message.objects.filter(direction=Message.OUT).values_list("ticket_id", flat=True))
    assert killed >= 1
    assert (run.done, run.refused, len(written), set(written.values())) == (120, 0, 120, {1})


WORK = """
import os, sys, time
import django
django.setup()
from charterdesk.tickets import bulk
print("ready", flush=True)
while bulk.do_piece(int(sys.argv[1])):
    pass
print("done", flush=True)
"""


def work_and_be_killed(run: BulkRun, *, kills: int) -> int:
    """Workers take the run up, one after the other; each is killed in the middle of a piece. How many were."""
    database = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    host = database["HOST"]
    url = f"postgresql://{database['USER']}@/{database['NAME']}?host={host}&port={database['PORT']}"
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "charterdesk.settings"}
    environment |= {name: str(database[key]) for name, key in names.items() if database[key]}
    killed = 0
    while killed < kills:
        worker = subprocess.Popen([sys.executable, "-c", WORK, str(run.pk)], env=environment, stdout=subprocess.PIPE)
        assert worker.stdout is not None and worker.stdout.readline() == b"ready\n"
        before = _done(run)
        while worker.poll() is None and _done(run) == before:
            time.sleep(0.005)
        if worker.poll() is None:
            time.sleep(0.02)  # into the next piece
            worker.send_signal(signal.SIGKILL)
            killed += 1
        worker.wait()
        worker.stdout.close()
        if _done(run) == run.total:
            break
    return killed


def _done(run: BulkRun) -> int:
    return BulkRun.objects.values_list("done", flat=True).get(pk=run.pk)


def change_while_workers_are_killed(team, agent, *, count: int, kills: int) -> None:
    for number in range(count):
        make_ticket(team=team, subject=f"Water {number}")
    run = start(agent, "priority", "1")
    killed = work_and_be_killed(run, kills=kills)
    run = finish_run(run)

    assert killed >= min(kills, 2)
    assert (run.state, run.done, run.refused, run.total) == (BulkRun.DONE, count, 0, count)
    changes = Counter(LoggedEvent.objects.filter(code="ticket.prioritised").values_list("subject", flat=True))
    assert (len(changes), set(changes.values())) == (count, {1})
    assert Ticket.objects.filter(priority=1).count() == count


@pytest.mark.django_db(transaction=True)
def test_a_run_whose_workers_are_killed_changes_each_ticket_once(team, agent):
    change_while_workers_are_killed(team, agent, count=300, kills=4)


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.django_db(transaction=True)
def test_ten_thousand_tickets_are_changed_once_through_twenty_kills(team, agent):
    change_while_workers_are_killed(team, agent, count=10_000, kills=20)
