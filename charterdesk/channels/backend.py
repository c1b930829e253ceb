"""Django's own mails (sign-in codes) leave like all others: queued, retried, never sent twice."""

import secrets
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from charterdesk.channels.actions import queue_mail
from charterdesk.channels.email.addresses import NOTICE, make_message_id
from charterdesk.channels.email.compose import build_plain
from charterdesk.channels.jobs import put_off
from charterdesk.people.models import Team


class QueueBackend(BaseEmailBackend):
    """Queues each message, one mail per recipient, from the desk's first team."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue `email_messages`; return how many."""
        team = Team.objects.order_by("pk").first()
        if team is None:
            return 0
        for message in email_messages:
            for recipient in message.recipients():
                self._queue(message, recipient, team)
        return len(email_messages)

    @transaction.atomic
    def _queue(self, message: EmailMessage, recipient: str, team: Team) -> None:
        """Queue one mail."""
        built = build_plain(
            team=team,
            to=recipient,
            subject=str(message.subject),
            text=str(message.body),
            header=make_message_id(NOTICE, 0, secrets.randbelow(10**18)),
        )
        outgoing = queue_mail(
            header=built.header,
            sender=team.address,
            recipients=built.recipients,
            raw=built.raw,
            team_id=team.pk,
            is_automatic=True,
        )
        if outgoing:
            put_off(outgoing.pk)
