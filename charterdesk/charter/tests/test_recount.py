"""The kept figures are what the log says, and a count from the log mends them where they are not."""

from datetime import date

import pytest

from charterdesk.charter.actions.recount import compare_figures, recount_figures
from charterdesk.charter.content import COUNT, SOLVED, Charter, Objective
from charterdesk.charter.models import Case, Figure, OwedRemedy
from charterdesk.charter.testing import answer_within, credit, happened, publish_for_test
from charterdesk.events.testing import fire_timers
from charterdesk.sla.testing import answer, at_hour
from charterdesk.tickets.actions import close_ticket, reopen_ticket, solve_ticket
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db
MONDAY = date(2025, 11, 24)


@pytest.fixture
def a_week(team, agent) -> None:
    """Requests that were answered, were not, were solved twice, and were no requests."""
    publish_for_test(
        Charter(
            objectives=[
                answer_within(4),
                answer_within(20, code="solved", stop=SOLVED, pauses=[Ticket.PENDING]),
                Objective(code="right", title={"en": "Right first time"}, measure=COUNT),
            ],
            remedies=[credit("10")],
        )
    )
    tickets = [make_ticket(team=team) for _each in range(6)]
    happened(0)
    answer(tickets[0], agent)
    happened(2)
    fire_timers(at_hour(4))
    solve_ticket(tickets[1], by=agent, solution="Valve replaced.")
    solve_ticket(tickets[2], by=agent, solution="Valve replaced.")
    happened(6)
    reopen_ticket(tickets[2], by=tickets[2].contact)
    happened(8)
    close_ticket(tickets[1], by=agent, reason="silent")
    close_ticket(tickets[3], by=agent, reason="junk")
    happened(9)
    fire_timers(at_hour(30))
    happened(31)


def rows() -> list[tuple[object, ...]]:
    return list(
        Case.objects.order_by("ticket_id", "objective").values_list(
            "ticket_id", "objective", "state", "due_at", "decided_at", "ended_at", "used", "count", "day"
        )
    )


def figures() -> list[tuple[object, ...]]:
    found = Figure.objects.exclude(kept=0, broken=0, excluded=0).order_by("day", "objective")
    return list(found.values_list("day", "objective", "kept", "broken", "excluded"))


def test_the_kept_figures_are_what_the_log_says(a_week):
    assert compare_figures() == 0
    assert figures() == [(MONDAY, "answer", 1, 5, 0), (MONDAY, "right", 1, 1, 0), (MONDAY, "solved", 1, 4, 0)]


def test_a_figure_somebody_wrote_into_the_database_is_found_and_mended(a_week):
    true, remedies = figures(), OwedRemedy.objects.count()
    Figure.objects.filter(objective="answer").update(kept=999)
    assert compare_figures() == Figure.objects.filter(objective="answer").count()

    recount_figures(until=at_hour(31))

    assert (compare_figures(), figures(), OwedRemedy.objects.count()) == (0, true, remedies)


def test_counting_anew_changes_no_case(a_week):
    before = rows()

    recount_figures(until=at_hour(31))

    assert rows() == before
