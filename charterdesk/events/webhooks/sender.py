"""Sending what webhooks have to hear: many at once, each address on its own.

An address that is slow or away costs itself only: while it fails it is asked with one message at a time, after a
growing pause, and after days it is switched off. A call is taken for `LEASE`: whoever is killed while the other side
answers has it sent again afterwards, with the same id.
"""

import logging
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM
from charterdesk.events.events import WebhookStopped
from charterdesk.events.log import COLUMNS, Entry, entry_of, publish
from charterdesk.events.models import Webhook, WebhookCall
from charterdesk.events.webhooks.actions import keys_of
from charterdesk.events.webhooks.calling import Answer, call
from charterdesk.events.webhooks.messages import body, message_id, signature

AT_ONCE = 8  # calls under way, over all addresses
AT_ONE = 4  # of one address
LEASE = timedelta(seconds=60)
# Seconds to the next try of a message after the first, the second, ... (the specification's example of a schedule).
SCHEDULE = (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
PAUSE_S, LONGEST_PAUSE_S = 5, 300  # of an address that fails, doubled each time
GIVEN_UP_AFTER = timedelta(days=5)
KEPT = timedelta(days=30)
MOST_TRIES = len(SCHEDULE) + 1

log = logging.getLogger(__name__)

_DUE = """
    SELECT found.id FROM events_webhook AS hook CROSS JOIN LATERAL (
        SELECT id FROM events_webhookcall AS waiting
         WHERE webhook_id = hook.id AND state = 'waiting' AND next_try_at <= now()
         ORDER BY next_try_at, id LIMIT CASE WHEN hook.failures > 0 THEN 1 ELSE %s END
         FOR UPDATE SKIP LOCKED) AS found
     WHERE hook.is_active AND (hook.try_at IS NULL OR hook.try_at <= now()) LIMIT %s
"""


@dataclass(frozen=True)
class Parcel:
    """A call that was taken, with what to send and where to."""

    call: WebhookCall
    webhook: Webhook
    entry: Entry | None


def call_due() -> int:
    """Send what is due, up to `AT_ONCE` messages side by side; return how many were sent."""
    parcels = _take()
    if not parcels:
        return 0
    with ThreadPoolExecutor(min(AT_ONCE, len(parcels))) as pool:
        for parcel, answer in zip(parcels, pool.map(_send, parcels), strict=True):
            note_answer(parcel.call, answer)
    return len(parcels)


@transaction.atomic
def _take() -> list[Parcel]:
    """Take some calls that are due, so that nobody else sends them meanwhile. Four statements."""
    with connection.cursor() as cursor:
        cursor.execute(_DUE, [AT_ONE, AT_ONCE])
        ids = [number for (number,) in cursor.fetchall()]
    if not ids:
        return []
    calls = list(WebhookCall.objects.filter(pk__in=ids).select_related("webhook").order_by("id"))
    WebhookCall.objects.filter(pk__in=ids).update(next_try_at=now() + LEASE)
    entries = _entries([call.event_id for call in calls])
    return [Parcel(call, call.webhook, entries.get(call.event_id)) for call in calls]


def _entries(ids: Sequence[int]) -> dict[int, Entry]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} FROM events_event WHERE id = ANY(%s)", [list(ids)])
        return {row[0]: entry_of(row) for row in cursor.fetchall()}


def _send(parcel: Parcel) -> Answer:
    """Make one call; in a thread, and without the database."""
    if parcel.entry is None:
        return Answer(None, "The event is no longer in the log.", 0)
    keys = keys_of(parcel.webhook)
    if not keys:
        return Answer(None, "The key can't be read since the desk's secret key changed: make a new one.", 0)
    content, number, timestamp = body(parcel.entry), message_id(parcel.entry), int(time.time())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "charterdesk",
        "webhook-id": number,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(content, number=number, timestamp=timestamp, keys=keys),
    }
    return call(parcel.webhook.url, content, headers)


@transaction.atomic
def note_answer(call: WebhookCall, answer: Answer) -> None:
    """Keep how a call went: it is done, or tried again later, or given up. Three statements."""
    webhook = Webhook.objects.select_for_update().filter(pk=call.webhook_id).first()
    if webhook is None:
        return  # removed while the other side answered
    call.attempts += 1
    call.tries = [
        *call.tries[1 - MOST_TRIES :],
        {"at": now().isoformat(), "status": answer.status, "ms": answer.ms, "said": answer.said},
    ]
    if answer.is_good:
        call.state, call.done_at = WebhookCall.DELIVERED, now()
        _note_that_it_works(webhook)
    else:
        _put_off(call, answer)
        _note_failure(webhook, answer)
    call.save(update_fields=["attempts", "tries", "state", "done_at", "next_try_at"])


def _put_off(call: WebhookCall, answer: Answer) -> None:
    if call.attempts >= MOST_TRIES:
        call.state, call.done_at = WebhookCall.FAILED, now()
        return
    call.next_try_at = now() + timedelta(seconds=max(SCHEDULE[call.attempts - 1], answer.wait or 0))


def _note_that_it_works(webhook: Webhook) -> None:
    if webhook.failures:
        webhook.failing_since, webhook.failures, webhook.try_at = None, 0, None
        webhook.save(update_fields=["failing_since", "failures", "try_at"])


def _note_failure(webhook: Webhook, answer: Answer) -> None:
    """Pause the address; switch it off when it says that it is gone, or has failed for days."""
    webhook.failing_since = webhook.failing_since or now()
    webhook.failures += 1
    pause = min(PAUSE_S * 2 ** min(webhook.failures - 1, 10), LONGEST_PAUSE_S)
    webhook.try_at = now() + timedelta(seconds=max(pause, answer.wait or 0))
    is_gone = answer.status == 410
    if webhook.is_active and (is_gone or now() - webhook.failing_since > GIVEN_UP_AFTER):
        webhook.is_active, webhook.off_because = False, "gone" if is_gone else "failing"
        publish(WebhookStopped(webhook_id=webhook.pk, reason=webhook.off_because), on=webhook, by=SYSTEM)
        log.warning("webhook %s is switched off: %s", webhook.pk, webhook.off_because)
    webhook.save(update_fields=["failing_since", "failures", "try_at", "is_active", "off_because"])


def forget_old_calls() -> int:
    """Delete calls that ended `KEPT` ago; return how many. One statement on the index of ended ones."""
    deleted, _rows = WebhookCall.objects.filter(done_at__lt=now() - KEPT).exclude(state=WebhookCall.WAITING).delete()
    return deleted
