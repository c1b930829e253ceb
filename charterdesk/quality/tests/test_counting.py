"""Figures are kept as events come, exactly once, and are the same when counted anew from the log or from tickets."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Sum

from charterdesk.base.clock import now
from charterdesk.billing.actions.contracts import save_tier
from charterdesk.billing.testing_bought import make_order
from charterdesk.complaints.actions import complain, escalate_complaint
from charterdesk.complaints.levels import define_level
from charterdesk.complaints.models import Complaint
from charterdesk.events.log import entry_of
from charterdesk.events.models import LoggedEvent
from charterdesk.events.testing import fire_timers
from charterdesk.people.models import Agent, Team
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.people.viewer import viewer_of_agent
from charterdesk.quality.actions import count_events, rebuild_figures
from charterdesk.quality.counting import HEARD, bucket_of, middle_of
from charterdesk.quality.models import Daily, Spread
from charterdesk.quality.queries import Question, report
from charterdesk.tickets.actions import (
    assign_ticket,
    call_back_message,
    close_ticket,
    move_ticket,
    reopen_ticket,
    send_message,
    solve_ticket,
    tag_ticket,
)
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


def figures(by: str = Daily.ALL, **where: Any) -> dict[tuple[int, str], dict[str, int]]:
    """All that is kept, by team and value, without what is nought."""
    names = ["opened", "replied", "solved", "flow", "reply_s"]
    sums = {f"n_{n}": Sum(n) for n in names}
    rows: Any = Daily.objects.filter(by=by, **where).values("team_id", "value").annotate(**sums)
    return {
        (row["team_id"], row["value"]): {n: row[f"n_{n}"] for n in names if row[f"n_{n}"] and n != "reply_s"}
        for row in rows
    }


def everything() -> tuple[list[Any], list[Any]]:
    """Every row but those in which nothing is left."""
    names = [field.name for field in Daily._meta.fields if field.name != "id"]
    daily = [row for row in Daily.objects.values_list(*names) if any(row[4:])]
    spread = Spread.objects.filter(tickets__gt=0)
    return sorted(daily), sorted(spread.values_list("day", "team_id", "by", "value", "what", "bucket", "tickets"))


@pytest.fixture
def teams() -> tuple[Team, Team]:
    return make_team("Leaks"), make_team("Billing")


@pytest.fixture
def ada(teams: tuple[Team, Team]) -> Agent:
    return make_agent("Ada", teams=teams, state=Agent.BUSY)


def lead_a_busy_day(teams: tuple[Team, Team], ada: Agent, run_reactions: Callable[[], int]) -> None:
    """Six tickets: answered, solved, reopened, moved, tagged, closed as junk."""
    leaks, billing = teams
    mia = make_contact("Mia")
    tickets = [make_ticket(team=leaks, contact=mia) for _ in range(6)]
    for ticket in tickets[:4]:
        assign_ticket(ticket, agent=ada, by=ada)
        send_message(ticket, by=ada, agent=ada, html="<p>Soon</p>")
    fire_timers(now() + timedelta(minutes=1))
    run_reactions()
    solve_ticket(tickets[0], by=ada, solution="Done")
    solve_ticket(tickets[1], by=ada, solution="Done")
    run_reactions()
    reopen_ticket(tickets[1], by=ada)
    move_ticket(tickets[2], team=billing, by=ada)
    tag_ticket(tickets[3], add=["meter", "leak"], by=ada)
    run_reactions()
    tag_ticket(tickets[3], remove=["meter"], by=ada)
    close_ticket(tickets[4], by=ada, reason="junk")
    run_reactions()


def test_the_figures_say_what_tickets_say(
    teams: tuple[Team, Team], ada: Agent, run_reactions: Callable[[], int]
) -> None:
    lead_a_busy_day(teams, ada, run_reactions)
    leaks, billing = teams

    assert figures() == {
        (leaks.pk, ""): {"opened": 5, "replied": 3, "solved": 1, "flow": 3},
        (billing.pk, ""): {"opened": 1, "replied": 1, "flow": 1},
    }
    for team in teams:
        mine = Ticket.objects.filter(team=team)
        assert figures()[team.pk, ""] == {
            name: count
            for name, count in {
                "opened": mine.count(),
                "replied": mine.exclude(first_replied_at=None).count(),
                "solved": mine.filter(status=Ticket.SOLVED).count(),
                "flow": mine.unfinished().count(),
            }.items()
            if count
        }
    assert figures(Daily.TAG, value="leak") == {(leaks.pk, "leak"): {"opened": 1, "replied": 1, "flow": 1}}
    assert figures(Daily.TAG, value="meter") == {(leaks.pk, "meter"): {}}
    assert figures(Daily.AGENT, value=str(ada.pk))[leaks.pk, str(ada.pk)]["solved"] == 1


def test_counting_anew_from_the_log_gives_the_same(
    teams: tuple[Team, Team], ada: Agent, run_reactions: Callable[[], int]
) -> None:
    lead_a_busy_day(teams, ada, run_reactions)
    kept = everything()

    assert rebuild_figures(say=lambda text: None) == 6
    assert everything() == kept


def test_events_that_come_twice_are_counted_once(
    teams: tuple[Team, Team], ada: Agent, run_reactions: Callable[[], int]
) -> None:
    lead_a_busy_day(teams, ada, run_reactions)
    kept = everything()
    codes = [cls.code for cls in HEARD]
    names = ("id", "at", "code", "subject", "actor", "cause_id", "depth", "data", "facts")
    entries = [entry_of(row) for row in LoggedEvent.objects.filter(code__in=codes).values_list(*names)]

    count_events([(entry.event, entry) for entry in entries])  # type: ignore[misc]

    assert everything() == kept


def test_an_answer_called_back_in_time_was_none(teams: tuple[Team, Team], ada: Agent, run_reactions: Callable[[], int]):
    ticket = make_ticket(team=teams[0], contact=make_contact("Mia"))
    message = send_message(ticket, by=ada, agent=ada, html="<p>Oh</p>", send_at=now() + timedelta(seconds=10))
    run_reactions()
    call_back_message(message, by=ada)
    run_reactions()

    assert figures() == {(teams[0].pk, ""): {"opened": 1, "flow": 1}}


def test_complaints_count_at_their_level_and_loyal_customers_under_their_tier(
    teams: tuple[Team, Team], run_reactions: Callable[[], int]
) -> None:
    leaks, office = teams
    first = define_level(None, by="system", names={"en": "Office"}, team=office)
    define_level(None, by="system", names={"en": "Board"}, team=office, position=2)
    tier = save_tier(None, by="system", name="Regulars", orders=1)
    mia, boss = make_contact("Mia"), make_agent("Soraya", role=Agent.MANAGER, teams=teams)
    make_order(mia, ordered_at=now() - timedelta(days=40))
    make_ticket(team=leaks, contact=make_contact("Ben"))
    complaint = complain(mia, by=mia, kind=Complaint.BILL, subject="My bill", text="Too much.", team=office)
    run_reactions()
    escalate_complaint(complaint, by=boss, reason="It is about us all.")
    run_reactions()
    kept, today = everything(), now().date()

    asked = {by: Question(by=by, since=today - timedelta(days=1), until=today) for by in (Daily.LEVEL, Daily.TIER)}
    lines = {by: [(one.label, one.whole) for one in report(viewer_of_agent(boss), q).lines] for by, q in asked.items()}
    assert lines == {Daily.LEVEL: [("Board", 1)], Daily.TIER: [("Regulars", 1)]}
    assert figures(Daily.LEVEL, value=str(first.pk)) == {(office.pk, str(first.pk)): {}}
    assert figures(Daily.TIER) == {(office.pk, str(tier.pk)): {"opened": 1, "flow": 1}}
    rebuild_figures(say=lambda text: None)
    assert everything() == kept


def test_a_bucket_holds_times_within_a_tenth_of_its_middle() -> None:
    for seconds in (90, 600, 3600, 86_400, 30 * 86_400):
        assert 0.91 < middle_of(bucket_of(seconds)) / seconds < 1.1
