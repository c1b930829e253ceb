"""Many mails that arrive at once are read in few statements, and come to the same as one by one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from charterdesk.base.keys import SYSTEM
from charterdesk.channels.actions import accept_mail, block_sender
from charterdesk.channels.email.together import read_arrived_together
from charterdesk.channels.models import MailReference, RawMail
from charterdesk.channels.testing import make_mail
from charterdesk.events.log import BEGINNING
from charterdesk.events.models import LoggedEvent
from charterdesk.people.models import Contact, Organisation
from charterdesk.tickets.models import Message, Ticket

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("team")]


def read_all(*raws: bytes) -> list[RawMail]:
    """Accept `raws`, read them together, and return what became of them."""
    accepted = [accept_mail(raw, source="smtp", recipients=["leaks@desk.example"]) for raw in raws]
    numbers = [mail.pk for mail in accepted if mail]
    read_arrived_together(dict.fromkeys(numbers, BEGINNING))
    found = RawMail.objects.in_bulk(numbers)
    return [found[number] for number in numbers]


def somebody(number: int, **given: str) -> bytes:
    """A mail of a person of their own."""
    return make_mail(
        f"No water at house number {number}.",
        **{"sender": f"Customer {number} <c{number}@home.example>", "message_id": f"<{number}@home.example>", **given},
    )


def test_every_mail_becomes_the_ticket_of_its_sender() -> None:
    mails = read_all(*(somebody(number) for number in range(12)))

    assert {mail.state for mail in mails} == {RawMail.READ}
    said = {mail.message.ticket.contact.email: mail.message.body_text for mail in mails if mail.message}
    assert said == {f"c{n}@home.example": f"No water at house number {n}." for n in range(12)}
    assert {mail.subject for mail in mails} == {"No water"} and all(mail.raw for mail in mails)
    assert MailReference.objects.filter(header="7@home.example", message=mails[7].message).exists()


def test_one_person_who_writes_often_stays_one_person() -> None:
    Organisation.objects.create(name="Home", domains=["home.example"])
    read_all(*(somebody(n, sender="Mia Miller <Mia@home.example>") for n in range(4)), somebody(9))

    assert (Ticket.objects.count(), Contact.objects.count()) == (5, 2)
    assert {contact.organisation.name for contact in Contact.objects.all() if contact.organisation} == {"Home"}


def test_an_answer_that_arrives_with_what_it_answers_finds_its_ticket() -> None:
    read_all(somebody(1), somebody(2), somebody(3, sender="c1@home.example", In_Reply_To="<1@home.example>"))

    assert sorted(Message.objects.filter(direction="in").values_list("ticket__number", "author_address")) == sorted(
        [(one.number, one.contact.email) for one in Ticket.objects.all()]
        + [(Ticket.objects.get(contact__identities__value="c1@home.example").number, "c1@home.example")]
    )


def test_junk_and_copies_are_set_aside_all_the_same() -> None:
    block_sender("@spam.example", by=SYSTEM)
    mails = read_all(somebody(1), somebody(1), somebody(2, sender="x@spam.example"), somebody(3), b"\x00\xff" * 40)

    assert [mail.state for mail in mails] == [
        RawMail.READ, RawMail.DUPLICATE, RawMail.JUNK, RawMail.READ, RawMail.QUARANTINED,
    ]  # fmt: skip


def test_a_mail_of_many_costs_little_more_than_one_statement() -> None:
    read_all(somebody(1000), somebody(1001))
    with CaptureQueriesContext(connection) as few:
        read_all(*(somebody(number) for number in range(10)))
    with CaptureQueriesContext(connection) as many:
        read_all(*(somebody(number) for number in range(10, 40)))

    accepting = 4  # transaction, mail and event, which `read_all` does one by one
    assert len(many) - len(few) <= 20 * (1 + accepting)


def test_what_is_published_names_what_caused_it() -> None:
    read_all(somebody(1), somebody(2))
    codes = set(LoggedEvent.objects.values_list("code", flat=True))
    assert {"mail.read", "ticket.opened", "message.received", "contact.registered"} <= codes
