"""What has to be known to answer a ticket, read at once."""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from charterdesk.people.models import Agent, Identity, Team
from charterdesk.tickets.actions.files import drop_unshown
from charterdesk.tickets.models import Attachment, Draft, Message, Ticket


@dataclass(frozen=True)
class Surroundings:
    """Where an answer goes, and what its writer has begun.

    `email` is a phone number where it goes by SMS; "" where its customer wants no mails.

    The draft is `draft_id`; it `has_files`, some of them `has_pictures`.
    """

    email: str
    copied: list[str]
    draft_id: int | None
    has_files: bool
    has_pictures: bool = False

    @property
    def is_phone(self) -> bool:
        """Whether it goes to a phone."""
        return bool(self.email) and "@" not in self.email

    def copies(self, ticket: Ticket) -> list[str]:
        """Whom the team's policy puts on copy."""
        if ticket.team.cc_policy == Team.CC_NONE or self.is_phone:
            return []
        return [address for address in self.copied if address != self.email]

    def turn_draft_into(self, message: Message) -> None:
        """The draft is over and its files are the message's. Two statements, none without a draft.

        Pictures that were taken out of the text go; one statement or two more.
        """
        if self.draft_id is not None:
            if self.has_pictures:
                drop_unshown(self.draft_id, message.body_html)
            Attachment.objects.filter(draft_id=self.draft_id).update(message=message, draft=None)
            Draft.objects.filter(pk=self.draft_id).delete()


def surroundings_of(ticket: Ticket, agent: Agent, *, by_sms: bool) -> Surroundings:
    """What `agent` needs to answer `ticket`, by SMS where there is a phone, or by mail. One statement."""
    with connection.cursor() as cursor:
        by_phone: list[Any] = [by_sms, ticket.pk, ticket.contact_id, Identity.PHONE]
        by_mail: list[Any] = [ticket.contact_id, Identity.EMAIL]
        cursor.execute(_SURROUNDINGS, [*by_phone, *by_mail, ticket.pk, ticket.pk, agent.pk])
        email, copied, draft_id, has_files, has_pictures = cursor.fetchone()
    return Surroundings(email or "", copied, draft_id, has_files, has_pictures)


_SURROUNDINGS = """
    SELECT coalesce(
               CASE WHEN %s THEN coalesce(
                   (SELECT author_address FROM tickets_message WHERE ticket_id = %s AND direction = 'in'
                       AND channel = 'sms' AND side_thread_id IS NULL ORDER BY id DESC LIMIT 1),
                   (SELECT value FROM people_identity WHERE contact_id = %s AND kind = %s ORDER BY id LIMIT 1)) END,
               (SELECT value FROM people_identity AS known WHERE contact_id = %s AND kind = %s AND NOT EXISTS (
                SELECT FROM people_customerchoice WHERE contact_id = known.contact_id AND mails = 'none')
                ORDER BY id LIMIT 1)),
           ARRAY(SELECT address FROM tickets_copied WHERE ticket_id = %s ORDER BY id)::text[],
           draft.id, EXISTS (SELECT FROM tickets_attachment WHERE draft_id = draft.id),
           EXISTS (SELECT FROM tickets_attachment WHERE draft_id = draft.id AND is_inline)
      FROM (SELECT) AS always LEFT JOIN tickets_draft AS draft ON draft.ticket_id = %s AND draft.agent_id = %s
"""
