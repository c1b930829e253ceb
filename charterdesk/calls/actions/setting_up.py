"""Numbers that customers call, the systems that report calls, and where agents are found."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.calls.events import (
    ExtensionChanged,
    PhoneLineRemoved,
    PhoneLineSaved,
    PhoneSystemRemoved,
    PhoneSystemSaved,
)
from charterdesk.calls.models import Extension, PhoneLine, PhoneSystem
from charterdesk.calls.queries import LINES
from charterdesk.channels.sms.phone import own_number
from charterdesk.events.log import publish
from charterdesk.people.models import Agent

MOST_EXTENSIONS = 10


@transaction.atomic
def save_line(line: PhoneLine, *, by: Actor, fields: Mapping[str, Any]) -> PhoneLine:
    """Set up or change a number of ours; nothing happens where nothing differs.

    Raises `Refused`: `calls.bad_number`, `calls.number_taken`, `calls.name_taken`.
    """
    wanted = dict(fields)
    if "number" in wanted:
        wanted["number"] = own_number(wanted["number"])
        if not wanted["number"]:
            raise Refused("calls.bad_number", _("Write the number with its country, such as +49 30 123456."))
    changed = tuple(sorted(name for name, value in wanted.items() if line.pk is None or getattr(line, name) != value))
    if not changed:
        return line
    others = PhoneLine.objects.exclude(pk=line.pk)
    if "number" in changed and others.filter(number=wanted["number"]).exists():
        raise Refused("calls.number_taken", _("This number is set up already."))
    if "name" in changed and others.filter(name=wanted["name"]).exists():
        raise Refused("calls.name_taken", _("This name is taken. Choose another."))
    for name in changed:
        setattr(line, name, wanted[name])
    line.save()
    publish(PhoneLineSaved(line_id=line.pk, fields=changed), on=line, by=by)
    LINES.forget()
    return line


@transaction.atomic
def remove_line(line: PhoneLine, *, by: Actor) -> None:
    """Take no more calls of a number over; those that were stay."""
    publish(PhoneLineRemoved(line_id=line.pk), on=line, by=by)
    line.delete()


@transaction.atomic
def save_system(system: PhoneSystem, *, by: Actor, fields: Mapping[str, Any]) -> PhoneSystem:
    """Let a telephone system report calls, or change what it is called. A new one gets its secret address.

    Raises `Refused("calls.name_taken")`.
    """
    if system.pk and all(getattr(system, name) == value for name, value in fields.items()):
        return system
    if "name" in fields and PhoneSystem.objects.exclude(pk=system.pk).filter(name=fields["name"]).exists():
        raise Refused("calls.name_taken", _("This name is taken. Choose another."))
    is_new = system.pk is None
    for name, value in fields.items():
        setattr(system, name, value)
    if is_new:
        system.seal(secrets.token_urlsafe(24))
    system.save()
    publish(PhoneSystemSaved(system_id=system.pk, is_new_secret=is_new), on=system, by=by)
    return system


@transaction.atomic
def new_secret(system: PhoneSystem, *, by: Actor) -> None:
    """Give a system another address; its former one works no more."""
    system.seal(secrets.token_urlsafe(24))
    system.save(update_fields=["sealed"])
    publish(PhoneSystemSaved(system_id=system.pk, is_new_secret=True), on=system, by=by)


@transaction.atomic
def remove_system(system: PhoneSystem, *, by: Actor) -> None:
    """Hear no more of a system; what it reported stays."""
    publish(PhoneSystemRemoved(system_id=system.pk), on=system, by=by)
    system.delete()


def note_report(system: PhoneSystem, *, error: str = "") -> None:
    """Keep when a system was last heard, and why its report was not taken. One statement."""
    PhoneSystem.objects.filter(pk=system.pk).update(heard_at=now(), error=error[:300])


@transaction.atomic
def set_extensions(agent: Agent, *, numbers: Sequence[str], by: Actor) -> None:
    """Say at which extensions `agent` is found; nothing happens where nothing differs.

    Raises `Refused`: `calls.extension_taken`, `calls.many_extensions`.
    """
    wanted = list(dict.fromkeys(tidy for number in numbers if (tidy := "".join(number.split())[:40])))
    if len(wanted) > MOST_EXTENSIONS:
        raise Refused("calls.many_extensions", _("Ten extensions at most for one person."))
    former = list(Extension.objects.filter(agent=agent).order_by("pk").values_list("number", flat=True))
    if former == wanted:
        return
    Extension.objects.filter(agent=agent).delete()
    try:
        with transaction.atomic():
            Extension.objects.bulk_create([Extension(agent=agent, number=number) for number in wanted])
    except IntegrityError as error:
        raise Refused("calls.extension_taken", _("One of these is somebody else's extension.")) from error
    publish(ExtensionChanged(agent_id=agent.pk), on=agent, by=by)
