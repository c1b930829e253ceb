"""Reports, and mail that was set aside, by API."""

from datetime import date

import pytest

from charterdesk.api.tests.conftest import Program
from charterdesk.channels.actions import accept_mail, set_aside
from charterdesk.channels.models import RawMail
from charterdesk.events.models import LoggedEvent
from charterdesk.people.models import Agent, Team
from charterdesk.people.testing import make_agent, make_team
from charterdesk.quality.models import Daily

LATE = date(2026, 11, 20)


@pytest.fixture
def lead(team: Team) -> Program:
    """A program of somebody's who leads."""
    return Program(make_agent("Nora", role=Agent.LEAD, teams=(team,)))


def test_a_report_tells_of_ones_own_teams_as_data_and_as_csv(program: Program, team: Team) -> None:
    other = make_team("Billing")
    Daily.objects.create(day=LATE, team_id=team.pk, by=Daily.ALL, value="", opened=3)
    Daily.objects.create(day=LATE, team_id=other.pk, by=Daily.ALL, value="", opened=5)
    span = "since=2026-11-19&until=2026-11-20"

    found = program.get(f"/reports/volume?by=team&{span}").json()
    assert (found["periods"], found["unit"]) == (["2026-11-19", "2026-11-20"], "tickets")
    assert (found["total"]["values"], found["lines"][0]["label"]) == ([0, 3], "Leaks")
    assert len(found["lines"]) == 1
    csv = program.get(f"/reports/volume/csv?by=team&{span}")
    assert (csv.headers["Content-Type"], b"2026-11-20,Leaks,3" in csv.content) == ("text/csv; charset=utf-8", True)
    assert program.get(f"/reports/grades?{span}").json()["total"]["graded"] == 0
    assert program.get("/reports/volume?since=2026-11-20&until=2026-11-19").json()["code"] == "quality.bad_span"
    assert program.get("/reports/volume?since=2024-11-20&until=2026-11-19").json()["code"] == "quality.bad_span"
    assert program.get("/reports/luck").status_code == 422


def test_a_report_is_mailed_until_it_is_no_more(program: Program, lead: Program) -> None:
    made = program.post("/report-schedules", {"measure": "reply", "rhythm": "weekly", "to": ["A@desk.example"]})

    assert (made.status_code, made.json()["to"]) == (201, ["a@desk.example"]), made.content
    assert program.get("/report-schedules").json()["items"] == [made.json()]
    assert lead.get("/report-schedules").json()["items"] == []
    assert lead.ask("DELETE", f"/report-schedules/{made.json()['id']}").status_code == 404
    assert program.ask("DELETE", f"/report-schedules/{made.json()['id']}").status_code == 204
    wrong = program.post("/report-schedules", {"measure": "reply", "rhythm": "weekly", "to": ["nobody"]})
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "to.0")


def junk(text: bytes) -> RawMail:
    mail = accept_mail(b"Subject: x\n\n" + text, source="smtp", sender="shop@shop.example")
    assert mail is not None
    set_aside(mail, state=RawMail.JUNK, reason="blocked")
    return mail


def test_mail_set_aside_is_read_taken_back_or_let_go(lead: Program, program: Program) -> None:
    wanted, unwanted = junk(b"Hello"), junk(b"Buy!")

    listed = lead.get("/mail-aside?state=junk&limit=1").json()
    assert [row["id"] for row in listed["items"]] == [unwanted.pk]
    assert lead.get(f"/mail-aside?cursor={listed['next']}").json()["items"][0]["id"] == wanted.pk
    assert lead.get(f"/mail-aside/{wanted.pk}/original").content == b"Subject: x\n\nHello"
    assert lead.post(f"/mail-aside/{wanted.pk}/release").json()["state"] == "waiting"
    assert lead.ask("DELETE", f"/mail-aside/{unwanted.pk}").status_code == 204
    unwanted.refresh_from_db()
    assert (bytes(unwanted.raw), unwanted.sender, unwanted.reason) == (b"", "", "dropped")
    assert lead.get(f"/mail-aside/{unwanted.pk}/original").status_code == 404
    assert LoggedEvent.objects.filter(actor=lead.person.key, subject=unwanted.key).count() == 1
    assert program.get("/mail-aside").status_code == 403


def test_senders_are_blocked_and_heard_again(lead: Program, program: Program) -> None:
    made = lead.post("/blocked-senders", {"pattern": "@Shop.example"}).json()

    assert (made["pattern"], made["by_id"]) == ("@shop.example", lead.person.pk)
    assert lead.post("/blocked-senders", {"pattern": "@shop.example"}).json() == made
    assert lead.post("/blocked-senders", {"pattern": "shop"}).json()["code"] == "channels.bad_pattern"
    assert program.post("/blocked-senders", {"pattern": "@shop.example"}).status_code == 403
    assert lead.ask("DELETE", f"/blocked-senders/{made['id']}").status_code == 204
    assert lead.get("/blocked-senders").json()["items"] == []
