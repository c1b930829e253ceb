"""Grades as figures."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.people.viewer import viewer_of_agent
from charterdesk.quality.grades import grade_report
from charterdesk.tickets.actions import assign_ticket, grade_ticket, solve_ticket
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


def test_grades_are_counted_by_team_and_by_whose_solution_it_was(run_reactions: Callable[[], int]) -> None:
    leaks, bills = make_team("Leaks"), make_team("Bills")
    ada, ben = make_agent("Ada", teams=(leaks,)), make_agent("Ben", teams=(bills,))
    for agent, team, score in ((ada, leaks, 5), (ada, leaks, 2), (ada, leaks, None), (ben, bills, 4)):
        ticket = make_ticket(team=team, contact=make_contact("Mia"))
        assign_ticket(ticket, agent=agent, by=agent)
        solve_ticket(ticket, by=agent, solution="Done.")
        if score:
            grade_ticket(ticket, by=ticket.contact, score=score)
    run_reactions()
    today = timezone.localdate()
    manager = make_agent("Soraya", role=Agent.MANAGER)

    found = grade_report(viewer_of_agent(manager), since=today - timedelta(days=1), until=today + timedelta(days=1))

    assert [(line.label, dict(line.scores)) for line in found.teams] == [("Leaks", {5: 1, 2: 1}), ("Bills", {4: 1})]
    assert [(line.label, line.graded, line.mean) for line in found.agents] == [("Ada", 2, 3.5), ("Ben", 1, 4.0)]
    assert found.total.graded == 3
    assert found.total.positive == pytest.approx(2 / 3)
    assert found.teams[1].share == 1.0


def test_nobody_reads_the_grades_of_teams_they_do_not_see() -> None:
    leaks = make_team("Leaks")
    ada = make_agent("Ada", teams=(make_team("Bills"),))
    ticket = make_ticket(team=leaks)
    solve_ticket(ticket, by=make_agent("Ben", teams=(leaks,)), solution="Done.")
    grade_ticket(ticket, by=ticket.contact, score=1)
    today = timezone.localdate()

    found = grade_report(viewer_of_agent(ada), since=today - timedelta(days=1), until=today + timedelta(days=1))

    assert (found.total.graded, found.teams, found.agents) == (0, [], [])
