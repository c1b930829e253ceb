"""Rules of the desk as a whole: on a schedule, about no ticket."""

from collections.abc import Callable

from charterdesk.base.clock import now
from charterdesk.channels.models import Outgoing
from charterdesk.events.models import RuleVersion, Timer
from charterdesk.events.rule_changes import activate, deactivate, save_draft
from charterdesk.events.rule_problems import problems
from charterdesk.people.models import Team
from charterdesk.tickets.testing import make_ticket
from charterdesk.tickets.trying import tried_on

MONDAYS = {"when": [], "every": {"time": "08:00", "days": [1]}, "desk": True, "if": {}}


def test_a_schedule_of_the_desk_writes_one_mail_each_time_however_many_tickets_there_are(
    team: Team, run_reactions: Callable[[], int], fire_timers: Callable[..., int]
) -> None:
    mail = {"team": team.key, "address": "boss@desk.example", "subject": "Monday", "text": "A new week."}
    write = {"operation": "channels.write", "args": mail}
    version: RuleVersion = save_draft(name="Mondays", body={**MONDAYS, "then": [write]}, by="agent:1")
    activate(version, by="agent:1")
    for _number in range(3):
        make_ticket(team=team)
    run_reactions()
    before = Outgoing.objects.count()
    tried = [(each.subject, each.verdict) for each in tried_on(version, 14)]
    assert tried == [(f"rule:{version.rule_id}", "match")] * 2

    for _week in range(2):
        Timer.objects.filter(name=f"rule:{version.rule_id}:next").update(due_at=now(), try_at=now())
        assert fire_timers(now()) == 1
        run_reactions()
    sent = Outgoing.objects.order_by("pk")[before:]
    assert [(each.recipients, each.is_automatic) for each in sent] == [(["boss@desk.example"], True)] * 2
    assert Timer.objects.get(name=f"rule:{version.rule_id}:next").due_at.isoweekday() == 1
    deactivate(version.rule, by="agent:1")
    assert not Timer.objects.filter(name__startswith="rule:").exists()


def test_what_needs_a_ticket_a_team_or_an_address_is_refused(team: Team) -> None:
    write = {"operation": "channels.write", "args": {"team": team.key, "address": "x", "subject": "x", "text": "x"}}
    tag = {"operation": "tickets.tag", "args": {"add": ["x"]}}

    assert len(problems({**MONDAYS, "then": [tag]})) == 1
    assert len(problems({**MONDAYS, "team": team.pk, "then": [write]})) == 2
    assert len(problems({"when": ["ticket.opened"], "desk": True, "then": [write]})) == 2
