"""Policies are checked when they are written, and every version of them stays; staff hear when time runs out."""

from datetime import timedelta

import pytest

from charterdesk.base.refused import Refused
from charterdesk.events.models import LoggedEvent
from charterdesk.events.testing import fire_timers, run_reactions
from charterdesk.people.models import Agent, Notice
from charterdesk.people.testing import make_agent
from charterdesk.sla.actions import change_policy, create_policy, retire_policy
from charterdesk.sla.models import Clock, Policy, PolicyVersion
from charterdesk.sla.testing import at_hour, happened
from charterdesk.tickets.actions import assign_ticket
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_a_changed_policy_binds_requests_from_then_on_only(team):
    version = create_policy(by="agent:1", name="Everything", first_reply=4 * HOUR)
    before = make_ticket(team=team)
    happened(0)
    changed = change_policy(version.policy, by="agent:1", first_reply=2 * HOUR)
    after = make_ticket(team=team)
    happened(10)

    due = dict(Clock.objects.values_list("promise_id", "due_at"))
    assert due == {before.pk: at_hour(4), after.pk: at_hour(12)}
    assert (changed.number, changed.name) == (2, "Everything")
    assert PolicyVersion.objects.get(number=1).active_until is not None


def test_a_policy_taken_out_of_force_promises_nothing_new(team):
    version = create_policy(by="agent:1", name="Everything", first_reply=4 * HOUR)
    retire_policy(version.policy, by="agent:1")
    retire_policy(version.policy, by="agent:1")
    make_ticket(team=team)
    happened(0)

    assert Clock.objects.count() == 0
    changes = LoggedEvent.objects.filter(code="policy.changed").order_by("id")
    assert [change.data["version"] for change in changes] == [1, None]


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("sla.no_target", {}),
        ("sla.no_target", {"first_reply": timedelta(0)}),
        ("sla.no_target", {"first_reply": HOUR, "resolution": -HOUR}),
        ("sla.warnings", {"first_reply": HOUR, "warnings": [50, 100]}),
        ("sla.warnings", {"first_reply": HOUR, "warnings": [10, 20, 30, 40, 50, 60]}),
        ("sla.no_such_types", {"first_reply": HOUR, "types": ["wish"]}),
        ("sla.no_such_priorities", {"first_reply": HOUR, "priorities": [9]}),
        ("sla.no_such_channels", {"first_reply": HOUR, "channels": ["pigeon"]}),
        ("sla.no_such_languages", {"first_reply": HOUR, "languages": ["xx"]}),
        ("sla.no_such_pauses", {"first_reply": HOUR, "pauses": ["solved"]}),
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(code, fields):
    with pytest.raises(Refused) as refused:
        create_policy(by="agent:1", name="Nonsense", **fields)

    assert (refused.value.code, Policy.objects.count()) == (code, 0)


def test_whoever_has_a_ticket_hears_that_it_is_due_soon_and_late(ticket, agent):
    assign_ticket(ticket, agent=agent, by=agent)
    happened(0.5)
    Notice.objects.all().delete()
    fire_timers(until=at_hour(4))
    run_reactions()

    assert [(n.agent, n.code, n.about) for n in Notice.objects.order_by("id")] == [
        (agent, "target.nearing", ticket.key),
        (agent, "target.breached", ticket.key),
    ]


def test_the_leads_hear_of_what_nobody_has(ticket, team):
    lead = make_agent("Lea Lead", teams=(team,), role=Agent.LEAD, state=Agent.AWAY)
    make_agent("Somebody Else", role=Agent.LEAD, state=Agent.AWAY)
    fire_timers(until=at_hour(3))
    run_reactions()

    assert [(n.agent, n.code) for n in Notice.objects.all()] == [(lead, "target.nearing")]
