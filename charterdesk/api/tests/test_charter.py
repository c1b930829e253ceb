"""The charter written, approved and published by program, and times that do not count."""

from typing import Any

import pytest

from charterdesk.api.tests.conftest import Program
from charterdesk.charter.models import CharterVersion
from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent, make_team

ANSWER: dict[str, Any] = {"code": "answer", "title": {"en": "We answer"}, "within_s": 14400}
CREDIT: dict[str, Any] = {"code": "sorry", "title": {"en": "Sorry"}, "kind": "credit", "amount": "5", "currency": "EUR"}


@pytest.fixture
def writer(db: None) -> Program:
    """Somebody who writes."""
    return Program(make_agent("Soraya", role=Agent.MANAGER))


@pytest.fixture
def other(db: None) -> Program:
    """Somebody else who may approve."""
    return Program(make_agent("Max", role=Agent.MANAGER))


def test_a_charter_goes_from_draft_to_publication_between_two_people(writer: Program, other: Program) -> None:
    assert writer.get("/charter/draft").status_code == 404
    begun = writer.post("/charter/draft", {})
    told = {"title": {"en": "Our word"}, "objectives": [ANSWER], "remedies": [CREDIT]}
    changed = writer.ask("PATCH", "/charter/draft", told, If_Match=begun.headers["ETag"])
    content = changed.json()["content"]
    differences = writer.get("/charter/draft/differences").json()["items"]

    assert (begun.status_code, begun.json()["number"], begun.json()["content"]["objectives"]) == (201, 1, [])
    assert (content["objectives"][0]["stop"], content["remedies"][0]["amount"]) == ("answered", "5"), changed.content
    assert [(each["name"], each["kind"]) for each in differences] == [
        ("", "changed"),
        ("We answer", "added"),
        ("Sorry", "added"),
    ]
    assert writer.ask("PATCH", "/charter/draft", {"title": {}}, If_Match=begun.headers["ETag"]).status_code == 412
    assert writer.post("/charter/draft", {}).json()["code"] == "charter.draft_exists"
    assert writer.post("/charter/draft/approval").json()["code"] == "charter.own_words"
    assert writer.post("/charter/draft/publication", {}).json()["code"] == "charter.not_approved"
    assert other.post("/charter/draft/approval").json()["state"] == "approved"
    published = writer.post("/charter/draft/publication", {"effective_at": "2100-01-01T00:00:00Z"}).json()
    assert (published["state"], published["effective_at"]) == ("published", "2100-01-01T00:00:00Z")
    assert writer.get("/charter/draft").status_code == 404
    assert writer.get("/charter/versions/1").json() == published
    writer.post("/charter/draft", {"sample": "utility"})
    assert [row["state"] for row in other.get("/charter/versions").json()["items"]] == ["draft", "published"]
    assert writer.ask("DELETE", "/charter/draft").status_code == 204
    assert CharterVersion.objects.count() == 1


def test_a_draft_says_nothing_that_can_not_be_kept(writer: Program, program: Program) -> None:
    writer.post("/charter/draft", {})

    def told(**content: Any) -> tuple[int, str]:
        answer = writer.ask("PATCH", "/charter/draft", content)
        return answer.status_code, answer.json()["errors"][0]["field"] if "errors" in answer.json() else (
            answer.json()["code"]
        )

    assert told(objectives=[{**ANSWER, "within_s": 0}]) == (409, "charter.within")
    assert told(objectives=[{**ANSWER, "window": 45}]) == (409, "charter.window")
    assert told(objectives=[{**ANSWER, "calendar_id": 999999}]) == (409, "charter.calendar_id")
    assert told(objectives=[{**ANSWER, "team_ids": [999999]}]) == (409, "charter.team_ids")
    assert told(remedies=[{**CREDIT, "objectives": ["answer"]}]) == (409, "charter.objectives")
    assert told(remedies=[{**CREDIT, "amount": "5.001"}]) == (409, "charter.amount")
    assert told(remedies=[{**CREDIT, "kind": "cake"}]) == (422, "remedies.0.kind")
    assert told(slogan="x") == (422, "slogan")
    for method, path in (("GET", "/charter/draft"), ("PATCH", "/charter/draft"), ("DELETE", "/charter/draft")):
        assert program.ask(method, path, {} if method == "PATCH" else None).status_code == 403


def test_times_beyond_control_are_declared_and_withdrawn(writer: Program, program: Program) -> None:
    flood = {
        "begins_at": "2026-11-20T08:00:00Z",
        "ends_at": "2026-11-21T08:00:00Z",
        "reason": {"en": "Flood"},
        "team_ids": [make_team("Leaks too").pk],
    }
    made = writer.post("/charter/exclusions", flood)

    assert (made.status_code, made.json()["reason"], made.json()["declared_by"]) == (
        201,
        {"en": "Flood"},
        writer.person.key,
    )
    assert writer.get("/charter/exclusions").json()["items"] == [made.json()]
    assert writer.post("/charter/exclusions", {**flood, "ends_at": flood["begins_at"]}).json()["code"] == (
        "charter.no_length"
    )
    assert writer.post("/charter/exclusions", {**flood, "reason": {"en": " "}}).json()["code"] == "charter.no_reason"
    assert writer.post("/charter/exclusions", {**flood, "team_ids": [999999]}).json()["code"] == "api.no_such_team"
    assert writer.post("/charter/exclusions", {**flood, "ends_at": "soon"}).json()["errors"][0]["field"] == "ends_at"
    assert program.post("/charter/exclusions", flood).status_code == 403
    assert writer.ask("DELETE", f"/charter/exclusions/{made.json()['id']}").json()["withdrawn_at"] is not None
