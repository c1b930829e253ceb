"""The part of records in what we keep."""

from collections.abc import Iterator

from charterdesk.base.configured import Section, Thing, configured, given, values_of
from charterdesk.base.exported import exported
from charterdesk.base.keys import Actor
from charterdesk.records.actions import save_rule
from charterdesk.records.models import RetentionRule
from charterdesk.records.webhooks import SECTION as WEBHOOKS

FIELDS = ("subject", "action", "days", "types", "is_active")

exported("records")


def _rules() -> Iterator[Thing]:
    """Rules by a name made of what they are about: two alike are told apart by a number."""
    seen: dict[str, int] = {}
    for rule in RetentionRule.objects.order_by("pk"):
        name = "-".join([rule.subject, rule.action, *rule.types])
        seen[name] = seen.get(name, 0) + 1
        yield {"name": name if seen[name] == 1 else f"{name}-{seen[name]}", **values_of(rule, FIELDS)}


def _set_rule(thing: Thing, by: Actor) -> None:
    known = {one["name"]: pk for one, pk in zip(_rules(), _numbers(), strict=True)}
    rule = RetentionRule.objects.filter(pk=known.get(thing["name"], 0)).first()
    wanted = {"types": [], "is_active": False, **given(thing, "name")}
    save_rule(rule, by=by, **wanted)


def _numbers() -> Iterator[int]:
    return iter(RetentionRule.objects.order_by("pk").values_list("pk", flat=True))


configured(Section(name="retention", key="name", fields=("name", *FIELDS), read=_rules, write=_set_rule))
configured(WEBHOOKS)
