"""Who takes the next ticket."""

from collections.abc import Callable
from datetime import timedelta

from charterdesk.base.clock import now
from charterdesk.calendars.models import BusinessCalendar
from charterdesk.events.log import BEGINNING
from charterdesk.events.models import LoggedEvent
from charterdesk.people.actions import set_agent_state
from charterdesk.people.models import Agent, Notice, Team
from charterdesk.people.testing import make_agent, make_contact
from charterdesk.tickets.actions import assign_ticket, solve_ticket
from charterdesk.tickets.actions.assignment import Assignment, assign_waiting
from charterdesk.tickets.jobs import fold_counts, give_out_by_working_hours
from charterdesk.tickets.models import StatusCount, Ticket
from charterdesk.tickets.routing import LOOK_AHEAD, aged_class, route_waiting
from charterdesk.tickets.testing import make_ticket


def assignee(ticket: Ticket) -> Agent | None:
    return Ticket.objects.get(pk=ticket.pk).assignee


def test_a_new_ticket_goes_to_the_native_speaker(team: Team, run_reactions: Callable[[], int]) -> None:
    make_agent("English only", teams=(team,))
    german = make_agent("German", teams=(team,), languages=("de",))
    ticket = make_ticket(team=team, contact=make_contact(language="de"))
    run_reactions()

    assert assignee(ticket) == german


def test_the_one_with_least_in_hand_takes_it(team: Team, run_reactions: Callable[[], int]) -> None:
    make_agent(teams=(team,)), make_agent(teams=(team,))
    tickets = [make_ticket(team=team) for _ in range(4)]
    run_reactions()

    agents = [assignee(ticket) for ticket in tickets]
    assert sorted(agents.count(agent) for agent in set(agents)) == [2, 2]


def test_nobody_gets_more_than_they_can_carry(team: Team, run_reactions: Callable[[], int]) -> None:
    agent = make_agent(teams=(team,), capacity=1)
    first, second = make_ticket(team=team), make_ticket(team=team)
    run_reactions()
    assert (assignee(first), assignee(second)) == (agent, None)

    solve_ticket(first, by=agent, solution="Done.")
    run_reactions()
    assert assignee(second) == agent


def test_a_skill_named_by_a_tag_is_asked_for(team: Team, run_reactions: Callable[[], int]) -> None:
    make_agent(teams=(team,))
    welder = make_agent(teams=(team,), skills=("Welding",))
    ticket = make_ticket(team=team, tags=["welding"])
    run_reactions()

    assert assignee(ticket) == welder


def test_a_language_nobody_speaks_is_taken_by_whoever_is_free(team: Team, run_reactions: Callable[[], int]) -> None:
    agent = make_agent(teams=(team,))
    ticket = make_ticket(team=team, contact=make_contact(language="ar"))
    run_reactions()

    assert assignee(ticket) == agent


def test_one_nobody_here_can_read_does_not_hold_up_the_others(team: Team, run_reactions: Callable[[], int]) -> None:
    make_agent("German, away", teams=(team,), languages=("de",), state=Agent.AWAY)
    agent = make_agent(teams=(team,))
    german = make_ticket(team=team, contact=make_contact(language="de"))
    english = make_ticket(team=team)
    run_reactions()

    assert (assignee(german), assignee(english)) == (None, agent)


def test_urgent_comes_first_but_waiting_counts(team: Team) -> None:
    at = now()
    waited_long = make_ticket(team=team, priority=Ticket.NORMAL)
    waited_long.opened_at = at - timedelta(hours=17)
    waited_long.save()
    urgent = make_ticket(team=team, priority=Ticket.URGENT)
    high = make_ticket(team=team, priority=Ticket.HIGH)
    agent = make_agent(teams=(team,), capacity=1)

    assert [aged_class(ticket, at=at) for ticket in (waited_long, urgent, high)] == [1, 1, 2]
    route_waiting(team.pk, by="system")
    assert [assignee(ticket) for ticket in (waited_long, urgent, high)] == [agent, None, None]


def test_a_long_queue_is_given_out_at_once(team: Team, run_reactions: Callable[[], int]) -> None:
    agents = [make_agent(f"Agent {n}", teams=(team,), capacity=50) for n in range(2)]
    tickets = [make_ticket(team=team) for _ in range(LOOK_AHEAD + 5)]
    run_reactions()

    loads = [Ticket.objects.filter(assignee=agent).count() for agent in agents]
    assert loads == [len(tickets) / 2, len(tickets) / 2]
    opened = dict(LoggedEvent.objects.filter(code="ticket.opened").values_list("subject", "pk"))
    causes = dict(LoggedEvent.objects.filter(code="ticket.assigned").values_list("subject", "cause_id"))
    assert causes[tickets[0].key] == opened[tickets[0].key]
    assert set(causes.values()) <= set(opened.values())
    assert Notice.objects.filter(code="ticket.assigned").count() == len(tickets)


def test_what_somebody_took_meanwhile_is_not_given_to_another(team: Team) -> None:
    agent, taker = make_agent("Ada", teams=(team,)), make_agent("Ben", teams=(team,))
    ticket, other = make_ticket(team=team), make_ticket(team=team)
    stale = [Assignment(Ticket.objects.get(pk=one.pk), agent, BEGINNING) for one in (ticket, other)]
    assign_ticket(ticket, agent=taker, by=taker)

    assert assign_waiting(stale, by="system") == 1
    assert (assignee(ticket), assignee(other)) == (taker, agent)


def test_an_agent_of_another_team_gets_nothing(team: Team, run_reactions: Callable[[], int]) -> None:
    make_agent(teams=())
    ticket = make_ticket(team=team)
    run_reactions()

    assert assignee(ticket) is None


def test_who_stays_away_gives_back_what_waits_for_them(
    team: Team, run_reactions: Callable[[], int], fire_timers: Callable[..., int]
) -> None:
    agent = make_agent(teams=(team,))
    active, waiting = make_ticket(team=team), make_ticket(team=team)
    run_reactions()
    Ticket.objects.filter(pk=waiting.pk).update(status=Ticket.PENDING)
    set_agent_state(agent, Agent.AWAY, by=agent)
    run_reactions()
    assert assignee(active) == agent

    fire_timers(now() + timedelta(minutes=11))
    assert (assignee(active), assignee(waiting)) == (None, agent)


def test_who_comes_back_in_time_keeps_everything(
    team: Team, run_reactions: Callable[[], int], fire_timers: Callable[..., int]
) -> None:
    agent = make_agent(teams=(team,))
    ticket = make_ticket(team=team)
    run_reactions()
    set_agent_state(agent, Agent.AWAY, by=agent)
    run_reactions()
    set_agent_state(agent, Agent.WORKING, by=agent)
    run_reactions()
    fire_timers(now() + timedelta(minutes=11))

    assert assignee(ticket) == agent


def test_kept_counts_are_exact_before_and_after_folding(team: Team, run_reactions: Callable[[], int]) -> None:
    agent = make_agent(teams=(team,))
    first, _second = make_ticket(team=team), make_ticket(team=team)
    run_reactions()
    solve_ticket(first, by=agent, solution="Done.")

    expected = {("new", agent.pk): 1, ("solved", agent.pk): 1}
    assert counts() == expected
    fold_counts()
    assert counts() == expected
    first.delete()
    assert counts() == {("new", agent.pk): 1}


def counts() -> dict[tuple[str, int | None], int]:
    return {(row.status, row.assignee_id): row.tickets for row in StatusCount.objects.all()}


def test_an_agent_gets_new_tickets_in_their_working_hours_and_what_waited_when_they_begin(
    team: Team, run_reactions: Callable[[], int]
) -> None:
    night = BusinessCalendar.objects.create(name="Night", hours={})
    ada = make_agent("Ada", teams=(team,))
    Agent.objects.filter(pk=ada.pk).update(calendar=night)
    ticket = make_ticket(team=team)
    run_reactions()
    ticket.refresh_from_db()
    assert ticket.assignee is None

    night.hours = {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
    night.save()
    give_out_by_working_hours()
    ticket.refresh_from_db()

    assert ticket.assignee == ada
