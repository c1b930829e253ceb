"""What a rule may do with a webhook: call it with a body of its own, and use what it answers."""

from collections.abc import Mapping
from typing import Any
from zlib import crc32

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charterdesk.base.refused import Refused
from charterdesk.events.log import BEGINNING, HasKey, key_of, this_cause
from charterdesk.events.models import Webhook
from charterdesk.events.operations import operation
from charterdesk.events.rules import FIELD
from charterdesk.events.skipped import Skipped, skipped
from charterdesk.events.webhooks.answers import problems_of
from charterdesk.events.webhooks.jobs import call_with

SWITCHED_OFF = skipped("events.webhook_is_off", gettext_lazy("the webhook is switched off"))


def _problems(args: Mapping[str, Any]) -> list[str]:
    found = problems_of(args["answer"]) if args.get("answer") else []
    try:
        msgspec.json.decode(FIELD.sub("0", str(args.get("body", ""))))
    except msgspec.DecodeError as error:
        found.append(_("The body is not JSON: %s") % error)
    return found


@operation("events.call_webhook", leaves=True, check=_problems, json=("body",))
def call_webhook(
    *, by: HasKey | str, webhook: Webhook, body: str, answer: Mapping[str, str] | None = None
) -> Skipped | None:
    """Have `webhook` called with `body` (JSON), the same once for the event that led to it, whatever events it hears;
    `answer` says what of its answer is set on the ticket (see `answers.py`).

    Raises `Refused("events.webhook_body")` for what is no JSON.
    """
    try:
        msgspec.json.decode(body)
    except msgspec.DecodeError as error:
        raise Refused("events.webhook_body", _("The body is not JSON: %s") % error) from error
    if not webhook.is_active:
        return SWITCHED_OFF
    cause = this_cause() or BEGINNING
    call_with.defer(
        webhook_id=webhook.pk,
        number=f"rule_{cause.event_id}_{webhook.pk}_{crc32(body.encode()):08x}",
        body=body,
        subject=cause.entry.subject if cause.entry else "",
        by=key_of(by),
        answer=dict(answer or {}),
    )
    return None
