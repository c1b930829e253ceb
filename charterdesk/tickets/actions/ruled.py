"""What only rules do: write to customers and others by themselves, tell colleagues, and say that a time has come."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zlib import crc32

from django.db import transaction
from django.utils import translation
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charterdesk.base.clock import now
from charterdesk.base.html import html_to_text
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.facts import facts_for_template, take_snapshot
from charterdesk.events.log import BEGINNING, Entry, event_row, publish, this_cause, write_events
from charterdesk.events.models import RuleVersion
from charterdesk.events.operations import operation
from charterdesk.events.rule_times import go_on, next_time, rows_between
from charterdesk.events.ruled import NOT_IN_FORCE
from charterdesk.events.rules import concerns, judge
from charterdesk.events.skipped import Skipped, skipped
from charterdesk.people.actions import notify
from charterdesk.people.models import Agent
from charterdesk.people.queries import who_leads
from charterdesk.tickets.actions.details import check_address, problems_of_address
from charterdesk.tickets.actions.locking import lock
from charterdesk.tickets.actions.sending import forward_ticket
from charterdesk.tickets.actions.texts import CUSTOMER, send_text
from charterdesk.tickets.events import RuleDue, TicketEscalated
from charterdesk.tickets.filling import fill, problems_in
from charterdesk.tickets.macros import text_for
from charterdesk.tickets.models import Follower, Macro, Message, Ticket

PIECE = 500
LOOK_EVERY = timedelta(minutes=1)
ASSIGNEE, LEADS, FOLLOWERS = "assignee", "leads", "followers"
HEARERS = (ASSIGNEE, LEADS, FOLLOWERS)
NOBODY_TO_TELL = skipped("tickets.nobody_to_tell", gettext_lazy("there is nobody to tell"))


@operation("tickets.write", tells=CUSTOMER, leaves=True, check=problems_in("subject", "text"))
@transaction.atomic
def write_to_customer(ticket: Ticket, *, by: Actor, subject: str, text: str) -> Message | Skipped:
    """Send the customer a text; both may name facts as `{{ customer }}` (see `own_texts.FACTS`).

    Each text once for each event that led to it. Skipped where nobody can be reached, or a machine wrote last
    (RFC 3834). Raises `Refused("tickets.empty_message")`.
    """
    if not text.strip():
        raise Refused("tickets.empty_message", _("Write something first."))
    with translation.override(ticket.language):
        facts = facts_for_template(ticket.key)
        filled = fill(text, facts)
        return send_text(ticket, by=by, subject=fill(subject, facts), text=filled, template=_once(filled))


@operation("tickets.answer_with", tells=CUSTOMER, leaves=True)
@transaction.atomic
def answer_with_macro(ticket: Ticket, *, by: Actor, macro: Macro) -> Message | Skipped:
    """Send the customer the text of a macro, in their language, as the desk. As `write_to_customer` otherwise."""
    language, html = text_for(macro, ticket, None)
    if not html:
        raise Refused("tickets.empty_message", _("Write something first."))
    with translation.override(language):
        subject = f"{ticket.subject} [#{ticket.number}]"
        text = html_to_text(html)
        return send_text(ticket, by=by, subject=subject, text=text, template=_once(text))


def _once(text: str) -> str:
    """Names a text that a rule wrote by the event that led to it and by what it says: it leaves once, and others of the
    same event leave beside it.
    """
    return f"rule{(this_cause() or BEGINNING).event_id}.{crc32(text.strip().encode()):08x}"


@operation("tickets.ask", leaves=True, check=problems_of_address)
@transaction.atomic
def ask_by_mail(ticket: Ticket, *, by: Actor, address: str, text: str, subject: str = "") -> Message:
    """Mail somebody else about `ticket`; what they answer is a talk of its own on it. Raises
    `Refused("tickets.bad_address")`.
    """
    check_address(address)
    html = linebreaks(text, autoescape=True)
    return forward_ticket(ticket, by=by, agent=None, address=address, html=html, subject=subject)


@operation("tickets.tell")
@transaction.atomic
def tell_colleagues(
    ticket: Ticket, *, by: Actor, who: str, text: str = "", agent: Agent | None = None
) -> Skipped | None:
    """Notify colleagues as they chose: `who` is `assignee` (the leads where nobody has it), `leads`, `followers`, or
    "" for `agent`. What is told is `text`, which is kept with the notice.
    """
    found = [agent.pk] if agent else _hearers(ticket, who)
    if not found:
        return NOBODY_TO_TELL
    notify(found, code="ticket.told", about=ticket.key, by=by, data={"text": text[:300]} if text else {})
    return None


def _hearers(ticket: Ticket, who: str) -> Sequence[int]:
    if who not in HEARERS:
        raise ValueError(f"nobody is called {who}")
    if who == FOLLOWERS:
        return list(Follower.objects.filter(ticket=ticket).values_list("agent_id", flat=True))
    if who == ASSIGNEE and ticket.assignee_id:
        return [ticket.assignee_id]
    return who_leads(ticket.team_id)


@operation("tickets.escalate")
@transaction.atomic
def escalate_ticket(ticket: Ticket, *, by: Actor, text: str = "") -> None:
    """Ask whoever leads its team to look after `ticket`; where nobody leads it, management."""
    lock(ticket)
    publish(TicketEscalated(ticket_id=ticket.pk, team_id=ticket.team_id), on=ticket, by=by)
    data = {"text": text[:300]} if text else {}
    notify(who_leads(ticket.team_id), code="ticket.escalated", about=ticket.key, by=by, data=data)


@operation("tickets.come_due")
@transaction.atomic
def come_due(ticket: Ticket, *, by: Actor, rule_id: int, message_id: int | None = None) -> Skipped | None:
    """A rule's wait on `ticket` is over. Nothing happens where the rule is not in force any more."""
    if _in_force(rule_id) is None:
        return NOT_IN_FORCE
    lock(ticket)
    due = RuleDue(ticket_id=ticket.pk, team_id=ticket.team_id, rule_id=rule_id, message_id=message_id)
    publish(due, on=ticket, by=by)
    return None


@operation("tickets.come_due_around")
@transaction.atomic
def come_due_around(*, by: Actor, rule_id: int, since: str) -> Skipped | None:
    """Look for tickets whose date a rule follows came since `since` (ISO, UTC), and look again in a minute.

    A piece of `PIECE` at a time, from the earliest date on; those of one moment stay together.
    """
    version = _in_force(rule_id)
    if version is None:
        return NOT_IN_FORCE
    around, start, at = version.body["around"], datetime.fromisoformat(since), now()
    ahead = timedelta(hours=around["hours"])
    team = version.body.get("team")
    found = rows_between(around["date"], start - ahead, at - ahead, most=PIECE, team=team)
    _publish_due(version, [pk for pk, _date in found], by=by)
    if len(found) >= PIECE:
        go_on(rule_id, "around", at, since=(found[-1][1] + ahead).isoformat())
    else:
        go_on(rule_id, "around", at + LOOK_EVERY, since=at.isoformat())
    return None


@operation("tickets.come_due_all")
@transaction.atomic
def come_due_all(*, by: Actor, rule_id: int, after: int = 0) -> Skipped | None:
    """Look at the unfinished tickets for which a schedule's rule holds, a piece at a time, and set its next round."""
    version = _in_force(rule_id)
    if version is None:
        return NOT_IN_FORCE
    tickets = Ticket.objects.unfinished().filter(pk__gt=after).order_by("pk")
    team = version.body.get("team")
    found = list((tickets.filter(team_id=team) if team else tickets)[:PIECE])
    _publish_due(version, [ticket.pk for ticket in found if _holds(version, ticket)], by=by)
    if len(found) == PIECE:
        go_on(rule_id, "every", now(), after=found[-1].pk)
    else:
        go_on(rule_id, "every", next_time(version.body["every"], now()))
    return None


def due_entry(ticket: Ticket, rule_id: int, *, at: datetime | None = None) -> Entry:
    """The event that a rule would judge if its time came for `ticket` now; not published. No query."""
    data: dict[str, Any] = {"ticket_id": ticket.pk, "team_id": ticket.team_id, "rule_id": rule_id}
    return Entry(
        id=0, at=at or now(), code=RuleDue.code, subject=ticket.key, actor=f"rule:{rule_id}", cause_id=None, depth=0,
        data=data, facts=take_snapshot(ticket), event=None,
    )  # fmt: skip


def _holds(version: RuleVersion, ticket: Ticket) -> bool:
    entry = due_entry(ticket, version.rule_id)
    return concerns(version.body, entry) and judge(version.body, entry)[0].answer is not False


def _publish_due(version: RuleVersion, ids: Sequence[int], *, by: Actor) -> None:
    """Say of these tickets that the rule's time has come. Two statements, none for none."""
    if not ids:
        return
    tickets = Ticket.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    write_events(
        [
            event_row(RuleDue(ticket_id=ticket.pk, team_id=ticket.team_id, rule_id=version.rule_id), on=ticket, by=by)
            for ticket in tickets
        ]
    )


def _in_force(rule_id: int) -> RuleVersion | None:
    active = RuleVersion.objects.filter(rule_id=rule_id, active_from__isnull=False, active_until=None)
    return active.first()
