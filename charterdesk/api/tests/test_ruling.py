"""Roles, what signing in demands, how grades are asked for, and the settings file, by API."""

from charterdesk.access.actions import open_session
from charterdesk.access.models import OpenSession
from charterdesk.api.tests.conftest import Program
from charterdesk.api.tests.test_set_up import boss, codes, fields_of
from charterdesk.people.models import Agent, Membership, Team
from charterdesk.people.permissions import READ_TICKETS, SET_PEOPLE, SET_TEAMS
from charterdesk.people.testing import make_agent
from charterdesk.tickets.models import Tag

__all__ = ["boss"]


def test_a_role_is_made_given_in_a_team_changed_and_removed_by_who_has_as_much(
    boss: Program, program: Program, team: Team, agent: Agent
) -> None:
    new = {"name": "Reader", "permissions": [READ_TICKETS]}
    made = boss.post("/roles", new)
    assert (made.status_code, made.json()["permissions"]) == (201, [READ_TICKETS]), made.content
    assert fields_of(boss.post("/roles", new)) == ["name"]
    assert fields_of(boss.post("/roles", {"name": "x", "permissions": ["everything"]})) == ["permissions.0"]
    path = f"/roles/{made.json()['id']}"
    here = f"/teams/{team.pk}/agents/{agent.pk}/role"
    assert fields_of(boss.ask("PUT", here, {"role_id": 10**9})) == ["role_id"]
    assert boss.ask("PUT", here, {"role_id": made.json()["id"]}).status_code == 200
    assert Membership.objects.get(agent=agent).role_id == made.json()["id"]
    assert boss.ask("DELETE", path).json()["code"] == "people.role_in_use"

    few = make_agent("Fay")
    few.free_role_id = boss.post("/roles", {"name": "Staffing", "permissions": [SET_PEOPLE, READ_TICKETS]}).json()["id"]
    few.save()
    assert Program(few).ask("PATCH", path, {"permissions": [SET_TEAMS]}).status_code == 403
    assert program.post("/roles", new).status_code == 403
    etag = made.headers["ETag"]
    assert boss.ask("PATCH", path, {"description": "Looks on"}, If_Match=etag).json()["permissions"] == [READ_TICKETS]
    assert boss.ask("PATCH", path, {"name": "x"}, If_Match=etag).status_code == 412
    boss.ask("PUT", here, {"role_id": None})
    assert boss.ask("DELETE", path).status_code == 204
    assert codes()[-2:] == ["member_role.changed", "role.removed"]


def test_what_signing_in_demands_is_changed_and_somebody_is_signed_out(
    boss: Program, program: Program, agent: Agent
) -> None:
    assert boss.get("/sign-in-rules").json() == {"second_factor_for": [], "may_register": True}
    assert fields_of(boss.ask("PATCH", "/sign-in-rules", {"second_factor_for": ["role:9"]})) == ["second_factor_for"]
    changed = boss.ask("PATCH", "/sign-in-rules", {"second_factor_for": ["lead"], "may_register": False})
    assert changed.json() == {"second_factor_for": ["lead"], "may_register": False}
    assert program.ask("PATCH", "/sign-in-rules", {"may_register": True}).status_code == 403

    for key in "ab":
        open_session(agent.login, session_key=key, ip="192.0.2.7", device="Firefox", way="password")
    told = boss.get(f"/logins/{agent.key}").json()
    assert (told["email"], [each["ip"] for each in told["sessions"]]) == (agent.login.email, ["192.0.2.7"] * 2)
    one = told["sessions"][0]["id"]
    assert boss.ask("DELETE", f"/logins/{agent.key}/sessions?session_id={one}").json() == {"count": 1}
    assert boss.ask("DELETE", f"/logins/{agent.key}/factors").json() == {"count": 0}
    assert not OpenSession.objects.filter(login=agent.login).exists()
    assert program.get(f"/logins/{agent.key}").status_code == 403
    assert boss.get("/logins/contact:999999").status_code == 404


def test_how_grades_are_asked_for_is_set_for_all_and_for_a_team(boss: Program, program: Program, team: Team) -> None:
    mine = f"/grade-terms?team_id={team.pk}"
    assert fields_of(boss.ask("PATCH", "/grade-terms", {"remind_after": [9], "close_after": 7})) == ["remind_after"]
    assert fields_of(boss.ask("PATCH", "/grade-terms", {"words": {"en": ["bad"]}})) == ["words.en"]
    words = {"en": ["1", "2", "3", "4", "5"]}
    assert boss.ask("PATCH", mine, {"words": words, "remind_after": [5, 2]}).json()["remind_after"] == [2, 5]
    usual, own = boss.get("/grade-terms").json()["items"]
    assert (usual["team_id"], own["team_id"], own["words"]) == (None, team.pk, words)
    assert program.ask("PATCH", mine, {"is_asked": False}).status_code == 403
    assert boss.ask("DELETE", f"/grade-terms/{team.pk}").status_code == 204
    assert boss.get("/grade-terms").json() == {"items": [usual]}


def test_a_settings_file_is_read_looked_at_and_applied(boss: Program, program: Program) -> None:
    assert boss.get("/settings-file").json()["text"].startswith("# The set-up")
    assert fields_of(boss.post("/settings-file", {"text": "[[nonsense]]"})) == ["text"]
    file = {"text": 'charterdesk = 1\n[[tags]]\nname = "leak"\ndescription = "Water where none should be"\n'}
    looked = boss.post("/settings-file/preview", file).json()
    assert [(one["section"], one["key"], one["is_new"]) for one in looked["changes"]] == [("tags", "leak", True)]
    assert not Tag.objects.exists()
    assert program.post("/settings-file", file).status_code == 403
    assert boss.post("/settings-file", file).json() == looked
    assert Tag.objects.get().description == "Water where none should be"
    assert boss.post("/settings-file", file).json() == {"changes": [], "same": 1}


def test_a_team_is_signed_and_an_agent_is_what_the_forms_make_of_them(boss: Program, team: Team, agent: Agent) -> None:
    signed = boss.ask("PATCH", f"/teams/{team.pk}", {"signatures": {"de": "Ihr Team"}, "skill": "pipes"}).json()
    assert (signed["signatures"], signed["skill"]) == ({"de": "Ihr Team"}, "pipes")
    other = {"name": "Leaks", "address": "other@desk.example", "calendar_id": team.calendar_id}
    assert fields_of(boss.post("/teams", other)) == ["name"]
    assert fields_of(boss.ask("PATCH", f"/teams/{team.pk}", {"calendar_id": 10**9})) == ["calendar_id"]

    role = boss.post("/roles", {"name": "Boss of people", "permissions": [SET_PEOPLE]}).json()["id"]
    path = f"/agents/{agent.pk}"
    wanted = {"skills": ["pipes", "billing"], "languages": {"en": 3, "de": 1}, "time_zone": "Europe/Berlin"}
    changed = boss.ask("PATCH", path, {**wanted, "role_id": role, "calendar_id": team.calendar_id}).json()
    assert {name: changed[name] for name in wanted} == {**wanted, "skills": ["billing", "pipes"]}
    assert (changed["role_id"], changed["calendar_id"]) == (role, team.calendar_id)
    assert fields_of(boss.ask("PATCH", path, {"time_zone": "Nowhere/City"})) == ["time_zone"]
    assert fields_of(boss.ask("PATCH", path, {"languages": {"en": 9}})) == ["languages.en"]
    powerful = make_agent("Max", role=Agent.ADMINISTRATOR)
    assert Program(agent).ask("PATCH", f"/agents/{powerful.pk}", {"is_active": False}).status_code == 403
    assert boss.ask("PATCH", path, {"role_id": None}).json()["role_id"] is None
