"""What a request costs: few statements, however much there is; and HEAD, OPTIONS and what is not possible."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from charterdesk.api.tests.conftest import Program
from charterdesk.people.models import Contact, Team
from charterdesk.tickets.testing import make_ticket


def statements(program: Program, method: str, path: str, data: Any = None) -> int:
    """How many statements a request takes, when the asker was there a moment ago; savepoints of the test aside."""
    program.get("/me")
    with CaptureQueriesContext(connection) as found:
        answer = program.ask(method, path, data)
    assert answer.status_code < 300, answer.content
    return sum("SAVEPOINT" not in query["sql"] for query in found.captured_queries)


@pytest.mark.parametrize(
    ("method", "path", "data", "most"),
    [
        ("GET", "/tickets", None, 2),
        ("GET", "/tickets?expand=team,contact,assignee,organisation&status=open,new&order=-activity", None, 2),
        ("GET", "/tickets/{number}", None, 2),
        ("GET", "/tickets/{number}/messages", None, 3),
        ("GET", "/tickets/{number}/links", None, 4),
        ("GET", "/tickets/{number}/promises", None, 6),
        ("GET", "/contacts", None, 2),
        ("GET", "/contacts/{contact}", None, 2),
        ("GET", "/organisations", None, 2),
        ("GET", "/teams", None, 2),
        ("GET", "/agents", None, 2),
        ("GET", "/calendars", None, 2),
        ("GET", "/counts", None, 3),
        ("GET", "/me", None, 1),
        ("POST", "/tickets", {"subject": "x", "contact": {"email": "mia@home.example"}}, 3),
        ("PATCH", "/tickets/{number}", {"priority": 1}, 6),
        ("POST", "/tickets/{number}/messages", {"text": "Yes"}, 8),
    ],
)
def test_requests_take_few_statements(
    program: Program, team: Team, mia: Contact, method: str, path: str, data: Any, most: int
) -> None:
    tickets = [make_ticket(team=team, contact=mia) for _ in range(5)]
    named = path.format(number=tickets[0].number, contact=mia.pk)

    assert statements(program, method, named, data) <= most


def test_many_tickets_in_one_call_take_no_more_statements_than_few(program: Program, mia: Contact) -> None:
    one = {"subject": "x", "contact": {"id": mia.pk}}
    few, many = ({"tickets": [one] * count} for count in (2, 200))

    assert statements(program, "POST", "/tickets/bulk", few) == statements(program, "POST", "/tickets/bulk", many)


def test_head_options_and_wrong_methods_are_answered_as_http_says(program: Program, team: Team) -> None:
    ticket = make_ticket(team=team)
    path = f"/tickets/{ticket.number}"
    got, head = program.get(path), program.ask("HEAD", path)

    assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", got.headers["ETag"])
    assert head.headers["Content-Length"] == str(len(got.content))
    assert program.ask("OPTIONS", path).headers["Allow"] == "GET, HEAD, OPTIONS, PATCH"
    wrong = program.ask("DELETE", path)
    assert (wrong.status_code, wrong.headers["Allow"]) == (405, "GET, HEAD, OPTIONS, PATCH")
    assert wrong.headers["Content-Type"] == "application/problem+json"
    assert program.get("/nowhere").json()["code"] == "api.not_found"


def test_what_is_wrong_is_said_by_field_and_nothing_is_done(program: Program, team: Team) -> None:
    refused = program.post("/tickets", {"subject": 5, "contact": {"email": "nobody"}, "colour": "red"})

    assert refused.status_code == 422
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert {error["field"] for error in refused.json()["errors"]} == {"subject", "contact.email", "colour"}
    assert program.post("/tickets").status_code == 422
    broken = program.client.post("/api/v1/tickets", b"{", content_type="application/json")
    assert (broken.status_code, broken.json()["code"]) == (400, "api.malformed")
