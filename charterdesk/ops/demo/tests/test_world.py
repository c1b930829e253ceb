"""A loaded world is one the actions could have made."""

from collections import Counter
from datetime import datetime

import pytest
from django.db import connection

from charterdesk.base.files import open_stored
from charterdesk.events.log import event_class
from charterdesk.events.models import LoggedEvent, Reader, Timer
from charterdesk.events.queries import lag
from charterdesk.ops.demo.load import load
from charterdesk.ops.demo.tests.conftest import MORNING
from charterdesk.ops.problems import Problem
from charterdesk.people import cast
from charterdesk.people.models import Agent, Contact, Identity, Login
from charterdesk.people.viewer import viewer_of_agent
from charterdesk.sla.facts import spoken
from charterdesk.sla.models import Clock, Promise
from charterdesk.sla.replay import compare_all
from charterdesk.tickets.links import status_link
from charterdesk.tickets.models import Attachment, Merge, Message, StatusCount, Ticket

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


def entries_of(ticket: Ticket) -> list[LoggedEvent]:
    return list(LoggedEvent.objects.filter(subject=ticket.key))


def test_a_world_has_the_tickets_that_were_asked_for(world):
    assert (Ticket.objects.count(), Message.objects.count()) == (200, world)


def test_the_log_s_index_leaves_the_past_out_before_anybody_writes(world):
    """The worker would make it anew at its start, and all who write would wait for it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'events_event_txid'")
        (definition,) = cursor.fetchone()

    assert definition.endswith(f"WHERE (id > {LoggedEvent.objects.latest('id').pk})")


def test_every_row_of_a_world_is_one_a_form_would_accept():
    samples = [
        *Ticket.objects.order_by("?")[:40],
        *Message.objects.order_by("?")[:80],
        *Contact.objects.order_by("?")[:20],
        *Identity.objects.order_by("?")[:20],
        *Agent.objects.all(),
        *Clock.objects.order_by("?")[:40],
        *Attachment.objects.all(),
    ]

    for row in samples:
        row.full_clean(validate_unique=False, validate_constraints=False)


def test_kept_counts_are_real_counts():
    kept = {(c.team_id, c.status, c.assignee_id): c.tickets for c in StatusCount.objects.all()}

    assert kept == Counter(Ticket.objects.values_list("team_id", "status", "assignee_id"))


def test_every_foreign_key_of_a_world_leads_somewhere():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # checks now what is checked at commit; raises otherwise
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_numbers_are_unique_and_rise_with_time():
    numbers = list(Ticket.objects.order_by("opened_at", "id").values_list("number", flat=True))

    assert numbers == sorted(set(numbers))


def test_the_next_ticket_gets_the_next_numbers():
    highest = Ticket.objects.latest("id")
    made = Ticket.objects.create(subject="One more", team=highest.team, contact=highest.contact)
    made.refresh_from_db()

    assert (made.pk, made.number) == (highest.pk + 1, highest.number + 1)
    made.delete()


def test_every_ticket_tells_its_whole_history_in_order():
    for ticket in Ticket.objects.all():
        entries = entries_of(ticket)
        times = [entry.at for entry in entries]

        assert entries[0].code == "ticket.opened"
        assert times == sorted(times)
        assert all(event_class(entry.code) for entry in entries)


def test_a_ticket_stands_as_its_history_says():
    says = {"ticket.solved": "solved", "ticket.closed": "closed", "ticket.reopened": "open", "ticket.resumed": "open"}
    for ticket in Ticket.objects.all():
        status = "new"
        for entry in entries_of(ticket):
            status = entry.data["status"] if entry.code == "ticket.paused" else says.get(entry.code, status)

        assert (ticket.number, ticket.status) == (ticket.number, status)


def test_events_name_messages_that_are_there():
    named = {e.data["message_id"] for e in LoggedEvent.objects.all() if "message_id" in e.data}

    assert named <= set(Message.objects.values_list("pk", flat=True))
    received = LoggedEvent.objects.filter(code="message.received").count()
    assert received == Message.objects.filter(direction="in").count()


def test_every_request_has_its_one_acknowledgement():
    acknowledged = [message.once for message in Message.objects.filter(template="acknowledgement")]

    assert len(acknowledged) == 200
    assert set(acknowledged) == {f"acknowledgement:{pk}:" for pk in Ticket.objects.values_list("pk", flat=True)}


def test_the_acknowledgement_names_the_time_that_was_promised():
    for message in Message.objects.filter(template="acknowledgement", ticket__language="en")[:30]:
        promised = LoggedEvent.objects.get(subject=message.ticket.key, code="ticket.promised").data
        due_at = datetime.fromisoformat(promised["resolution_due_at"])

        assert spoken(due_at, cast.ZONE) in message.body_text
        assert status_link(message.ticket) in message.body_text


def test_what_a_ticket_is_due_by_is_what_its_clocks_say():
    for ticket in Ticket.objects.all():
        clocks = list(Clock.objects.filter(promise_id=ticket.pk))
        running = [clock.due_at for clock in clocks if clock.state == Clock.RUNNING and clock.due_at]

        assert ticket.due_at == min(running, default=None)
        assert Promise.objects.filter(ticket=ticket).exists()


def test_clocks_reckoned_again_from_the_log_are_the_same():
    assert list(compare_all()) == []


def test_some_promises_were_broken_and_most_were_kept():
    stopped = Clock.objects.filter(state=Clock.STOPPED)

    assert 0 < stopped.exclude(breached_at=None).count() < stopped.count() / 4


def test_each_unfinished_promise_has_its_timer_and_each_solved_ticket_will_close():
    watched = {t.name for t in Timer.objects.all()}
    solved = {f"close:{pk}" for pk in Ticket.objects.filter(status="solved").values_list("pk", flat=True)}
    running = Clock.objects.filter(state=Clock.RUNNING, breached_at=None).values_list("promise_id", flat=True)

    assert watched == solved | {f"sla:{pk}" for pk in running}


def test_nothing_in_the_log_waits_for_a_reaction():
    assert Reader.objects.get(name="reactions").floor_id == LoggedEvent.objects.latest("id").pk
    assert lag().events == 0


def test_the_world_is_alive_now():
    unfinished = Ticket.objects.unfinished()

    assert unfinished.count() >= 5
    assert (MORNING - Ticket.objects.latest("opened_at").opened_at).total_seconds() < 600
    assert Message.objects.filter(created_at__gt=MORNING).count() == 0


def test_attachments_can_be_read():
    attachment = Attachment.objects.filter(content_type="image/png").first()
    assert attachment is not None

    with open_stored(attachment.sha256) as file:
        assert len(file.read()) == attachment.size


def test_people_of_the_cast_can_sign_in_with_the_demo_password():
    login = Login.objects.get(email=f"maya@{cast.DOMAIN}")

    assert login.check_password(cast.DEMO_PASSWORD)
    assert Login.objects.get(email=cast.CONTACTS[0].email).contact.name == cast.CONTACTS[0].name


def test_an_agent_sees_their_teams_tickets_and_a_manager_all():
    maya, soraya = (Agent.objects.get(login__email=f"{key}@{cast.DOMAIN}") for key in ("maya", "soraya"))
    teams = set(Ticket.objects.visible_to(viewer_of_agent(maya)).values_list("team__name", flat=True))

    assert teams == {"Billing", "Customer service"}
    assert Ticket.objects.visible_to(viewer_of_agent(soraya)).count() == 200


def test_a_merged_ticket_left_its_messages_with_the_other():
    for merge in Merge.objects.all():
        moved = Message.objects.filter(pk__in=merge.message_ids)

        assert {message.ticket_id for message in moved} == {merge.target_id}
        assert merge.ticket.status == "closed"


def test_all_five_languages_are_spoken():
    assert set(Ticket.objects.values_list("language", flat=True)) == {"en", "de", "es", "fr", "ar"}


def test_three_hundred_letters_lie_on_one_ticket():
    longest = max(Ticket.objects.all(), key=lambda ticket: ticket.messages.count())

    assert longest.messages.count() >= 300


def test_a_desk_that_holds_anything_is_left_alone():
    with pytest.raises(Problem, match="not empty"):
        load(tickets=1)
