"""Customers hear of as much as they chose."""

from collections.abc import Callable

import pytest

from charterdesk.people.actions.branding import add_brand, publish_brand
from charterdesk.people.actions.customers import choose_mails
from charterdesk.people.branding import Look
from charterdesk.people.models import CustomerChoice
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.tickets.actions import pause_ticket, release_message, send_message, send_template
from charterdesk.tickets.models import Message, Ticket
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db(transaction=True)


def told(ticket: Ticket) -> list[str]:
    return list(ticket.messages.exclude(template="").order_by("pk").values_list("template", flat=True))


@pytest.mark.parametrize(
    ("mails", "templates"),
    [(CustomerChoice.STEPS, ["acknowledgement", "step"]), (CustomerChoice.ANSWERS, ["acknowledgement"]), ("none", [])],
)
def test_customers_get_the_mails_they_chose_and_no_others(
    run_reactions: Callable[[], int], mails: str, templates: list[str]
) -> None:
    agent = make_agent(teams=(make_team("Leaks"),), state="away")
    mia = make_contact("Mia", email="mia@home.example")
    choose_mails(mia, by=mia, mails=mails)
    ticket = make_ticket(team=agent.teams.get(), contact=mia)
    send_template(ticket, by="system", template="acknowledgement")
    pause_ticket(ticket, by=agent, status="pending")
    run_reactions()
    run_reactions()

    assert told(ticket) == templates


def test_an_answer_to_somebody_who_wants_no_mails_stands_on_their_page_alone() -> None:
    agent = make_agent(teams=(make_team("Leaks"),))
    mia = make_contact("Mia", email="mia@home.example")
    choose_mails(mia, by=mia, mails=CustomerChoice.NONE)
    ticket = make_ticket(team=agent.teams.get(), contact=mia)
    answer = send_message(ticket, by=agent, agent=agent, html="<p>Done</p>")
    release_message(answer.pk, by=agent)

    answer.refresh_from_db()
    assert (answer.to, answer.delivery, answer in Message.objects.public()) == ([], "", True)


def test_a_mail_comes_from_the_brand_and_leads_to_its_host() -> None:
    team = make_team("Leaks")
    brand = add_brand(by="system", host="help.river.example", look=Look(sender_name="River Water"), teams=[team])
    publish_brand(brand, by="system")
    ticket = make_ticket(team=team, contact=make_contact("Mia", email="mia@home.example"))
    message = send_template(ticket, by="system", template="acknowledgement")

    assert message is not None
    assert message.author_name == "River Water"
    assert "//help.river.example" in message.body_text
