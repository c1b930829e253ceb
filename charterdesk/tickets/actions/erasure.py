"""What tickets forget of a person who is erased: all that was said on their tickets, all they said on others'."""

from collections.abc import Collection, Sequence
from functools import reduce

from django.db.models import F, Func, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from charterdesk.base.clock import now
from charterdesk.community.models import PostFile
from charterdesk.events.erasure import erase_facts, erase_from_failures
from charterdesk.knowledge.actions.erasure import forget_made_of
from charterdesk.people.erasing import Person, erases
from charterdesk.search.forgetting import forget
from charterdesk.search.index import note
from charterdesk.tickets.actions.forgetting_fields import forget_in_fields
from charterdesk.tickets.letting_go import let_go
from charterdesk.tickets.models import (
    Attachment,
    ChecklistItem,
    Consent,
    Copied,
    Draft,
    Grade,
    Merge,
    Message,
    RefusalAttempt,
    SideThread,
    Ticket,
)

NOTHING = "—"
"""What stands where a subject or a name was."""
TEXTS = ("subject", "body_text", "quoted_text", "body_html", "delivery_note")


@erases
def forget_in_tickets(person: Person) -> None:
    """Take out what `person` wrote and what was written to and about them; the entries and their times stay.

    On their own tickets that is everything. On others' it is what they wrote, and their name and addresses in what
    others did. Some twenty-five statements, each over the tickets they had to do with.
    """
    own = list(Ticket.objects.filter(contact_id=person.contact_id).values_list("pk", flat=True))
    theirs = Message.objects.filter(_by(person) | Q(ticket__in=own))
    others = sorted({*_touched(person)} - set(own))
    spoken = list(theirs.values_list("pk", flat=True))
    named = [*own, *_naming(person, others)]
    theirs_or_in_fields = Q(message__in=spoken) | Q(draft__ticket__in=own) | Q(field_file__ticket__in=own)
    forget_files(Attachment.objects.filter(theirs_or_in_fields))
    Draft.objects.filter(ticket__in=own).delete()
    forget_made_of([*(f"ticket:{pk}" for pk in own), *(f"message:{pk}" for pk in spoken)])
    _forget_messages(Message.objects.filter(pk__in=spoken))
    forget_in_fields(person, own, others, nothing=NOTHING)
    _forget_tickets(own)
    if others:
        _forget_among_others(person, others)
    # The community forgets its rows after this, in the same transaction; their bytes go with it.
    let_go(PostFile.objects.filter(post__author__contact=person.contact_id).values_list("sha256", flat=True))
    erase_facts([f"contact:{person.contact_id}", *(f"ticket:{pk}" for pk in named)])
    erase_from_failures(person.traces)
    forget(sources=[f"message:{pk}" for pk in spoken], parents=[f"ticket:{pk}" for pk in [*own, *others]])
    note(*(f"ticket:{pk}" for pk in others), *(f"message:{pk}" for pk in _still_said(others)))


def _by(person: Person) -> Q:
    """Messages that `person` wrote."""
    return Q(contact_id=person.contact_id) | Q(author_address__in=person.addresses)


def _touched(person: Person) -> Collection[int]:
    """The tickets they wrote on, got copies of or were asked about."""
    wrote = Message.objects.filter(contact_id=person.contact_id).values_list("ticket_id", flat=True)
    copied = Copied.objects.filter(address__in=person.addresses).values_list("ticket_id", flat=True)
    asked = SideThread.objects.filter(address__in=person.addresses).values_list("ticket_id", flat=True)
    return {*wrote, *copied, *asked}


def _naming(person: Person, tickets: Sequence[int]) -> Sequence[int]:
    """Those of `tickets` whose subject names them: it stands in the snapshots of the log as well."""
    naming = reduce(lambda found, trace: found | Q(subject__icontains=trace), person.traces, Q(pk=None))
    return list(Ticket.objects.filter(naming, pk__in=tickets).values_list("pk", flat=True))


def _still_said(tickets: Sequence[int]) -> Sequence[int]:
    """What of these tickets is to be found again."""
    return list(Message.objects.filter(ticket__in=tickets, redacted_at=None).values_list("pk", flat=True))


def forget_files(files: QuerySet[Attachment]) -> None:
    """Take files out; their bytes are deleted soon after commit unless the same bytes hang elsewhere, too."""
    held = set(files.exclude(sha256="").values_list("sha256", flat=True))
    files.update(sha256="", filename="", content_id="", redacted_at=Coalesce(F("redacted_at"), now()))
    let_go(held)


def _forget_messages(messages: QuerySet[Message]) -> None:
    """Leave of these that there was one, when, which way, and by which agent. What still waited is not sent."""
    messages.filter(delivery__in=(Message.SCHEDULED, Message.QUEUED)).update(delivery=Message.CANCELLED)
    messages.exclude(direction=Message.NOTE).filter(agent=None).update(author_name="")
    gone = dict.fromkeys([*TEXTS, "author_address"], "")
    messages.update(**gone, to=[], cc=[], redacted_at=Coalesce(F("redacted_at"), now()))


def _forget_tickets(own: Sequence[int]) -> None:
    """Leave of these tickets numbers, times and states."""
    Ticket.objects.filter(pk__in=own).update(subject=NOTHING, status_reason="", organisation=None)
    Ticket.objects.filter(pk__in=own).exclude(solution="").update(solution=NOTHING)
    Grade.objects.filter(ticket__in=own).exclude(comment="").update(comment=NOTHING)
    Consent.objects.filter(ticket__in=own).exclude(text="").update(text=NOTHING)
    RefusalAttempt.objects.filter(ticket__in=own).exclude(explanation="").update(explanation=NOTHING)
    Copied.objects.filter(ticket__in=own).delete()
    SideThread.objects.filter(ticket__in=own).update(address="", subject=NOTHING)
    ChecklistItem.objects.filter(ticket__in=own).update(text=NOTHING)
    Merge.objects.filter(Q(ticket__in=own) | Q(target__in=own)).update(copied=[])


def _forget_among_others(person: Person, tickets: Sequence[int]) -> None:
    """On tickets of others: no copies to them, and neither name nor address in what was said."""
    addresses = sorted(person.addresses)
    Copied.objects.filter(ticket__in=tickets, address__in=addresses).delete()
    SideThread.objects.filter(ticket__in=tickets, address__in=addresses).update(address="", subject=NOTHING)
    for merge in Merge.objects.filter(target__in=tickets, copied__overlap=addresses):
        merge.copied = [address for address in merge.copied if address not in person.addresses]
        merge.save(update_fields=["copied"])
    Grade.objects.filter(ticket__in=tickets).update(comment=_without(person, F("comment")))
    Consent.objects.filter(ticket__in=tickets).update(text=_without(person, F("text")))
    RefusalAttempt.objects.filter(ticket__in=tickets).update(explanation=_without(person, F("explanation")))
    messages = Message.objects.filter(ticket__in=tickets)
    messages.update(**{name: _without(person, F(name)) for name in TEXTS})
    Ticket.objects.filter(pk__in=tickets).update(
        subject=_without(person, F("subject")), solution=_without(person, F("solution"))
    )
    ChecklistItem.objects.filter(ticket__in=tickets).update(text=_without(person, F("text")))
    for message in messages.only("pk", "to", "cc"):
        to, cc = (_kept(person, people) for people in (message.to, message.cc))
        if (to, cc) != (message.to, message.cc):
            Message.objects.filter(pk=message.pk).update(to=to, cc=cc)


def _kept(person: Person, people: Sequence[str]) -> list[str]:
    """Those on a list of addresses who are somebody else."""
    return [one for one in people if not any(address in one.lower() for address in person.addresses)]


def _without(person: Person, text: Combinable) -> Combinable:
    """`text` with a dash where it named `person`, however it was written in capitals."""

    def without(so_far: Combinable, trace: str) -> Combinable:
        # "***=" makes the rest of the pattern literal.
        return Func(so_far, Value(f"***={trace}"), Value(NOTHING), Value("gi"), function="regexp_replace")

    return reduce(without, person.traces, text)
