"""Deciding about customers who ask to be forgotten: erased with a proof in numbers, or told why not."""

from typing import Any

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import translation

from charterdesk.base.keys import Actor
from charterdesk.people.actions.customers import carry_out_erasure, decline_erasure
from charterdesk.people.models import Contact, ErasureRequest, Identity
from charterdesk.tickets.models import Attachment, Message, Ticket


@transaction.atomic
def erase_on_request(asked: ErasureRequest, *, by: Actor) -> None:
    """Forget whoever asked, wholly or not at all; the request keeps the proof: what there was, and what is left (0).

    Raises as `carry_out_erasure` and `erase_contact`.
    """
    carry_out_erasure(asked, by=by, proof=_what_there_is(asked.contact))
    asked.proof["left"] = _what_is_left(asked.contact)
    asked.save(update_fields=["proof"])


@transaction.atomic
def decline_request(asked: ErasureRequest, *, by: Actor, answer: str, link: str) -> None:
    """Say no and why, by mail with the `link` of the receipt. Raises as `decline_erasure`."""
    decline_erasure(asked, by=by, answer=answer)
    contact = asked.contact
    if not contact.email:
        return
    facts = {"name": contact.name, "answer": asked.answer, "link": link}
    with translation.override(contact.language):
        subject = render_to_string("records/mails/erasure_declined.subject.txt", facts).strip()
        text = render_to_string("records/mails/erasure_declined.txt", facts).strip() + "\n"
    send_mail(subject, text, None, [contact.email])


def _messages(contact: Contact) -> QuerySet[Message]:
    return Message.objects.filter(ticket__contact=contact)


def _what_there_is(contact: Contact) -> dict[str, int]:
    """How much is about to go, in numbers. Four statements."""
    return {
        "requests": Ticket.objects.filter(contact=contact).count(),
        "messages": _messages(contact).count(),
        "files": Attachment.objects.filter(message__in=_messages(contact), redacted_at=None).count(),
        "addresses": contact.identities.count(),
    }


def _what_is_left(contact: Contact) -> int:
    """How many addresses, files and texts of theirs are there after all: 0 if all went well. Three statements."""
    found: list[Any] = [
        Identity.objects.filter(contact=contact),
        _messages(contact).exclude(body_text="", body_html="", author_address=""),
        Attachment.objects.filter(message__in=_messages(contact), redacted_at=None),
    ]
    return sum(each.count() for each in found)
