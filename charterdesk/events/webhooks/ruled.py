"""What a rule may do with a webhook: call it with a body of its own."""

import msgspec
from django.utils.translation import gettext as _

from charterdesk.base.refused import Refused
from charterdesk.events.log import BEGINNING, HasKey, this_cause
from charterdesk.events.models import Webhook
from charterdesk.events.operations import operation
from charterdesk.events.webhooks.jobs import call_with


@operation("events.call_webhook", leaves=True)
def call_webhook(*, by: HasKey | str, webhook: Webhook, body: str) -> None:
    """Have `webhook` called with `body` (JSON), once for the event that led to it, whatever events it hears.

    Raises `Refused("events.webhook_body")` for what is no JSON.
    """
    try:
        msgspec.json.decode(body)
    except msgspec.DecodeError as error:
        raise Refused("events.webhook_body", _("The body is not JSON: %s") % error) from error
    cause = this_cause() or BEGINNING
    call_with.defer(webhook_id=webhook.pk, number=f"rule_{cause.event_id}_{webhook.pk}", body=body)
