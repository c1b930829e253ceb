"""SCIM 2.0: a directory provisions people and teams; judged by a compliance test that is not ours."""

import json
from typing import Any
from uuid import uuid4

import pytest
import scim2_tester.filling
from django.core.wsgi import get_wsgi_application
from django.test import Client
from scim2_client.engines.wsgi import WSGISCIMClient
from scim2_tester import Status, check_server

from charterdesk.events.models import LoggedEvent
from charterdesk.people.models import Agent, Role, Team
from charterdesk.people.testing import make_agent, make_team
from charterdesk.people.tokens.actions import make_token
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db
USER = "urn:ietf:params:scim:schemas:core:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


@pytest.fixture
def amy() -> Agent:
    make_team("Opening hours come with a team")
    return make_agent("Amy", role=Agent.ADMINISTRATOR, email="amy@desk.example")


@pytest.fixture
def token(amy) -> str:
    _token, secret = make_token(amy.login, name="Directory", scopes=["scim"], by=amy)
    return secret


class Directory:
    """A company's directory, as it speaks to the desk."""

    def __init__(self, token: str) -> None:
        self.client = Client(headers={"authorization": f"Bearer {token}"})

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        data = "" if body is None else json.dumps(body)
        return self.client.generic(method, f"/scim/v2/{path}", data, "application/scim+json", headers=headers)

    def new_user(self, address: str = "ada@water.example", **more: Any) -> dict[str, Any]:
        made: dict[str, Any] = self.ask("POST", "Users", {"schemas": [USER], "userName": address, **more}).json()
        return made


@pytest.fixture
def directory(token) -> Directory:
    return Directory(token)


@pytest.mark.django_db(transaction=True)
def test_a_compliance_test_that_is_not_ours_finds_nothing_wrong_but_that_people_are_active_or_not(token, monkeypatch):
    # A user name is an address here; the tester knows no more of it than that it is a text.
    known = scim2_tester.filling.get_random_example_value
    monkeypatch.setattr(
        scim2_tester.filling,
        "get_random_example_value",
        lambda path: f"{uuid4()}@water.example" if str(path).endswith("userName") else known(path),
    )
    client = WSGISCIMClient(
        get_wsgi_application(),
        base_url="http://127.0.0.1:8000/scim/v2",
        headers={"Authorization": f"Bearer {token}"},
    )

    results = check_server(client)

    assert len(results) > 30
    bad = (Status.ERROR, Status.CRITICAL)
    wrong = [f"{each.title}: {each.reason}" for each in results if each.status in bad]
    assert wrong == ["check_remove_attribute: Attribute 'active' was not removed"], "\n".join(wrong)


def test_somebody_new_joins_the_desk_and_what_else_the_directory_tells_is_left(directory, amy):
    made = directory.new_user(
        name={"givenName": "Ada", "familyName": "Brook", "honorificPrefix": "Dr"},
        externalId="00u1", title="Engineer", addresses=[{"locality": "Aldermouth"}],
    )  # fmt: skip

    ada = Agent.objects.get(login__email="ada@water.example")
    assert (ada.name, ada.role, ada.is_active) == ("Ada Brook", "agent", True)
    assert (made["id"], made["externalId"], made["active"]) == (str(ada.pk), "00u1", True)
    assert LoggedEvent.objects.get(code="agent.added", subject=ada.key).actor == amy.key


def patch(directory: Directory, user: dict[str, Any], *operations: dict[str, Any]) -> Any:
    return directory.ask("PATCH", f"Users/{user['id']}", {"schemas": [PATCH], "Operations": list(operations)})


def test_the_directory_gives_roles_built_in_and_of_the_desks_own_and_takes_them(directory):
    reader = Role.objects.create(name="Only reads", permissions=["tickets.read"])
    made = directory.new_user(roles=[{"value": "Lead", "primary": True, "type": "work"}, {"value": "agent"}])
    ada = Agent.objects.get(pk=made["id"])
    assert (ada.role, made["roles"]) == ("lead", [{"value": "lead"}])

    patch(directory, made, {"op": "replace", "path": "roles", "value": [{"value": "only reads"}]})
    ada.refresh_from_db()
    assert (ada.role, ada.free_role) == ("agent", reader)
    patch(directory, made, {"op": "Add", "path": 'roles[primary eq "True"].value', "value": "manager"})
    ada.refresh_from_db()
    assert (ada.role, ada.free_role) == ("manager", None)

    unknown = patch(directory, made, {"op": "replace", "path": "roles", "value": [{"value": "king"}]})
    assert unknown.status_code == 400 and "no role “king”" in unknown.json()["detail"]
    assert patch(directory, made, {"op": "remove", "path": "roles"}).status_code in (200, 204)
    ada.refresh_from_db()
    assert ("roles" in directory.ask("GET", f"Users/{ada.pk}").json(), ada.role) == (False, "agent")


def test_a_directory_that_says_nothing_of_roles_takes_none_away(directory):
    lea = make_agent("Lea", role=Agent.LEAD, email="lea@water.example")
    body = {"schemas": [USER], "userName": "lea@water.example", "name": {"formatted": "Lea B"}}

    assert directory.ask("PUT", f"Users/{lea.pk}", body).status_code == 200

    lea.refresh_from_db()
    assert (lea.name, lea.role) == ("Lea B", "lead")


def test_nobody_gives_or_takes_by_a_directory_what_they_could_not_by_form(directory, amy):
    setter = Role.objects.create(name="Sets up people", permissions=["settings.people", "settings.teams"])
    peter = make_agent("Peter")
    Agent.objects.filter(pk=peter.pk).update(free_role=setter)
    _token, secret = make_token(peter.login, name="Directory", scopes=["scim"], by=peter)
    theirs = Directory(secret)
    ada, boss = theirs.new_user(), directory.new_user("boss@water.example", roles=[{"value": "administrator"}])

    up = patch(theirs, ada, {"op": "replace", "path": "roles", "value": [{"value": "administrator"}]})
    down = patch(theirs, boss, {"op": "remove", "path": "roles"})

    assert (up.status_code, down.status_code) == (403, 403)
    assert Agent.objects.get(pk=ada["id"]).role == "agent"
    assert Agent.objects.get(pk=boss["id"]).role == "administrator"


def test_a_name_taken_is_a_conflict(directory):
    directory.new_user()

    again = directory.ask("POST", "Users", {"schemas": [USER], "userName": "ADA@water.example"})

    assert (again.status_code, again.json()["scimType"]) == (409, "uniqueness")


def test_directories_look_people_up_by_name_and_by_their_own_id_and_page(directory):
    for number in range(5):
        directory.new_user(f"p{number}@water.example", externalId=f"x{number}")

    by_name = directory.ask("GET", 'Users?filter=userName eq "P3@water.example"').json()
    by_id = directory.ask("GET", 'Users?filter=externalId eq "x4"').json()
    page = directory.ask("GET", "Users?startIndex=3&count=2").json()

    assert [each["userName"] for each in by_name["Resources"]] == ["p3@water.example"]
    assert [each["userName"] for each in by_id["Resources"]] == ["p4@water.example"]
    assert (page["totalResults"], page["startIndex"], len(page["Resources"])) == (6, 3, 2)


def test_whoever_is_switched_off_there_leaves_the_desk_and_comes_back_with_it(directory):
    made = directory.new_user()
    off = {"schemas": [PATCH], "Operations": [{"op": "Replace", "path": "active", "value": False}]}
    directory.ask("PATCH", f"Users/{made['id']}", off)
    assert not Agent.objects.get(pk=made["id"]).is_active

    on = {"schemas": [PATCH], "Operations": [{"op": "replace", "value": {"active": True, "title": "Engineer"}}]}
    directory.ask("PATCH", f"Users/{made['id']}", on)
    assert Agent.objects.get(pk=made["id"]).is_active


def test_whoever_is_taken_out_is_gone_for_the_directory_and_stays_in_the_history(directory):
    made = directory.new_user()

    assert directory.ask("DELETE", f"Users/{made['id']}").status_code == 204

    assert directory.ask("GET", f"Users/{made['id']}").status_code == 404
    assert not Agent.objects.get(pk=made["id"]).is_active
    assert directory.new_user()["id"] == made["id"]
    assert Agent.objects.get(pk=made["id"]).is_active


def test_a_change_against_what_is_not_there_any_more_is_refused(directory):
    made = directory.new_user()
    old = made["meta"]["version"]
    body = {"schemas": [USER], "userName": "ada@water.example", "name": {"formatted": "Ada B"}}
    assert directory.ask("PUT", f"Users/{made['id']}", body, if_match=old).status_code == 200

    assert directory.ask("PUT", f"Users/{made['id']}", body, if_match=old).status_code == 412
    now = directory.ask("GET", f"Users/{made['id']}")
    assert directory.ask("GET", f"Users/{made['id']}", if_none_match=now["ETag"]).status_code == 304


def test_a_group_is_a_team_with_its_members(directory):
    ada, bea = directory.new_user(), directory.new_user("bea@water.example")
    made = directory.ask(
        "POST", "Groups", {"schemas": [GROUP], "displayName": "Leaks", "members": [{"value": ada["id"]}]}
    ).json()
    team = Team.objects.get(pk=made["id"])
    assert [agent.pk for agent in team.agents.all()] == [int(ada["id"])]

    change = [
        {"op": "add", "path": "members", "value": [{"value": bea["id"]}]},
        {"op": "remove", "path": f'members[value eq "{ada["id"]}"]'},
        {"op": "replace", "path": "displayName", "value": "Leaks and bursts"},
    ]
    directory.ask("PATCH", f"Groups/{made['id']}", {"schemas": [PATCH], "Operations": change})

    team.refresh_from_db()
    assert (team.name, [agent.pk for agent in team.agents.all()]) == ("Leaks and bursts", [int(bea["id"])])


def test_a_team_with_tickets_is_not_taken_away(directory):
    team = make_team("Leaks")
    make_ticket(team=team)

    refused = directory.ask("DELETE", f"Groups/{team.pk}")

    assert refused.status_code == 400 and "has tickets" in refused.json()["detail"]
    assert Team.objects.filter(pk=team.pk).exists()


def test_the_last_administrator_is_neither_taken_out_nor_switched_off_nor_made_less(directory, amy):
    off = {"schemas": [PATCH], "Operations": [{"op": "replace", "path": "active", "value": False}]}
    less = {"schemas": [PATCH], "Operations": [{"op": "add", "path": "roles", "value": [{"value": "lead"}]}]}
    refused = [
        directory.ask("DELETE", f"Users/{amy.pk}"),
        directory.ask("PATCH", f"Users/{amy.pk}", off),
        directory.ask("PATCH", f"Users/{amy.pk}", less),
    ]

    assert [answer.status_code for answer in refused] == [400, 400, 400]
    amy.refresh_from_db()
    assert (amy.is_active, amy.role) == (True, Agent.ADMINISTRATOR)


def test_only_a_token_for_it_of_somebody_who_may_comes_in(amy):
    lead = make_agent("Lea", role=Agent.LEAD)
    _wrong, other_scope = make_token(amy.login, name="x", scopes=["tickets:read"], by=amy)
    _low, no_right = make_token(lead.login, name="x", scopes=["scim"], by=amy)
    signed_in = Client()
    signed_in.force_login(amy.login)

    assert Client().get("/scim/v2/Users").status_code == 401
    assert signed_in.get("/scim/v2/Users").status_code == 401
    assert Directory("wrong").ask("GET", "Users").status_code == 401
    assert Directory(other_scope).ask("GET", "Users").status_code == 403
    assert Directory(no_right).ask("GET", "Users").status_code == 403
    assert Client().get("/scim/v2/ServiceProviderConfig").status_code == 200
