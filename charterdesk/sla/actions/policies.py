"""Every write to policies: what is promised, to whom, by when."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import publish
from charterdesk.people.models import LANGUAGES, Team
from charterdesk.sla.events import PolicyChanged
from charterdesk.sla.models import Policy, PolicyVersion
from charterdesk.tickets.models import Ticket

MOST_WARNINGS = 5


@transaction.atomic
def create_policy(*, by: Actor, name: str, **fields: Any) -> PolicyVersion:
    """Put a new policy in force, for requests that come from now on; `fields` are those of `PolicyVersion`.

    Raises `Refused`: `sla.no_target`, `sla.no_such_<condition>`, `sla.warnings`.
    """
    return _put_in_force(PolicyVersion(policy=Policy.objects.create(), number=1, name=name), by=by, **fields)


@transaction.atomic
def change_policy(policy: Policy, *, by: Actor, **fields: Any) -> PolicyVersion:
    """Change what `policy` says. Promises already given stay as they were given. Raises as `create_policy`."""
    Policy.objects.select_for_update().get(pk=policy.pk)
    version = policy.versions.latest("number")
    policy.versions.filter(active_until=None).update(active_until=now())
    version.pk, version.number, version.active_from, version.active_until = None, version.number + 1, now(), None
    version._state.adding = True
    return _put_in_force(version, by=by, **fields)


@transaction.atomic
def retire_policy(policy: Policy, *, by: Actor) -> None:
    """Take `policy` out of force; promises already given stay. Nothing happens when it is out already."""
    if policy.versions.filter(active_until=None).update(active_until=now()):
        publish(PolicyChanged(policy_id=policy.pk), on=policy, by=by)


def _put_in_force(version: PolicyVersion, *, by: Actor, **fields: Any) -> PolicyVersion:
    for name, value in fields.items():
        setattr(version, name, value)
    _check(version)
    version.save()
    publish(PolicyChanged(policy_id=version.policy_id, version=version.number), on=version.policy, by=by)
    return version


def _check(version: PolicyVersion) -> None:
    """Refuse what could never match or never be kept."""
    asked = (version.first_reply, version.next_reply, version.resolution, version.answer)
    targets = [target for target in asked if target is not None]
    if not targets or min(targets) <= timedelta(0):
        raise Refused("sla.no_target", _("Set at least one target, longer than no time at all."))
    version.warnings = sorted(set(version.warnings))
    if len(version.warnings) > MOST_WARNINGS or not all(1 <= step <= 99 for step in version.warnings):
        raise Refused("sla.warnings", _("Warn at up to five shares of the time, each from 1 to 99 percent."))
    known: dict[str, Any] = {
        "types": dict(Ticket.TYPES),
        "priorities": dict(Ticket.PRIORITIES),
        "channels": dict(Ticket.CHANNELS),
        "languages": dict(LANGUAGES),
        "pauses": (Ticket.PENDING, Ticket.ON_HOLD),
        "team_ids": set(Team.objects.values_list("pk", flat=True)) if version.team_ids else (),
    }
    for name, values in known.items():
        if unknown := [value for value in getattr(version, name) if value not in values]:
            message = _("“%(value)s” is not known here. Choose from the list.") % {"value": unknown[0]}
            raise Refused(f"sla.no_such_{name}", message)
