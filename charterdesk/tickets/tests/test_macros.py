"""Macros: a text in the customer's language, and deeds, all of it or nothing."""

import pytest

from charterdesk.base.refused import Refused
from charterdesk.events.skipped import SO_ALREADY
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.people.viewer import viewer_of_agent
from charterdesk.tickets.actions import apply_macro, save_draft, save_macro
from charterdesk.tickets.actions.templates import remove_template, save_template
from charterdesk.tickets.actions.texts import NO_NUMBER
from charterdesk.tickets.macros import fits, text_for
from charterdesk.tickets.models import Draft, Macro, Message, Ticket
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(db):
    return make_team("Leaks")


@pytest.fixture
def agent(team):
    return make_agent("Ada Brook", teams=(team,))


@pytest.fixture
def ticket(team):
    mia = make_contact("Mia <Miller>", language="de")
    return make_ticket(team=team, contact=mia, subject="Braunes Wasser", language="de")


@pytest.fixture
def make_macro(agent):
    def made(**fields):
        macro = Macro()
        save_macro(macro, by=agent, **{"name": "Flushed", **fields})
        return macro

    return made


def test_a_text_is_taken_in_the_customers_language_and_filled_in_safely(make_macro, ticket, agent):
    macro = make_macro(texts={"en": "<p>Hello {customer}</p>", "de": "<p>Hallo {customer}, #{reference}. {agent}</p>"})

    assert text_for(macro, ticket, agent)[1] == f"<p>Hallo Mia &lt;Miller&gt;, #{ticket.number}. Ada Brook</p>"
    ticket.language = "fr"
    assert text_for(macro, ticket, agent)[1] == "<p>Hello Mia &lt;Miller&gt;</p>"


def test_a_macro_says_what_its_template_says_now_in_the_customers_language(make_macro, ticket, agent):
    texts = {"en": {"html": "<p>Dear {{ customer }}</p>"}, "de": {"html": "<p>Hallo {{ customer }}, {{ agent }}</p>"}}
    template = save_template(None, by=agent, name="Greeting", texts=texts).template
    with pytest.raises(Refused, match="no such text"):
        make_macro(template="own:nothing")
    macro = make_macro(template=template.reference)

    assert text_for(macro, ticket, agent) == ("de", "<p>Hallo Mia &lt;Miller&gt;, Ada Brook</p>")
    save_template(template, by=agent, name="Greeting", texts={"en": {"html": "<p>Good day, {{ customer }}</p>"}})
    message = apply_macro(ticket, macro=macro, agent=agent, by=agent).message
    assert message and message.body_text.strip() == "Good day, Mia <Miller>"
    with pytest.raises(Refused, match="Flushed"):
        remove_template(template, by=agent)


def test_a_text_that_nobody_can_fill_in_is_refused_and_a_dangerous_one_made_safe(make_macro):
    with pytest.raises(Refused, match="password"):
        make_macro(texts={"en": "<p>{password}</p>"})

    assert make_macro(texts={"en": "<p onclick=x>Hi</p><script>1</script>"}).texts == {"en": "<p>Hi</p>"}


def test_a_macro_answers_tags_and_assigns_in_one_and_is_counted(make_macro, ticket, agent):
    macro = make_macro(
        texts={"de": "<p>Gespült.</p>"},
        steps=[
            {"operation": "tickets.assign", "args": {"agent": "me"}},
            {"operation": "tickets.tag", "args": {"add": ["flushed"]}},
            {"operation": "tickets.add_items", "args": {"items": ["Call back", "call  back"]}},
            {"operation": "tickets.pause", "args": {"status": "pending"}},
        ],
    )

    apply_macro(ticket, macro=macro, agent=agent, by=agent)

    ticket.refresh_from_db()
    macro.refresh_from_db()
    assert (ticket.assignee, ticket.tags, ticket.status) == (agent, ["flushed"], Ticket.PENDING)
    assert [item.text for item in ticket.checklist.all()] == ["Call back"]
    assert ticket.messages.get(direction=Message.OUT).body_text == "Gespült."
    assert macro.used == 1


def test_a_macro_says_which_of_its_steps_came_to_nothing_and_why(make_macro, ticket, agent):
    steps = [
        {"operation": "tickets.assign", "args": {"agent": "me"}},
        {"operation": "tickets.send_sms", "args": {"text": "We are on it"}},
        {"operation": "tickets.tag", "args": {"add": ["flushed"]}},
    ]
    macro = make_macro(steps=steps)

    assert apply_macro(ticket, macro=macro, agent=agent, by=agent).skips == {1: NO_NUMBER}
    again = apply_macro(ticket, macro=macro, agent=agent, by=agent)
    assert again.skips == {0: SO_ALREADY, 1: NO_NUMBER, 2: SO_ALREADY}
    assert again.message is None


def test_a_step_that_is_refused_leaves_nothing_done(make_macro, ticket, agent):
    stranger = make_agent("Otto", teams=(make_team(),))
    macro = make_macro(
        texts={"en": "<p>Hi</p>"}, steps=[{"operation": "tickets.assign", "args": {"agent": stranger.key}}]
    )

    with pytest.raises(Refused, match="not in this ticket's team"):
        apply_macro(ticket, macro=macro, agent=agent, by=agent)

    assert not ticket.messages.filter(direction=Message.OUT).exists()
    assert Macro.objects.get().used == 0


def test_what_an_agent_is_writing_is_not_sent_by_a_macro(make_macro, ticket, agent):
    save_draft(ticket, agent=agent, kind="reply", body_html="<p>Half</p>")

    apply_macro(ticket, macro=make_macro(texts={"en": "<p>Hi</p>"}), agent=agent, by=agent)

    assert Draft.objects.get().body_html == "<p>Half</p>"


def test_a_condition_says_on_which_tickets_a_macro_is_offered(make_macro, ticket):
    macro = make_macro(
        texts={"en": "<p>Hi</p>"}, condition={"all": [{"field": "ticket.type", "op": "in", "value": ["order"]}]}
    )

    assert not fits(macro, ticket)
    ticket.type = "order"
    assert fits(macro, ticket)


def test_macros_are_seen_by_their_owner_their_team_or_everybody(make_macro, agent, team):
    mine = make_macro(texts={"en": "x"}, agent=agent)
    ours = make_macro(texts={"en": "x"}, team=team)
    shared = make_macro(texts={"en": "x"})
    make_macro(texts={"en": "x"}, team=make_team("Board"))
    make_macro(texts={"en": "x"}, agent=make_agent("Ben", teams=(team,)))

    assert set(Macro.objects.visible_to(viewer_of_agent(agent))) == {mine, ours, shared}


def test_what_is_no_deed_on_a_ticket_is_no_step(make_macro):
    with pytest.raises(ValueError, match=r"can't do tickets\.release_message"):
        make_macro(steps=[{"operation": "tickets.release_message", "args": {"message_id": 1}}])
