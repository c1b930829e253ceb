"""What helps at a ticket: macros, checklists, putting off, parts of one ticket, suggestions to merge."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from charterdesk.base.clock import now
from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent, make_team
from charterdesk.people.viewer import viewer_of_agent
from charterdesk.tickets.actions import add_item, link_tickets, save_macro, snooze_ticket
from charterdesk.tickets.models import Link, Macro, Message, Snooze, Ticket
from charterdesk.tickets.queries import QUEUES, queue_counts, queue_page
from charterdesk.tickets.taken_up import TakenUp
from charterdesk.tickets.testing import make_ticket
from charterdesk.workspace.controls import nap_ends
from charterdesk.workspace.taken_up import sealed

pytestmark = pytest.mark.django_db


@pytest.fixture
def make_macro(agent):
    def made(**fields):
        macro = Macro()
        save_macro(macro, by=agent, **{"name": "Flushed", "texts": {"en": "<p>Hello {customer}</p>"}, **fields})
        return macro

    return made


def test_a_macro_is_found_by_its_words_looked_at_and_done_on_sending(desk, ticket, agent, fragment, make_macro):
    macro = make_macro(
        steps=[
            {"operation": "tickets.prioritise", "args": {"priority": 1}},
            {"operation": "tickets.tag", "args": {"add": ["flushed"]}},
        ]
    )
    path = f"/desk/tickets/{ticket.number}"

    assert "Flushed" in desk.get(f"{path}/macros?q=flu", headers=fragment).content.decode()
    assert "Flushed" not in desk.get(f"{path}/macros?q=bill", headers=fragment).content.decode()
    found = desk.get(f"{path}/macros/{macro.pk}", headers={"Accept": "application/json"}).json()
    assert (found["html"], found["kind"]) == ("<p>Hello Mia Miller</p>", "reply")
    assert "priority: urgent" in found["steps"] and "+flushed" in found["steps"]

    (seal,) = re.findall(r'name="taken_up" value="([^"]*)"', found["steps"])
    sent = {"kind": "reply", "html": found["html"], "taken_up": seal, "step": ["1"], "then": "pending"}
    desk.post(f"{path}/messages", sent, headers=fragment)
    ticket.refresh_from_db()
    assert (ticket.priority, ticket.tags, ticket.status) == (3, ["flushed"], "pending")
    assert Macro.objects.get().used == 1


def test_what_a_macro_did_not_do_is_said_with_its_reason(desk, ticket, agent, fragment, make_macro):
    steps = [
        {"operation": "tickets.assign", "args": {"agent": "me"}},
        {"operation": "tickets.tag", "args": {"add": ["flushed"]}},
    ]
    quiet, path = make_macro(texts={}, steps=steps), f"/desk/tickets/{ticket.number}"
    assert "Done: Flushed." in said(desk.post(f"{path}/macros/{quiet.pk}", headers=fragment))

    nothing = "Not done: give it to you (it was so already); +flushed (it was so already)."
    assert said(desk.post(f"{path}/macros/{quiet.pk}", headers=fragment)) == nothing
    assert nothing in desk.post(f"{path}/macros/{quiet.pk}", follow=True).content.decode()  # without script

    macro = make_macro(steps=[*steps, {"operation": "tickets.tag", "args": {"add": ["new"]}}])
    seal = sealed(TakenUp.of(macro))
    for kind, done in (("reply", "Sent."), ("note", "Note added."), ("solution", "Solved. The customer is told how.")):
        sent = {"kind": kind, "html": "<p>Hi</p>", "text": "Hi", "taken_up": seal, "step": ["1"]}
        answer = desk.post(f"{path}/messages", sent, headers=fragment)
        assert said(answer) == f"{done} Not done: +flushed (it was so already)."


def said(answer) -> str:
    """What the toast of an answer says."""
    (text,) = re.findall(r'class="toast"[^>]*><span>([^<]*)</span>', answer.content.decode())
    return unescape(text)


def test_a_macro_does_only_what_its_user_may(ticket, sign_in, make_macro, fragment, team):
    macro = make_macro(steps=[{"operation": "tickets.solve", "args": {"solution": "Done."}}])
    stranger = make_agent("Otto", teams=(make_team(),))

    path = f"/desk/tickets/{ticket.number}/macros/{macro.pk}"
    assert sign_in(stranger).post(path, headers=fragment).status_code == 404
    assert sign_in(make_agent("Ben", teams=(team,))).post(path, headers=fragment).status_code == 200
    ticket.refresh_from_db()
    assert ticket.status == Ticket.SOLVED


def test_a_macro_is_made_by_form_and_comes_back_as_it_was_written(desk, agent):
    data = {
        "name": "Water is back", "whose": "mine", "kind": "reply", "html_en": "<p>Back, {customer}.</p>",
        "text_de": "Wieder da.", "types": ["incident"], "agent": "me", "status": "pending", "priority": "2",
        "add": "back, mill lane", "items": "Call\nBill", "hours": "24", "sms": "Back again", "is_active": "on",
    }  # fmt: skip
    assert desk.post("/desk/macros/new", data)["Location"] == "/desk/macros"

    macro = Macro.objects.get()
    assert (macro.agent, macro.texts) == (agent, {"en": "<p>Back, {customer}.</p>", "de": "<p>Wieder da.</p>"})
    assert [step["operation"].removeprefix("tickets.") for step in macro.steps] == [
        "assign", "prioritise", "tag", "add_items", "pause", "snooze", "send_sms",
    ]  # fmt: skip
    page = desk.get(f"/desk/macros/{macro.pk}").content.decode()
    assert 'value="back, mill lane"' in page and "Call\nBill" in page and "Back again" in page
    before = macro.steps, macro.condition
    desk.post(f"/desk/macros/{macro.pk}", data)
    macro.refresh_from_db()
    assert (macro.steps, macro.condition) == before
    assert desk.post("/desk/macros/new", {**data, "html_en": "<p>{secret}</p>"}).status_code == 422


def test_only_leads_make_macros_of_a_team_and_nobody_changes_a_colleagues_own(desk, sign_in, team, make_macro):
    boss = make_agent("Lea", teams=(team,), role=Agent.LEAD)
    data = {"name": "X", "whose": str(team.pk), "kind": "reply", "html_en": "<p>X</p>"}

    assert desk.post("/desk/macros/new", data).status_code == 422
    assert sign_in(boss).post("/desk/macros/new", data).status_code == 302
    own = make_macro(agent=boss)
    assert desk.get(f"/desk/macros/{own.pk}").status_code == 404


def test_a_checklist_is_kept_ticked_and_pointed_out_before_solving(desk, ticket, agent, fragment):
    desk.post(f"/desk/tickets/{ticket.number}/checklist", {"text": "Send a plumber"}, headers=fragment)
    item = ticket.checklist.get()

    assert "Not done yet:" in desk.get(f"/desk/tickets/{ticket.number}/").content.decode()
    desk.post(f"/desk/checklist/{item.pk}", {"text": "Send two", "assignee": agent.pk, "due_on": "2026-01-05"})
    page = desk.get("/desk/tasks").content.decode()
    assert "Send two" in page and "Late" in page

    desk.post(f"/desk/checklist/{item.pk}/done", {"done": "1"}, headers=fragment)
    assert "Send two" not in desk.get("/desk/tasks").content.decode()
    assert "Not done yet:" not in desk.get(f"/desk/tickets/{ticket.number}/").content.decode()


def test_tasks_on_tickets_out_of_sight_are_not_shown(desk, foreign, agent):
    item = add_item(foreign, by="system", text="Nobody may know")
    item.assignee = agent
    item.save()

    assert "Nobody may know" not in desk.get("/desk/tasks").content.decode()
    assert desk.post(f"/desk/checklist/{item.pk}/done", {"done": "1"}).status_code == 404


def test_a_ticket_put_off_leaves_the_queues_and_their_counts(desk, ticket, agent, fragment):
    viewer = viewer_of_agent(agent)
    assert queue_counts(viewer).queues["unassigned"] == 1

    desk.post(f"/desk/tickets/{ticket.number}/snooze", {"nap": "reply"}, headers=fragment)

    counts = queue_counts(viewer).queues
    assert (counts["unassigned"], counts["open"], counts["snoozed"]) == (0, 0, 1)
    listed = {code: list(queue_page(viewer, QUEUES[code]).tickets) for code in ("unassigned", "open", "snoozed")}
    assert listed == {"unassigned": [], "open": [], "snoozed": [ticket]}

    desk.post(f"/desk/tickets/{ticket.number}/snooze", {"wake": "1"}, headers=fragment)
    assert not Snooze.objects.exists()
    for sent in ({}, {"until": "tomorrow or so"}):
        refused = desk.post(f"/desk/tickets/{ticket.number}/snooze", sent, headers=fragment)
        assert (refused.status_code, refused["HX-Reswap"]) == (409, "none")  # the ticket stays on the screen
        assert "Choose until when." in refused.content.decode()


def test_a_nap_ends_in_the_morning_of_the_day_meant():
    sunday = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)

    assert nap_ends("tomorrow", sunday) == datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert nap_ends("monday", sunday) == datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert nap_ends("monday", sunday + timedelta(days=1)) == datetime(2026, 11, 30, 8, tzinfo=UTC)
    assert nap_ends("hours", sunday) == sunday + timedelta(hours=4)
    assert nap_ends("reply", sunday) is None


def test_a_snoozed_ticket_says_so(desk, ticket, agent):
    snooze_ticket(ticket, by=agent, agent=agent, until=now() + timedelta(days=1))

    assert "put off until" in desk.get(f"/desk/tickets/{ticket.number}/").content.decode()


def test_solving_the_whole_solves_its_parts_and_tells_each_customer_once(desk, ticket, team, fragment, run_reactions):
    same = make_ticket(team=team, contact=ticket.contact, subject="Again")
    other = make_ticket(team=team, subject="Mine, too")
    for part in (same, other):
        link_tickets(part, by="system", other=ticket, kind=Link.PART_OF)
    assert "Solve the 2 tickets" in desk.get(f"/desk/tickets/{ticket.number}/").content.decode()

    solved = {"kind": "solution", "text": "Main mended.", "children": "1"}
    desk.post(f"/desk/tickets/{ticket.number}/messages", solved, headers=fragment)
    run_reactions()

    assert set(Ticket.objects.values_list("status", "solution")) == {("solved", "Main mended.")}
    told = Message.objects.filter(template="solution").values_list("ticket__contact", flat=True)
    assert sorted(told) == sorted([ticket.contact_id, other.contact_id])


def test_parts_one_may_not_solve_are_not_solved(desk, ticket, foreign, fragment):
    link_tickets(foreign, by="system", other=ticket, kind=Link.PART_OF)

    solved = {"kind": "solution", "text": "Main mended.", "children": "1"}
    assert desk.post(f"/desk/tickets/{ticket.number}/messages", solved, headers=fragment).status_code == 403
    assert not Ticket.objects.filter(status="solved").exists()


def test_a_similar_open_request_of_the_same_customer_is_proposed_for_merging(desk, ticket, team, foreign, fragment):
    twin = make_ticket(team=team, contact=ticket.contact, subject="Re: brown WATER again")
    for subject in ("Invoice 2026-04", "A new meter, please"):
        make_ticket(team=team, contact=ticket.contact, subject=subject)
    make_ticket(team=team, subject="Brown water")
    foreign.contact = ticket.contact
    foreign.subject = "Brown water"
    foreign.save()

    proposed = desk.get(f"/desk/tickets/{ticket.number}/beside", headers=fragment).content.decode()

    assert f"#{twin.number}" in proposed
    assert proposed.count('name="number"') == 1
