"""What a rule takes from the JSON that a webhook answers with: a few values, by path, onto the ticket it acted on.

    priority = result.level: high=1, low=4     the value at that path, chosen by what it is
    type = result.kind
    tag = result.labels.0                      0 is the first of a list
    field.meter = meter.number                 a field of the desk's own

A value that is not there, or is none of those to choose by, changes nothing. Only texts, numbers, yes and no are taken.
"""

import re
from collections.abc import Mapping
from typing import Any

import msgspec
from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.refused import Refused
from charterdesk.events.log import this_cause
from charterdesk.events.models import RuleRun
from charterdesk.events.operations import perform

MOST_BYTES = 64_000
MOST_TAKEN, LONGEST = 20, 300
OWN_FIELD = "field."
SETS = {
    "priority": ("tickets.prioritise", "priority"),
    "type": ("tickets.classify", "type"),
    "tag": ("tickets.tag", "add"),
}
"""By name, as tickets are above: what sets each, and in which argument."""
_PATH = re.compile(r"\s*([\w-]+(?:\.[\w-]+)*)\s*(?::(.*))?", re.DOTALL)
_CODE = re.compile(r"[a-z][a-z0-9_]*")
Wanted = Mapping[str, str]


def problems_of(wanted: Any) -> list[str]:
    """What is wrong with what shall be taken, in words; empty when all is well."""
    if not isinstance(wanted, Mapping) or len(wanted) > MOST_TAKEN:
        return [_("take at most %d values from the answer, each by name") % MOST_TAKEN]
    found = []
    for name, spec in wanted.items():
        if name not in SETS and not (name.startswith(OWN_FIELD) and _CODE.fullmatch(name.removeprefix(OWN_FIELD))):
            found.append(_("an answer can't set %s: take priority, type, tag or field.…") % name)
        elif not isinstance(spec, str) or not _PATH.fullmatch(spec):
            found.append(_("%s is no path in an answer, such as result.level") % spec)
    return found


def take_answer(subject: str, wanted: Wanted, said: bytes, *, by: str) -> None:
    """Set on `subject` what `wanted` finds in `said`, all or nothing; what is refused is noted with the rule's run."""
    try:
        with transaction.atomic():
            for name, args in _deeds(wanted, said):
                perform(name, by=by, on=subject, **args)
    except Refused as refused:
        _note(f"{refused.code}: {refused.message}", by)


def _deeds(wanted: Wanted, said: bytes) -> list[tuple[str, dict[str, Any]]]:
    """The operations to perform. Raises `Refused` for an answer that is no JSON, or no number where one is needed."""
    try:
        data = msgspec.json.decode(said)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refused("events.webhook_answer", _("The answer is not JSON of at most 64 kB.")) from error
    values = {name: value for name, spec in wanted.items() if (value := _value(data, spec)) is not None}
    deeds = [(SETS[name][0], {SETS[name][1]: _fitting(name, value)}) for name, value in values.items() if name in SETS]
    own = {name.removeprefix(OWN_FIELD): value for name, value in values.items() if name.startswith(OWN_FIELD)}
    return [*deeds, ("tickets.set_fields", {"values": own})] if own else deeds


def _value(data: Any, spec: str) -> Any:
    """The value at a path, chosen by what it is if so said; None for nothing."""
    match = _PATH.fullmatch(spec)
    for part in match[1].split(".") if match else ():
        if isinstance(data, dict):
            data = data.get(part)
        elif isinstance(data, list) and part.isdecimal() and int(part) < len(data):
            data = data[int(part)]
        else:
            return None
    if not isinstance(data, str | int | float | bool) or data == "":
        return None
    value = data[:LONGEST].replace("\x00", "") if isinstance(data, str) else data
    if match is None or match[2] is None:
        return value
    choices = dict(part.split("=", 1) for part in match[2].split(",") if "=" in part)
    return {name.strip(): chosen.strip() for name, chosen in choices.items()}.get(str(value))


def _fitting(name: str, value: Any) -> Any:
    """A value as its operation takes it."""
    if name == "priority":
        if not str(value).isdecimal() or not 1 <= int(value) <= 4:
            raise Refused("events.webhook_answer", _("A priority is a number from 1 to 4, not %s.") % value)
        return int(value)
    return [str(value)] if name == "tag" else str(value)


def _note(error: str, by: str) -> None:
    """Have the run of the rule say what was refused. One statement."""
    cause = this_cause()
    if cause and cause.event_id and by.startswith("rule:"):
        runs = RuleRun.objects.filter(event_id=cause.event_id, version__rule_id=int(by.partition(":")[2]))
        runs.update(error=error)
