"""Letting go of what is old enough, piece by piece: each piece and how far it came are one transaction.

A run that is killed goes on behind the last whole piece. Anonymising goes the way of erasing a person, so whatever a
package keeps of a ticket goes the same way: the tickets of a piece become those of a customer nobody knows, who is
then erased.
"""

from collections.abc import Sequence
from io import BytesIO

from django.db import transaction

from charterdesk.base.clock import now
from charterdesk.base.files import store
from charterdesk.base.keys import SYSTEM
from charterdesk.calls.actions import delete_calls, forget_callers
from charterdesk.channels.models import Outgoing, RawMail
from charterdesk.events.erasure import erase_evidence, forget_contact
from charterdesk.events.log import publish
from charterdesk.events.models import Timer
from charterdesk.people.actions import erase_contact
from charterdesk.people.models import Contact
from charterdesk.records.events import RetentionApplied
from charterdesk.records.models import RetentionRule
from charterdesk.records.queries import old_enough
from charterdesk.tickets.actions import forget_files
from charterdesk.tickets.letting_go import let_go
from charterdesk.tickets.models import Attachment, Message, Ticket

PIECES = {
    RetentionRule.TICKETS: 50,
    RetentionRule.FILES: 500,
    RetentionRule.RAW_MAILS: 50,
    RetentionRule.SENT_MAILS: 500,
    RetentionRule.CALLS: 500,
    RetentionRule.EVIDENCE: 5000,
}
MOST_IDS = 1000
"""More numbers than this are not written into one event; evidence, which is counted in millions, writes none."""


def apply_rules() -> None:
    """Carry out all rules in use, to their ends."""
    for pk in RetentionRule.objects.filter(is_active=True).values_list("pk", flat=True):
        while apply_piece(pk):
            pass


@transaction.atomic
def apply_piece(rule_id: int) -> int:
    """Carry out the next piece of a rule; return how many rows it had, 0 at the end or while another worker does it.

    What came under a hold since the last piece stays. Some twenty statements for a piece of tickets.
    """
    rule = RetentionRule.objects.select_for_update(skip_locked=True).filter(pk=rule_id, is_active=True).first()
    if rule is None:
        return 0
    found = old_enough(rule).filter(pk__gt=rule.last_id).values_list("pk", flat=True)
    ids = list(found[: PIECES[rule.subject]])
    if not ids:
        rule.last_id, rule.ran_at = 0, now()
    else:
        _DO[rule.subject, rule.action](ids)
        rule.last_id = ids[-1]
        said = ids if len(ids) <= MOST_IDS else []
        applied = RetentionApplied(rule_id=rule.pk, what=rule.subject, action=rule.action, ids=said)
        publish(applied, on=rule, by=SYSTEM)
    rule.save(update_fields=["last_id", "ran_at"])
    return len(ids)


def anonymise(ids: Sequence[int]) -> None:
    """Take out of these tickets who they were about and all that was said; numbers, times and states stay."""
    keys = [f"ticket:{pk}" for pk in ids]
    nobody = Contact.objects.create()
    Ticket.objects.filter(pk__in=ids).update(contact=nobody, organisation=None)
    Message.objects.filter(ticket__in=ids, contact__isnull=False).update(contact=nobody)
    erase_contact(nobody, by=SYSTEM)
    forget_contact(keys, contact_id=nobody.pk)


def delete(ids: Sequence[int]) -> None:
    """Anonymise these tickets, then take their rows out as well. What the log says of them stays: numbers and times."""
    anonymise(ids)
    Timer.objects.filter(subject__in=[f"ticket:{pk}" for pk in ids]).delete()
    Ticket.objects.filter(merged_into__in=ids).exclude(pk__in=ids).update(merged_into=None)
    tickets = Ticket.objects.filter(pk__in=ids)
    nobody = list(tickets.values_list("contact_id", flat=True).distinct())
    tickets.update(merged_into=None)
    tickets.delete()
    Contact.objects.filter(pk__in=nobody).delete()


def delete_files(ids: Sequence[int]) -> None:
    """Delete these attachments; that there was a file stays on the message."""
    forget_files(Attachment.objects.filter(pk__in=ids))


def store_mails(ids: Sequence[int]) -> None:
    """Move these mails from the database to the file store, where a gigabyte costs less and backups copy it once."""
    for mail in RawMail.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"):
        kept = store(BytesIO(bytes(mail.raw)))
        RawMail.objects.filter(pk=mail.pk).update(raw=b"", kept_as=kept.sha256)


def delete_mails(ids: Sequence[int]) -> None:
    """Delete what these mails said; what became of each stays."""
    mails = RawMail.objects.filter(pk__in=ids)
    kept = set(mails.values_list("kept_as", flat=True))
    mails.update(raw=b"", kept_as="", subject="", from_address="", sender="", recipients=[])
    let_go(kept)


def delete_sent(ids: Sequence[int]) -> None:
    """Delete the mails we sent as they went out; the messages stay."""
    Outgoing.objects.filter(pk__in=ids).update(raw=b"")


_DO = {
    (RetentionRule.TICKETS, RetentionRule.ANONYMISE): anonymise,
    (RetentionRule.TICKETS, RetentionRule.DELETE): delete,
    (RetentionRule.FILES, RetentionRule.DELETE): delete_files,
    (RetentionRule.RAW_MAILS, RetentionRule.STORE): store_mails,
    (RetentionRule.RAW_MAILS, RetentionRule.DELETE): delete_mails,
    (RetentionRule.SENT_MAILS, RetentionRule.DELETE): delete_sent,
    (RetentionRule.CALLS, RetentionRule.ANONYMISE): forget_callers,
    (RetentionRule.CALLS, RetentionRule.DELETE): delete_calls,
    (RetentionRule.EVIDENCE, RetentionRule.DELETE): erase_evidence,
}
