"""Agents hear of what concerns them, by the ways they chose, once; whoever stands in hears and gets what they would."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from charterdesk.base.clock import now
from charterdesk.base.refused import Refused
from charterdesk.channels.email.noticing import build_notices
from charterdesk.channels.forgetting import forget_in_channels
from charterdesk.channels.models import Outgoing
from charterdesk.events.models import Timer
from charterdesk.people.actions.notices import notify, set_preferences
from charterdesk.people.erasing import Person
from charterdesk.people.models import Agent, Membership, Notice, Preferences, Role, Team
from charterdesk.people.permissions import READ_TICKETS
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.people.ways import hearers
from charterdesk.tickets.actions import Incoming, add_note, assign_ticket, receive_message, send_message
from charterdesk.tickets.models import Follower, Ticket
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db
Run = Callable[[], int]


@pytest.fixture
def team() -> Team:
    return make_team("Leaks")


@pytest.fixture
def ada(team: Team) -> Agent:
    return make_agent("Ada", teams=(team,), state=Agent.BUSY)


@pytest.fixture
def ben(team: Team) -> Agent:
    return make_agent("Ben", teams=(team,), state=Agent.BUSY)


@pytest.fixture
def ticket(team: Team) -> Ticket:
    return make_ticket(team=team, contact=make_contact("Mia"))


def choose(agent: Agent, **more: object) -> Preferences:
    plain = {"ways": {}, "quiet_from": None, "quiet_until": None, "stand_in": None, "landing": "inbox"}
    return set_preferences(agent, by=agent, **{**plain, **more})  # type: ignore[arg-type]


def heard(*codes: str) -> list[tuple[str, str]]:
    return [(n.agent.name, n.code) for n in Notice.objects.order_by("pk") if not codes or n.code in codes]


def test_who_has_a_ticket_hears_of_an_answer_once_until_they_read_it(ticket: Ticket, ada: Agent, run_reactions: Run):
    assign_ticket(ticket, agent=ada, by=ada)
    for _ in range(2):
        receive_message(ticket, Incoming(contact=ticket.contact, text="Hello?"), by=ticket.contact)
        run_reactions()
    Notice.objects.update(read_at=now())
    receive_message(ticket, Incoming(contact=ticket.contact, text="Hello??"), by=ticket.contact)
    run_reactions()

    assert heard("message.received") == [("Ada", "message.received")] * 2


def test_followers_hear_of_changes_but_not_of_their_own_nor_from_other_teams(
    ticket: Ticket, ada: Agent, ben: Agent, run_reactions: Run
):
    left_the_team = make_agent("Otto", teams=(make_team("Billing"),))
    for agent in (ada, ben, left_the_team):
        Follower.objects.create(ticket=ticket, agent=agent)
    run_reactions()

    add_note(ticket, by=ada, agent=ada, html="<p>Pump</p>")
    send_message(ticket, by=ada, agent=ada, html="<p>Yes</p>")
    run_reactions()

    assert heard() == [("Ben", "ticket.changed")]


def test_only_who_wants_it_hears_of_new_tickets_of_the_team(team: Team, ada: Agent, ben: Agent, run_reactions: Run):
    choose(ada, ways={"team": ["page"]})
    choose(make_agent("Otto", teams=(make_team("Billing"),)), ways={"team": ["page"]})

    make_ticket(team=team, contact=make_contact("Mia"))
    run_reactions()

    assert heard("ticket.opened") == [("Ada", "ticket.opened")]


def test_a_notice_comes_by_the_ways_that_were_chosen_and_by_no_other(ticket: Ticket, ada: Agent, run_reactions: Run):
    choose(ada, ways={"mention": ["page"], "late": ["mail"], "soon": []})
    for code in ("ticket.mentioned", "target.breached", "target.nearing"):
        notify([ada.pk], code=code, about=ticket.key, by="system")
    run_reactions()

    assert [(n.code, n.ways) for n in Notice.objects.order_by("pk")] == [
        ("ticket.mentioned", ["page"]),
        ("target.breached", ["mail"]),
    ]
    assert Outgoing.objects.filter(recipients=[ada.email]).count() == 1


def test_in_quiet_hours_nothing_is_mailed_until_they_end_and_nothing_then_that_was_read(
    ticket: Ticket, ada: Agent, run_reactions: Run, fire_timers: Callable[[datetime], int]
):
    at = now()
    choose(ada, quiet_from=(at - timedelta(hours=1)).time(), quiet_until=(at + timedelta(hours=2)).time())
    other = make_ticket(team=ticket.team, contact=ticket.contact)
    for about in (ticket.key, other.key):
        notify([ada.pk], code="ticket.mentioned", about=about, by="system")
    run_reactions()
    to_ada = Outgoing.objects.filter(recipients=[ada.email])
    before = to_ada.count()
    Notice.objects.filter(about=other.key).update(read_at=now())
    fire_timers(at + timedelta(hours=3))
    fire_timers(at + timedelta(hours=3))

    assert (before, to_ada.count()) == (0, 1)
    assert not Timer.objects.filter(operation="channels.tell").exists()


def test_of_tickets_that_were_late_in_quiet_hours_one_mail_tells_when_they_end(
    ticket: Ticket, ada: Agent, run_reactions: Run, fire_timers: Callable[[datetime], int]
):
    at = now()
    choose(ada, quiet_from=(at - timedelta(hours=1)).time(), quiet_until=(at + timedelta(hours=2)).time())
    late = [make_ticket(team=ticket.team, contact=ticket.contact) for _ in range(7)]
    for one in late:
        notify([ada.pk], code="target.nearing", about=one.key, by="system")
        run_reactions()
    fire_timers(at + timedelta(hours=1))
    before = subjects()
    fire_timers(at + timedelta(hours=3))

    assert (before, subjects()) == ([], ["7 tickets are due soon"])


def test_quiet_hours_go_past_midnight_in_the_agents_own_time_zone(ada: Agent):
    Agent.objects.update(time_zone="Europe/Berlin")
    choose(ada, quiet_from=time(20), quiet_until=time(7))
    hearer = hearers([ada.pk])[ada.pk]

    ends = [hearer.quiet_end(datetime(2026, 1, day, hour, 30, tzinfo=UTC)) for day, hour in ((5, 20), (6, 3), (6, 7))]

    morning = datetime(2026, 1, 6, 6, 0, tzinfo=UTC)
    assert ends == [morning, morning, None]


def test_while_away_notices_and_new_tickets_go_to_who_stands_in(ticket: Ticket, ada: Agent, ben: Agent):
    choose(ada, stand_in=ben)
    Agent.objects.filter(pk=ada.pk).update(state=Agent.AWAY)
    ada.refresh_from_db()

    notify([ada.pk], code="ticket.mentioned", about=ticket.key, by="system")
    assign_ticket(ticket, agent=ada, by="system")

    ticket.refresh_from_db()
    assert ticket.assignee == ben
    assert heard() == [("Ben", "ticket.mentioned"), ("Ben", "ticket.assigned")]


def test_nobody_hears_of_tickets_they_may_not_see_by_standing_in(ticket: Ticket, ada: Agent, ben: Agent):
    stranger = make_agent("Otto", teams=(make_team("Billing"),))
    with pytest.raises(Refused, match="Otto"):
        choose(ada, stand_in=stranger)
    choose(ada, stand_in=ben)
    Agent.objects.filter(pk=ada.pk).update(state=Agent.AWAY)
    ben.memberships.all().delete()

    notify([ada.pk], code="ticket.mentioned", about=ticket.key, by="system")

    assert heard() == [("Ada", "ticket.mentioned")]


def test_who_takes_a_ticket_while_away_keeps_it(ticket: Ticket, ada: Agent, ben: Agent):
    choose(ada, stand_in=ben)
    Agent.objects.filter(pk=ada.pk).update(state=Agent.AWAY)
    ada.refresh_from_db()

    assign_ticket(ticket, agent=ada, by=ada)

    assert Ticket.objects.get(pk=ticket.pk).assignee == ada


def test_five_notices_to_one_agent_are_told_with_as_many_statements_as_two(
    ticket: Ticket, ada: Agent, run_reactions: Run
):
    late = [make_ticket(team=ticket.team, contact=ticket.contact) for _ in range(7)]
    run_reactions()
    statements = []
    for some in (late[:2], late[2:]):
        for one in some:
            notify([ada.pk], code="target.breached", about=one.key, by="system")
        with CaptureQueriesContext(connection) as captured:
            run_reactions()
        statements.append(len(captured))
        Notice.objects.update(read_at=now())

    assert sorted(subjects()) == sorted(f"Late: {one.subject} [#{one.number}]" for one in late)
    assert statements[0] == statements[1]


def test_of_many_tickets_late_at_once_an_agent_hears_in_one_mail_that_names_the_most_urgent_and_is_forgotten_too(
    ticket: Ticket, ada: Agent, ben: Agent, run_reactions: Run, fire_timers: Callable[[datetime], int]
):
    late = [make_ticket(team=ticket.team, contact=make_contact(f"Nora {n}"), subject=f"Well {n}") for n in range(14)]
    Ticket.objects.filter(pk=late[12].pk).update(priority=1)
    Ticket.objects.filter(pk=late[13].pk).update(status=Ticket.SOLVED)
    run_reactions()
    for one in late:
        notify([ada.pk], code="target.breached", about=one.key, by="system")
    notify([ben.pk], code="target.breached", about=late[0].key, by="system")
    run_reactions()
    Notice.objects.filter(agent=ada, about=late[3].key).update(read_at=now())
    before = subjects()
    for _ in range(2):
        fire_timers(now() + timedelta(minutes=2))

    gathered = Outgoing.objects.get(recipients=[ada.email])
    text = message_from_bytes(bytes(gathered.raw), policy=default).get_body(("plain",))
    assert text is not None
    named = [line for line in text.get_content().splitlines() if line.startswith("#")]
    assert before == [f"Late: Well 0 [#{late[0].number}]"]
    assert subjects() == [*before, "12 tickets are late"]
    assert named[0] == f"#{late[12].number} Well 12 (Nora 12)"
    assert [line for line in named if "Well 3" in line] + named[10:] == []
    assert "And 2 more." in text.get_content()

    Outgoing.objects.update(state=Outgoing.SENT)
    forget_in_channels(Person(contact_id=late[0].contact_id, name="Nora 0", addresses=frozenset(), phones=frozenset()))
    gathered.refresh_from_db()
    assert bytes(gathered.raw) == b""


def subjects() -> list[str]:
    mails = Outgoing.objects.filter(message=None).order_by("pk")
    return [message_from_bytes(bytes(mail.raw), policy=default)["Subject"] for mail in mails]


def test_a_mail_to_who_reads_no_notes_carries_none(ticket: Ticket, team: Team, ada: Agent, run_reactions: Run):
    ben = make_agent("Ben", teams=(team,), state=Agent.AWAY)
    role = Role.objects.create(name="Outside help", permissions=[READ_TICKETS])
    Membership.objects.filter(agent=ben).update(role=role)
    run_reactions()
    add_note(ticket, by=ada, agent=ada, html="<p>The culvert is ours.</p>")
    for agent in (ada, ben):
        notify([agent.pk], code="target.nearing", about=ticket.key, by="system")

    mails = build_notices(list(Notice.objects.filter(code="target.nearing").select_related("agent__login")))

    told = {
        one.agent_id: message_from_bytes(bytes(mail.raw), policy=default).get_body(("plain",)) for one, mail in mails
    }
    carries = {pk: part is not None and "culvert" in part.get_content() for pk, part in told.items()}
    assert carries == {ada.pk: True, ben.pk: False}
