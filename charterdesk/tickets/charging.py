"""Tickets and what they cost: what of a ticket decides, and what follows from what was said of it."""

from collections.abc import Iterable, Sequence

from charterdesk.base.keys import SYSTEM, Actor, split_key
from charterdesk.billing.actions.loyalty import favour_requests
from charterdesk.billing.actions.time_entries import Work
from charterdesk.billing.actions.verdicts import judge, judge_all, withdraw_verdict
from charterdesk.billing.deciding import Case
from charterdesk.billing.models import Reason, Verdict
from charterdesk.billing.queries.set_up import has_tiers, is_charging
from charterdesk.events.log import Cause, Entry, caused_by, event_row, write_events
from charterdesk.people.actions.notices import notify
from charterdesk.people.queries import who_leads
from charterdesk.tickets.actions.texts import send_template
from charterdesk.tickets.events import TicketEvent, TicketFavoured, TicketOpened
from charterdesk.tickets.models import Ticket

KIND = "ticket"
PRICE = "price"
"""The text that tells a customer what their request costs, or what was decided about it."""
GIVEN_UP = ("junk", "merged")


def case_of(ticket: Ticket) -> Case:
    """What of `ticket` decides whether it is free. No query."""
    return Case(
        about=ticket.key,
        contact_id=ticket.contact_id,
        organisation_id=ticket.organisation_id,
        type=ticket.type,
        channel=ticket.channel,
        tags=ticket.tags,
        at=ticket.opened_at,
    )


def work_on(ticket: Ticket) -> Work:
    """What time spent on `ticket` is spent on. No query."""
    return Work(about=ticket.key, contact_id=ticket.contact_id, organisation_id=ticket.organisation_id)


def judge_ticket(ticket: Ticket, *, by: Actor, corrects: bool = True) -> Verdict | None:
    """Say whether `ticket` is free or charged; nothing of one that went on in another."""
    return None if ticket.is_merged else judge(case_of(ticket), by=by, corrects=corrects)


def judge_tickets(heard: Iterable[tuple[TicketEvent, Entry]]) -> None:
    """Say of each what it costs, and put those of loyal customers earlier. No statement where nothing is set up."""
    heard = list(heard)
    charging, tiers = is_charging(), has_tiers()
    if not (charging or tiers):
        return
    found = Ticket.objects.in_bulk({event.ticket_id for event, _entry in heard})
    there = [(event, entry, found[event.ticket_id]) for event, entry in heard if event.ticket_id in found]
    if charging:
        judge_all([(case_of(one), Cause.of(entry)) for _event, entry, one in there if not one.is_merged], by=SYSTEM)
    if tiers:
        _favour([(entry, ticket) for event, entry, ticket in there if isinstance(event, TicketOpened)])


def _favour(opened: Sequence[tuple[Entry, Ticket]]) -> None:
    """Put those of loyal customers earlier, and make it known."""
    tiers = favour_requests([case_of(ticket) for _entry, ticket in opened])
    rows = []
    for entry, ticket in opened:
        if tier := tiers.get(ticket.key):
            with caused_by(entry):
                event = TicketFavoured(ticket_id=ticket.pk, team_id=ticket.team_id, tier_id=tier.pk)
                rows.append(event_row(event, on=ticket, by=SYSTEM))
    write_events(rows)


def give_up(ticket_id: int, reason: str) -> None:
    """Junk, and what goes on in another ticket, used nothing."""
    if reason in GIVEN_UP and is_charging():
        withdraw_verdict(f"{KIND}:{ticket_id}", by=SYSTEM)


def ticket_of(about: str) -> Ticket | None:
    """The ticket that `about` is the key of. One query; none for keys of another kind."""
    kind, number = split_key(about)
    return Ticket.objects.filter(pk=number).first() if kind == KIND else None


def judge_anew(about: str) -> None:
    """Something bears on a request that it did not before: which order it is about."""
    ticket = ticket_of(about) if is_charging() else None
    if ticket:
        judge_ticket(ticket, by=SYSTEM)


def judge_after_hours(contract_id: int) -> None:
    """The hours of a contract are used up: what goes on by them has a price from now on, which its customer is told."""
    holding = Verdict.objects.filter(contract_id=contract_id, replaced_at=None, kind=Reason.CONTRACT)
    keys = holding.filter(facts__has_key="minutes", about__startswith=f"{KIND}:").values_list("about", flat=True)
    for ticket in Ticket.objects.unfinished().filter(pk__in=[split_key(key)[1] for key in keys]).order_by("pk"):
        judge_ticket(ticket, by=SYSTEM, corrects=False)


def tell_customer(about: str, verdict_id: int) -> None:
    """Mail the customer what is said of their request now, once for each verdict."""
    ticket = ticket_of(about)
    if ticket and ticket.is_open:
        send_template(ticket, by=SYSTEM, template=PRICE, once=str(verdict_id))


def tell_leads(about: str) -> None:
    """A customer contests what was said: whoever leads the ticket's team hears of it."""
    ticket = ticket_of(about)
    if ticket is None:
        return
    notify(who_leads(ticket.team_id), code="verdict.contested", about=about, by=SYSTEM)
