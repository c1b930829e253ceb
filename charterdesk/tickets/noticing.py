"""Which agents a ticket's events concern: who has it, follows it, or wants to know of every new one of their team."""

from collections.abc import Iterable, Sequence

from django.db.models import F, Q

from charterdesk.base.keys import SYSTEM
from charterdesk.events.log import Cause, Entry
from charterdesk.people.actions import notify
from charterdesk.people.actions.notices import leave_notices
from charterdesk.people.models import Agent, Notice, Preferences
from charterdesk.people.permissions import SET_RULES, agents_who_may
from charterdesk.people.queries import who_leads
from charterdesk.tickets.events import MessageQueued, MessageReceived, TicketEvent, TicketOpened
from charterdesk.tickets.models import Follower, Ticket

REPLY, CHANGED, OPENED = "message.received", "ticket.changed", "ticket.opened"
GRADED_LOW = "ticket.graded_low"
Told = tuple[int, str, str]
"""An agent, the code of a notice, and the key it is about."""


def tell_of_tickets(heard: Sequence[tuple[TicketEvent, Entry]]) -> None:
    """Leave notices for whom these events concern, but not for who made them nor for who has an unread one of the kind.

    At most four statements and those of the notices; in the caller's transaction.
    """
    told: dict[Told, tuple[Notice, Entry]] = {}
    for agent_id, code, event, entry in _concerned(heard):
        about = f"ticket:{event.ticket_id}"
        if entry.actor != f"agent:{agent_id}":
            notice = Notice(agent_id=agent_id, code=code, about=about, data=_data(event))
            told.setdefault((agent_id, code, about), (notice, entry))
    known = _unread(told)
    fresh = [(notice, Cause.of(entry)) for once, (notice, entry) in told.items() if once not in known]
    leave_notices(fresh, by=SYSTEM)


def tell_of_bad_grade(event: TicketEvent) -> None:
    """Leave a notice for who leads the ticket's team; where nobody does, for management. Two statements at most."""
    notify(who_leads(event.team_id), code=GRADED_LOW, about=f"ticket:{event.ticket_id}", by=SYSTEM)


def tell_of_parked_rule(rule_id: int) -> None:
    """Leave a notice for everybody who sets up rules. Two statements at most."""
    agents = agents_who_may(SET_RULES).values_list("pk", flat=True)
    notify(agents, code="rule.parked", about=f"rule:{rule_id}", by=SYSTEM)


def _data(event: TicketEvent) -> dict[str, int]:
    message_id = getattr(event, "message_id", None)
    return {"message_id": message_id} if message_id else {}


def _concerned(heard: Sequence[tuple[TicketEvent, Entry]]) -> Iterable[tuple[int, str, TicketEvent, Entry]]:
    opened = [(event, entry) for event, entry in heard if isinstance(event, TicketOpened)]
    if opened:
        wanting = _wanting_new(event.team_id for event, _entry in opened)
        for event, entry in opened:
            yield from ((pk, OPENED, event, entry) for pk in wanting.get(event.team_id, ()))
    later = [(news, entry) for news, entry in heard if _is_news(news)]
    if not later:
        return
    ids = [news.ticket_id for news, _entry in later]
    owners = dict(Ticket.objects.filter(pk__in=ids).values_list("pk", "assignee_id"))
    following = _following(ids)
    for news, entry in later:
        owner = owners.get(news.ticket_id)
        is_reply = isinstance(news, MessageReceived)
        if owner and is_reply:
            yield owner, REPLY, news, entry
        for agent_id in following.get(news.ticket_id, ()):
            if not (is_reply and agent_id == owner):
                yield agent_id, CHANGED, news, entry


def _is_news(event: TicketEvent) -> bool:
    """Not what opens a ticket, and not what the desk sends by itself."""
    if isinstance(event, MessageReceived):
        return not event.is_first
    if isinstance(event, MessageQueued):
        return event.agent_id is not None
    return not isinstance(event, TicketOpened)


def _following(ticket_ids: Sequence[int]) -> dict[int, list[int]]:
    """The followers of each ticket who may still see it. One statement."""
    sees = Q(agent__memberships__team=F("ticket__team")) | Q(
        agent__role__in=(Agent.MANAGER, Agent.ADMINISTRATOR), agent__free_role=None
    )
    found: dict[int, list[int]] = {}
    rows = Follower.objects.filter(sees, ticket__in=ticket_ids, agent__is_active=True)
    for ticket_id, agent_id in rows.values_list("ticket_id", "agent_id").distinct():
        found.setdefault(ticket_id, []).append(agent_id)
    return found


def _wanting_new(team_ids: Iterable[int]) -> dict[int, list[int]]:
    """By team, the members who chose to hear of every new ticket of it. One statement."""
    found: dict[int, list[int]] = {}
    chose = Preferences.objects.filter(
        ways__has_key="team", agent__is_active=True, agent__memberships__team__in=set(team_ids)
    ).exclude(ways__team=[])
    for team_id, agent_id in chose.values_list("agent__memberships__team", "agent_id"):
        found.setdefault(team_id, []).append(agent_id)
    return found


def _unread(told: Iterable[Told]) -> set[Told]:
    """Those of which there is an unread notice already. One statement."""
    wanted = list(told)
    if not wanted:
        return set()
    rows = Notice.objects.filter(
        agent__in={agent_id for agent_id, _code, _about in wanted},
        about__in={about for _agent_id, _code, about in wanted},
        read_at=None,
    )
    return set(rows.values_list("agent_id", "code", "about"))
