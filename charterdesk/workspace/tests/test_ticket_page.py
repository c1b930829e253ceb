"""A ticket's page: the whole conversation, for who may read it and nobody else."""

import html
import io
import json
import re

import pytest

from charterdesk.base.html import clean_html
from charterdesk.channels.models import RawMail
from charterdesk.channels.testing_sms import make_number
from charterdesk.events.topics import read_token
from charterdesk.people.actions import add_identity, notify
from charterdesk.people.models import Identity, Notice
from charterdesk.people.testing import make_agent, make_contact
from charterdesk.tickets.actions import (
    Incoming,
    add_note,
    assign_ticket,
    forward_ticket,
    merge_ticket,
    receive_message,
    redact_message,
    solve_ticket,
)
from charterdesk.tickets.actions.files import IncomingFile
from charterdesk.tickets.actions.grading import grade_ticket
from charterdesk.tickets.models import Message
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 16


def url(ticket) -> str:
    return f"/desk/tickets/{ticket.number}/"


def test_another_teams_ticket_does_not_exist_for_the_agent(desk, foreign):
    for path in ("", "people", "ask/merge", "before/999999"):
        assert desk.get(url(foreign) + path).status_code == 404


def test_the_page_shows_messages_notes_and_what_happened(desk, ticket, agent):
    assign_ticket(ticket, agent=agent, by=agent)
    add_note(ticket, by=agent, agent=agent, html="<p>Call Ronan first.</p>")

    page = desk.get(url(ticket)).content.decode()

    assert "No water since this morning." in page
    assert "Call Ronan first." in page
    assert "Ada Brook took it" in page


def test_html_from_outside_is_shown_without_anything_that_runs(desk, ticket):
    html = '<p>Hello</p><img src="cid:pic"><img src="cid:gone">'
    file = IncomingFile(filename="a.png", stream=io.BytesIO(PNG), content_type="image/png", content_id="<pic>")
    receive_message(ticket, Incoming(contact=ticket.contact, text="Hello", html=html, files=[file]), by="system")
    attachment = ticket.messages.last().attachments.get()

    page = desk.get(url(ticket)).content.decode()

    assert f'<img src="/desk/files/{attachment.pk}?show=1" loading="lazy">' in page
    assert "cid:" not in page


def test_quotes_are_folded_and_the_whole_message_is_in_its_menu(desk, ticket):
    incoming = Incoming(
        contact=ticket.contact, text="Yes.", quoted="> Is it clear?", html="<p>Yes.</p><q>Is it clear?</q>"
    )
    message = receive_message(ticket, incoming, by="system")

    page = desk.get(url(ticket)).content.decode()

    assert "&gt; Is it clear?" in page
    assert f"/desk/messages/{message.pk}/menu" in page
    assert f"/desk/messages/{message.pk}/whole" in desk.get(f"/desk/messages/{message.pk}/menu").content.decode()
    assert "<q>Is it clear?</q>" in desk.get(f"/desk/messages/{message.pk}/whole").content.decode()


def test_a_long_conversation_comes_in_stretches_without_gaps(desk, ticket):
    for number in range(75):
        receive_message(ticket, Incoming(contact=ticket.contact, text=f"Line {number:02}."), by="system")

    first = desk.get(url(ticket))
    shown, timeline = [], first.context["timeline"]
    while True:
        shown = [item.message.pk for item in timeline.items if item.message] + shown
        if timeline.earlier is None:
            break
        timeline = desk.get(f"{url(ticket)}before/{timeline.earlier}").context["timeline"]

    assert shown == list(ticket.messages.order_by("pk").values_list("pk", flat=True))
    assert len([item for item in first.context["timeline"].items if item.message]) == 30


def test_a_ticket_page_costs_few_statements(desk, ticket, agent, django_assert_max_num_queries):
    assign_ticket(ticket, agent=agent, by=agent)
    for number in range(20):
        receive_message(ticket, Incoming(contact=ticket.contact, text=f"{number}"), by="system")
    forward_ticket(ticket, by=agent, agent=agent, address="lab@example.org", html="<p>?</p>")
    make_ticket(team=ticket.team, contact=ticket.contact)

    with django_assert_max_num_queries(15):
        assert desk.get(url(ticket)).status_code == 200


def test_what_the_customer_said_of_the_solution_is_asked_for_where_they_said_something(desk, ticket, agent):
    solve_ticket(ticket, by=agent, solution="Valve replaced.")
    assert f"{url(ticket)}settled" not in desk.get(url(ticket)).content.decode()

    grade_ticket(ticket, by=ticket.contact, score=4)
    assert f"{url(ticket)}settled" in desk.get(url(ticket)).content.decode()


def test_the_way_to_the_stream_comes_with_the_ticket(desk, ticket):
    (said,) = re.findall(r'data-way="([^"]+)"', desk.get(url(ticket)).content.decode())
    way = json.loads(html.unescape(said))

    assert way["topics"] == {str(ticket.number): ticket.key}
    assert ticket.key in read_token(way["token"]).topics


def test_an_answer_goes_by_sms_or_mail_where_both_reach_the_customer(desk, ticket, agent, team):
    add_identity(ticket.contact, kind=Identity.PHONE, value="+4915112345678", by=agent)
    assert 'name="way"' not in desk.get(url(ticket)).content.decode()  # no number is in use here

    make_number(team)
    assert 'name="way"' in desk.get(url(ticket)).content.decode()
    desk.post(url(ticket) + "messages", {"kind": "reply", "text": "On our way.", "way": "sms"})
    sent = ticket.messages.get(direction=Message.OUT)
    assert (sent.channel, sent.to) == ("sms", ["+4915112345678"])


def test_opening_a_ticket_reads_its_notices(desk, ticket, agent):
    notify([agent.pk], code="ticket.assigned", about=ticket.key, by="system")
    assert "is-unread" in desk.get("/desk/inbox/open/").content.decode()

    desk.get(url(ticket))

    assert not Notice.objects.filter(agent=agent, read_at=None).exists()


def test_a_redacted_message_says_so_and_nothing_else(desk, ticket, agent):
    redact_message(ticket.messages.get(), by=agent)

    page = desk.get(url(ticket)).content.decode()

    assert "No water since this morning" not in page
    assert "The content was taken out." in page


def test_a_merged_ticket_points_to_where_it_goes_on_and_can_be_undone_there(desk, ticket, agent):
    into = make_ticket(team=ticket.team, subject="Main burst")
    merge = merge_ticket(ticket, into=into, by=agent)

    assert f"#{into.number}" in desk.get(url(ticket)).content.decode()
    assert f"merges/{merge.pk}/undo" in desk.get(url(into)).content.decode()


def test_links_to_tickets_one_may_not_see_are_not_told(desk, ticket, agent, foreign):
    from_there = ticket.links.create(other=foreign)

    page = desk.get(url(ticket)).content.decode()

    assert from_there.pk
    assert "Nobody may know" not in page


def test_a_third_partys_answer_stands_apart(desk, ticket, agent):
    forward_ticket(ticket, by=agent, agent=agent, address="lab@example.org", html="<p>Is it iron?</p>")
    thread = ticket.side_threads.get()
    lab = Incoming(contact=make_contact("Lab", email="lab@example.org"), text="Yes, iron.")
    receive_message(ticket, lab, by="system", side_thread=thread)

    views = [item.message for item in desk.get(url(ticket)).context["timeline"].items if item.message]

    assert [(view.side, view.kind) for view in views[-2:]] == [
        ("is-note", "asked lab@example.org"),
        ("is-note third", "third party lab@example.org"),
    ]


def test_files_are_served_apart_with_safe_headers(desk, ticket):
    files = [
        IncomingFile(filename="x.html", stream=io.BytesIO(b"<script>1</script>"), content_type="text/html"),
        IncomingFile(filename="ö.png", stream=io.BytesIO(PNG), content_type="image/png"),
    ]
    receive_message(ticket, Incoming(contact=ticket.contact, text="See", files=files), by="system")
    page, picture = ticket.messages.last().attachments.order_by("pk")

    html = desk.get(f"/desk/files/{page.pk}?show=1")
    image = desk.get(f"/desk/files/{picture.pk}?show=1")

    assert html["Content-Type"] == "application/octet-stream"
    assert html["Content-Disposition"].startswith("attachment")
    assert html["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert (image["Content-Type"], image["Content-Disposition"][:6]) == ("image/png", "inline")
    assert b"".join(image.streaming_content) == PNG


def test_another_teams_files_and_messages_are_not_handed_out(desk, foreign):
    file = IncomingFile(filename="a.png", stream=io.BytesIO(PNG))
    receive_message(foreign, Incoming(contact=foreign.contact, text="See", files=[file]), by="system")
    message = foreign.messages.last()

    assert desk.get(f"/desk/files/{message.attachments.get().pk}").status_code == 404
    assert desk.get(f"/desk/messages/{message.pk}/whole").status_code == 404
    assert desk.post(f"/desk/messages/{message.pk}/redaction").status_code == 404
    assert Message.objects.get(pk=message.pk).redacted_at is None


def test_a_sender_who_is_not_proved_is_marked(desk, ticket):
    message = ticket.messages.get()
    RawMail.objects.create(raw=b"", size=0, source="smtp", message=message, verdicts={"spf": "fail", "dmarc": "fail"})

    page = desk.get(url(ticket))
    view = next(item.message for item in page.context["timeline"].items if item.message)

    assert view.checks == {"SPF": "fail", "DMARC": "fail"}
    assert "sender not proved" in page.content.decode()


REMOTE = clean_html('<p>Hello</p><img src="http://127.0.0.1/cat.png"><img src="https://x.example/dog.png">')


@pytest.fixture
def pictured(ticket):
    """A message with two remote pictures."""
    incoming = Incoming(contact=ticket.contact, text="Hello", html=REMOTE, author_address="mia@home.example")
    return receive_message(ticket, incoming, by="system")


def sources(page: str) -> int:
    return page.count(f'src="/desk/messages/{Message.objects.latest("pk").pk}/pictures/')


def test_remote_pictures_are_shown_only_when_asked_for_and_only_through_the_desk(desk, ticket, pictured):
    page = desk.get(url(ticket)).content.decode()
    assert "2 pictures lie elsewhere" in page
    assert sources(page) == 0
    assert desk.get(f"/desk/messages/{pictured.pk}/pictures/0").status_code == 403

    desk.post(f"/desk/messages/{pictured.pk}/pictures", {"once": "1"})
    page = desk.get(url(ticket)).content.decode()
    assert "lie elsewhere" not in page
    assert (sources(page), page.count("x.example/dog.png")) == (2, 0)
    assert desk.get(f"/desk/messages/{pictured.pk}/pictures/0").status_code == 404  # it lies in our own network
    assert desk.get(f"/desk/messages/{pictured.pk}/pictures/2").status_code == 404


def test_pictures_of_a_sender_an_agent_trusts_are_shown_to_them_and_to_nobody_else(
    desk, ticket, team, pictured, sign_in
):
    desk.post(f"/desk/messages/{pictured.pk}/pictures", {"always": "1"})
    incoming = Incoming(contact=ticket.contact, text="Again", html=REMOTE, author_address="Mia@home.example")
    later = receive_message(ticket, incoming, by="system")

    assert sources(desk.get(url(ticket)).content.decode()) == 2
    colleague = sign_in(make_agent("Bea", teams=(team,)))
    assert sources(colleague.get(url(ticket)).content.decode()) == 0

    mail = RawMail.objects.create(raw=b"", size=0, source="smtp", message=later, verdicts={"dmarc": "fail"})
    assert sources(desk.get(url(ticket)).content.decode()) == 0
    mail.delete()
