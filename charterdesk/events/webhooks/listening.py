"""Webhooks as listeners of the log: each notes what it has to hear, in the transaction that moves the reader on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from django.db import connection

from charterdesk.events.log import Entry
from charterdesk.events.models import Webhook
from charterdesk.events.names import WEBHOOKS
from charterdesk.events.wake import wake_after_commit

_NOTE = """
    INSERT INTO events_webhookcall (webhook_id, event_id, code, subject, state, attempts, tries)
    SELECT %s, event_id, code, subject, 'waiting', 0, '[]' FROM unnest(%s::bigint[], %s::text[], %s::text[])
        AS each (event_id, code, subject)
    ON CONFLICT (webhook_id, event_id) DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Hearing:
    """A webhook, listening."""

    webhook: Webhook

    @property
    def name(self) -> str:
        """The handler's name that failed deliveries are kept by."""
        return f"webhook:{self.webhook.pk}"

    def hear(self, entries: Sequence[Entry]) -> None:
        """Note `entries` to be sent, each once. One statement."""
        told = [entry for entry in entries if concerns(self.webhook, entry)]
        if told:
            with connection.cursor() as cursor:
                ids, codes, subjects = zip(*((entry.id, entry.code, entry.subject) for entry in told), strict=True)
                cursor.execute(_NOTE, [self.webhook.pk, list(ids), list(codes), list(subjects)])
            wake_after_commit(WEBHOOKS)


def concerns(webhook: Webhook, entry: Entry) -> bool:
    """Whether `entry` is about a subject of the webhook's teams, or of no team at all where it hears of all teams."""
    return not webhook.team_ids or (entry.facts or {}).get("team_id") in webhook.team_ids


class HooksInForce:
    """The webhooks that are switched on."""

    def __init__(self, webhooks: Iterable[Webhook]) -> None:
        self._webhooks = list(webhooks)

    @classmethod
    def now(cls) -> Self:
        """Those switched on now. One query."""
        return cls(Webhook.objects.filter(is_active=True).defer("sealed").order_by("id"))

    def hearers_of(self, entry: Entry) -> list[Hearing]:
        """The webhooks that want `entry`: of its code, and made before it happened."""
        return [
            Hearing(webhook)
            for webhook in self._webhooks
            if (not webhook.codes or entry.code in webhook.codes) and entry.at >= webhook.created_at
        ]
