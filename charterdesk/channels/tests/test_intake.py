"""What becomes of a mail that arrives."""

from collections.abc import Callable

import pytest

from charterdesk.channels.actions import block_sender, read_again
from charterdesk.channels.email.addresses import NOTICE, OUTGOING, SIDE_THREAD, TICKET, make_message_id, tagged
from charterdesk.channels.models import Outgoing, RawMail
from charterdesk.channels.testing import make_mail
from charterdesk.people.actions import notify
from charterdesk.people.models import Agent, Notice, Team
from charterdesk.people.testing import make_team
from charterdesk.tickets.actions import forward_ticket, redact_message, release_message, send_message
from charterdesk.tickets.models import Message, Ticket

Arrive = Callable[..., RawMail]


def test_a_mail_becomes_a_ticket_of_the_team_it_was_sent_to(arrive: Arrive, team: Team) -> None:
    other = make_team("Billing", address="billing@desk.example")
    mail = arrive(make_mail(to="billing@desk.example"), recipients=["Billing+anything@desk.example"])

    ticket = Ticket.objects.get()
    assert (ticket.team, ticket.subject, ticket.contact.email) == (other, "No water", "mia@home.example")
    assert (mail.state, mail.message) == (RawMail.READ, ticket.messages.get(direction="in"))


def test_every_new_request_is_acknowledged_once_in_its_language(arrive: Arrive) -> None:
    arrive(make_mail("Guten Tag, wir haben seit heute kein Wasser und der Keller ist nass.", subject="Kein Wasser"))

    ticket = Ticket.objects.get()
    acknowledged = Message.objects.get(template="acknowledgement")
    assert (ticket.language, acknowledged.to) == ("de", ["mia@home.example"])
    assert [out.recipients for out in Outgoing.objects.filter(message=acknowledged)] == [["mia@home.example"]]


def test_the_same_mail_twice_is_one_message(arrive: Arrive) -> None:
    arrive(make_mail())
    again = arrive(make_mail())

    assert (again.state, Ticket.objects.count()) == (RawMail.DUPLICATE, 1)


def test_a_reused_message_id_with_other_content_is_another_request(arrive: Arrive) -> None:
    arrive(make_mail())
    other = arrive(make_mail("My bill is wrong.", subject="Bill", sender="Omar <omar@home.example>"))

    assert (other.state, Ticket.objects.count()) == (RawMail.READ, 2)


def test_an_answer_finds_its_ticket_by_the_signed_reply_address(arrive: Arrive) -> None:
    arrive(make_mail())
    ticket = Ticket.objects.get()
    reply_to = tagged("leaks@desk.example", TICKET, ticket.number)
    arrive(make_mail("Thanks", to=reply_to, message_id="<2@x>", subject="something else"), recipients=[reply_to])

    assert [m.body_text.strip() for m in ticket.messages.filter(direction="in").order_by("pk")][-1] == "Thanks"
    assert Ticket.objects.count() == 1


def test_an_answer_finds_its_ticket_by_our_message_id_from_whoever_got_our_mail(arrive: Arrive) -> None:
    arrive(make_mail())
    ticket = Ticket.objects.get()
    ours = make_message_id(TICKET, ticket.number, Message.objects.get(template="acknowledgement").pk)
    arrive(make_mail("I am her son", sender="son@home.example", message_id="<2@x>", In_Reply_To=f"<{ours}>"))

    assert Ticket.objects.count() == 1


def test_a_made_up_message_id_of_ours_opens_a_new_ticket(arrive: Arrive) -> None:
    arrive(make_mail())
    number = Ticket.objects.get().number
    forged = f"<t{number}.m1.aaaaaaaaaaaa@localhost>"
    arrive(make_mail("Let me in", sender="eve@evil.example", message_id="<2@x>", References=forged))

    assert Ticket.objects.count() == 2


def test_an_answer_whose_references_were_rewritten_is_found_by_the_subject(arrive: Arrive) -> None:
    arrive(make_mail())
    number = Ticket.objects.get().number
    arrive(make_mail("Still dry", message_id="<2@x>", subject=f"Re: No water [#{number}]", In_Reply_To="<junk@apple>"))

    assert Ticket.objects.count() == 1


def test_a_stranger_who_guesses_a_number_opens_a_ticket_of_their_own(arrive: Arrive) -> None:
    arrive(make_mail())
    number = Ticket.objects.get().number
    arrive(make_mail("Hello", sender="eve@evil.example", message_id="<2@x>", subject=f"Re: [#{number}]"))

    assert Ticket.objects.count() == 2


def test_a_third_partys_answer_stays_apart(arrive: Arrive, agent: Agent) -> None:
    arrive(make_mail())
    ticket = Ticket.objects.get()
    asked = forward_ticket(ticket, by=agent, agent=agent, address="plumber@pipes.example", html="<p>Can you?</p>")
    assert asked.side_thread is not None
    reply_to = tagged("leaks@desk.example", SIDE_THREAD, asked.side_thread.pk)
    arrive(make_mail("At four", sender="plumber@pipes.example", to=reply_to, message_id="<2@p>"), recipients=[reply_to])

    answer = ticket.messages.order_by("-pk").first()
    assert answer is not None
    assert (answer.side_thread, answer.is_public) == (asked.side_thread, False)


def test_an_out_of_office_note_is_not_answered_and_reopens_nothing(arrive: Arrive) -> None:
    arrive(make_mail("I am away.", Auto_Submitted="auto-replied"))

    assert [mail.reason for mail in RawMail.objects.all()] == ["auto_reply"]
    assert (Ticket.objects.count(), Outgoing.objects.count()) == (0, 0)


def test_a_machines_report_becomes_a_ticket_that_nobody_acknowledges(arrive: Arrive) -> None:
    arrive(make_mail("Pump 3 stopped.", sender="monitor@pumps.example", Auto_Submitted="auto-generated"))

    assert Outgoing.objects.filter(is_automatic=True).count() == 0


def test_our_own_mail_coming_back_is_a_loop_and_stops(arrive: Arrive) -> None:
    arrive(make_mail())
    own = bytes(Outgoing.objects.filter(is_automatic=True).latest("pk").raw)
    mail = arrive(own)

    assert (mail.state, Ticket.objects.count()) == (RawMail.IGNORED, 1)


def test_a_bounce_marks_the_very_message_by_the_return_path(arrive: Arrive, agent: Agent) -> None:
    arrive(make_mail())
    message = send_message(Ticket.objects.get(), by=agent, agent=agent, html="<p>When?</p>")
    release_message(message.pk, by=agent)
    path = tagged("leaks@desk.example", OUTGOING, message.pk)
    arrive(bounce_to(path), sender="", recipients=[path])

    message.refresh_from_db()
    assert message.delivery == Message.UNDELIVERED
    assert "5.1.1" in message.delivery_note


def test_a_blocked_sender_is_junk_until_somebody_wants_the_mail(
    arrive: Arrive, run_reactions: Callable[[], int]
) -> None:
    block_sender("@home.example", by="system")
    mail = arrive(make_mail())
    assert (mail.state, mail.reason, Ticket.objects.count()) == (RawMail.JUNK, "blocked sender", 0)

    read_again(mail, by="system")
    run_reactions()
    mail.refresh_from_db()
    assert (mail.state, Ticket.objects.count()) == (RawMail.READ, 1)


def test_what_was_redacted_does_not_live_on_in_the_mail_it_came_as(
    arrive: Arrive, agent: Agent, run_reactions: Callable[[], int]
) -> None:
    mail = arrive(make_mail("My PIN is 4711."))
    assert mail.message is not None
    redact_message(mail.message, by=agent)
    run_reactions()

    mail.refresh_from_db()
    assert (bytes(mail.raw), mail.subject) == (b"", "")


@pytest.mark.parametrize("raw", [b"", b"\x00\xff\xfe\x00" * 50, b"\r\n\r\n"])
def test_what_nobody_can_read_is_kept_whole_where_people_see_it(arrive: Arrive, raw: bytes) -> None:
    mail = arrive(raw)

    assert (mail.state, bytes(mail.raw)) == (RawMail.QUARANTINED, raw)


def test_an_agent_answers_a_notice_from_their_own_mail_program(arrive: Arrive, agent: Agent) -> None:
    arrive(make_mail())
    ticket = Ticket.objects.get()
    notice = Notice.objects.get(agent=agent, code="ticket.assigned")
    reply_to = tagged("leaks@desk.example", NOTICE, notice.pk)
    arrive(make_mail("We are on our way.", sender=agent.email, to=reply_to, message_id="<a@x>"), recipients=[reply_to])

    answer = ticket.messages.filter(agent=agent).get()
    assert (answer.body_text, answer.delivery, answer.to) == (
        "We are on our way.",
        Message.QUEUED,
        ["mia@home.example"],
    )


def test_nobody_else_answers_in_an_agents_name(arrive: Arrive, agent: Agent) -> None:
    arrive(make_mail())
    reply_to = tagged("leaks@desk.example", NOTICE, Notice.objects.get(agent=agent).pk)
    mail = arrive(
        make_mail("Send money", sender="eve@evil.example", to=reply_to, message_id="<a@x>"), recipients=[reply_to]
    )

    assert mail.state == RawMail.QUARANTINED
    assert not Message.objects.filter(agent=agent).exists()


def test_a_flood_of_automatic_mail_to_one_address_is_held_back(arrive: Arrive) -> None:
    for number in range(23):
        arrive(make_mail(f"Water {number}", message_id=f"<{number}@home.example>"))

    states = [out.state for out in Outgoing.objects.filter(is_automatic=True).order_by("pk")]
    assert states == [Outgoing.QUEUED] * 20 + [Outgoing.HELD] * 3


@pytest.mark.parametrize(("state", "mails"), [(Agent.WORKING, 0), (Agent.BUSY, 1)])
def test_only_who_does_not_see_it_is_mailed_about_a_new_ticket(
    arrive: Arrive, agent: Agent, run_reactions: Callable[[], int], state: str, mails: int
) -> None:
    arrive(make_mail())
    Agent.objects.update(state=state)
    notify([agent.pk], code="ticket.assigned", about=Ticket.objects.get().key, by="system")
    run_reactions()

    assert Outgoing.objects.filter(recipients=[agent.email]).count() == mails


def test_the_mail_of_a_notice_leads_to_its_ticket(
    arrive: Arrive, agent: Agent, run_reactions: Callable[[], int]
) -> None:
    arrive(make_mail())
    ticket = Ticket.objects.get()
    notify([agent.pk], code="ticket.mentioned", about=ticket.key, by="system")
    run_reactions()

    raw = bytes(Outgoing.objects.get(recipients=[agent.email]).raw).decode()
    assert f"/desk/tickets/{ticket.number}/" in raw
    assert tagged("leaks@desk.example", NOTICE, Notice.objects.latest("pk").pk) in raw


def bounce_to(path: str) -> bytes:
    """What a mail server says when it cannot deliver (RFC 3464)."""
    return f"""From: MAILER-DAEMON@home.example
To: {path}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

mia@home.example does not exist.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; home.example

Final-Recipient: rfc822; mia@home.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user

--b--
""".encode()
