"""Every list is answered to who fills nothing in: what the interactive page asks first."""

from typing import Any

from charterdesk.api.description import TAGS
from charterdesk.api.tests.conftest import Program
from charterdesk.api.urls import api
from charterdesk.people.models import Agent, Team
from charterdesk.people.testing import make_agent

DESCRIPTION = api.described()


def is_list(operation: dict[str, Any]) -> bool:
    """Whether it answers with `items`, needs nothing to be asked, and is there always (a charter's draft is not)."""
    schema = operation["responses"].get("200", {}).get("content", {}).get("application/json", {}).get("schema", {})
    name = schema.get("$ref", "").rpartition("/")[2]
    has_items = "items" in DESCRIPTION["components"]["schemas"].get(name, {}).get("properties", {})
    needs_nothing = not any(each.get("required") for each in operation["parameters"])
    return has_items and needs_nothing and operation["operationId"] != "compare_charter_draft"


LISTS = [route for route, methods in DESCRIPTION["paths"].items() if "get" in methods and is_list(methods["get"])]


def test_every_list_answers_without_a_filter(team: Team) -> None:
    boss = Program(make_agent("Max", role=Agent.ADMINISTRATOR, teams=(team,)))

    answers = {route: boss.get(route.removeprefix("/api/v1")) for route in LISTS}
    assert len(LISTS) > 50
    wrong = {route: answer.json().get("detail") for route, answer in answers.items() if answer.status_code != 200}
    assert wrong == {}


def test_the_description_names_what_operations_are_about_in_a_readers_order() -> None:
    operations = [each for methods in DESCRIPTION["paths"].values() for each in methods.values()]

    assert {name for each in operations for name in each["tags"]} == set(TAGS)
    assert [tag["name"] for tag in DESCRIPTION["tags"]] == list(TAGS)


def test_the_description_is_packed_and_not_sent_again_to_who_has_it(db: None, client) -> None:
    first = client.get("/api/v1/openapi.json", headers={"Accept-Encoding": "gzip"})
    assert (first.status_code, first["Content-Encoding"]) == (200, "gzip")

    again = client.get("/api/v1/openapi.json", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
