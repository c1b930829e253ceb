"""SCIM as the two large directories send it, word by word: Entra ID (with and without its compliance flag) and Okta."""

import json
from typing import Any

import pytest

from charterdesk.api.tests.test_scim import GROUP, PATCH, USER, Directory
from charterdesk.people.models import Agent, Team
from charterdesk.people.testing import make_agent, make_team
from charterdesk.people.tokens.actions import make_token

pytestmark = pytest.mark.django_db
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"


@pytest.fixture
def directory() -> Directory:
    make_team("Opening hours come with a team")
    amy = make_agent("Amy", role=Agent.ADMINISTRATOR, email="amy@desk.example")
    return Directory(make_token(amy.login, name="Directory", scopes=["scim"], by=amy)[1])


def of_entra(address: str = "ada@water.example") -> dict[str, Any]:
    """Somebody new, as Entra ID sends them."""
    return {
        "schemas": [USER, ENTERPRISE],
        "externalId": "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef",
        "userName": address,
        "active": True,
        "displayName": "Ada Brook",
        "emails": [{"primary": True, "type": "work", "value": address}],
        "meta": {"resourceType": "User"},
        "name": {"formatted": "Ada Brook", "familyName": "Brook", "givenName": "Ada"},
        "roles": [],
        "title": "Engineer",
        "phoneNumbers": [{"type": "work", "value": "555-0100"}],
        ENTERPRISE: {"department": "Leaks", "manager": "7f3c"},
    }


def of_okta(address: str = "ada@water.example") -> dict[str, Any]:
    """Somebody new, as Okta sends them."""
    return {
        "schemas": [USER],
        "userName": address,
        "name": {"givenName": "Ada", "middleName": "", "familyName": "Brook"},
        "emails": [{"primary": True, "value": address, "type": "work"}],
        "displayName": "Ada Brook",
        "locale": "en-US",
        "externalId": "00ujl29u0le5T6Aj10h7",
        "groups": [],
        "password": "1mz050nq",
        "active": True,
    }


def patched(directory: Directory, path: str, *operations: dict[str, Any]) -> Any:
    answer = directory.ask("PATCH", path, {"schemas": [PATCH], "Operations": list(operations)})
    assert answer.status_code in (200, 204), answer.content
    return answer


def person(made: dict[str, Any]) -> Agent:
    return Agent.objects.select_related("login").get(pk=made["id"])


def people_of(made: dict[str, Any]) -> list[int]:
    return sorted(Team.objects.get(pk=made["id"]).agents.values_list("pk", flat=True))


def posted(directory: Directory, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = directory.ask("POST", path, body)
    assert answer.status_code == 201, answer.content
    made: dict[str, Any] = answer.json()
    return made


def test_entra_tries_the_connection_with_somebody_who_is_not_there(directory):
    answer = directory.ask("GET", 'Users?filter=userName eq "21f4cbd8-04f5-4bbf-9e6b-0b9b9a5c1b5b"')

    said = answer.json()
    assert (answer.status_code, said["schemas"], said["totalResults"]) == (200, [LIST], 0)
    assert said.get("Resources", []) == []


def test_entra_adds_somebody_with_all_it_knows_of_them(directory):
    made = posted(directory, "Users", of_entra())

    ada = person(made)
    assert (ada.name, ada.login.email, ada.is_active) == ("Ada Brook", "ada@water.example", True)
    assert made["externalId"] == "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef"
    assert made["emails"][0]["value"] == "ada@water.example"


def test_entra_switches_somebody_off_with_a_word_and_on_again(directory):
    made = posted(directory, "Users", of_entra())

    patched(directory, f"Users/{made['id']}", {"op": "Replace", "path": "active", "value": "False"})
    assert not person(made).is_active

    patched(directory, f"Users/{made['id']}", {"op": "Add", "path": "active", "value": "True"})
    assert person(made).is_active


def test_entra_changes_a_person_piece_by_piece(directory):
    made = posted(directory, "Users", of_entra())

    patched(
        directory, f"Users/{made['id']}",
        {"op": "Replace", "path": "displayName", "value": "Ada Stream"},
        {"op": "Replace", "path": "name.familyName", "value": "Stream"},
        {"op": "Replace", "path": "name.formatted", "value": "Ada Stream"},
        {"op": "Replace", "path": 'emails[type eq "work"].value', "value": "stream@water.example"},
        {"op": "Replace", "path": "userName", "value": "stream@water.example"},
        {"op": "Add", "path": f"{ENTERPRISE}:department", "value": "Bursts"},
        {"op": "Add", "path": f"{ENTERPRISE}:manager", "value": "7f3d"},
        {"op": "Replace", "path": 'phoneNumbers[type eq "work"].value', "value": "555-0101"},
        {"op": "Add", "path": 'addresses[type eq "work"].formatted', "value": "1 Weir Lane"},
    )  # fmt: skip

    ada = person(made)
    assert (ada.name, ada.login.email) == ("Ada Stream", "stream@water.example")


def test_entra_without_its_flag_sends_one_operation_with_dotted_names(directory):
    made = posted(directory, "Users", of_entra())

    patched(
        directory, f"Users/{made['id']}",
        {"op": "replace", "value": {
            "displayName": "Ada Stream", "name.formatted": "Ada Stream", "name.familyName": "Stream",
            'emails[type eq "work"].value': "stream@water.example", "active": "False",
            f"{ENTERPRISE}:department": "Bursts",
        }},
    )  # fmt: skip

    ada = person(made)
    assert (ada.name, ada.is_active) == ("Ada Stream", False)


def test_a_display_name_names_somebody_and_a_piece_of_a_name_alone_does_not(directory):
    made = posted(directory, "Users", {"schemas": [USER], "userName": "ada@water.example", "displayName": "Ada Brook"})
    assert person(made).name == "Ada Brook"

    patched(directory, f"Users/{made['id']}", {"op": "Replace", "path": "displayName", "value": "Ada Stream"})
    assert person(made).name == "Ada Stream"

    patched(directory, f"Users/{made['id']}", {"op": "replace", "value": {"name": {"givenName": "Ida"}}})
    patched(
        directory, f"Users/{made['id']}", {"op": "Replace", "path": 'emails[type eq "work"].value', "value": "x@y.z"}
    )
    assert (person(made).name, person(made).login.email) == ("Ada Stream", "ada@water.example")

    pieces = [{"op": "Replace", "path": f"name.{name}", "value": name[:3]} for name in ("familyName", "givenName")]
    patched(directory, f"Users/{made['id']}", *pieces)
    assert person(made).name == "giv fam"


def test_a_directory_that_goes_by_the_address_finds_somebody_by_it(directory):
    made = posted(directory, "Users", of_okta())

    for named in ('emails[type eq "work"].value eq "ada@water.example"', 'emails.value eq "ADA@water.example"'):
        assert [each["id"] for each in directory.ask("GET", f"Users?filter={named}").json()["Resources"]] == [
            made["id"]
        ]


def test_entra_keeps_a_group_and_its_members(directory):
    ada, bea = posted(directory, "Users", of_entra()), posted(directory, "Users", of_okta("bea@water.example"))
    none = directory.ask("GET", 'Groups?excludedAttributes=members&filter=displayName eq "Leaks"').json()
    assert none["totalResults"] == 0
    made = posted(
        directory, "Groups",
        {"schemas": [GROUP], "externalId": "8aa1", "displayName": "Leaks", "meta": {"resourceType": "Group"}},
    )  # fmt: skip

    patched(
        directory, f"Groups/{made['id']}",
        {"op": "Add", "path": "members", "value": [{"$ref": None, "value": ada["id"]}, {"value": bea["id"]}]},
    )  # fmt: skip
    assert people_of(made) == sorted([int(ada["id"]), int(bea["id"])])

    patched(directory, f"Groups/{made['id']}", {"op": "Remove", "path": "members", "value": [{"value": ada["id"]}]})
    assert people_of(made) == [int(bea["id"])]

    patched(directory, f"Groups/{made['id']}", {"op": "Replace", "path": "displayName", "value": "Leaks and bursts"})
    shown = directory.ask("GET", f"Groups/{made['id']}?excludedAttributes=members").json()
    assert (shown["displayName"], "members" in shown) == ("Leaks and bursts", False)
    one = directory.ask("GET", f'Groups?filter=id eq "{made["id"]}" and members eq "{bea["id"]}"').json()
    assert one["totalResults"] == 1


def test_okta_looks_for_somebody_adds_them_and_puts_them_whole(directory):
    none = directory.ask("GET", 'Users?filter=userName eq "ada@water.example"&startIndex=1&count=100').json()
    assert (none["totalResults"], none["startIndex"], none.get("Resources", [])) == (0, 1, [])
    made = posted(directory, "Users", of_okta())
    assert "password" not in json.dumps(made)

    whole = {**made, **of_okta(), "id": made["id"], "name": {"givenName": "Ada", "familyName": "Stream"}}
    whole["displayName"] = "Ada Stream"
    answer = directory.ask("PUT", f"Users/{made['id']}", whole)

    assert answer.status_code == 200, answer.content
    assert person(made).name == "Ada Stream"


def test_okta_switches_somebody_off_and_on(directory):
    made = posted(directory, "Users", of_okta())

    patched(directory, f"Users/{made['id']}", {"op": "replace", "value": {"active": False}})
    assert not person(made).is_active

    answer = directory.ask("PUT", f"Users/{made['id']}", {**of_okta(), "id": made["id"], "active": True})
    assert (answer.status_code, person(made).is_active) == (200, True)


def test_okta_keeps_a_group_and_its_members(directory):
    ada, bea = posted(directory, "Users", of_okta()), posted(directory, "Users", of_okta("bea@water.example"))
    made = posted(
        directory, "Groups",
        {"schemas": [GROUP], "displayName": "Leaks", "members": [{"value": ada["id"], "display": "ada@water.example"}]},
    )  # fmt: skip

    patched(
        directory, f"Groups/{made['id']}",
        {"op": "replace", "value": {"id": made["id"], "displayName": "Bursts"}},
        {"op": "add", "path": "members", "value": [{"value": bea["id"], "display": "bea@water.example"}]},
        {"op": "remove", "path": f'members[value eq "{ada["id"]}"]'},
    )  # fmt: skip
    assert (Team.objects.get(pk=made["id"]).name, people_of(made)) == ("Bursts", [int(bea["id"])])

    patched(directory, f"Groups/{made['id']}", {"op": "replace", "path": "members", "value": [{"value": ada["id"]}]})
    assert people_of(made) == [int(ada["id"])]
    assert directory.ask("DELETE", f"Groups/{made['id']}").status_code == 204


def test_what_the_desk_can_is_read_by_a_directory(directory):
    config = directory.ask("GET", "ServiceProviderConfig").json()
    schemas = directory.ask("GET", "Schemas").json()
    kinds = directory.ask("GET", "ResourceTypes").json()

    assert (config["patch"]["supported"], config["filter"]["maxResults"]) == (True, 200)
    assert {each["id"] for each in schemas["Resources"]} >= {USER, GROUP}
    assert [each["endpoint"] for each in kinds["Resources"]] == ["/Users", "/Groups"]
    assert directory.ask("GET", f"Schemas/{USER}").json()["id"] == USER
