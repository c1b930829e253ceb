"""What agents and customers find of tickets, and what they no longer find."""

import pytest

from charterdesk.base.keys import SYSTEM
from charterdesk.people.models import Agent
from charterdesk.people.search import reader_of
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.people.viewer import NOBODY, Viewer, viewer_of_agent
from charterdesk.search.index import index_noted
from charterdesk.search.queries import search
from charterdesk.search.rebuild import rebuild
from charterdesk.tickets.actions import (
    Incoming,
    add_note,
    change_requester,
    merge_ticket,
    move_ticket,
    receive_message,
    redact_message,
    solve_ticket,
    undo_merge,
)
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


def customer_viewer(contact) -> Viewer:
    return Viewer(key=contact.key, name="", role="customer", contact_id=contact.pk)


@pytest.fixture
def settle(run_reactions):
    """Have the worker hear everything, and the index brought up to date."""

    def run() -> None:
        run_reactions()
        index_noted()

    return run


def found(text: str, viewer: Viewer) -> set[str]:
    return {hit.source for hit in search(text, reader=reader_of(viewer)).hits}


def test_a_new_request_is_found_by_its_number_its_subject_its_words_and_its_customer(team, agent, settle):
    contact = make_contact("Zoe Quill", email="zoe@quill.example")
    ticket = make_ticket(team=team, contact=contact, subject="Cracked hydrant", text="It gushes on Elm Lane.")
    settle()
    viewer = viewer_of_agent(agent)

    for asked in (str(ticket.number), f"#{ticket.number}", "hydrants", "Quill", "zoe@quill.example"):
        assert ticket.key in found(asked, viewer), asked
    assert found("gushing", viewer) == {ticket.messages.get(direction="in").key}


def test_another_team_finds_nothing_of_it_and_management_does(ticket, settle):
    settle()
    stranger = viewer_of_agent(make_agent("Eve", teams=(make_team("Billing"),)))
    manager = viewer_of_agent(make_agent("Max", role=Agent.MANAGER))

    assert found("water", stranger) == set()
    assert found("water", NOBODY) == set()
    assert found("water", manager) == {ticket.key, ticket.messages.get(direction="in").key}


def test_a_customer_finds_their_own_messages_but_no_notes_and_nobody_else_s(ticket, agent, settle):
    add_note(ticket, by=agent, agent=agent, html="<p>The water customer is rude.</p>")
    settle()

    own = found("water", customer_viewer(ticket.contact))
    assert own == {ticket.key, ticket.messages.get(direction="in").key}
    assert found("rude", customer_viewer(ticket.contact)) == set()
    assert found("water", customer_viewer(make_contact("Other"))) == set()
    assert len(found("rude", viewer_of_agent(agent))) == 1


def test_a_ticket_that_moves_is_found_by_its_new_team_and_no_longer_by_the_old_one(ticket, agent, settle):
    settle()
    billing = make_team("Billing")
    clerk = viewer_of_agent(make_agent("Eve", teams=(billing,)))
    move_ticket(ticket, by=SYSTEM, team=billing)

    assert found("water", viewer_of_agent(agent)) == set()  # at once: the tickets themselves are asked
    settle()

    assert found("water", viewer_of_agent(agent)) == set()
    assert found("water", clerk) == {ticket.key, ticket.messages.get(direction="in").key}


def test_what_was_redacted_is_no_longer_found_even_before_the_index_hears_of_it(ticket, agent, settle):
    message = receive_message(ticket, Incoming(contact=ticket.contact, text="My secret is 99887766."), by=SYSTEM)
    settle()
    viewer = viewer_of_agent(agent)
    assert found("99887766", viewer) == {message.key}

    redact_message(message, by=SYSTEM)

    assert found("99887766", viewer) == set()
    settle()
    assert found("99887766", viewer) == set()


def test_messages_of_a_merged_ticket_are_found_under_the_other_and_come_back(team, agent, settle):
    one, other = make_ticket(team=team, text="Geyser in the yard."), make_ticket(team=team)
    settle()
    viewer = viewer_of_agent(agent)
    merge = merge_ticket(one, into=other, by=SYSTEM)
    settle()
    (hit,) = search("geyser", reader=reader_of(viewer)).hits
    assert hit.parent == other.key

    undo_merge(merge, by=SYSTEM)
    settle()

    (hit,) = search("geyser", reader=reader_of(viewer)).hits
    assert hit.parent == one.key


def test_the_former_requester_finds_nothing_any_more(ticket, settle):
    settle()
    former, new = ticket.contact, make_contact("New Person")
    change_requester(ticket, by=SYSTEM, contact=new)
    settle()

    assert found("water", customer_viewer(former)) == set()
    assert found("water", customer_viewer(new)) == {ticket.key, ticket.messages.get(direction="in").key}


def test_a_solution_is_found(ticket, agent, settle):
    solve_ticket(ticket, by=agent, solution="Replaced the solenoid.")
    settle()

    assert ticket.key in found("solenoid", viewer_of_agent(agent))


def test_everything_is_found_again_after_a_rebuild(ticket, agent):
    assert found("water", viewer_of_agent(agent)) == set()

    for kind in ("message", "ticket"):
        from_scratch = rebuild(kind)
        assert from_scratch > 0

    assert found("water", viewer_of_agent(agent)) == {ticket.key, ticket.messages.get(direction="in").key}
