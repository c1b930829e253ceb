"""Text messages through a provider by HTTP: in, out, receipts, and what goes wrong; with a real server."""

from collections.abc import Callable, Iterator
from datetime import UTC, timedelta
from io import BytesIO
from ipaddress import ip_network
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from charterdesk.base.clock import now
from charterdesk.base.refused import Refused
from charterdesk.calendars.spec import DAYS
from charterdesk.calendars.testing import ROUND_THE_CLOCK, make_calendar
from charterdesk.channels.actions import MAX_AUTOMATIC_PER_HOUR
from charterdesk.channels.forgetting import forget_in_channels
from charterdesk.channels.jobs import read_text, send_text
from charterdesk.channels.models import SmsIn, SmsNumber, SmsOut, SmsStop
from charterdesk.channels.sms.actions import queue_sms, settle_sms
from charterdesk.channels.sms.phone import own_number
from charterdesk.channels.sms.sending import queue_texts
from charterdesk.channels.sms.text import count_parts, decode, encode
from charterdesk.channels.testing_sms import (
    OURS,
    THEIRS,
    Provider,
    call_in,
    call_status,
    make_number,
    running_provider,
)
from charterdesk.events.operations import perform
from charterdesk.people.actions import add_identity
from charterdesk.people.erasing import Person
from charterdesk.people.models import Agent, Contact, Identity, Team
from charterdesk.people.testing import make_contact
from charterdesk.tickets.actions import (
    IncomingFile,
    attach_to_draft,
    close_ticket,
    release_message,
    save_draft,
    send_message,
    solve_ticket,
)
from charterdesk.tickets.models import Message, Ticket
from charterdesk.tickets.testing import make_ticket


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    settings.PRIVATE_NETWORKS = [ip_network("127.0.0.0/8")]
    with running_provider() as provider:
        yield provider


@pytest.fixture
def number(team: Team, provider: Provider) -> SmsNumber:
    return make_number(team, provider)


@pytest.fixture
def text_in(client: Client, number: SmsNumber, run_reactions: Callable[[], int]) -> Callable[..., SmsIn]:
    """Let a text come, and carry out what follows."""

    def come(body: str, sid: str = "SMin1", **fields: str) -> SmsIn:
        assert call_in(client, number, Body=body, MessageSid=sid, **fields) == 200
        sms = SmsIn.objects.get(provider_id=f"{number.pk}:{sid}")
        read_text(sms.pk)
        run_reactions()
        sms.refresh_from_db()
        return sms

    return come


def answer(ticket: Ticket, agent: Agent, html: str = "<p>We are <b>on our way</b>.</p>") -> SmsOut:
    message = send_message(ticket, by=agent, agent=agent, html=html)
    release_message(message.pk, by=agent)
    message.refresh_from_db()
    (out,) = queue_texts([message])
    return out


def state(out: SmsOut) -> tuple[str, str]:
    out.refresh_from_db()
    message = Message.objects.get(pk=out.message_id or 0)
    return out.state, message.delivery


def make_caller(name: str, phone: str) -> Contact:
    caller = Contact.objects.create(name=name)
    Identity.objects.create(contact=caller, kind=Identity.PHONE, value=phone)
    return caller


def make_call(**fields: Any) -> Ticket:
    ticket = make_ticket(**fields)
    Ticket.objects.filter(pk=ticket.pk).update(channel="phone")
    ticket.refresh_from_db()
    return ticket


def test_a_caller_without_a_mail_address_is_told_by_text_where_there_is_a_number(number, agent, run_reactions):
    caller = make_caller("Mia", THEIRS)
    called = make_call(contact=caller, team=number.team)
    both = make_contact("Ben", email="ben@home.example")
    Identity.objects.create(contact=both, kind=Identity.PHONE, value="+353209101999")
    mailed = make_call(contact=both, team=number.team)

    for ticket in (called, mailed):
        solve_ticket(ticket, by=agent, solution="The valve is new.")
    run_reactions()

    told = {message.ticket: message for message in Message.objects.filter(template="solution")}
    assert (told[called].channel, told[called].to) == ("sms", [THEIRS])
    assert told[mailed].to == ["ben@home.example"]
    assert len(told[called].body_text) < len(told[mailed].body_text)
    sent = {out.message.template: out.to for out in SmsOut.objects.all() if out.message}
    assert sent == {"acknowledgement": THEIRS, "solution": THEIRS}


def test_without_a_number_a_caller_without_a_mail_address_is_sent_nothing(team, agent, run_reactions):
    ticket = make_call(contact=make_caller("Mia", THEIRS), team=team)

    solve_ticket(ticket, by=agent, solution="The valve is new.")
    run_reactions()

    assert not Message.objects.filter(ticket=ticket, direction=Message.OUT).exists()


def test_a_text_becomes_a_ticket_that_is_acknowledged_by_text_and_answered_by_text(
    text_in, client, number, agent, provider, team
):
    text_in("No water since this morning")
    ticket = Ticket.objects.get()
    acknowledgement = SmsOut.objects.get()
    send_text(acknowledgement.pk)
    out = answer(ticket, agent)
    send_text(out.pk)
    send_text(out.pk)

    assert (ticket.channel, ticket.team, ticket.contact.phone, str(ticket.contact)) == ("sms", team, THEIRS, THEIRS)
    assert [(kept["From"], kept["To"]) for kept in provider.kept] == [(OURS, THEIRS), (OURS, THEIRS)]
    assert f"#{ticket.number}" in provider.kept[0]["Body"]
    assert provider.kept[1]["Body"] == "We are on our way."
    assert state(out) == (SmsOut.SENT, Message.SENT)

    assert call_status(client, number, out.pk, "delivered", "SM2") == 204
    assert call_status(client, number, out.pk, "sent", "SM2") == 204
    assert state(out) == (SmsOut.DELIVERED, Message.DELIVERED)


def test_a_reply_joins_the_talk_and_a_late_one_opens_another_unless_it_names_the_reference(text_in, agent, number):
    text_in("No water")
    first = Ticket.objects.get()
    text_in("Still none", "SMin2")
    assert first.messages.filter(direction=Message.IN).count() == 2

    Ticket.objects.update(last_message_at=first.opened_at - number.joins_for)
    text_in("Something else", "SMin3")
    text_in(f"About #{first.number}: it runs again", "SMin4")

    assert Ticket.objects.count() == 2
    assert first.messages.filter(direction=Message.IN).count() == 3
    assert Contact.objects.count() == 1


def test_somebody_elses_reference_opens_a_ticket_of_its_own(text_in):
    other = make_ticket()
    sms = text_in(f"About #{other.number}")

    assert sms.message.ticket != other


def test_a_known_number_is_its_contacts_however_it_was_written_down(text_in):
    mia = make_contact()
    add_identity(mia, kind=Identity.PHONE, value="0151 12345678", by="system")

    assert text_in("It is me").message.contact == mia


def test_a_number_promises_by_its_own_hours_and_says_when_it_opens_next(text_in, number, team):
    opens = (now() + timedelta(days=3)).astimezone(UTC)
    number.calendar = make_calendar("Texts", zone="UTC", hours={DAYS[opens.weekday()]: [["07:30", "07:45"]]})
    number.save()
    team.calendar = make_calendar("Always", hours=ROUND_THE_CLOCK)
    team.save()
    text_in("No water since this morning")

    assert "closed now" in SmsOut.objects.get().text
    assert f"{opens:%A} {opens.day} {opens:%B %Y}, 07:30 (UTC)" in SmsOut.objects.get().text


def test_a_text_called_in_twice_is_one_message(text_in, client, number):
    text_in("No water")
    text_in("No water")

    assert (SmsIn.objects.count(), Message.objects.filter(direction=Message.IN).count()) == (1, 1)


def test_what_the_provider_did_not_sign_is_refused(client, number):
    fields = {"MessageSid": "SM9", "From": THEIRS, "Body": "false"}
    for path in (f"/hooks/sms/{number.pk}/in", f"/hooks/sms/{number.pk}/status?text=1"):
        for headers in ({}, {"X-Twilio-Signature": "bm8="}):
            assert client.post(path, fields, headers=headers).status_code == 403
    assert not SmsIn.objects.exists()


def test_pictures_come_along_and_one_that_is_gone_is_named(text_in, provider):
    provider.pictures["/leak.png"] = b"\x89PNG\r\n\x1a\n0000"
    urls = {"MediaUrl0": f"{provider.url}/leak.png", "MediaUrl1": f"{provider.url}/gone.png"}
    message = text_in("Look", **urls).message

    assert [file.content_type for file in message.attachments.all()] == ["image/png"]
    assert "could not be fetched" in message.body_text


def test_after_stop_only_what_is_owed_goes_until_start(text_in, number, run_reactions, agent):
    text_in("No water")
    ticket = Ticket.objects.get()
    text_in("STOP", "SMin2")
    text_in("stop", "SMin3")
    perform("tickets.send_sms", on=ticket.key, by="system", text="Buy {{ reference }}", once="1")
    run_reactions()
    advert = Message.objects.get(template="sms")
    assert [out.once.partition(":")[0] for out in SmsOut.objects.order_by("pk")] == ["message", "stop"]
    assert (advert.delivery, "STOP" in advert.delivery_note) == ("", True)
    assert answer(ticket, agent).state == SmsOut.QUEUED
    assert Ticket.objects.count() == 1

    text_in("Start", "SMin4")
    perform("tickets.send_sms", on=ticket.key, by="system", text="Hello {{ reference }}", once="2")
    run_reactions()
    assert SmsOut.objects.latest("pk").text == f"Hello {ticket.number}"
    assert not SmsStop.objects.exists()


def test_machines_are_not_answered(text_in, number):
    text_in("Your parcel is here", From="DHL")
    text_in("Echo", "SMin2", From=OURS)

    assert not SmsOut.objects.exists()
    assert SmsIn.objects.get(sender=OURS).reason == "loop"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ((400, {"code": 21211, "message": "not a number"}), (SmsOut.FAILED, Message.UNDELIVERED)),
        ((429, {}), (SmsOut.QUEUED, Message.QUEUED)),
        ((503, {}), (SmsOut.QUEUED, Message.QUEUED)),
        ((500, {}), (SmsOut.IN_DOUBT, Message.IN_DOUBT)),
    ],
)
def test_what_the_provider_says_decides_what_becomes_of_a_text(text_in, agent, provider, said, expected):
    text_in("No water")
    out = answer(Ticket.objects.get(), agent)
    provider.answers = [said]
    send_text(out.pk)

    assert state(out) == expected


def test_a_lost_answer_leaves_a_doubt_which_a_receipt_or_the_operator_ends(text_in, agent, provider, client, number):
    text_in("No water")
    ticket = Ticket.objects.get()
    lost, settled = answer(ticket, agent), answer(ticket, agent, "<p>And again</p>")
    provider.hangs_up = True
    for out in (lost, settled, lost):
        send_text(out.pk)
    assert (state(lost), len(provider.kept)) == ((SmsOut.IN_DOUBT, Message.IN_DOUBT), 2)

    call_status(client, number, lost.pk, "delivered", "SM1")
    assert state(lost) == (SmsOut.DELIVERED, Message.DELIVERED)
    settle_sms(settled, by=agent, arrived=False)
    provider.hangs_up = False
    send_text(settled.pk)
    assert state(settled) == (SmsOut.SENT, Message.SENT)


@pytest.mark.parametrize(("arrived", "texts"), [(False, 1), (True, 0)])
def test_a_held_text_goes_only_when_the_operator_says_send(number, provider, run_reactions, run_jobs, arrived, texts):
    number.daily_cap = 0
    assert queue_sms(once="1", number=number, to=THEIRS, text="x", is_automatic=False) is None
    run_reactions()
    run_jobs()
    assert provider.kept == []

    held = settle_sms(SmsOut.objects.get(), by="system", arrived=arrived)
    run_reactions()
    run_jobs()
    held.refresh_from_db()
    assert (len(provider.kept), held.state) == (texts, SmsOut.SENT)


def test_a_sender_killed_while_handing_over_does_not_send_again(text_in, agent, provider):
    text_in("No water")
    out = answer(Ticket.objects.get(), agent)
    SmsOut.objects.filter(pk=out.pk).update(state=SmsOut.IN_FLIGHT)
    send_text(out.pk)

    assert (state(out), provider.kept) == ((SmsOut.IN_DOUBT, Message.IN_DOUBT), [])


def test_what_is_too_much_for_a_phone_or_a_day_is_held(number, run_reactions):
    sent = [queue_sms(once=str(n), number=number, to=THEIRS, text="x") for n in range(MAX_AUTOMATIC_PER_HOUR + 1)]
    assert [out is None for out in sent] == [False] * MAX_AUTOMATIC_PER_HOUR + [True]

    number.daily_cap = MAX_AUTOMATIC_PER_HOUR
    assert queue_sms(once="more", number=number, to="+4915100000000", text="x", is_automatic=False) is None
    assert set(SmsOut.objects.filter(once__in=["20", "more"]).values_list("state", flat=True)) == {SmsOut.HELD}


def test_the_solution_goes_by_text_and_an_answer_to_a_closed_ticket_follows_it(text_in, agent, run_reactions):
    text_in("No water")
    ticket = Ticket.objects.get()
    solve_ticket(ticket, by=agent, solution="Valve replaced.")
    run_reactions()
    assert "Valve replaced." in SmsOut.objects.latest("pk").text

    close_ticket(ticket, by=agent)
    text_in(f"#{ticket.number} is dry again", "SMin2")
    assert Ticket.objects.count() == 2


def test_a_person_who_is_erased_leaves_no_text_and_no_number(text_in, agent):
    sms = text_in("No water")
    ticket = Ticket.objects.get()
    out = answer(ticket, agent)
    SmsOut.objects.filter(pk=out.pk).update(state=SmsOut.SENT)
    text_in("stop", "SMin2")
    forget_in_channels(Person(contact_id=ticket.contact_id, name="", addresses=frozenset(), phones=frozenset({THEIRS})))

    assert set(SmsIn.objects.values_list("sender", "text")) == {("", "")}
    assert set(SmsOut.objects.values_list("to", "text")) == {("", "")}
    assert (sms.provider_id, SmsStop.objects.count()) == (SmsIn.objects.earliest("pk").provider_id, 0)


def test_texts_are_counted_in_parts_and_no_character_is_torn():
    assert [count_parts(text) for text in ("a" * 160, "a" * 161, "€" * 80, "€" * 81, "ж" * 70, "ж" * 71)] == [
        1, 2, 1, 2, 1, 2,
    ]  # fmt: skip
    for text in ("[€]" * 200, "😀" * 200, "Zürich `naïve` ж" * 30, "Grüße, §1\n"):
        encoded = encode(text)
        assert "".join(decode(part, 0 if encoded.is_gsm else 8) for part in encoded.parts) == text
        assert max(map(len, encoded.parts)) <= 153


def test_an_answer_goes_by_mail_or_by_sms_as_chosen_and_files_only_by_mail(
    text_in: Callable[..., SmsIn], team: Team, agent: Agent, run_reactions: Callable[[], int]
) -> None:
    ticket = text_in("No water").message.ticket
    add_identity(ticket.contact, kind=Identity.EMAIL, value="mia@home.example", by=agent)
    by_mail = send_message(ticket, by=agent, agent=agent, html="<p>See the map.</p>", way="email")
    assert (by_mail.channel, by_mail.to, by_mail.goes_by_sms) == ("email", ["mia@home.example"], False)

    wrote = make_ticket(team=team, contact=ticket.contact)
    by_sms = send_message(wrote, by=agent, agent=agent, html="<p>On our way.</p>", way="sms")
    assert (by_sms.channel, by_sms.to, by_sms.cc, by_sms.goes_by_sms) == ("sms", [THEIRS], [], True)

    draft = save_draft(ticket, agent=agent, kind="reply", body_html="<p>x</p>")
    attach_to_draft(draft, IncomingFile(filename="map.txt", stream=BytesIO(b"here")))
    with pytest.raises(Refused, match="Files do not go by SMS"):
        send_message(ticket, by=agent, agent=agent, html="<p>Here.</p>")
    assert send_message(ticket, by=agent, agent=agent, html="<p>Here.</p>", way="email").attachments.count() == 1
    with pytest.raises(Refused, match="no phone number"):
        send_message(make_ticket(team=team), by=agent, agent=agent, html="<p>x</p>", way="sms")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("+49 30 123456", "+4930123456"),
        ("0049 30 123456", "+4930123456"),
        ("+49 12", ""),
        ("+12", ""),
        ("81000", "81000"),
    ],
)
def test_a_number_of_ours_is_written_to_its_end(written: str, kept: str) -> None:
    assert own_number(written) == kept
