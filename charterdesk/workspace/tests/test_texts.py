"""The texts the desk sends are written by form, by language and team, and tried before they are sent."""

from email import message_from_bytes, policy

import pytest

from charterdesk.channels.models import Outgoing
from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent, make_team
from charterdesk.tickets.models import OwnText, Ticket
from charterdesk.tickets.own_texts import TEXTS, original
from charterdesk.tickets.templating import render_texts
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db

PATH = "/desk/admin/texts/acknowledgement/en"
OWN = {"subject": "Got it: {{ subject }}", "text": "Dear {{ customer }},\n\nby {{ first_reply_due }}.\n\nBye"}


@pytest.fixture
def administrator(team, sign_in):
    return sign_in(make_agent("Ann", role=Agent.ADMINISTRATOR, email="ann@desk.example"))


def sent(ticket: Ticket) -> tuple[str, str]:
    (rendered,) = render_texts([("acknowledgement", ticket)])
    return rendered.subject, rendered.text


def test_a_teams_own_text_comes_before_the_desks_own_and_that_before_ours(administrator, team, ticket):
    elsewhere = make_ticket(team=make_team("Billing"), contact=ticket.contact)
    ours = sent(ticket)[1]
    administrator.post(PATH, OWN)
    administrator.post(f"{PATH}?team={team.pk}", {**OWN, "subject": "Leaks here"})

    assert sent(ticket)[0] == "Leaks here"
    assert sent(elsewhere) == (f"Got it: {elsewhere.subject}", "Dear Mia Miller,\n\nBye\n")
    administrator.post(f"{PATH}/default", {"team": team.pk})
    administrator.post(f"{PATH}/default")
    assert (sent(ticket)[1], OwnText.objects.count()) == (ours, 0)


def test_a_fact_that_does_not_exist_is_refused_by_name(administrator):
    answer = administrator.post(PATH, {**OWN, "text": "Hello {{ password }}"})

    assert (answer.status_code, OwnText.objects.count()) == (422, 0)
    assert "password" in answer.content.decode()


def test_a_text_is_shown_with_a_real_ticket_and_mailed_to_oneself_before_it_is_saved(administrator, ticket):
    shown = administrator.post(PATH, {**OWN, "preview": "1", "ticket": ticket.number}).content.decode()
    administrator.post(PATH, {**OWN, "try": "1", "ticket": ticket.number})
    mail = message_from_bytes(bytes(Outgoing.objects.get().raw), policy=policy.default)

    assert f"Got it: {ticket.subject}" in shown
    assert (mail["To"], mail["Subject"]) == ("ann@desk.example", f"Got it: {ticket.subject}")
    assert OwnText.objects.count() == 0


@pytest.mark.parametrize("language", ["en", "de", "ar"])
@pytest.mark.parametrize("name", sorted(TEXTS))
def test_our_texts_can_be_taken_as_a_beginning(administrator, ticket, name, language):
    subject, text = original(name, language)
    answer = administrator.post(f"/desk/admin/texts/{name}/{language}", {"subject": subject, "text": text})

    assert answer.status_code == 302
    assert administrator.get("/desk/admin/texts").status_code == 200
