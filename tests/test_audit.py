"""Whatever administrators and operators do to the desk, the log says who did it."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.urls import URLPattern

from charterdesk.events.models import LoggedEvent
from charterdesk.people.models import Contact, Role
from tests.test_access import World, addresses

pytestmark = pytest.mark.django_db
Fill = Callable[[World], dict[str, Any]]

_ROLE = {"name": "Auditor", "permissions": ["tickets.read"]}


def _team(world: World) -> dict[str, Any]:
    return {
        "name": "Meters", "address": "meters@desk.example", "language": "en", "cc_policy": "all",
        "calendar": world.team.calendar_id,
    }  # fmt: skip


def _agent(world: World) -> dict[str, Any]:
    return {
        "name": "Ada B", "email": "new@desk.example", "role": "agent", "language": "en", "time_zone": "UTC",
        "capacity": 7,
    }  # fmt: skip


def _nothing(world: World) -> dict[str, Any]:
    return {}


DONE: dict[str, Fill] = {
    "workspace:mend": lambda world: {"give_up": "1", "reason": "the pump was sold"},
    "workspace:settle_mail": lambda world: {"arrived": "1"},
    "workspace:wanted": _nothing,
    "workspace:blocked": lambda world: {"pattern": "@shop.example"},
    "workspace:unblock": _nothing,
    "workspace:remove_account": _nothing,
    "workspace:team_settings": _team,
    "workspace:new_team": _team,
    "workspace:add_member": lambda world: {"agent": world.people["other team"].pk},
    "workspace:remove_member": _nothing,
    "workspace:agent": _agent,
    "workspace:new_agent": _agent,
    "workspace:agent_leaving": _nothing,
    "workspace:new_role": lambda world: _ROLE,
    "workspace:retire_policy": _nothing,
    "workspace:sign_in_rules": lambda world: {"roles": ["lead"]},
    "workspace:reset_factors": _nothing,
    "workspace:remove_provider": _nothing,
}


def done_by(world: World, name: str, pattern: URLPattern) -> list[str]:
    """Do it as the administrator; the codes of what the log says they did."""
    administrator = world.people["administrator"]
    assert administrator is not None
    client, before = world.client("administrator"), LoggedEvent.objects.count()
    point = transaction.savepoint()
    try:
        answer = client.post(world.path(name, pattern), DONE[name](world))
        assert answer.status_code in (200, 302), f"{name}: {answer.status_code} {answer.content[-1500:]!r}"
        new = LoggedEvent.objects.order_by("pk")[before:]
        return [each.code for each in new if each.actor == administrator.key]
    finally:
        transaction.savepoint_rollback(point)


@pytest.mark.timeout(300)
def test_each_administrative_act_is_an_event_with_who_did_it() -> None:
    world = World()
    _factor(world)
    found = {name: done_by(world, name, pattern) for name, pattern in addresses() if name in DONE}

    assert sorted(found) == sorted(DONE)
    assert [name for name, codes in found.items() if not codes] == []


def _factor(world: World) -> None:
    """Somebody has a factor to lose."""
    Authenticator.objects.create(user=world.agent.login, type=Authenticator.Type.TOTP, data={"secret": "x"})


def test_no_event_of_administration_holds_a_name_or_an_address() -> None:
    world = World()
    _factor(world)
    for name, pattern in addresses():
        if name in DONE:
            world.client("administrator").post(world.path(name, pattern), DONE[name](world))
    said = " ".join(str(each.data) for each in LoggedEvent.objects.all())

    assert Contact.objects.exists() and Role.objects.exists()
    for trace in ("Mia", "meters@desk.example", "new@desk.example", "shop.example", "Auditor"):
        assert trace not in said
