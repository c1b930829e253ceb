"""Promises, hours of channels and the forecast by API."""

from charterdesk.api.tests.conftest import Program
from charterdesk.people.models import Agent, Team
from charterdesk.people.testing import make_agent
from charterdesk.sla.models import ChannelHours, PolicyVersion


def test_a_promise_is_made_changed_and_taken_out_of_force(program: Program, team: Team) -> None:
    boss = Program(make_agent("Amy", role=Agent.ADMINISTRATOR))
    new = {
        "name": "Gold",
        "next_reply_seconds": 7200,
        "entitlements": ["*"],
        "warnings": [80, 50],
        "team_ids": [team.pk],
    }
    made = boss.post("/promises", new)
    assert made.status_code == 201, made.content
    path, row = made.headers["Location"].removeprefix("/api/v1"), made.json()
    assert (row["next_reply_seconds"], row["first_reply_seconds"], row["warnings"]) == (7200, None, [50, 80])

    etag = program.get(path).headers["ETag"]
    changed = boss.ask("PATCH", path, {"resolution_seconds": 86400}, If_Match=etag)
    assert (changed.status_code, changed.json()["version"]) == (200, 2), changed.content
    assert changed.json()["next_reply_seconds"] == 7200
    assert boss.ask("PATCH", path, {"name": "x"}, If_Match=etag).status_code == 412
    assert boss.ask("PATCH", path, {"team_ids": [team.pk + 999]}).json()["code"] == "sla.no_such_team_ids"
    nothing = {"next_reply_seconds": None, "resolution_seconds": None}
    refused = boss.ask("PATCH", path, nothing).json()
    assert (refused["code"], refused["errors"][0]["field"]) == ("sla.no_target", "first_reply_seconds")
    assert boss.ask("PATCH", path, {"calendar_id": 10**9}).json()["errors"][0]["field"] == "calendar_id"
    assert program.ask("PATCH", path, {"name": "x"}).status_code == 403

    assert boss.ask("DELETE", path).status_code == 204
    assert (program.get(path).status_code, program.get("/promises").json()) == (404, {"items": []})
    assert PolicyVersion.objects.filter(policy_id=row["id"]).count() == 2
    assert boss.ask("PATCH", path, {"position": 5}).json()["version"] == 3
    said = program.get(f"{path}/versions").json()["items"]
    assert [(one["version"], one["position"], one["active_until"] is None) for one in said] == [
        (3, 5, True),
        (2, 100, False),
        (1, 100, False),
    ]


def test_a_channel_is_given_hours_and_those_of_the_teams_again(program: Program, team: Team) -> None:
    boss = Program(make_agent("Amy", role=Agent.ADMINISTRATOR))
    given = boss.ask("PUT", "/channel-hours/email", {"calendar_id": team.calendar_id})
    assert given.json() == {"items": [{"channel": "email", "calendar_id": team.calendar_id}]}
    assert boss.ask("PUT", "/channel-hours/pigeon", {"calendar_id": None}).status_code == 422
    assert program.ask("PUT", "/channel-hours/email", {"calendar_id": None}).status_code == 403

    assert boss.ask("PUT", "/channel-hours/email", {"calendar_id": None}).json() == {"items": []}
    assert not ChannelHours.objects.exists()


def test_the_forecast_of_a_desk_where_nothing_is_due(program: Program) -> None:
    assert program.get("/forecast").json() == {"due": 0, "late": 0, "is_capped": False, "first": [], "teams": []}
