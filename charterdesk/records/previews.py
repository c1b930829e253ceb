"""What a retention rule would do, and what is on hold, in words."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from charterdesk.calls.models import Call
from charterdesk.people.models import Contact, Organisation
from charterdesk.records.models import LegalHold, RetentionRule
from charterdesk.records.queries import COUNT_CAP, SAMPLE, held_back, old_enough
from charterdesk.tickets.models import Attachment, Ticket


@dataclass(frozen=True)
class Preview:
    """How many would go now, some of them by name, and how many a hold keeps."""

    count: int
    sample: list[dict[str, Any]]
    held: int

    @property
    def is_capped(self) -> bool:
        """Whether there are more than were counted."""
        return self.count > COUNT_CAP


def preview_of(rule: RetentionRule) -> Preview:
    """What `rule` would do now. Three statements."""
    found = old_enough(rule)
    return Preview(found[: COUNT_CAP + 1].count(), [_named(row) for row in found[:SAMPLE]], held_back(rule))


def held_things() -> list[dict[str, Any]]:
    """Holds in force, the latest first, with the names of what they hold. One statement, and one for each kind."""
    holds = list(LegalHold.objects.filter(lifted_at=None).order_by("-pk"))

    def ids(kind: str) -> list[int]:
        return [one.subject_id for one in holds if one.kind == kind]

    tickets = Ticket.objects.filter(pk__in=ids(LegalHold.TICKET)).in_bulk()
    contacts = Contact.objects.filter(pk__in=ids(LegalHold.CONTACT)).prefetch_related("identities").in_bulk()
    organisations = Organisation.objects.filter(pk__in=ids(LegalHold.ORGANISATION)).in_bulk()
    names: dict[str, Any] = {
        LegalHold.TICKET: tickets, LegalHold.CONTACT: contacts, LegalHold.ORGANISATION: organisations,
    }  # fmt: skip
    return [{"hold": one, "name": str(names[one.kind].get(one.subject_id, one))} for one in holds]


def _named(row: Any) -> dict[str, Any]:
    """A row of the sample in words, with the ticket it belongs to."""
    if isinstance(row, Ticket):
        return {"number": row.number, "text": row.subject, "at": row.closed_at or row.last_message_at}
    if isinstance(row, Call):
        text = _("Call: %(number)s") % {"number": row.number or _("number withheld")}
        return {"number": row.ticket.number if row.ticket else None, "text": text, "at": row.begun_at}
    if isinstance(row, Attachment):
        ticket = row.message.ticket if row.message else None
        return {"number": ticket.number if ticket else None, "text": row.filename, "at": ticket and ticket.closed_at}
    if hasattr(row, "received_at"):
        return {"text": row.subject or row.from_address, "at": row.received_at}
    if hasattr(row, "done_at"):
        return {"text": _("Mail %(header)s") % {"header": row.header}, "at": row.done_at}
    return {"text": f"{row.code} {row.subject}", "at": row.at}
