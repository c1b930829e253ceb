"""Every write to webhooks: made, changed, switched, their keys changed, and what they missed sent again."""

from collections.abc import Sequence
from typing import Any

import msgspec
from cryptography.fernet import InvalidToken
from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from charterdesk.base.refused import Refused
from charterdesk.base.secrets import fernet
from charterdesk.events.events import (
    WebhookChanged,
    WebhookCreated,
    WebhookKeyChanged,
    WebhookRemoved,
    WebhookReplayed,
    WebhookTested,
)
from charterdesk.events.log import HasKey, event_class, publish
from charterdesk.events.models import Webhook, WebhookCall
from charterdesk.events.names import WEBHOOKS
from charterdesk.events.wake import wake_after_commit
from charterdesk.events.webhooks.calling import check_url
from charterdesk.events.webhooks.messages import new_key, read_key

KEYS_KEPT = 2  # the newest, and the one before it: until the receiver has the newest
FIELDS = ("name", "url", "codes", "team_ids", "is_active")


def keys_of(webhook: Webhook) -> list[str]:
    """The keys that messages are signed with, the newest first; none that can be read after the desk's key changed."""
    try:
        found: list[str] = msgspec.json.decode(fernet("webhooks").decrypt(bytes(webhook.sealed)))
    except InvalidToken:
        return []
    return found


def _sealed(keys: Sequence[str]) -> bytes:
    return fernet("webhooks").encrypt(msgspec.json.encode(list(keys)))


def _lock(webhook: Webhook) -> None:
    """Lock its row, and take over what it says now. Raises `Webhook.DoesNotExist` where it is gone."""
    webhook.refresh_from_db(from_queryset=Webhook.objects.select_for_update())


@transaction.atomic
def create_webhook(
    *, name: str, url: str, codes: Sequence[str] = (), team_ids: Sequence[int] = (), is_active: bool = True,
    by: HasKey | str,
) -> Webhook:  # fmt: skip
    """Have `url` called for each event of `codes` about the subjects of these teams, from now on; none given is all.

    Raises `Refused`: "events.webhook_url", "events.webhook_code".
    """
    _check(url, codes)
    webhook = Webhook.objects.create(
        name=name, url=url, codes=sorted(codes), team_ids=sorted(team_ids), is_active=is_active,
        sealed=_sealed([new_key()]),
    )  # fmt: skip
    webhook.refresh_from_db(fields=["created_at"])
    publish(WebhookCreated(webhook_id=webhook.pk), on=webhook, by=by)
    return webhook


@transaction.atomic
def change_webhook(webhook: Webhook, *, by: HasKey | str, **fields: Any) -> None:
    """Change any of `FIELDS`. Switching it on forgets that it failed: what waits is sent at once.

    Raises `Refused` as `create_webhook`.
    """
    _lock(webhook)
    changed = [name for name in FIELDS if name in fields and getattr(webhook, name) != fields[name]]
    if not changed:
        return
    _check(fields.get("url", webhook.url), fields.get("codes", ()))
    for name in changed:
        setattr(webhook, name, fields[name])
    if {"is_active", "url"} & set(changed):
        webhook.failing_since, webhook.failures, webhook.try_at, webhook.off_because = None, 0, None, ""
    webhook.save()
    publish(WebhookChanged(webhook_id=webhook.pk, fields=changed), on=webhook, by=by)
    wake_after_commit(WEBHOOKS)


def _check(url: str, codes: Sequence[str]) -> None:
    check_url(url)
    if unknown := [code for code in codes if event_class(code) is None]:
        raise Refused("events.webhook_code", _("There is no event %s.") % ", ".join(sorted(unknown)))


@transaction.atomic
def remove_webhook(webhook: Webhook, *, by: HasKey | str) -> None:
    """Forget the webhook, with what it has heard and still had to hear."""
    publish(WebhookRemoved(webhook_id=webhook.pk), on=webhook, by=by)
    Webhook.objects.filter(pk=webhook.pk).delete()


@transaction.atomic
def change_key(webhook: Webhook, *, by: HasKey | str, key: str = "") -> str:
    """Sign with a new key (a given one, or one of our own), and with the last one too, until it is changed again.

    Returns the new key. Raises `Refused("events.webhook_key")`.
    """
    _lock(webhook)
    if key:
        read_key(key)
    keys = [key or new_key(), *keys_of(webhook)][:KEYS_KEPT]
    webhook.sealed = _sealed(keys)
    webhook.save(update_fields=["sealed"])
    publish(WebhookKeyChanged(webhook_id=webhook.pk), on=webhook, by=by)
    return keys[0]


@transaction.atomic
def send_test(webhook: Webhook, *, by: HasKey | str) -> WebhookCall:
    """Have the webhook hear of this test, whatever events it was made for. It has to be switched on."""
    _lock_switched_on(webhook)
    number = publish(WebhookTested(webhook_id=webhook.pk), on=webhook, by=by)
    call, _made = WebhookCall.objects.get_or_create(
        webhook=webhook, event_id=number, defaults={"code": WebhookTested.code, "subject": webhook.key}
    )
    wake_after_commit(WEBHOOKS)
    return call


def _lock_switched_on(webhook: Webhook) -> None:
    _lock(webhook)
    if not webhook.is_active:
        raise Refused("events.webhook_off", _("This webhook is switched off."))


@transaction.atomic
def replay(webhook: Webhook, *, by: HasKey | str, call: WebhookCall | None = None) -> int:
    """Send `call`, or everything that was given up, again; return how many. The receiver knows them by their ids.

    What waits for its next try anyway is left to it; where there is nothing else, nothing happens. Raises
    `Refused("events.webhook_off")`.
    """
    _lock_switched_on(webhook)
    calls = webhook.calls.exclude(state=WebhookCall.WAITING)
    calls = calls.filter(pk=call.pk) if call else calls.filter(state=WebhookCall.FAILED)
    count = calls.update(state=WebhookCall.WAITING, attempts=0, next_try_at=Now(), done_at=None)
    if count:
        event_id = call.event_id if call else None
        publish(WebhookReplayed(webhook_id=webhook.pk, event_id=event_id), on=webhook, by=by)
        wake_after_commit(WEBHOOKS)
    return count
