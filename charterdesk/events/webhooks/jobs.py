"""Calling a webhook because a rule says so, with a body that the rule wrote."""

import time
from collections.abc import Mapping
from typing import Any

from charterdesk.events.jobs import job
from charterdesk.events.models import Webhook
from charterdesk.events.webhooks.actions import keys_of
from charterdesk.events.webhooks.answers import MOST_BYTES, take_answer
from charterdesk.events.webhooks.calling import MOST_KEPT, call
from charterdesk.events.webhooks.messages import signature


class NotTaken(RuntimeError):
    """The other side did not take the message."""


@job()
def call_with(
    *, webhook_id: int, number: str, body: str, subject: str = "", by: str = "", answer: Mapping[str, str] | None = None
) -> None:
    """POST `body` to a webhook, signed as its other messages; `number` is the same at every try. What `answer` says of
    what comes back is set on `subject`.

    Nothing happens where it is gone or switched off. Raises `NotTaken`, to be tried again.
    """
    webhook = Webhook.objects.filter(pk=webhook_id, is_active=True).first()
    if webhook is None:
        return
    content, timestamp = body.encode(), int(time.time())
    headers: dict[str, Any] = {
        "Content-Type": "application/json",
        "webhook-id": number,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(content, number=number, timestamp=timestamp, keys=keys_of(webhook)),
    }
    came = call(webhook.url, content, headers, most=MOST_BYTES if answer else MOST_KEPT)
    if not came.is_good:
        raise NotTaken(f"{webhook.name}: {came.status or 'no answer'} {came.said}")
    if answer and subject:
        take_answer(subject, answer, came.content, by=by)
