"""Every write to complaints: taken, acknowledged, kept from whom they are about, taken higher, decided."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM, Actor
from charterdesk.base.refused import Refused
from charterdesk.complaints.events import ComplaintDecided, ComplaintEscalated, ComplaintTaken, IndependenceLost
from charterdesk.complaints.models import TYPE, Complaint, Concerned, Decision, Level
from charterdesk.complaints.queries import first_level, has_others, involved_in, level_after, management
from charterdesk.complaints.telling import acknowledgement, decision_text
from charterdesk.events.log import publish
from charterdesk.events.operations import operation
from charterdesk.events.skipped import Skipped
from charterdesk.people.actions import notify
from charterdesk.people.models import Agent, Contact, Team
from charterdesk.tickets.actions import (
    Incoming,
    classify_ticket,
    move_ticket,
    open_ticket,
    receive_message,
    reopen_ticket,
    solve_ticket,
)
from charterdesk.tickets.actions.keeping_out import keep_out, let_back
from charterdesk.tickets.actions.locking import lock
from charterdesk.tickets.actions.texts import CUSTOMER, send_text
from charterdesk.tickets.guarding import SOLVE, guards_tickets
from charterdesk.tickets.models import Ticket

MADE, HIGHER = "complaint.taken", "complaint.escalated"
ABOUT_PEOPLE = (Complaint.HANDLING, Complaint.PERSON, Complaint.PROMISE)
"""What is about a request of these kinds concerns whoever had a hand in it."""


@transaction.atomic
def complain(
    contact: Contact,
    *,
    by: Actor,
    subject: str,
    text: str,
    kind: str,
    team: Team,
    about: Ticket | None = None,
    language: str = "",
    channel: str = "portal",
    once: str | None = None,
) -> Complaint:
    """Take a complaint on as a ticket of its own, past who had to do with `about`; `team` has it where no level is set.

    Taken in before (`once`): that complaint.
    """
    level = first_level()
    incoming = Incoming(
        contact=contact,
        channel=channel,
        subject=subject,
        text=text,
        author_name=str(contact),
        author_address=contact.email,
        once=once,
    )
    owner = level.team if level and level.team else team
    ticket = open_ticket(incoming, team=owner, by=by, type=TYPE, language=language)
    return take_complaint(ticket, by=by, about=about, kind=kind)


@transaction.atomic
def take_complaint(ticket: Ticket, *, by: Actor, about: Ticket | None = None, kind: str = Complaint.OTHER) -> Complaint:
    """Make `ticket` a complaint at the first level, kept from whoever had a hand in `about`; management is told.

    It stays one from then on. Nothing happens when it is one already: that one is returned. Raises
    `Refused("complaints.no_such_kind")`.
    """
    lock(ticket)
    if known := Complaint.objects.filter(ticket=ticket).first():
        return known
    if kind not in dict(Complaint.KINDS):
        raise Refused("complaints.no_such_kind", _("Say what the complaint is about."))
    level = first_level()
    if ticket.type != TYPE:
        classify_ticket(ticket, by=by, type=TYPE)
    complaint = Complaint.objects.create(ticket=ticket, about=about, kind=kind, level=level)
    taken = ComplaintTaken(
        ticket_id=ticket.pk,
        team_id=ticket.team_id,
        complaint_id=complaint.pk,
        kind=kind,
        about_id=about.pk if about else None,
        level_id=level.pk if level else None,
    )
    publish(taken, on=ticket, by=by)
    _to_team_of(complaint, level, by=by)
    if about is not None and kind in ABOUT_PEOPLE:
        name_concerned(complaint, agent_ids=involved_in(about), by=by)
    _tell_management(complaint, MADE, by=by)
    return complaint


def _to_team_of(complaint: Complaint, level: Level | None, *, by: Actor) -> None:
    if level is not None and level.team is not None and complaint.ticket.is_open:
        move_ticket(complaint.ticket, team=level.team, by=by)


def _tell_management(complaint: Complaint, code: str, *, by: Actor) -> None:
    concerned = set(complaint.concerned.values_list("agent", flat=True))
    notify(management(without=concerned), code=code, about=complaint.ticket.key, by=by)


@transaction.atomic
def name_concerned(complaint: Complaint, *, agent_ids: Collection[int], by: Actor) -> None:
    """Say that `complaint` is about these agents too: they no longer see it, and it is not theirs to work on.

    Where nobody else could work on it nobody is kept out; the complaint says then that it is not independent.
    """
    ticket = lock(complaint.ticket)
    known = set(complaint.concerned.values_list("agent", flat=True))
    fresh = set(agent_ids) - known
    Concerned.objects.bulk_create([Concerned(complaint=complaint, agent_id=pk) for pk in sorted(fresh)])
    everybody = known | fresh
    if not everybody:
        return
    if has_others(ticket.team_id, without=everybody):
        keep_out(ticket, agent_ids=everybody, by=by)
        _set_independent(complaint, True)
    elif complaint.is_independent:
        _set_independent(complaint, False)
        lost = IndependenceLost(ticket_id=ticket.pk, team_id=ticket.team_id, complaint_id=complaint.pk)
        publish(lost, on=ticket, by=by)


def _set_independent(complaint: Complaint, is_independent: bool) -> None:
    complaint.is_independent = is_independent
    complaint.save(update_fields=["is_independent"])


@transaction.atomic
def lift_concern(complaint: Complaint, *, agent: Agent, by: Actor) -> None:
    """It is not about `agent` after all: they may see it again. Nothing happens when they were not concerned."""
    ticket = lock(complaint.ticket)
    deleted, _rows = complaint.concerned.filter(agent=agent).delete()
    if deleted:
        let_back(ticket, agent_id=agent.pk, by=by)
        name_concerned(complaint, agent_ids=(), by=by)


@operation("complaints.acknowledge", tells=CUSTOMER)
@transaction.atomic
def acknowledge(ticket: Ticket, *, by: Actor) -> Skipped | None:
    """Tell who complained who decides, by when, and what comes after; once for each level."""
    complaint = take_complaint(ticket, by=by)
    complaint.ticket = ticket
    subject, text = acknowledgement(complaint)
    once = f"level{complaint.level_id}" if complaint.is_anew else ""
    sent = send_text(ticket, by=by, subject=subject, text=text, template="complaint", once=once)
    if complaint.acknowledged_at is None:
        complaint.acknowledged_at = now()
        complaint.save(update_fields=["acknowledged_at"])
    return sent if isinstance(sent, Skipped) else None


@transaction.atomic
def escalate_complaint(complaint: Complaint, *, by: Actor, reason: str = "", contact: Contact | None = None) -> None:
    """Have the next level decide anew; whoever decided before is kept out of it. Management is told, and a rule tells
    the customer.

    `contact` is set when the customer asks for it: `reason` stands on the ticket as theirs. Raises
    `Refused("complaints.no_level_above")`, naming the body outside if there is one.
    """
    ticket = lock(complaint.ticket)
    complaint.refresh_from_db()
    complaint.ticket = ticket
    following = level_after(complaint.level)
    if following is None or following.is_outside:
        raise Refused("complaints.no_level_above", _no_level(following))
    former_id, complaint.level = complaint.level_id, following
    complaint.level_since, complaint.is_decided = now(), False
    complaint.save(update_fields=["level", "level_since", "is_decided"])
    if not ticket.is_open:
        reopen_ticket(ticket, by=by)
    escalated = ComplaintEscalated(
        ticket_id=ticket.pk,
        team_id=ticket.team_id,
        complaint_id=complaint.pk,
        level_id=following.pk,
        former_id=former_id,
    )
    publish(escalated, on=ticket, by=by)
    if contact is not None and reason.strip():
        said = Incoming(
            contact=contact,
            channel="portal",
            text=reason,
            author_name=str(contact),
            author_address=contact.email,
        )
        receive_message(ticket, said, by=by)
    _to_team_of(complaint, following, by=by)
    decided = set(complaint.decisions.values_list("agent", flat=True))
    name_concerned(complaint, agent_ids=decided, by=SYSTEM)
    _tell_management(complaint, HIGHER, by=by)


def _no_level(outside: Level | None) -> str:
    if outside is None:
        return _("There is no level above this one.")
    ways = ", ".join(outside.ways)
    text = _("There is no level above this one with us. You can turn to %(level)s, which does not belong to us.")
    return text % {"level": f"{outside.name} ({ways})" if ways else outside.name}


@transaction.atomic
def decide_complaint(complaint: Complaint, *, by: Actor, agent: Agent, verdict: str, reasons: str) -> Decision:
    """Decide `complaint` as `agent`, and solve its ticket: the customer gets verdict, reasons, and what to do next.

    Raises `Refused`: `complaints.no_such_verdict`, `complaints.no_reasons`, `complaints.concerned`,
    `complaints.decided`, and what `solve_ticket` does.
    """
    ticket = lock(complaint.ticket)
    complaint.refresh_from_db()
    complaint.ticket = ticket
    if verdict not in dict(Decision.VERDICTS):
        raise Refused("complaints.no_such_verdict", _("Choose a decision."))
    if not reasons.strip():
        raise Refused("complaints.no_reasons", _("Give the reasons: the customer reads them."))
    if complaint.is_independent and complaint.concerned.filter(agent=agent).exists():
        raise Refused("complaints.concerned", _("It is about you: somebody else has to decide."))
    if complaint.is_decided:
        raise Refused("complaints.decided", _("This level has decided. The next one can decide anew."))
    decision = Decision.objects.create(
        complaint=complaint,
        level=complaint.level,
        verdict=verdict,
        reasons=reasons.replace("\x00", "").strip(),
        agent=agent,
        in_time=None if ticket.promised_at is None else now() <= ticket.promised_at,
    )
    complaint.is_decided = True
    complaint.save(update_fields=["is_decided"])
    decided = ComplaintDecided(
        ticket_id=ticket.pk,
        team_id=ticket.team_id,
        complaint_id=complaint.pk,
        decision_id=decision.pk,
        verdict=verdict,
        level_id=complaint.level_id,
    )
    publish(decided, on=ticket, by=by)
    solve_ticket(ticket, by=by, solution=decision_text(complaint, verdict, decision.reasons))
    return decision


@transaction.atomic
def take_up_again(ticket_id: int) -> None:
    """Its ticket was opened again: the level decides once more. Nothing happens to tickets that are no complaints."""
    Complaint.objects.filter(ticket_id=ticket_id, is_decided=True).update(is_decided=False)


@guards_tickets(TYPE)
def refuse_undecided(ticket: Ticket, deed: str) -> None:
    """A complaint ends by a decision, and stays one. Raises `Refused`: `complaints.undecided`, `complaints.stays_one`.

    One statement, for complaints only.
    """
    complaint = Complaint.objects.filter(ticket=ticket).only("is_decided").first()
    if complaint is None or (deed == SOLVE and complaint.is_decided):
        return
    if deed == SOLVE:
        raise Refused("complaints.undecided", _("This is a complaint: decide it, with reasons, to solve it."))
    raise Refused("complaints.stays_one", _("This is a complaint, and stays one until it is decided."))
