"""What tickets do when something happened: give out work, take it back, close what is settled."""

from datetime import timedelta

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM
from charterdesk.billing.events import (
    ContestDecided,
    ContractExhausted,
    RequestOrderNamed,
    VerdictContested,
    VerdictGiven,
)
from charterdesk.billing.models import INCIDENT, Verdict
from charterdesk.community.events import PostFileRemoved
from charterdesk.events.events import DeliveryParked, RuleParked
from charterdesk.events.log import Cause, caused_by
from charterdesk.events.reactions import Heard, react, react_together
from charterdesk.events.rule_parking import park_failing
from charterdesk.events.timers import cancel_timer, set_timer
from charterdesk.people.events import (
    AgentChanged,
    AgentDeactivated,
    AgentStateChanged,
    ContactMerged,
    ContactMergeUndone,
    ContactSplit,
    MemberAdded,
    MemberRemoved,
    OrganisationMerged,
    OrganisationMergeUndone,
)
from charterdesk.people.models import Agent
from charterdesk.tickets.actions.assignment import release_tickets_left
from charterdesk.tickets.actions.grading import start_asking
from charterdesk.tickets.actions.people import (
    adopt_tickets,
    adopt_tickets_of_organisation,
    part_tickets,
    return_tickets,
    return_tickets_of_organisation,
)
from charterdesk.tickets.actions.snoozing import wake_ticket
from charterdesk.tickets.actions.tags import keep_tags
from charterdesk.tickets.charging import (
    give_up,
    judge_after_hours,
    judge_anew,
    judge_tickets,
    tell_customer,
    tell_leads,
)
from charterdesk.tickets.events import (
    ClosingUndone,
    MessageQueued,
    MessageReceived,
    NoteAdded,
    RequesterChanged,
    TicketAssigned,
    TicketClassified,
    TicketClosed,
    TicketEvent,
    TicketGraded,
    TicketMergeUndone,
    TicketMoved,
    TicketOpened,
    TicketPaused,
    TicketReleased,
    TicketReopened,
    TicketResumed,
    TicketSolved,
    TicketTagged,
)
from charterdesk.tickets.letting_go import let_go
from charterdesk.tickets.models import Grade, Snooze
from charterdesk.tickets.noticing import tell_of_bad_grade, tell_of_parked_rule, tell_of_tickets
from charterdesk.tickets.routing import route_teams_of, route_waiting
from charterdesk.tickets.telling import tell_steps

GRACE = timedelta(minutes=10)
"""An agent may be away this long before their tickets go back into the queue."""


@react_together(TicketAssigned, TicketPaused, TicketReopened, TicketClosed)
def tell_customers(heard: Heard[TicketEvent]) -> None:
    """Some customers want to hear of every step."""
    tell_steps(heard)


@react_together(TicketOpened, TicketMoved, TicketReleased, TicketPaused, TicketSolved, TicketClosed, TicketResumed)
def give_out(heard: Heard[TicketEvent]) -> None:
    """Something waits, or somebody has become free."""
    causes = {entry.subject: Cause.of(entry) for _event, entry in heard}
    first = {event.team_id: entry for event, entry in reversed(heard)}
    for team_id, entry in first.items():
        with caused_by(entry):
            route_waiting(team_id, by=SYSTEM, causes=causes)


@react_together(TicketTagged)
def know_tags(heard: Heard[TicketTagged]) -> None:
    """A tag is known from its first use on."""
    keep_tags(name for event, _entry in heard for name in event.added)


@react(AgentStateChanged)
def agent_came_or_went(event: AgentStateChanged) -> None:
    """Whoever works gets work; whoever stays away gives theirs back after the time of grace."""
    if event.state == Agent.WORKING:
        cancel_timer(f"take-back:{event.agent_id}")
        route_teams_of(event.agent_id, by=SYSTEM)
    elif event.state == Agent.AWAY:
        set_timer(
            f"take-back:{event.agent_id}",
            due_at=now() + GRACE,
            operation="tickets.take_back",
            on=f"agent:{event.agent_id}",
        )


@react(AgentChanged)
def agent_can_more(event: AgentChanged) -> None:
    """Another skill, another language or more room: what waited may have found somebody."""
    route_teams_of(event.agent_id, by=SYSTEM)


@react(MemberAdded)
def agent_joined_team(event: MemberAdded) -> None:
    """What waited for somebody may have found them."""
    route_waiting(event.team_id, by=SYSTEM)


@react(AgentDeactivated)
def agent_left(event: AgentDeactivated) -> None:
    """Nobody waits for somebody who is gone."""
    release_tickets_left(Agent.objects.get(pk=event.agent_id), by=SYSTEM)


@react(MemberRemoved)
def agent_left_team(event: MemberRemoved) -> None:
    """Nor a team's customers for somebody who works elsewhere."""
    release_tickets_left(Agent.objects.get(pk=event.agent_id), by=SYSTEM, team_id=event.team_id)


@react(TicketSolved)
def ask_how_it_went(event: TicketSolved) -> None:
    """The customer may come back to it for some days, and is reminded to grade it."""
    start_asking(event.ticket_id)


@react(ClosingUndone)
def ask_again(event: ClosingUndone) -> None:
    """It is solved after all: it closes when nothing is heard, and its customer may grade it."""
    start_asking(event.ticket_id)


@react(TicketReopened, TicketClosed)
def ask_no_more(event: TicketEvent) -> None:
    """It was not settled, or is over already."""
    cancel_timer(f"close:{event.ticket_id}")
    cancel_timer(f"grade:{event.ticket_id}")


@react(TicketGraded)
def tell_who_leads(event: TicketGraded) -> None:
    """Whoever leads hears when somebody was not helped."""
    if event.score < Grade.POSITIVE:
        tell_of_bad_grade(event)


@react_together(MessageReceived, TicketSolved, TicketClosed)
def wake(heard: Heard[TicketEvent]) -> None:
    """Its customer wrote, or it is over: nothing is put off any more. One statement where nothing sleeps."""
    causes = {event.ticket_id: entry for event, entry in heard if getattr(event, "side_thread_id", None) is None}
    for snooze in Snooze.objects.select_related("ticket").filter(ticket_id__in=causes).order_by("ticket_id"):
        entry = causes[snooze.ticket_id]
        if entry.at < snooze.since:
            continue  # put off after that, and knowing of it
        with caused_by(entry):
            reason = "reply" if entry.code == MessageReceived.code else "done"
            wake_ticket(snooze.ticket, by=SYSTEM, reason=reason)


@react_together(TicketOpened, MessageReceived, MessageQueued, NoteAdded, TicketSolved, TicketReopened, TicketMoved)
def tell_whom_it_concerns(heard: Heard[TicketEvent]) -> None:
    """Who has it, who follows it, who wants to know of every new one."""
    tell_of_tickets(heard)


@react(ContactMerged)
def tickets_of_merged_contact(event: ContactMerged) -> None:
    """Two contacts were one person."""
    adopt_tickets(contact_id=event.contact_id, from_id=event.merged_id, merge_id=event.merge_id)


@react(ContactMergeUndone)
def tickets_of_parted_contact(event: ContactMergeUndone) -> None:
    """They were two after all."""
    return_tickets(contact_id=event.contact_id, to_id=event.merged_id, merge_id=event.merge_id)


@react(OrganisationMerged)
def tickets_of_merged_organisation(event: OrganisationMerged) -> None:
    """Two organisations were one."""
    adopt_tickets_of_organisation(
        organisation_id=event.organisation_id, from_id=event.merged_id, merge_id=event.merge_id
    )


@react(OrganisationMergeUndone)
def tickets_of_parted_organisation(event: OrganisationMergeUndone) -> None:
    """They were two after all."""
    return_tickets_of_organisation(
        organisation_id=event.organisation_id, to_id=event.merged_id, merge_id=event.merge_id
    )


@react(ContactSplit)
def tickets_of_split_contact(event: ContactSplit) -> None:
    """One contact was two people."""
    part_tickets(contact_id=event.contact_id, new_id=event.new_id)


@react(DeliveryParked)
def look_at_failing_rule(event: DeliveryParked) -> None:
    """A rule that fails again and again is switched off."""
    park_failing(event)


@react(RuleParked)
def tell_who_sets_rules(event: RuleParked) -> None:
    """Somebody has to mend it."""
    tell_of_parked_rule(event.rule_id)


@react_together(TicketOpened, TicketClassified, TicketTagged, RequesterChanged, TicketMergeUndone)
def say_what_it_costs(heard: Heard[TicketEvent]) -> None:
    """What decides whether it is free is known now, or is another thing."""
    judge_tickets(heard)


@react(TicketClosed)
def charge_nothing_given_up(event: TicketClosed) -> None:
    """It was no request after all."""
    give_up(event.ticket_id, event.reason)


@react(RequestOrderNamed)
def order_named(event: RequestOrderNamed) -> None:
    """It may lie in the window of that order."""
    judge_anew(event.about)


@react(ContractExhausted)
def hours_used_up(event: ContractExhausted) -> None:
    """What is being worked on costs something from now on."""
    if event.kind != INCIDENT:
        judge_after_hours(event.contract_id)


@react(VerdictGiven)
def tell_price(event: VerdictGiven) -> None:
    """What costs something, the customer hears before it does."""
    if event.outcome == Verdict.CHARGED:
        tell_customer(event.about, event.verdict_id)


@react(VerdictContested)
def customer_contests(event: VerdictContested) -> None:
    """Somebody has to decide."""
    tell_leads(event.about)


@react(ContestDecided)
def tell_decision(event: ContestDecided) -> None:
    """Whoever contested hears what was decided."""
    tell_customer(event.about, -event.contest_id)


@react(PostFileRemoved)
def let_bytes_go(event: PostFileRemoved) -> None:
    """A file was taken off a post; its bytes go, too, unless something else names them."""
    let_go([event.sha256])
