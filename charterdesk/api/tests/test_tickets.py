"""Tickets by API: opened, listed, read and changed."""

import base64
from typing import Any

import pytest

from charterdesk.api.tests.conftest import Program
from charterdesk.events.models import LoggedEvent
from charterdesk.people.models import Agent, Contact, Team
from charterdesk.people.testing import make_team
from charterdesk.tickets.models import Message, Ticket
from charterdesk.tickets.testing import make_ticket

MIA = {"email": "mia@home.example", "name": "Mia Miller"}


def test_a_program_opens_a_ticket_for_somebody_new_and_reads_it(program: Program, team: Team, agent: Agent) -> None:
    made = program.post("/tickets", {"subject": "No water", "text": "None at all", "contact": MIA, "tags": ["Leak"]})

    assert made.status_code == 201, made.content
    ticket = Ticket.objects.get()
    assert made.headers["Location"] == f"/api/v1/tickets/{ticket.number}"
    read = program.get(f"/tickets/{ticket.number}")
    assert read.json() == made.json()
    assert read.headers["ETag"] == made.headers["ETag"]
    told = {name: read.json()[name] for name in ("number", "subject", "status", "team_id", "tags", "channel")}
    assert told == {
        "number": ticket.number, "subject": "No water", "status": "new", "team_id": team.pk, "tags": ["leak"],
        "channel": "api",
    }  # fmt: skip
    assert ticket.messages.get().body_text == "None at all"
    opened = LoggedEvent.objects.get(code="ticket.opened")
    assert (opened.subject, opened.actor) == (ticket.key, agent.key)


def test_a_list_is_read_page_by_page_and_new_tickets_shift_nothing(program: Program, team: Team) -> None:
    numbers = [make_ticket(team=team).number for _ in range(5)]
    first = program.get("/tickets?limit=2&fields=number").json()
    make_ticket(team=team)
    second = program.get(f"/tickets?limit=2&fields=number&cursor={first['next']}").json()
    third = program.get(f"/tickets?limit=2&fields=number&cursor={second['next']}").json()

    read = [row["number"] for page in (first, second, third) for row in page["items"]]
    assert read == sorted(numbers, reverse=True)
    assert third["next"] is None


@pytest.mark.parametrize("path", ["/tickets", "/tickets?order=-activity", "/contacts"])
def test_a_cursor_that_was_only_encoded_as_once_is_refused_and_told_what_to_do(program: Program, path: str) -> None:
    once = base64.urlsafe_b64encode(b'["2026-11-20T08:00:00Z",7]').decode().rstrip("=")
    refused = program.get(f"{path}{'&' if '?' in path else '?'}cursor={once}")

    assert (refused.status_code, refused.json()["code"]) == (409, "api.bad_cursor")
    assert "Begin anew" in refused.json()["detail"]


def test_nobody_reads_in_a_cursor_where_a_list_ends(program: Program, team: Team) -> None:
    tickets = [make_ticket(team=team) for _ in range(3)]
    cursor = program.get("/tickets?limit=2").json()["next"]

    assert str(tickets[1].pk).encode() not in base64.urlsafe_b64decode(cursor + "===")
    assert program.get("/tickets?limit=2").json()["next"] == cursor  # the same page is the same answer
    assert program.get(f"/tickets?cursor={cursor[:-4]}AAAA").json()["code"] == "api.bad_cursor"


def test_a_list_asked_again_goes_by_who_asks_and_by_what_they_may_by_now(
    program: Program, hers: Program, mia: Contact, agent: Agent, team: Team
) -> None:
    """What is kept of a question is never somebody else's, and never of a time when they were somebody else."""

    def read(who: Program) -> set[str]:
        return {row["subject"] for row in who.get("/tickets?fields=subject").json()["items"]}

    other = make_team("Meters", address="meters@desk.example")
    for subject, owner in (("a", team), ("b", other)):
        make_ticket(team=owner, subject=subject)
    make_ticket(team=other, contact=mia, subject="mine")
    assert [read(program), read(hers), read(program), read(hers)] == [{"a"}, {"mine"}, {"a"}, {"mine"}]

    agent.teams.add(other)
    make_ticket(team=team, subject="new")
    assert [read(program), read(hers)] == [{"a", "b", "mine", "new"}, {"mine"}]

    agent.teams.set([])
    assert [read(program), read(hers)] == [set(), {"mine"}]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("status=new,open", ["a", "b"]),
        ("status=solved", []),
        ("priority=1", ["b"]),
        ("tag=leak", ["b"]),
        ("type=incident,problem", ["b"]),
        ("assignee=none", ["a"]),
        ("assignee=me", ["b"]),
        ("opened_before=2020-01-01T00:00:00Z", []),
        ("opened_since=2020-01-01T00:00:00Z", ["a", "b"]),
        ("opened_since=0001-01-01T00:00:12%2B14:00", ["a", "b"]),
        ("opened_before=9999-12-31T23:59:59-12:00", ["a", "b"]),
        ("order=opened&status=new", ["b", "a"]),
        ("order=due", []),
        ("late=false", ["a", "b"]),
        ("late=true", []),
    ],
)
def test_filters_find_what_they_say(program: Program, agent: Agent, team: Team, asked: str, found: list[str]) -> None:
    second = make_ticket(team=team, subject="b", priority=1, tags=["leak"], type="incident")
    Ticket.objects.filter(pk=second.pk).update(assignee=agent)
    make_ticket(team=team, subject="a")

    assert [row["subject"] for row in program.get(f"/tickets?{asked}").json()["items"]] == found


def test_a_change_goes_only_with_the_state_that_was_read(program: Program, team: Team) -> None:
    ticket = make_ticket(team=team)
    etag = program.get(f"/tickets/{ticket.number}").headers["ETag"]
    first = program.ask("PATCH", f"/tickets/{ticket.number}", {"priority": 1}, If_Match=etag)
    late = program.ask("PATCH", f"/tickets/{ticket.number}", {"priority": 4}, If_Match=etag)

    assert (first.status_code, first.json()["priority"]) == (200, 1)
    assert (late.status_code, late.json()["code"]) == (412, "api.changed_meanwhile")
    assert Ticket.objects.get().priority == 1
    assert program.get(f"/tickets/{ticket.number}", If_None_Match=first.headers["ETag"]).status_code == 304


def test_everything_of_a_change_happens_or_nothing(program: Program, agent: Agent, team: Team) -> None:
    ticket = make_ticket(team=team)
    refused = program.ask("PATCH", f"/tickets/{ticket.number}", {"priority": 1, "assignee_id": 10**9})

    assert (refused.status_code, refused.json()["code"]) == (409, "api.no_such_agent")
    assert Ticket.objects.get().priority == Ticket.NORMAL
    changes = {
        "subject": "Leak", "type": "incident", "priority": 2, "tags": ["a", "b"], "assignee_id": agent.pk,
        "status": "pending", "status_reason": "photo", "copies": ["omar@home.example"],
    }  # fmt: skip
    changed = program.ask("PATCH", f"/tickets/{ticket.number}", changes)
    assert changed.status_code == 200, changed.content
    assert {name: changed.json()[name] for name in changes if name != "copies"} == {
        name: value for name, value in changes.items() if name != "copies"
    }


def test_a_ticket_is_solved_closed_and_reopened(program: Program, hers: Program, mia: Contact, team: Team) -> None:
    ticket = make_ticket(team=team, contact=mia)
    path = f"/tickets/{ticket.number}"

    assert program.post(f"{path}/closure").json()["code"] == "tickets.not_solved"
    assert program.post(f"{path}/solution", {"solution": "Fixed"}).json()["status"] == "solved"
    assert program.post(f"{path}/solution", {"solution": "Fixed"}).json()["code"] == "tickets.already_solved"
    assert hers.ask("DELETE", f"{path}/solution").json()["status"] == "open"
    assert hers.post(f"{path}/closure").json()["status"] == "closed"


def test_bulk_opens_all_it_can_and_says_why_not(program: Program, team: Team, agent: Agent) -> None:
    foreign = make_team("Billing")
    tickets: list[dict[str, Any]] = [
        {"subject": f"Ticket {n}", "text": "x", "contact": {"email": f"c{n % 3}@home.example"}, "cc": ["d@e.example"]}
        for n in range(10)
    ]
    tickets[4]["team_id"] = foreign.pk
    made = program.post("/tickets/bulk", {"tickets": tickets})

    assert made.status_code == 200, made.content
    results = made.json()["results"]
    assert [result["status"] for result in results] == [201] * 4 + [409] + [201] * 5
    assert results[4]["code"] == "api.no_such_team"
    assert Ticket.objects.count() == 9 == Message.objects.count()
    assert {ticket.subject for ticket in Ticket.objects.all()} == {f"Ticket {n}" for n in range(10) if n != 4}
    for code in ("ticket.opened", "message.received"):
        subjects = LoggedEvent.objects.filter(code=code, actor=agent.key).values_list("subject", flat=True)
        assert sorted(subjects) == sorted(ticket.key for ticket in Ticket.objects.all())


def test_bulk_tickets_are_as_those_opened_one_by_one(program: Program, team: Team) -> None:
    given = {"subject": "One", "text": "x", "contact": MIA, "tags": ["b", "a"], "type": "incident", "priority": 1}
    program.post("/tickets", given)
    program.post("/tickets/bulk", {"tickets": [given]})
    one, other = Ticket.objects.order_by("pk")
    apart = {"id", "number", "opened_at", "last_message_at"}

    def columns(row: Any, but: set[str]) -> dict[str, Any]:
        return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.attname not in but}

    assert columns(one, apart) == columns(other, apart)
    messages = {"id", "ticket_id", "created_at"}
    assert columns(one.messages.get(), messages) == columns(other.messages.get(), messages)
    facts = [
        {name: value for name, value in event.facts.items() if name != "number"}
        for event in LoggedEvent.objects.filter(subject__in=[one.key, other.key]).order_by("code")
    ]
    assert facts[0] == facts[1] and facts[2] == facts[3]


def test_bulk_changes_tell_what_became_of_each(program: Program, team: Team) -> None:
    mine, solved, foreign = make_ticket(team=team), make_ticket(team=team), make_ticket()
    program.post(f"/tickets/{solved.number}/solution", {"solution": "Done"})
    numbers = [mine.number, solved.number, foreign.number]
    done = program.post("/tickets/bulk-changes", {"numbers": numbers, "changes": {"priority": 1, "status": "pending"}})

    assert [(one["status"], one.get("code")) for one in done.json()["results"]] == [
        (200, None), (409, "tickets.finished"), (404, "api.not_found"),
    ]  # fmt: skip
    assert [Ticket.objects.get(pk=one.pk).priority for one in (mine, solved, foreign)] == [1, 3, 3]
