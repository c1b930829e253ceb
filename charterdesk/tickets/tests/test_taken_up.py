"""A macro taken up in a draft does what it did when it was chosen, once, whatever became of it since."""

import pytest

from charterdesk.base.refused import Refused
from charterdesk.events.models import LoggedEvent
from charterdesk.people.models import Agent, Role
from charterdesk.people.testing import make_agent, make_team
from charterdesk.people.viewer import viewer_of_agent
from charterdesk.tickets.actions import (
    call_back_message,
    discard_draft,
    remove_macro,
    save_draft,
    save_macro,
    send_message,
    take_steps,
    was_sent,
)
from charterdesk.tickets.models import Draft, Macro, Ticket
from charterdesk.tickets.policies import steps_beyond
from charterdesk.tickets.taken_up import TakenUp

pytestmark = pytest.mark.django_db
STEPS = [
    {"operation": "tickets.assign", "args": {"agent": "me"}},
    {"operation": "tickets.tag", "args": {"add": ["flushed"]}},
    {"operation": "tickets.prioritise", "args": {"priority": 1}},
]


@pytest.fixture
def macro(agent: Agent) -> Macro:
    made = Macro()
    save_macro(made, by=agent, name="Flushed", steps=STEPS)
    return made


def keep(ticket: Ticket, agent: Agent, taken_up: TakenUp | None) -> TakenUp | None:
    """What the draft says of the macro, read anew."""
    save_draft(ticket, agent=agent, kind="reply", body_html="<p>Half</p>", taken_up=taken_up)
    return TakenUp.from_value(Draft.objects.get(ticket=ticket, agent=agent).taken_up)


def test_a_draft_keeps_what_a_macro_did_when_it_was_chosen_and_which_steps_were_left_out(ticket, agent, macro):
    chosen = TakenUp(macro_id=macro.pk, name="Flushed", steps=STEPS, left_out=frozenset({2}))

    assert keep(ticket, agent, chosen) == chosen
    save_macro(macro, by=agent, name="Solved", steps=[{"operation": "tickets.solve", "args": {"solution": "Done."}}])
    remove_macro(macro, by=agent)
    kept = TakenUp.from_value(Draft.objects.get().taken_up)
    assert kept == chosen
    assert take_steps(ticket, taken_up=kept, agent=agent, by=agent) == {}

    ticket.refresh_from_db()
    assert (ticket.assignee, ticket.tags, ticket.priority, ticket.status) == (agent, ["flushed"], 3, Ticket.NEW)
    applied = LoggedEvent.objects.get(code="macro.applied")
    assert (applied.subject, applied.data["macro_id"]) == (ticket.key, chosen.macro_id)


def test_a_draft_kept_without_the_macro_has_it_no_more(ticket, agent, macro):
    keep(ticket, agent, TakenUp.of(macro))

    assert keep(ticket, agent, None) is None
    keep(ticket, agent, TakenUp.of(macro))
    discard_draft(ticket, agent=agent)
    assert not Draft.objects.exists()


def test_a_reply_called_back_is_a_draft_without_the_macro_that_was_done(ticket, agent, macro):
    keep(ticket, agent, TakenUp.of(macro))
    message = send_message(ticket, by=agent, agent=agent, html="<p>Flushed.</p>")
    keep(ticket, agent, TakenUp.of(macro))

    call_back_message(message, by=agent)

    assert (Draft.objects.get().body_html, Draft.objects.get().taken_up) == ("<p>Flushed.</p>", {})


def test_a_form_is_known_as_sent_once_it_was(ticket, agent):
    assert not was_sent(ticket, once="form:1")
    send_message(ticket, by=agent, agent=agent, html="<p>Hi</p>", once="form:1")

    assert (was_sent(ticket, once="form:1"), was_sent(ticket, once="form:2"), was_sent(ticket, once=None)) == (
        True, False, False,
    )  # fmt: skip


def test_steps_one_may_not_do_by_now_are_known_by_their_places(ticket, macro, team):
    ben = make_agent("Ben", teams=(team,))
    ben.free_role = Role.objects.create(name="Reader", permissions=["tickets.read"])
    ben.save()
    taken_up = TakenUp(macro_id=macro.pk, name="Flushed", steps=STEPS, left_out=frozenset({1}))

    assert steps_beyond(viewer_of_agent(ben), ticket, taken_up) == [0, 2]


def test_a_step_that_is_refused_leaves_nothing_done(ticket, agent, macro):
    stranger = make_agent("Otto", teams=(make_team(),))
    steps = [STEPS[1], {"operation": "tickets.assign", "args": {"agent": stranger.key}}]

    with pytest.raises(Refused, match="not in this ticket's team"):
        take_steps(ticket, taken_up=TakenUp(macro_id=macro.pk, name="x", steps=steps), agent=agent, by=agent)

    ticket.refresh_from_db()
    assert ticket.tags == []
    assert Macro.objects.get().used == 0
