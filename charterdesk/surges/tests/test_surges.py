"""Many similar requests are noticed, become one problem, and one answer reaches every customer once."""

import pytest

from charterdesk.base.refused import Refused
from charterdesk.knowledge.actions.deciding import publish_imported
from charterdesk.knowledge.actions.feedback import end_correction, open_correction
from charterdesk.knowledge.actions.writing import Words, write
from charterdesk.knowledge.testing import make_text
from charterdesk.people.models import Agent, Notice
from charterdesk.people.testing import make_agent, make_team
from charterdesk.people.viewer import viewer_of_agent
from charterdesk.surges.actions import (
    add_tickets,
    begin_surge,
    dismiss_surge,
    join_problem,
    make_problem,
    notice_surges,
    send_piece,
    set_terms,
    start_circular,
    stop_circular,
)
from charterdesk.surges.models import Surge, SurgeTicket
from charterdesk.surges.queries import (
    corrections,
    known_problem,
    languages_of,
    misled,
    parts_of,
    still_misled,
    to_answer,
    to_look_at,
)
from charterdesk.surges.testing import make_outage, make_past, make_surge
from charterdesk.tickets.actions import solve_ticket
from charterdesk.tickets.actions.articles import use_articles
from charterdesk.tickets.models import Message, Ticket
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


def test_many_customers_with_the_same_trouble_are_noticed_once_and_their_leads_told():
    team = make_team("Leaks")
    lead = make_agent("Nora", teams=(team,), role=Agent.LEAD)
    make_past(team)
    outage = make_outage(team)

    (surge,) = notice_surges()

    assert [word.lower() for word in surge.words] == ["mill lane", "no water"]
    assert set(surge.tickets.values_list("ticket_id", flat=True)) == {ticket.pk for ticket in outage}
    assert list(Notice.objects.values_list("agent_id", "code", "about")) == [(lead.pk, "surge.noticed", surge.key)]
    assert notice_surges() == []


def test_few_of_them_one_person_often_and_what_always_comes_raise_nothing(settings):
    team = make_team()
    make_past(team)
    first = make_outage(team, people=7)
    make_ticket(team=team, contact=first[0].contact, text="No water in Mill Lane, still")
    for _number in range(9):
        make_ticket(team=team, subject="About money", text="Can you explain the standing charge on my bill")
    Ticket.objects.filter(subject="About money").update(opened_at="2026-01-06T08:00:00Z")

    assert notice_surges() == []

    settings.SURGE_TICKETS = 7
    assert len(notice_surges()) == 1


def test_what_comes_later_waits_for_the_same_problem_and_what_was_dismissed_stays_quiet():
    team = make_team()
    surge = make_surge(team)
    later = make_ticket(team=team, text="Is there no water in Mill Lane today?")

    assert notice_surges() == []
    assert surge.tickets.filter(ticket=later, state=SurgeTicket.WAITING).exists()

    dismiss_surge(surge, by="system")
    make_outage(team)
    assert notice_surges() == []


def test_only_who_sees_the_team_sees_its_surge():
    team, elsewhere = make_team(), make_team()
    mine, other = make_agent(teams=(team,)), make_agent(teams=(elsewhere,))
    surge = make_surge(team)

    assert list(to_look_at(viewer_of_agent(mine))) == [surge]
    assert list(to_look_at(viewer_of_agent(other))) == []


def test_a_problem_holds_the_chosen_tickets_and_later_ones_join():
    team = make_team("Leaks")
    agent = make_agent(teams=(team,))
    surge = make_surge(team)
    chosen = list(surge.tickets.order_by("ticket").values_list("ticket_id", flat=True))

    problem = make_problem(
        surge, ticket_ids=chosen[:6], subject="Main broken", told="A main broke.", agent=agent, by=agent
    )
    again = make_problem(surge, ticket_ids=chosen, subject="Twice", told="", agent=agent, by=agent)
    join_problem(surge, ticket_ids=chosen[6:7], by=agent)

    assert (again, problem.type, problem.contact.name) == (problem, "problem", "Leaks")
    assert problem.contact.identities.count() == 0
    assert set(parts_of(surge).values_list("pk", flat=True)) == set(chosen[:7])
    assert known_problem(Ticket.objects.get(pk=chosen[0])).told == "A main broke."
    assert known_problem(Ticket.objects.get(pk=chosen[7])) is None
    with pytest.raises(Refused, match="Choose the tickets"):
        join_problem(surge, ticket_ids=chosen[:7], by=agent)
    with pytest.raises(Refused, match="problem already"):
        dismiss_surge(surge, by=agent)


def _problem_in_two_languages():
    team = make_team()
    agent = make_agent(teams=(team,))
    surge = make_surge(team)
    german = make_outage(team, language="de", people=1)
    twice = make_ticket(team=team, contact=german[0].contact, text="No water, Mill Lane", language="de")
    notice_surges()
    make_problem(
        surge,
        ticket_ids=surge.tickets.values_list("ticket_id", flat=True),
        subject="Main",
        told="",
        agent=agent,
        by=agent,
    )
    return surge, agent, twice


def test_one_answer_reaches_each_person_once_in_their_language():
    surge, agent, twice = _problem_in_two_languages()
    texts = {"en": "Water is back, <b>{{ reference }}</b>.", "de": "Das Wasser ist wieder da."}
    assert languages_of(parts_of(surge)) == [("en", 8), ("de", 1)]

    circular = start_circular(parts_of(surge), about=surge.key, texts=texts, agent=agent, by=agent, once="form-1")
    again = start_circular(parts_of(surge), about=surge.key, texts=texts, agent=agent, by=agent, once="form-1")
    while send_piece(circular.pk):
        pass
    circular.refresh_from_db()
    sent = Message.objects.filter(direction=Message.OUT, agent=agent)

    assert (again, circular.state, circular.total, circular.sent, circular.passed) == (circular, "done", 9, 9, 0)
    assert sent.count() == 9
    assert [message.body_text.strip() for message in sent.filter(ticket=twice)] == ["Das Wasser ist wieder da."]
    english = sent.filter(ticket__language="en").earliest("pk")
    assert english.body_text.startswith("Water is back, <b>")
    assert str(english.ticket.number) in english.body_text


def test_a_circular_that_was_stopped_sends_no_more_and_one_that_may_not_write_says_so():
    surge, agent, _twice = _problem_in_two_languages()
    stopped = start_circular(
        parts_of(surge), about=surge.key, texts={"en": "Wait"}, agent=agent, by=agent, once="form-1"
    )
    stop_circular(stopped)
    assert send_piece(stopped.pk) is False

    stranger = make_agent(teams=(make_team(),))
    circular = start_circular(
        parts_of(surge), about=surge.key, texts={"en": "Hi"}, agent=stranger, by=stranger, once="form-2"
    )
    while send_piece(circular.pk):
        pass
    circular.refresh_from_db()
    assert (circular.sent, circular.passed) == (0, 9)
    assert Surge.objects.get().problem is not None
    assert not Message.objects.filter(direction=Message.OUT, agent__in=(agent, stranger)).exists()


def test_an_agent_begins_a_surge_from_a_ticket_before_anybody_notices_it():
    team = make_team()
    agent = make_agent(teams=(team,))
    make_past(team)
    outage = make_outage(team, people=3)
    other = make_ticket(team=team, subject="Where is the office", text="When do you open?")

    surge = begin_surge(outage[0], by=agent)
    alone = begin_surge(other, by=agent)

    assert set(surge.tickets.values_list("ticket_id", flat=True)) == {ticket.pk for ticket in outage}
    assert [pk for (pk,) in alone.tickets.values_list("ticket_id")] == [other.pk]
    assert begin_surge(outage[1], by=agent) == surge
    add_tickets(surge, ticket_ids=[other.pk], by=agent)
    assert surge.tickets.count() == 4
    make_problem(surge, ticket_ids=[other.pk], subject="Main", told="", agent=agent, by=agent)
    with pytest.raises(Refused, match="another problem"):
        add_tickets(alone, ticket_ids=[other.pk], by=agent)
    dismiss_surge(alone, by=agent)
    late = make_ticket(team=team)
    solve_ticket(late, by=agent, solution="Done.")
    with pytest.raises(Refused, match="solved"):
        begin_surge(late, by=agent)


def test_the_desk_chooses_from_when_on_it_is_pointed_out():
    team = make_team()
    make_past(team)
    make_outage(team, people=4)
    assert notice_surges() == []
    for wrong in ({"tickets": 1}, {"minutes": 0}):
        with pytest.raises(Refused):
            set_terms(by="system", **wrong)

    set_terms(tickets=0, by="system")
    assert notice_surges() == []
    set_terms(tickets=4, minutes=10, by="system")
    assert len(notice_surges()) == 1


def test_one_answer_leaves_out_what_is_solved_before_or_meanwhile():
    surge, agent, twice = _problem_in_two_languages()
    first = parts_of(surge).filter(language="en").earliest("pk")
    solve_ticket(first, by=agent, solution="Done.")
    circular = start_circular(
        to_answer(surge), about=surge.key, texts={"en": "Soon."}, agent=agent, by=agent, once="form-1"
    )
    solve_ticket(twice, by=agent, solution="Done.")
    while send_piece(circular.pk):
        pass
    circular.refresh_from_db()

    assert (circular.total, circular.sent, circular.passed) == (8, 7, 1)
    assert "solved meanwhile" in circular.said


def test_those_who_were_given_a_wrong_version_are_told_once():
    team = make_team()
    agent = make_agent(teams=(team,), role=Agent.MANAGER)
    viewer = viewer_of_agent(agent)
    text = make_text("Hardness", body="<p>16 degrees.</p>")
    early, later = make_ticket(team=team), make_ticket(team=team)
    use_articles(early, text_ids=[text.pk], by=agent)
    write(text, Words(title="Hardness", body="<p>17 degrees.</p>"), by=agent)
    publish_imported(text, by=agent)
    use_articles(later, text_ids=[text.pk], by=agent)
    correction = open_correction(text, reason="It is 11.", by=agent)
    end_correction(correction, outcome="corrected", result="11 degrees.", by=agent)
    use_articles(make_ticket(team=team), text_ids=[text.pk], by=agent)

    assert [(use.ticket, use.number) for use in misled(correction)] == [(later, 2)]
    assert [vars(each)["misled"] for each in corrections()] == [1]

    circular = start_circular(
        still_misled(correction, viewer), about=correction.key, texts={"en": "11."}, agent=agent, by=agent, once="a"
    )
    while send_piece(circular.pk):
        pass

    assert not still_misled(correction, viewer).exists()
    with pytest.raises(Refused, match="nobody to write to"):
        start_circular(
            still_misled(correction, viewer), about=correction.key, texts={"en": "11."}, agent=agent, by=agent, once="b"
        )
