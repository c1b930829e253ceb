"""Roles a desk makes itself: what they allow, and who has them."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import publish
from charterdesk.people.events import MemberRoleChanged, RoleAdded, RoleChanged, RoleRemoved
from charterdesk.people.models import Agent, Membership, Role, Team
from charterdesk.people.permissions import ALL


@transaction.atomic
def add_role(*, by: Actor, name: str, permissions: Iterable[str], description: str = "") -> Role:
    """Make a role that allows `permissions` (codes).

    Raises `Refused`: `people.role_name_taken`, `people.no_such_permission`.
    """
    role = Role(name=" ".join(name.split()), description=description.strip(), permissions=_checked(permissions))
    _save(role)
    publish(RoleAdded(role_id=role.pk), on=role, by=by)
    return role


@transaction.atomic
def change_role(role: Role, *, by: Actor, name: str, permissions: Iterable[str], description: str = "") -> None:
    """Let `role` be called and allow just this, for everybody who has it, at once. Nothing where nothing differs.

    Raises as `add_role`.
    """
    role.refresh_from_db(from_queryset=Role.objects.select_for_update())
    wanted = {
        "name": " ".join(name.split()),
        "description": description.strip(),
        "permissions": _checked(permissions),
    }
    before = set(role.permissions)
    changed = sorted(field for field, value in wanted.items() if getattr(role, field) != value)
    if not changed:
        return
    for field in changed:
        setattr(role, field, wanted[field])
    _save(role)
    allowed, withdrawn = sorted(set(role.permissions) - before), sorted(before - set(role.permissions))
    publish(RoleChanged(role_id=role.pk, fields=changed, allowed=allowed, withdrawn=withdrawn), on=role, by=by)


@transaction.atomic
def remove_role(role: Role, *, by: Actor) -> None:
    """Remove a role that nobody has. Raises `Refused("people.role_in_use")`."""
    role.refresh_from_db(from_queryset=Role.objects.select_for_update())
    having = Agent.objects.filter(Q(free_role=role) | Q(memberships__role=role)).distinct().count()
    if having:
        message = _("%(number)s people have this role. Give them another one first.") % {"number": having}
        raise Refused("people.role_in_use", message)
    key, role_id = role.key, role.pk
    role.delete()
    publish(RoleRemoved(role_id=role_id), on=key, by=by)


@transaction.atomic
def set_member_role(team: Team, agent: Agent, role: Role | None, *, by: Actor) -> None:
    """Let `agent` have `role` in `team`; None for the role they have elsewhere. Nothing where that is so.

    Raises `Refused("people.no_member")`.
    """
    membership = Membership.objects.select_for_update().filter(team=team, agent=agent).first()
    if membership is None:
        raise Refused("people.no_member", _("%(agent)s does not work for this team.") % {"agent": agent})
    if membership.role_id == (role.pk if role else None):
        return
    membership.role = role
    membership.save(update_fields=["role"])
    publish(MemberRoleChanged(team_id=team.pk, agent_id=agent.pk, role_id=membership.role_id), on=team, by=by)


def _checked(permissions: Iterable[str]) -> list[str]:
    """`permissions` in order, each once. Raises `Refused("people.no_such_permission")`."""
    found = set(permissions)
    if not found <= ALL:
        raise Refused("people.no_such_permission", _("Choose permissions from the list."))
    return sorted(found)


def _save(role: Role) -> None:
    try:
        with transaction.atomic():
            role.save()
    except IntegrityError as error:
        raise Refused("people.role_name_taken", _("Another role has this name.")) from error
