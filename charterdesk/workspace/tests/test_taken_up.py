"""A macro in the composer: shown as it was when chosen wherever the draft is opened, and done once as it is sent."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from charterdesk.people.models import Agent, Role
from charterdesk.people.testing import make_agent
from charterdesk.tickets.actions import remove_macro, save_macro
from charterdesk.tickets.models import Draft, Macro, Ticket

TAG = {"operation": "tickets.tag", "args": {"add": ["flushed"]}}
URGENT = {"operation": "tickets.prioritise", "args": {"priority": 1}}
MINE = {"operation": "tickets.assign", "args": {"agent": "me"}}
ONCE = "a" * 32


@pytest.fixture
def macro(agent: Agent) -> Macro:
    made = Macro()
    save_macro(made, by=agent, name="Flushed", texts={"en": "<p>Hello {customer}</p>"}, steps=[TAG, URGENT, MINE])
    return made


@pytest.fixture
def path(ticket: Ticket) -> str:
    return f"/desk/tickets/{ticket.number}"


def chosen(desk: Client, path: str, macro: Macro, *steps: int) -> dict[str, Any]:
    """What the composer sends of `macro` when `steps` are left on."""
    found = desk.get(f"{path}/macros/{macro.pk}", headers={"Accept": "application/json"}).json()
    return {"html": found["html"], "kind": "reply", "taken_up": seal_in(found["steps"]), "step": [*steps], "once": ONCE}


def may_do(agent: Agent, *more: str) -> None:
    """From now on they may read and work on tickets, and `more`, and nothing else."""
    agent.free_role = Role.objects.create(name="Trainee", permissions=["tickets.read", "tickets.work", *more])
    agent.save()


def seal_in(html: str) -> str:
    (seal,) = re.findall(r'name="taken_up" value="([^"]*)"', html)
    return str(seal)


def shown(desk: Client, path: str) -> tuple[list[tuple[str, str]], str, str]:
    """The steps in the composer with what their boxes say; the seal beside them; the words below."""
    page = desk.get(f"{path}/").content.decode()
    boxes = re.findall(r'name="step" value="\d+"([^>]*)> <span>([^<]*)</span>', page)
    other = re.findall(r'<span class="faint tiny">(The macro is [^<]*)</span>', page)
    return [(unescape(words), state.strip()) for state, words in boxes], seal_in(page), "".join(other)


def test_a_draft_opened_elsewhere_shows_the_macro_as_it_was_and_sending_does_what_was_left_on(
    desk, sign_in, agent, ticket, path, macro, fragment
):
    desk.post(f"{path}/draft", chosen(desk, path, macro, 0, 2))
    other = sign_in(agent)
    boxes, seal, by_now = shown(other, path)

    assert boxes == [("+flushed", "checked"), ("priority: urgent", ""), ("give it to you", "checked")]
    assert by_now == ""
    sent = {"kind": "reply", "html": "<p>Hello</p>", "taken_up": seal, "step": ["0", "2"], "once": "b" * 32}
    for _twice in range(2):
        assert other.post(f"{path}/messages", sent, headers=fragment).status_code == 200
    ticket.refresh_from_db()
    assert (ticket.tags, ticket.priority, ticket.assignee) == (["flushed"], 3, agent)
    assert (ticket.messages.filter(direction="out").count(), Macro.objects.get().used) == (1, 1)
    assert not Draft.objects.exists()


@pytest.mark.parametrize("is_removed", [False, True])
def test_a_macro_changed_or_removed_meanwhile_does_what_was_shown_and_the_composer_says_so(
    desk, agent, ticket, path, macro, fragment, is_removed
):
    desk.post(f"{path}/draft", chosen(desk, path, macro, 0))
    if is_removed:
        remove_macro(macro, by=agent)
    else:
        save_macro(macro, by=agent, steps=[{"operation": "tickets.solve", "args": {"solution": "Done."}}])
    boxes, seal, by_now = shown(desk, path)

    assert boxes == [("+flushed", "checked"), ("priority: urgent", ""), ("give it to you", "")]
    assert by_now.startswith("The macro is another by now, or gone.")
    desk.post(
        f"{path}/messages", {"kind": "reply", "html": "<p>Hi</p>", "taken_up": seal, "step": ["0"]}, headers=fragment
    )
    ticket.refresh_from_db()
    assert (ticket.tags, ticket.status) == (["flushed"], Ticket.NEW)


def test_a_macro_taken_off_is_off_the_draft_too(desk, path, macro):
    sent = chosen(desk, path, macro, 0, 1, 2)
    desk.post(f"{path}/draft", sent)
    desk.post(f"{path}/draft", {**sent, "taken_up": ""})

    assert Draft.objects.get().taken_up == {}
    assert "Done on sending" not in desk.get(f"{path}/").content.decode()


def test_what_a_page_still_had_to_keep_when_it_was_sent_makes_no_new_draft(desk, path, macro, fragment):
    sent = chosen(desk, path, macro, 0)
    desk.post(f"{path}/messages", sent, headers=fragment)

    assert desk.post(f"{path}/draft", sent).json() == {"saved_at": None}
    assert not Draft.objects.exists()


def test_a_note_sent_twice_does_its_macro_once(desk, path, macro, ticket, fragment):
    sent = {**chosen(desk, path, macro, 0), "kind": "note"}
    for _twice in range(2):
        desk.post(f"{path}/messages", sent, headers=fragment)

    assert (ticket.messages.filter(direction="note").count(), Macro.objects.get().used) == (1, 1)


def test_a_step_its_writer_may_not_do_by_now_is_named_and_nothing_is_sent(desk, path, macro, ticket, agent, fragment):
    sent = chosen(desk, path, macro, 0, 2)
    desk.post(f"{path}/draft", sent)
    may_do(agent, "tickets.answer")

    refused = desk.post(f"{path}/messages", sent, headers=fragment)
    boxes, _seal, _by_now = shown(desk, path)

    assert refused.status_code == 422
    assert "You may not do this here: give it to you. Leave it out and send again." in refused.content.decode()
    assert not ticket.messages.filter(direction="out").exists()
    assert boxes == [("+flushed", "checked"), ("priority: urgent", ""), ("give it to you", "disabled")]


def test_steps_that_the_desk_did_not_write_are_not_done_and_the_text_is_kept(desk, path, macro, ticket, fragment):
    sent = chosen(desk, path, macro, 0)
    forged = {**sent, "taken_up": "x" + sent["taken_up"]}

    refused = desk.post(f"{path}/messages", forged, headers=fragment)
    kept = desk.post(f"{path}/draft", forged)

    assert (refused.status_code, kept.status_code) == (422, 200)
    assert "Choose the macro again." in refused.content.decode()
    assert (Draft.objects.get().body_html, Draft.objects.get().taken_up) == ("<p>Hello Mia Miller</p>", {})
    ticket.refresh_from_db()
    assert ticket.tags == []


def test_a_macro_one_may_not_use_is_not_offered(ticket, path, macro, sign_in, team):
    reader = make_agent("Ben", teams=(team,))
    before = sign_in(reader).get(f"{path}/macros?q=flu", headers={"HX-Request": "true"}).content.decode()
    may_do(reader, "tickets.answer")
    after = sign_in(reader).get(f"{path}/macros?q=flu", headers={"HX-Request": "true"}).content.decode()

    assert ("Flushed" in before, "Flushed" in after) == (True, False)
