"""What is held, and what is old enough to go."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from charterdesk.base.clock import now
from charterdesk.calls.models import Call
from charterdesk.channels.models import Outgoing, RawMail
from charterdesk.charter.models import OwedRemedy
from charterdesk.events.evidence import ERASED_FACTS
from charterdesk.events.models import LoggedEvent
from charterdesk.people.models import Contact
from charterdesk.records.models import LegalHold, RetentionRule
from charterdesk.tickets.models import Attachment, Ticket

COUNT_CAP = 10_000
SAMPLE = 10
EMPTY = b""


def is_held(contact: Contact) -> bool:
    """Whether `contact`, their organisation or one of their tickets is on hold. Two queries."""
    own = Q(kind=LegalHold.CONTACT, subject_id=contact.pk)
    if contact.organisation_id:
        own |= Q(kind=LegalHold.ORGANISATION, subject_id=contact.organisation_id)
    held = LegalHold.objects.filter(lifted_at=None)
    if held.filter(own).exists():
        return True
    tickets = held.filter(kind=LegalHold.TICKET).values("subject_id")
    return Ticket.objects.filter(contact=contact, pk__in=tickets).exists()


def is_ticket_held(ticket: Ticket) -> bool:
    """Whether `ticket`, its customer or the organisation of either is on hold. One query."""
    return held_among(Ticket.objects.filter(pk=ticket.pk))


def held_among(tickets: QuerySet[Ticket]) -> bool:
    """Whether one of `tickets`, its customer or the organisation of either is on hold. One query."""
    return tickets.filter(_holds("pk", "contact_id", "organisation_id", "contact__organisation_id")).exists()


def old_enough(rule: RetentionRule) -> QuerySet[Any]:
    """What `rule` is to be applied to, the oldest number first; without what is on hold."""
    before = now() - timedelta(days=rule.days)
    found = _FOUND[rule.subject](rule, before)
    return found.order_by("pk")


def held_back(rule: RetentionRule) -> int:
    """How many tickets or calls would go if no hold kept them; for rules about these. One query, up to `COUNT_CAP`."""
    before = now() - timedelta(days=rule.days)
    if rule.subject == RetentionRule.CALLS:
        return _over(rule, before).filter(_call_held())[:COUNT_CAP].count()
    if rule.subject not in (RetentionRule.TICKETS, RetentionRule.FILES):
        return 0
    closed = _closed(rule, before)
    return closed.filter(_holds("pk", "contact_id", "organisation_id", "contact__organisation_id"))[:COUNT_CAP].count()


def _holds(ticket: str, contact: str, organisation: str, of_contact: str) -> Q:
    """The condition that a row's ticket is on hold, by the fields that lead to it."""

    def held(kind: str, field: str) -> Exists:
        return Exists(LegalHold.objects.filter(lifted_at=None, kind=kind, subject_id=OuterRef(field)))

    return Q(
        held(LegalHold.TICKET, ticket)
        | held(LegalHold.CONTACT, contact)
        | held(LegalHold.ORGANISATION, organisation)
        | held(LegalHold.ORGANISATION, of_contact)
    )


def _closed(rule: RetentionRule, before: datetime) -> QuerySet[Ticket]:
    found = Ticket.objects.filter(status=Ticket.CLOSED)
    if rule.action == RetentionRule.ANONYMISE:
        found = found.filter(contact__erased_at=None)  # nobody is in the others any more
    found = found.annotate(ended_at=Coalesce("closed_at", "last_message_at")).filter(ended_at__lt=before)
    return found.filter(type__in=rule.types) if rule.types else found


def _tickets(rule: RetentionRule, before: datetime) -> QuerySet[Ticket]:
    found = _closed(rule, before).exclude(_holds("pk", "contact_id", "organisation_id", "contact__organisation_id"))
    if rule.subject == RetentionRule.TICKETS and rule.action == RetentionRule.DELETE:
        # What was given for a broken promise stands in the ledger, and names the request it was given for.
        found = found.exclude(Exists(OwedRemedy.objects.filter(ticket=OuterRef("pk"))))
    return found


def _files(rule: RetentionRule, before: datetime) -> QuerySet[Attachment]:
    there = Attachment.objects.exclude(sha256="").filter(message__ticket__in=_tickets(rule, before).values("pk"))
    return there.select_related("message__ticket")


def _raw_mails(rule: RetentionRule, before: datetime) -> QuerySet[RawMail]:
    old = RawMail.objects.filter(received_at__lt=before).exclude(state=RawMail.WAITING).defer("raw")
    old = old.exclude(raw=EMPTY) if rule.action == RetentionRule.STORE else old.exclude(raw=EMPTY, kept_as="")
    return old if rule.action == RetentionRule.STORE else old.exclude(_mail_held())


def _sent_mails(rule: RetentionRule, before: datetime) -> QuerySet[Outgoing]:
    old = Outgoing.objects.filter(done_at__lt=before, state=Outgoing.SENT).exclude(raw=EMPTY).defer("raw")
    return old.exclude(_mail_held())


def _mail_held() -> Q:
    return Q(message__isnull=False) & _holds(
        "message__ticket_id",
        "message__ticket__contact_id",
        "message__ticket__organisation_id",
        "message__ticket__contact__organisation_id",
    )


def _over(rule: RetentionRule, before: datetime) -> QuerySet[Call]:
    found = Call.objects.filter(begun_at__lt=before, state=Call.ENDED)
    if rule.action == RetentionRule.ANONYMISE:
        found = found.exclude(number="", contact=None, ticket=None, recording="")  # nobody is in the others any more
    return found


def _calls(rule: RetentionRule, before: datetime) -> QuerySet[Call]:
    return _over(rule, before).exclude(_call_held()).select_related("ticket")


def _call_held() -> Q:
    """The condition that a call's ticket or caller is on hold."""
    return _holds("ticket_id", "contact_id", "ticket__organisation_id", "contact__organisation_id")


def _evidence(rule: RetentionRule, before: datetime) -> QuerySet[LoggedEvent]:
    return LoggedEvent.objects.filter(at__lt=before, facts__isnull=False).exclude(facts=ERASED_FACTS)


_FOUND = {
    RetentionRule.TICKETS: _tickets,
    RetentionRule.FILES: _files,
    RetentionRule.RAW_MAILS: _raw_mails,
    RetentionRule.SENT_MAILS: _sent_mails,
    RetentionRule.CALLS: _calls,
    RetentionRule.EVIDENCE: _evidence,
}
