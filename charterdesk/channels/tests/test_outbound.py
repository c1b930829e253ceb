"""What happens at the door to the outside, with a real server that refuses, delays and dies."""

from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from pytest_django import Settings

from charterdesk.channels.actions import MAX_AUTOMATIC_PER_HOUR, queue_mail, queue_mails, settle_outgoing
from charterdesk.channels.email.sending import queue_messages
from charterdesk.channels.jobs import send_outgoing
from charterdesk.channels.models import Outgoing
from charterdesk.channels.testing import Outside, make_mail
from charterdesk.people.models import Agent, Notice, Team
from charterdesk.tickets.actions import (
    mark_undelivered,
    merge_ticket,
    release_message,
    send_message,
    set_copies,
)
from charterdesk.tickets.models import Message, Ticket
from charterdesk.tickets.testing import make_ticket


@pytest.fixture
def ticket(team: Team) -> Ticket:
    return make_ticket(team=team)


@pytest.fixture
def outgoing(ticket: Ticket, agent: Agent) -> Outgoing:
    message = send_message(ticket, by=agent, agent=agent, html="<p>We are <b>on our way</b>.</p>")
    release_message(message.pk, by=agent)
    (queued,) = queue_messages([message.pk])
    return queued


def state(outgoing: Outgoing) -> tuple[str, str]:
    """Of the mail and of its message."""
    outgoing.refresh_from_db()
    assert outgoing.message is not None
    outgoing.message.refresh_from_db()
    return outgoing.state, outgoing.message.delivery


def test_an_answer_arrives_outside_as_text_and_html_in_its_thread(
    arrive: Callable[..., object], agent: Agent, outside: Outside
) -> None:
    arrive(make_mail())
    ticket = Ticket.objects.get()
    message = send_message(ticket, by=agent, agent=agent, html="<p>We are <b>on our way</b>.</p>")
    release_message(message.pk, by=agent)
    (queued,) = queue_messages([message.pk])
    send_outgoing(queued.pk)

    mail = outside.kept[-1]
    text = mail.get_body(("plain",)).get_content()
    assert state(queued) == (Outgoing.SENT, Message.SENT)
    assert text.startswith("We are on our way.")
    assert "> No water since this morning." in text
    assert "<b>on our way</b>" in mail.get_body(("html",)).get_content()
    assert mail["In-Reply-To"] == "<one@home.example>"
    assert mail["Subject"] == f"Re: No water [#{ticket.number}]"
    assert mail["From"].addresses[0].addr_spec == "leaks@desk.example"
    assert mail["Auto-Submitted"] is None


def test_the_acknowledgement_says_that_it_is_automatic(arrive: Callable[..., object], outside: Outside) -> None:
    arrive(make_mail())
    send_outgoing(Outgoing.objects.get(is_automatic=True).pk)

    assert outside.kept[0]["Auto-Submitted"] == "auto-replied"


def test_people_on_copy_get_the_answer_too(ticket: Ticket, agent: Agent, outside: Outside) -> None:
    set_copies(ticket, by=agent, addresses=["neighbour@home.example"])
    message = send_message(ticket, by=agent, agent=agent, html="<p>Yes</p>")
    release_message(message.pk, by=agent)
    (queued,) = queue_messages([message.pk])
    send_outgoing(queued.pk)

    assert outside.recipients == [[ticket.contact.email, "neighbour@home.example"]]


def test_a_message_queued_twice_is_one_mail(outgoing: Outgoing) -> None:
    assert outgoing.message is not None
    assert queue_messages([outgoing.message.pk]) == []


def test_a_job_run_twice_sends_once(outgoing: Outgoing, outside: Outside) -> None:
    send_outgoing(outgoing.pk)
    send_outgoing(outgoing.pk)

    assert len(outside.kept) == 1


def test_a_mail_refused_for_now_is_tried_again_as_the_same_mail(outgoing: Outgoing, outside: Outside) -> None:
    outside.answers = ["451 4.3.0 busy"]
    send_outgoing(outgoing.pk)
    assert state(outgoing) == (Outgoing.QUEUED, Message.QUEUED)

    send_outgoing(outgoing.pk)
    assert state(outgoing) == (Outgoing.SENT, Message.SENT)
    assert [mail["Message-ID"] for mail in outside.kept] == [f"<{outgoing.header}>"]


def test_a_mail_refused_for_good_tells_the_agent(outgoing: Outgoing, outside: Outside) -> None:
    outside.answers = ["554 5.7.1 no"]
    send_outgoing(outgoing.pk)

    assert state(outgoing) == (Outgoing.FAILED, Message.UNDELIVERED)
    assert [notice.code for notice in Notice.objects.all()] == ["message.undelivered"]


def test_one_refused_recipient_is_reported_and_the_others_get_it(
    ticket: Ticket, agent: Agent, outside: Outside
) -> None:
    set_copies(ticket, by=agent, addresses=["gone@home.example"])
    outside.refuses = {"gone@home.example": "550 5.1.1 no such user"}
    message = send_message(ticket, by=agent, agent=agent, html="<p>Yes</p>")
    release_message(message.pk, by=agent)
    (queued,) = queue_messages([message.pk])
    send_outgoing(queued.pk)

    assert outside.recipients == [[ticket.contact.email]]
    assert state(queued) == (Outgoing.FAILED, Message.UNDELIVERED)
    assert "gone@home.example: 550" in queued.note


def test_only_those_who_were_put_off_are_tried_again(ticket: Ticket, agent: Agent, outside: Outside) -> None:
    set_copies(ticket, by=agent, addresses=["busy@home.example"])
    outside.refuses = {"busy@home.example": "450 4.2.0 later"}
    message = send_message(ticket, by=agent, agent=agent, html="<p>Yes</p>")
    release_message(message.pk, by=agent)
    (queued,) = queue_messages([message.pk])
    send_outgoing(queued.pk)
    outside.refuses = {}
    send_outgoing(queued.pk)

    assert outside.recipients == [[ticket.contact.email], ["busy@home.example"]]
    assert state(queued) == (Outgoing.SENT, Message.SENT)


def test_a_refusal_is_reported_even_when_somebody_else_was_put_off_first(
    ticket: Ticket, agent: Agent, outside: Outside
) -> None:
    set_copies(ticket, by=agent, addresses=["busy@home.example", "gone@home.example"])
    outside.refuses = {"busy@home.example": "450 4.2.0 later", "gone@home.example": "550 5.1.1 no such user"}
    message = send_message(ticket, by=agent, agent=agent, html="<p>Yes</p>")
    release_message(message.pk, by=agent)
    (queued,) = queue_messages([message.pk])
    send_outgoing(queued.pk)
    outside.refuses = {}
    send_outgoing(queued.pk)

    assert outside.recipients == [[ticket.contact.email], ["busy@home.example"]]
    assert state(queued) == (Outgoing.FAILED, Message.UNDELIVERED)


@pytest.mark.parametrize("moment", ["before keeping", "after keeping"])
def test_a_server_that_dies_after_data_leaves_a_doubt_that_is_held_for_the_operator(
    outgoing: Outgoing, outside: Outside, moment: str
) -> None:
    outside.hangs_up = moment
    send_outgoing(outgoing.pk)
    assert state(outgoing) == (Outgoing.IN_DOUBT, Message.IN_DOUBT)

    outside.hangs_up = ""
    send_outgoing(outgoing.pk)
    assert len(outside.kept) == (1 if moment == "after keeping" else 0)


def test_an_operator_settles_a_doubt_either_way(outgoing: Outgoing, outside: Outside) -> None:
    outside.hangs_up = "before keeping"
    send_outgoing(outgoing.pk)
    outside.hangs_up = ""
    outgoing.refresh_from_db()
    settle_outgoing(outgoing, by="system", arrived=False)
    send_outgoing(outgoing.pk)
    assert state(outgoing) == (Outgoing.SENT, Message.SENT)


@pytest.mark.parametrize(("arrived", "mails"), [(False, 1), (True, 0)])
def test_a_held_mail_goes_only_when_the_operator_says_send(
    team: Team,
    outside: Outside,
    run_reactions: Callable[[], int],
    run_jobs: Callable[[], int],
    arrived: bool,
    mails: int,
) -> None:
    fields = {"header": "a@desk.example", "sender": "leaks@desk.example", "recipients": ["mia@home.example"]}
    held = Outgoing.objects.create(team=team, raw=make_mail(), state=Outgoing.HELD, **fields)
    run_reactions()
    run_jobs()
    assert outside.kept == []

    settle_outgoing(held, by="system", arrived=arrived)
    run_reactions()
    run_jobs()
    held.refresh_from_db()
    assert (len(outside.kept), held.state) == (mails, Outgoing.SENT)


def test_a_sender_killed_while_handing_over_does_not_send_again(outgoing: Outgoing, outside: Outside) -> None:
    Outgoing.objects.filter(pk=outgoing.pk).update(state=Outgoing.IN_FLIGHT)
    send_outgoing(outgoing.pk)

    assert (state(outgoing), outside.kept) == ((Outgoing.IN_DOUBT, Message.IN_DOUBT), [])


def test_nobody_listening_is_a_delay_and_no_loss(outgoing: Outgoing, settings: Settings) -> None:
    settings.MAIL_RELAY = "smtp://127.0.0.1:1"
    send_outgoing(outgoing.pk)

    assert state(outgoing) == (Outgoing.QUEUED, Message.QUEUED)
    assert "Refused" in outgoing.note


def test_a_server_that_never_takes_it_ends_in_a_report(outgoing: Outgoing, settings: Settings) -> None:
    settings.MAIL_RELAY = "smtp://127.0.0.1:1"
    for _try in range(12):
        send_outgoing(outgoing.pk)

    assert state(outgoing) == (Outgoing.FAILED, Message.UNDELIVERED)


def test_lines_that_begin_with_a_dot_arrive_as_they_are(team: Team, outside: Outside) -> None:
    queued = queue_mail(
        header="dots@desk.example",
        sender="leaks@desk.example",
        recipients=["mia@home.example"],
        raw=b"Subject: dots\r\n\r\n.\r\n..two\nbare\r\n",
        team_id=team.pk,
    )
    assert queued is not None
    send_outgoing(queued.pk)

    assert outside.kept[0].get_payload() == ".\r\n..two\r\nbare\r\n"


def test_of_many_automatic_mails_at_once_those_beyond_the_limit_are_held(team: Team) -> None:
    mails = [
        Outgoing(
            header=f"{n}@desk.example",
            sender="leaks@desk.example",
            recipients=["Mia@home.example"] if n < MAX_AUTOMATIC_PER_HOUR + 2 else ["noa@home.example"],
            raw=b"Subject: automatic",
            team=team,
            is_automatic=True,
        )
        for n in range(MAX_AUTOMATIC_PER_HOUR + 3)
    ]
    queue_mails(mails)
    states = list(Outgoing.objects.order_by("pk").values_list("state", flat=True))

    assert states == [Outgoing.QUEUED] * MAX_AUTOMATIC_PER_HOUR + [Outgoing.HELD] * 2 + [Outgoing.QUEUED]
    assert queue_mails([Outgoing(header="0@desk.example", recipients=[], raw=b"", sender="", team=team)]) == []


def test_undelivered_and_merged_mail_keeps_its_ticket(ticket: Ticket, outgoing: Outgoing, agent: Agent) -> None:
    into = make_ticket(team=ticket.team)
    merge_ticket(ticket, into=into, by=agent)
    message = Message.objects.get(direction=Message.OUT)
    mark_undelivered(message, by="system", note="550")

    assert message.ticket == into


def test_a_mail_is_signed_when_a_key_is_set(
    outgoing: Outgoing, outside: Outside, settings: Settings, tmp_path: Path
) -> None:
    make_key(settings, tmp_path)
    send_outgoing(outgoing.pk)

    signature = outside.kept[0]["DKIM-Signature"]
    assert "d=desk.example" in signature
    assert "s=charterdesk" in signature


def make_key(settings: Settings, folder: Path) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    path = folder / "dkim.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
    )
    settings.DKIM_KEY = path


def test_the_built_mail_is_one_that_others_can_read(outgoing: Outgoing) -> None:
    mail = message_from_bytes(bytes(outgoing.raw), policy=default)

    assert mail.defects == []
    assert mail.get_content_type() == "multipart/alternative"
