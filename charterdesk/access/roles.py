"""Roles as ways in name them: a built-in one by its code, one of the desk's own as `role:<id>`."""

from collections.abc import Iterable, Mapping
from typing import Any

from charterdesk.people.models import Agent, Role
from charterdesk.people.permissions import known, permissions_of

OWN = "role:"
_BUILT_IN = {code: code for code, _name in Agent.ROLES}


def role_names() -> dict[str, str]:
    """What people write for each role, by its code: a free role's name, `role:` before it where a built-in one has it.

    One query.
    """
    own = Role.objects.order_by("name").values_list("pk", "name")
    return _BUILT_IN | {f"{OWN}{pk}": f"{OWN}{name}" if name in _BUILT_IN else name for pk, name in own}


def role_of(agent: Agent) -> str:
    """The code of the role `agent` has on the whole desk."""
    return f"{OWN}{agent.free_role_id}" if agent.free_role_id else agent.role


def fields_of(code: str) -> dict[str, Any]:
    """What `change_agent` takes for the role `code`. One query for a role of the desk's own.

    Raises `Role.DoesNotExist`.
    """
    if not code.startswith(OWN):
        return {"role": code, "free_role": None}
    return {"role": Agent.AGENT, "free_role": Role.objects.get(pk=int(code.removeprefix(OWN)))}


def grants_of(code: str) -> frozenset[str]:
    """What the role `code` allows; nothing for one that is gone. One query for a role of the desk's own."""
    if not code.startswith(OWN):
        return permissions_of(code)
    role = Role.objects.filter(pk=int(code.removeprefix(OWN))).first()
    return known(role.permissions) if role else frozenset()


def highest(codes: Iterable[str]) -> str:
    """The role of `codes` that allows most, a built-in one before one of the desk's own; "" where none exists.

    One query where one of the desk's own is among them.
    """
    wanted = set(codes)
    allowed: dict[str, frozenset[str]] = {code: permissions_of(code) for code in _BUILT_IN if code in wanted}
    pks = [int(code.removeprefix(OWN)) for code in wanted if code.startswith(OWN)]
    own = Role.objects.filter(pk__in=pks).order_by("pk") if pks else ()
    return _most(allowed | {f"{OWN}{role.pk}": known(role.permissions) for role in own})


def _most(allowed: Mapping[str, frozenset[str]]) -> str:
    return max(allowed, key=lambda code: len(allowed[code]), default="")
