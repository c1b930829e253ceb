"""A ticket on paper: notes stay in the house unless asked for, and Arabic is joined and runs from the right."""

import json
import re
import zlib
from io import BytesIO

import pytest
from django.test import Client

from charterdesk.events.models import LoggedEvent
from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent, make_contact
from charterdesk.tickets.actions import Incoming, IncomingFile, add_note, receive_message, send_template
from charterdesk.tickets.events import OutsiderLooked
from charterdesk.tickets.links import status_link, status_token
from charterdesk.tickets.testing import make_ticket
from charterdesk.ui.ticket_paper import runs_from_right, typeset

pytestmark = pytest.mark.django_db


@pytest.fixture
def noted(ticket, agent):
    add_note(ticket, by=agent, agent=agent, html="<p>He was rude.</p>")
    return ticket


def test_notes_are_left_out_unless_asked_for(desk, noted):
    path = f"/desk/tickets/{noted.number}/print"

    assert "He was rude." not in desk.get(path).content.decode()
    assert "No water since this morning." in desk.get(path).content.decode()
    assert "He was rude." in desk.get(f"{path}?notes=1").content.decode()


def test_a_pdf_comes_as_a_file_that_holds_what_was_said(desk, noted):
    answer = desk.get(f"/desk/tickets/{noted.number}/pdf")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert f"ticket-{noted.number}.pdf" in answer["Content-Disposition"]
    assert answer.content.startswith(b"%PDF-")
    assert len(desk.get(f"/desk/tickets/{noted.number}/pdf?notes=1").content) > len(answer.content)


def test_a_look_on_paper_from_outside_the_team_is_kept(ticket):
    manager = make_agent("Max", role=Agent.MANAGER)
    client = Client()
    client.force_login(manager.login)
    client.get(f"/desk/tickets/{ticket.number}/pdf")

    assert LoggedEvent.objects.filter(code=OutsiderLooked.code, subject=manager.key).count() == 1


def data(text, **more):
    message = {"author": "Mia", "at": "09:11", "kind": "", "note": False, "text": text, "rtl": False, "files": []}
    return {
        "title": "#1", "language": "en", "rtl": False, "facts": [], "solution": "", "solution_rtl": False,
        "solution_word": "", "files_word": "", "footer": "", "messages": [{**message, **more}],
    }  # fmt: skip


def test_arabic_is_set_in_its_own_font_with_letters_joined():
    made = typeset(data("\u0645\u0627\u0621", rtl=True))

    assert b"NotoSansArabic" in made
    # Joined, the word has other glyphs than its letters have when they stand apart.
    assert glyphs(made) != glyphs(typeset(data("\u0645 \u0627 \u0621", rtl=True)))


def glyphs(made):
    """The content of the first page, as drawn."""
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", made, re.DOTALL):
        try:
            text = zlib.decompress(found[1])
        except zlib.error:
            continue
        if b" Tf" in text:
            return sorted(re.findall(rb"<[0-9a-f]+>|\([^)]*\) ?Tj", text, re.IGNORECASE))
    raise AssertionError("no page in it")


def test_nothing_a_customer_writes_is_read_as_markup():
    made = typeset(data("#panic() *bold* $x$ ] ) \\ `code` <label> @ref"))

    assert made.startswith(b"%PDF-")


def test_a_text_runs_as_its_first_letters_do():
    assert runs_from_right("12: \u0645\u0631\u062d\u0628\u0627 Ada")
    assert not runs_from_right("12: Hello \u0645\u0631\u062d\u0628\u0627")


def test_a_ticket_of_another_team_is_not_printed(desk, foreign):
    for what in ("print", "pdf"):
        assert desk.get(f"/desk/tickets/{foreign.number}/{what}").status_code == 404


def test_an_arabic_ticket_is_printed(desk, team):
    subject = "\u062e\u0635\u0645\u0627\u0646 \u0641\u064a \u0623\u0643\u062a\u0648\u0628\u0631"
    arabic = make_ticket(team=team, contact=make_contact("Samer"), subject=subject, text=subject)

    assert b"NotoSansArabic" in desk.get(f"/desk/tickets/{arabic.number}/pdf").content


@pytest.fixture
def set_on_paper(monkeypatch):
    """What PDFs are set from, in place of setting them; a text each."""
    found: list[str] = []
    monkeypatch.setattr("charterdesk.ui.ticket_paper.typeset", lambda data: found.append(json.dumps(data)) or b"%PDF-")
    return found


def test_a_picture_in_the_text_is_named_in_the_pdf_which_does_not_show_it(desk, ticket, set_on_paper):
    picture = IncomingFile(filename="meter.png", stream=BytesIO(b"\x89PNG\r\n\x1a\n"), content_id="a", is_inline=True)
    html = '<p>See <img src="cid:a"></p>'
    incoming = Incoming(contact=ticket.contact, text="See", html=html, files=[picture])
    receive_message(ticket, incoming, by="system")

    desk.get(f"/desk/tickets/{ticket.number}/pdf")

    assert [message["files"] for message in json.loads(set_on_paper[0])["messages"]][-1] == ["meter.png"]


def test_the_customers_own_links_are_not_on_paper(desk, ticket, agent, set_on_paper):
    """Whoever holds one is taken for the customer."""
    link = status_link(ticket)
    html = f'<p>See <a href="{link}">{link}</a> or <a href="https://water.example/status/">how it is</a>.</p>'
    add_note(ticket, by=agent, agent=agent, html=html)
    receive_message(ticket, Incoming(contact=ticket.contact, text=f"I saw {link}/grade/5, thanks"), by="system")
    send_template(ticket, by="system", template="acknowledgement")
    page = desk.get(f"/desk/tickets/{ticket.number}/print?notes=1").content.decode()
    desk.get(f"/desk/tickets/{ticket.number}/pdf?notes=1")

    token = status_token(ticket)
    assert token in ticket.messages.get(template="acknowledgement").body_text
    assert (token in page, token in "".join(set_on_paper)) == (False, False)
    assert page.count("[link for the customer alone]") == 3
    assert "I saw [link for the customer alone], thanks" in page
    assert 'href="https://water.example/status/"' in page
