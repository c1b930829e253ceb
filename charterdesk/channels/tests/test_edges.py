"""Mail at the edges: many at once on one thread, and one Message-ID used for two things."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import close_old_connections

from charterdesk.channels.actions import accept_mail
from charterdesk.channels.email.addresses import TICKET, tagged
from charterdesk.channels.email.intake import read_arrived
from charterdesk.channels.models import RawMail
from charterdesk.channels.testing import make_mail
from charterdesk.people.models import Contact, Team
from charterdesk.people.testing import make_team
from charterdesk.tickets.models import Message, Ticket
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def team(transactional_db: None) -> Team:
    return make_team("Leaks", address="leaks@desk.example")


def take_in(raw: bytes) -> str:
    """Accept and read one mail on a connection of this thread's own; what became of it."""
    try:
        mail = accept_mail(raw, source="smtp", recipients=["leaks@desk.example"])
        assert mail is not None
        read_arrived(mail.pk)
        return RawMail.objects.get(pk=mail.pk).state
    finally:
        close_old_connections()


def at_once(mails: list[bytes]) -> list[str]:
    with ThreadPoolExecutor(len(mails)) as pool:
        return list(pool.map(take_in, mails))


def test_twenty_mails_of_one_thread_at_once_are_twenty_messages_of_one_ticket(team: Team) -> None:
    ticket = make_ticket(team=team)
    address = tagged("leaks@desk.example", TICKET, ticket.number)
    states = at_once([make_mail(f"Answer {n}", to=address, message_id=f"<{n}@home.example>") for n in range(20)])

    assert (states, Ticket.objects.count()) == (["read"] * 20, 1)
    assert sorted(m.body_text for m in ticket.messages.exclude(author_address="")) == sorted(
        f"Answer {n}" for n in range(20)
    )


def test_a_new_person_who_writes_ten_times_at_once_is_one_contact(team: Team) -> None:
    states = at_once([make_mail(f"Request {n}", message_id=f"<{n}@home.example>") for n in range(10)])

    assert (states, Ticket.objects.count()) == (["read"] * 10, 10)
    assert Contact.objects.with_email("mia@home.example").count() == 1


def test_one_message_id_with_two_contents_is_two_messages(team: Team) -> None:
    states = [
        take_in(make_mail(text, message_id="<same@home.example>")) for text in ("One thing.", "Another.", "One thing.")
    ]

    assert states == ["read", "read", "duplicate"]
    assert sorted(m.body_text for m in Message.objects.all()) == ["Another.", "One thing."]
