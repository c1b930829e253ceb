"""Complaints: nobody whom one is about has a hand in it, and it ends by a decision with reasons."""

from collections.abc import Callable

import pytest

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM
from charterdesk.base.refused import Refused
from charterdesk.complaints.actions import (
    acknowledge,
    complain,
    decide_complaint,
    escalate_complaint,
    lift_concern,
    name_concerned,
    take_complaint,
)
from charterdesk.complaints.models import Complaint, Decision, Level
from charterdesk.complaints.queries import figures
from charterdesk.events.operations import perform
from charterdesk.people.models import Agent, Contact, Notice, Team
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.people.viewer import viewer_of_agent
from charterdesk.tickets.actions import (
    add_note,
    assign_ticket,
    classify_ticket,
    close_ticket,
    follow_ticket,
    grade_ticket,
    merge_ticket,
    move_ticket,
    pause_ticket,
    prioritise_ticket,
    rename_ticket,
    send_message,
    solve_ticket,
    tag_ticket,
)
from charterdesk.tickets.models import Message, Ticket
from charterdesk.tickets.policies import may_see, may_work_on
from charterdesk.tickets.routing import route_waiting
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def leaks() -> Team:
    return make_team("Leaks")


@pytest.fixture
def office() -> Team:
    return make_team("Complaints office")


@pytest.fixture
def maya(leaks: Team, office: Team) -> Agent:
    return make_agent("Maya", teams=(leaks, office))


@pytest.fixture
def nora(office: Team) -> Agent:
    return make_agent("Nora", teams=(office,), role=Agent.MANAGER)


@pytest.fixture
def request_of_mia(leaks: Team, maya: Agent) -> Ticket:
    ticket = make_ticket(team=leaks, contact=make_contact("Mia Miller", email="mia@home.example"))
    assign_ticket(ticket, agent=maya, by=maya)
    return ticket


def levels(office: Team) -> tuple[Level, Level, Level]:
    first = Level.objects.create(position=1, names={"en": "Complaints office"}, team=office, contact_name="Nora Quay")
    board = Level.objects.create(position=2, names={"en": "The board"}, team=make_team("Board"))
    court = Level.objects.create(position=1, names={"en": "Water ombudsman"}, is_outside=True, phone="030 115")
    return first, board, court


def complaint_about(ticket: Ticket, kind: str = Complaint.HANDLING) -> Complaint:
    return complain(
        ticket.contact,
        by=ticket.contact,
        subject="Rude",
        text="She hung up.",
        kind=kind,
        team=ticket.team,
        about=ticket,
    )


def test_it_goes_past_whom_it_is_about(request_of_mia: Ticket, office: Team, maya: Agent, nora: Agent) -> None:
    levels(office)

    complaint = complaint_about(request_of_mia)

    ticket = complaint.ticket
    assert (ticket.type, ticket.team, complaint.is_independent) == ("complaint", office, True)
    assert [one.agent for one in complaint.concerned.all()] == [maya]
    assert not may_see(viewer_of_agent(Agent.objects.get(pk=maya.pk)), ticket)
    assert may_see(viewer_of_agent(nora), ticket)
    assert list(Notice.objects.filter(code="complaint.taken").values_list("agent", flat=True)) == [nora.pk]


def test_who_only_solved_it_or_had_it_before_is_concerned_too(leaks: Team, maya: Agent, nora: Agent) -> None:
    ticket = make_ticket(team=leaks)
    before = make_agent("Ben", teams=(leaks,))
    assign_ticket(ticket, agent=before, by=nora)
    assign_ticket(ticket, agent=maya, by=nora)
    solver = make_agent("Ola", teams=(leaks,))
    solve_ticket(ticket, by=solver, solution="Done.")

    complaint = complaint_about(ticket)

    assert {one.agent.name for one in complaint.concerned.all()} == {"Ben", "Maya", "Ola"}


def test_whom_it_is_about_finds_neither_it_nor_what_was_said(
    request_of_mia: Ticket, office: Team, maya: Agent, nora: Agent
) -> None:
    levels(office)
    ticket = complaint_about(request_of_mia).ticket
    viewer = viewer_of_agent(Agent.objects.get(pk=maya.pk))

    assert list(Ticket.objects.visible_to(viewer)) == [request_of_mia]
    assert not Message.objects.visible_to(viewer).filter(ticket=ticket).exists()
    assert not may_work_on(viewer, ticket)


def test_a_manager_is_kept_from_what_is_about_them(request_of_mia: Ticket, office: Team, nora: Agent) -> None:
    levels(office)
    complaint = complaint_about(request_of_mia, Complaint.OTHER)
    make_agent("Soraya", role=Agent.ADMINISTRATOR)

    name_concerned(complaint, agent_ids=[nora.pk], by=SYSTEM)

    viewer = viewer_of_agent(Agent.objects.get(pk=nora.pk))
    assert viewer.sees_every_team
    assert complaint.ticket not in Ticket.objects.visible_to(viewer)


def test_it_is_given_to_them_neither_by_hand_nor_by_the_desk(
    request_of_mia: Ticket, office: Team, maya: Agent, nora: Agent
) -> None:
    levels(office)
    ticket = complaint_about(request_of_mia).ticket
    nora.state = Agent.AWAY
    nora.save()

    with pytest.raises(Refused) as refused:
        assign_ticket(ticket, agent=maya, by=nora)
    given = route_waiting(office.pk, by=SYSTEM)

    ticket.refresh_from_db()
    assert (refused.value.code, given, ticket.assignee) == ("tickets.about_them", 0, None)


def test_what_they_have_is_taken_from_them(request_of_mia: Ticket, maya: Agent, nora: Agent, office: Team) -> None:
    levels(office)
    complaint = complaint_about(request_of_mia, Complaint.OTHER)
    assign_ticket(complaint.ticket, agent=maya, by=nora)

    name_concerned(complaint, agent_ids=[maya.pk], by=nora)

    complaint.ticket.refresh_from_db()
    assert complaint.ticket.assignee is None


def test_no_action_of_theirs_reaches_it(request_of_mia: Ticket, office: Team, maya: Agent, nora: Agent) -> None:
    """The actions themselves say no, also to a caller that asks nobody whether it may."""
    levels(office)
    complaint = complaint_about(request_of_mia)
    ticket = complaint.ticket
    maya.refresh_from_db()
    other = make_ticket(team=office)
    tried: dict[str, Callable[[], object]] = {
        "note": lambda: add_note(ticket, by=maya, agent=maya, html="<p>Not so.</p>"),
        "tag": lambda: tag_ticket(ticket, by=maya, add=["x"]),
        "rename": lambda: rename_ticket(ticket, by=maya, subject="x"),
        "prioritise": lambda: prioritise_ticket(ticket, by=maya, priority=4),
        "pause": lambda: pause_ticket(ticket, by=maya, status="pending"),
        "move": lambda: move_ticket(ticket, by=maya, team=request_of_mia.team),
        "junk": lambda: close_ticket(ticket, by=maya, reason="junk"),
        "assign": lambda: assign_ticket(ticket, by=maya, agent=nora),
        "follow": lambda: follow_ticket(ticket, by=nora, agent=maya),
        "merge": lambda: merge_ticket(ticket, by=maya, into=other),
        "decide": lambda: decide_complaint(complaint, by=maya, agent=maya, verdict="not_upheld", reasons="No."),
        "escalate": lambda: escalate_complaint(complaint, by=maya),
        "as a viewer": lambda: tag_ticket(ticket, by=viewer_of_agent(maya), add=["x"]),
    }
    let_through = []
    for name, act in tried.items():
        try:
            act()
        except Refused:
            continue
        let_through.append(name)

    assert let_through == []


def test_where_everybody_is_concerned_it_says_that_it_is_not_independent(leaks: Team) -> None:
    only = make_agent("Maya", teams=(leaks,))
    ticket = make_ticket(team=leaks)
    assign_ticket(ticket, agent=only, by=only)

    complaint = complaint_about(ticket)

    only.refresh_from_db()
    assert (complaint.is_independent, only.kept_from) == (False, [])


def test_who_comes_later_makes_it_independent(leaks: Team) -> None:
    only = make_agent("Maya", teams=(leaks,))
    ticket = make_ticket(team=leaks)
    assign_ticket(ticket, agent=only, by=only)
    complaint = complaint_about(ticket)
    make_agent("Ben", teams=(leaks,))

    name_concerned(complaint, agent_ids=(), by=SYSTEM)

    only.refresh_from_db()
    assert (complaint.is_independent, only.kept_from) == (True, [complaint.ticket.key])


def test_whom_it_is_not_about_after_all_sees_it_again(
    request_of_mia: Ticket, office: Team, maya: Agent, nora: Agent
) -> None:
    levels(office)
    complaint = complaint_about(request_of_mia)

    lift_concern(complaint, agent=maya, by=nora)

    maya.refresh_from_db()
    assert maya.kept_from == []
    assert may_see(viewer_of_agent(maya), complaint.ticket)


def test_it_is_acknowledged_with_who_decides_and_what_comes_after(
    request_of_mia: Ticket, office: Team, nora: Agent, run_reactions: Callable[[], int]
) -> None:
    levels(office)
    complaint = complaint_about(request_of_mia)

    run_reactions()

    sent = list(complaint.ticket.messages.filter(is_automatic=True))
    complaint.refresh_from_db()
    assert [one.template for one in sent] == ["complaint"]
    assert "Complaints office" in sent[0].body_text
    assert "Nora Quay" in sent[0].body_text
    assert "The board" in sent[0].body_text
    assert "Nobody whom it is about can see it" in sent[0].body_text
    assert "by " in sent[0].body_text and complaint.ticket.messages.filter(template="acknowledgement").count() == 0
    assert complaint.acknowledged_at is not None


def test_what_comes_by_mail_and_is_called_a_complaint_is_one(
    leaks: Team, maya: Agent, run_reactions: Callable[[], int]
) -> None:
    ticket = make_ticket(team=leaks)
    run_reactions()

    classify_ticket(ticket, by=maya, type="complaint")
    run_reactions()
    run_reactions()

    assert [one.ticket for one in Complaint.objects.all()] == [ticket]
    assert ticket.messages.filter(template="complaint").count() == 1


def test_it_ends_by_a_decision_alone(request_of_mia: Ticket, office: Team, nora: Agent) -> None:
    levels(office)
    complaint = complaint_about(request_of_mia)
    ticket = complaint.ticket

    codes = []
    for act in (
        lambda: solve_ticket(ticket, by=nora, solution="Talked to her."),
        lambda: perform("tickets.solve", by="rule:1", on=ticket, solution="Sorry."),
        lambda: classify_ticket(ticket, by=nora, type="question"),
        lambda: merge_ticket(ticket, by=nora, into=request_of_mia),
        lambda: decide_complaint(complaint, by=nora, agent=nora, verdict="upheld", reasons=" "),
    ):
        with pytest.raises(Refused) as refused:
            act()
        codes.append(refused.value.code)
    decide_complaint(complaint, by=nora, agent=nora, verdict="partly", reasons="She was tired, you were loud.")

    ticket.refresh_from_db()
    assert codes == [
        "complaints.undecided",
        "complaints.undecided",
        "complaints.stays_one",
        "complaints.stays_one",
        "complaints.no_reasons",
    ]
    assert ticket.status == "solved"
    assert ticket.solution.startswith("Our decision: your complaint is partly upheld.\n\nShe was tired")
    assert "The board" in ticket.solution


def test_whom_a_decision_does_not_content_goes_higher_and_others_decide(
    request_of_mia: Ticket, office: Team, nora: Agent
) -> None:
    _first, board, _court = levels(office)
    assert board.team is not None
    other = make_agent("Ola", teams=(board.team,), role=Agent.MANAGER)
    complaint = complaint_about(request_of_mia)
    decide_complaint(complaint, by=nora, agent=nora, verdict="not_upheld", reasons="She was right.")

    mia: Contact = request_of_mia.contact
    escalate_complaint(complaint, by=mia, contact=mia, reason="I don't agree.")

    ticket = Ticket.objects.get(pk=complaint.ticket_id)
    nora.refresh_from_db()
    assert (ticket.status, ticket.team, complaint.level) == ("open", board.team, board)
    assert nora.kept_from == [ticket.key]
    assert ticket.messages.latest("pk").body_text == "I don't agree."
    decide_complaint(complaint, by=other, agent=other, verdict="upheld", reasons="She was not.")
    assert list(Decision.objects.order_by("pk").values_list("verdict", "agent")) == [
        ("not_upheld", nora.pk),
        ("upheld", other.pk),
    ]


def test_whoever_goes_higher_is_told_who_decides_now_by_when_and_what_comes_after(
    request_of_mia: Ticket, office: Team, nora: Agent, run_reactions: Callable[[], int]
) -> None:
    levels(office)
    complaint = complaint_about(request_of_mia)
    run_reactions()
    decide_complaint(complaint, by=nora, agent=nora, verdict="not_upheld", reasons="She was right.")
    run_reactions()

    escalate_complaint(complaint, by=request_of_mia.contact)
    run_reactions()
    acknowledge(complaint.ticket, by=SYSTEM)

    sent = list(complaint.ticket.messages.filter(template="complaint").order_by("pk"))
    assert len(sent) == 2
    assert sent[1].subject.startswith("Your complaint is decided anew")
    assert "It is decided by: The board" in sent[1].body_text
    assert "Whoever decided before has no hand in it" in sent[1].body_text
    assert "Water ombudsman" in sent[1].body_text
    assert "You get our decision with its reasons by" in sent[1].body_text


def test_a_decision_is_mailed_as_one_and_other_solutions_as_they_were(
    request_of_mia: Ticket, office: Team, maya: Agent, nora: Agent, run_reactions: Callable[[], int]
) -> None:
    levels(office)
    complaint = complaint_about(request_of_mia)
    decide_complaint(complaint, by=nora, agent=nora, verdict="not_upheld", reasons="She was right.")
    solve_ticket(request_of_mia, by=maya, solution="The pipe is mended.")

    run_reactions()

    (told,) = complaint.ticket.messages.filter(template="solution")
    (solved,) = request_of_mia.messages.filter(template="solution")
    assert told.subject.startswith("Our decision on your complaint")
    assert "we have decided your complaint" in told.body_text
    assert "not upheld" in told.body_text
    assert "She was right." in told.body_text
    assert "The board" in told.body_text
    assert "/grade/5" in told.body_text
    assert "solved your request" not in told.body_text
    assert solved.subject.startswith("Solved:")


def test_above_the_last_level_the_body_outside_is_named(request_of_mia: Ticket, office: Team, nora: Agent) -> None:
    levels(office)
    make_agent("Ola", role=Agent.MANAGER)
    complaint = complaint_about(request_of_mia)
    escalate_complaint(complaint, by=nora)

    with pytest.raises(Refused) as refused:
        escalate_complaint(complaint, by=nora)

    assert refused.value.code == "complaints.no_level_above"
    assert "Water ombudsman (030 115)" in refused.value.message


def test_a_bad_grade_for_a_decision_has_it_decided_anew(
    request_of_mia: Ticket, office: Team, nora: Agent, run_reactions: Callable[[], int]
) -> None:
    levels(office)
    complaint = complaint_about(request_of_mia)
    decide_complaint(complaint, by=nora, agent=nora, verdict="not_upheld", reasons="No.")

    grade_ticket(complaint.ticket, by=request_of_mia.contact, score=1)
    run_reactions()

    complaint.refresh_from_db()
    assert not complaint.is_decided


def test_a_complaint_is_taken_once(request_of_mia: Ticket, maya: Agent) -> None:
    first = take_complaint(request_of_mia, by=maya)
    again = take_complaint(request_of_mia, by=maya)

    assert first == again


def test_the_register_counts_what_its_reader_may_see(
    request_of_mia: Ticket, office: Team, maya: Agent, nora: Agent
) -> None:
    levels(office)
    since = now()
    decided = complaint_about(request_of_mia)
    complaint_about(request_of_mia)
    decide_complaint(decided, by=nora, agent=nora, verdict="upheld", reasons="Sorry.")

    for_nora = figures(viewer_of_agent(nora), since=since)
    for_maya = figures(viewer_of_agent(Agent.objects.get(pk=maya.pk)), since=since)

    assert (for_nora.made, for_nora.decided, for_nora.upheld, for_nora.open_now) == (2, 1, 1, 1)
    assert for_nora.middle is not None
    assert (for_maya.made, for_maya.decided) == (0, 0)


def test_notes_and_answers_of_whom_it_concerns_stay_out(
    request_of_mia: Ticket, office: Team, maya: Agent, nora: Agent
) -> None:
    levels(office)
    ticket = complaint_about(request_of_mia).ticket
    maya.refresh_from_db()

    with pytest.raises(Refused):
        send_message(ticket, by=maya, agent=maya, html="<p>Come on.</p>")

    assert not ticket.messages.filter(agent=maya).exists()
