"""Opening hours by API."""

from charterdesk.api.tests.conftest import Program
from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent


def test_opening_hours_are_made_and_changed_by_whoever_sets_up_teams(program: Program) -> None:
    boss = Program(make_agent("Amy", role=Agent.ADMINISTRATOR))
    new = {"name": "Night shift", "zone": "Europe/Berlin", "hours": {"mon": [["22:00", "06:00"]]}, "country": "DE"}
    made = boss.post("/calendars", new)
    path = f"/calendars/{made.json().get('id')}"

    assert (made.status_code, made.json()["hours"]) == (201, {"mon": [["22:00", "06:00"]]}), made.content
    etag = boss.get(path).headers["ETag"]
    days = [{"date": "2026-12-24", "hours": [["09:00", "12:00"]]}]
    changed = boss.ask("PATCH", path, {"exceptions": days}, If_Match=etag)
    assert (changed.status_code, changed.json()["exceptions"][0]["date"]) == (200, "2026-12-24"), changed.content
    assert boss.ask("PATCH", path, {"name": "x"}, If_Match=etag).status_code == 412
    assert boss.post("/calendars", new).json()["code"] == "calendars.name_taken"
    assert boss.ask("PATCH", path, {"zone": "Mars/Base"}).json()["code"] == "calendars.zone"
    assert program.ask("PATCH", path, {"name": "x"}).status_code == 403
