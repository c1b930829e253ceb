"""Webhooks in the settings file: here, as it names the teams whose subjects they hear of, and events know no teams."""

from collections.abc import Iterator, Sequence

from charterdesk.base.configured import Section, Thing, given, named, opened, placeholder, values_of
from charterdesk.base.keys import Actor
from charterdesk.events.models import Webhook
from charterdesk.events.webhooks.actions import change_key, change_webhook, create_webhook, keys_of
from charterdesk.people.models import Team

FIELDS = ("name", "url", "codes", "teams", "is_active", "secret")


def _by_name() -> dict[str, Webhook]:
    """All of them; those that are called alike are told apart by a number."""
    found: dict[str, Webhook] = {}
    for webhook in Webhook.objects.order_by("pk"):
        names = (webhook.name, *(f"{webhook.name} {number}" for number in range(2, len(found) + 3)))
        found[next(name for name in names if name not in found)] = webhook
    return found


def _webhooks() -> Iterator[Thing]:
    """Webhooks with a placeholder for the key they are signed with."""
    teams = dict(Team.objects.values_list("pk", "name"))
    for name, webhook in sorted(_by_name().items()):
        yield {
            **values_of(webhook, ("url", "codes", "is_active")),
            "name": name,
            "teams": sorted(teams[pk] for pk in webhook.team_ids if pk in teams),
            "secret": placeholder("webhook", name, "key"),
        }


def _set_webhook(thing: Thing, by: Actor) -> None:
    fields = given(thing, "name", "teams", "secret")
    if "codes" in thing:
        fields["codes"] = sorted(thing["codes"])
    if "teams" in thing:
        teams = (named(Team, name) for name in thing["teams"])
        fields["team_ids"] = sorted(team.pk for team in teams if team)
    webhook = _by_name().get(thing["name"])
    if webhook:
        change_webhook(webhook, by=by, **fields)
    else:
        webhook = create_webhook(by=by, name=thing["name"], **fields)
    if key := _new_key(thing, webhook):
        change_key(webhook, by=by, key=key)


def _new_key(thing: Thing, webhook: Webhook | None) -> str:
    """The key that the environment gives and `webhook` has not, "" for none."""
    key = opened(thing.get("secret", ""))
    return key if key and (webhook is None or keys_of(webhook)[:1] != [key]) else ""


def _else_differs(thing: Thing) -> Sequence[str]:
    return ["secret"] if _new_key(thing, _by_name().get(thing["name"])) else []


SECTION = Section(
    name="webhooks", key="name", fields=FIELDS, read=_webhooks, write=_set_webhook, else_differs=_else_differs
)
