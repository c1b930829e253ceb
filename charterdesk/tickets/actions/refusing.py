"""The customer is right: what it takes to refuse a request.

Only management refuses, only with an explanation that is sent, and only once the request is settled for its customer.
Whoever tries without all that is told what is missing, and the attempt is kept.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.html import clean_html, html_to_text
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import key_of, publish
from charterdesk.people.models import Agent
from charterdesk.people.viewer import Viewer, viewer_of_agent
from charterdesk.tickets.actions.lifecycle import REFUSED, end_refused
from charterdesk.tickets.actions.locking import lock, refuse_merged
from charterdesk.tickets.events import MessageQueued, RefusalBarred, RequestRefused
from charterdesk.tickets.models import Consent, Grade, Message, RefusalAttempt, Ticket
from charterdesk.tickets.policies import may_refuse

MOST_WORDS = 20_000


@transaction.atomic
def refuse_request(ticket: Ticket, *, by: Actor, explanation: str) -> RefusalAttempt:
    """Refuse `ticket`: send `explanation` (HTML) to its customer and close it; or keep that it was barred, and why.

    It answers with the attempt instead of raising, so that a barred one stays written: ask its `missing`, or
    `refuse_barred`. The rule is here and nowhere else: whoever calls, a person, a rule or a program, goes by it. Raises
    `Refused`: `tickets.merged`, `tickets.already_refused`.
    """
    lock(ticket, with_people=True)
    refuse_merged(ticket)
    if ticket.status_reason == REFUSED:
        raise Refused("tickets.already_refused", _("This request was refused already."))
    viewer = _person(by)
    html = clean_html(explanation)[:MOST_WORDS]
    grade, consent = settled_by(ticket)
    attempt = RefusalAttempt(
        ticket=ticket,
        actor=key_of(by)[:60],
        agent_id=viewer.agent_id if viewer else None,
        missing=_missing(ticket, viewer, html, is_settled=bool(grade or consent)),
        explanation=html,
        grade=grade,
        consent=consent,
    )
    if attempt.is_barred:
        return _bar(attempt, by)
    attempt.message = _explain(ticket, attempt, by)
    attempt.save()
    refused = RequestRefused(
        ticket_id=ticket.pk,
        team_id=ticket.team_id,
        attempt_id=attempt.pk,
        message_id=attempt.message.pk,
        agent_id=attempt.agent_id,
    )
    publish(refused, on=ticket, by=by)
    end_refused(ticket, by=by)
    return attempt


def refuse_barred(attempt: RefusalAttempt) -> None:
    """For surfaces, after the attempt is written: raises `Refused("tickets.refusal_barred")` that says what is missing.

    Never call it in the transaction of the attempt: that would undo the record.
    """
    if attempt.is_barred:
        said = dict(RefusalAttempt.MISSING)
        raise Refused("tickets.refusal_barred", " ".join(str(said[code]) for code in attempt.missing))


def missing_for(ticket: Ticket, viewer: Viewer) -> list[str]:
    """What still stands in the way of `viewer` refusing `ticket`, beside the explanation. Two statements."""
    grade, consent = settled_by(ticket)
    return _missing(ticket, viewer, "—", is_settled=bool(grade or consent))


def settled_by(ticket: Ticket) -> tuple[Grade | None, Consent | None]:
    """What shows that `ticket` is settled for its customer as it stands now: grade, consent. Two statements at most.

    A grade counts for the solution it was given for, a consent as long as the ticket was not opened again.
    """
    if ticket.is_open:
        return None, None
    grade = None
    if ticket.solved_at is not None:
        good = Grade.objects.filter(ticket=ticket, solved_at=ticket.solved_at, score__gte=Grade.POSITIVE)
        grade = good.first()
    consent = None
    if ticket.closed_at is not None:
        consent = Consent.objects.filter(ticket=ticket, given_at__gte=ticket.closed_at).order_by("-pk").first()
    return grade, consent


def _person(by: Actor) -> Viewer | None:
    """Who acts, if it is a person of the desk."""
    if isinstance(by, Viewer):
        return by if by.is_staff else None
    agent = by if isinstance(by, Agent) else None
    kind, _sign, number = key_of(by).partition(":")
    if agent is None and kind == "agent" and number.isdecimal():
        agent = Agent.objects.filter(pk=int(number)).first()
    return viewer_of_agent(agent) if agent and agent.is_active else None


def _missing(ticket: Ticket, viewer: Viewer | None, html: str, *, is_settled: bool) -> list[str]:
    found = []
    if viewer is None or not may_refuse(viewer, ticket):
        found.append(RefusalAttempt.NOT_MANAGEMENT)
    if not html_to_text(html).strip():
        found.append(RefusalAttempt.NO_EXPLANATION)
    if not is_settled:
        found.append(RefusalAttempt.NOT_SETTLED)
    return found


def _bar(attempt: RefusalAttempt, by: Actor) -> RefusalAttempt:
    attempt.save()
    barred = RefusalBarred(
        ticket_id=attempt.ticket_id,
        team_id=attempt.ticket.team_id,
        attempt_id=attempt.pk,
        missing=tuple(attempt.missing),
        agent_id=attempt.agent_id,
    )
    publish(barred, on=attempt.ticket, by=by)
    return attempt


def _explain(ticket: Ticket, attempt: RefusalAttempt, by: Actor) -> Message:
    """Send the explanation at once: nobody calls it back. To who has no address it stands on the status page."""
    assert attempt.agent_id is not None
    agent = Agent.objects.get(pk=attempt.agent_id)
    email = ticket.contact.email
    message = Message.objects.create(
        ticket=ticket,
        direction=Message.OUT,
        channel=ticket.channel,
        agent=agent,
        author_name=agent.name,
        to=[email] if email else [],
        body_text=html_to_text(attempt.explanation),
        body_html=attempt.explanation,
        delivery=Message.QUEUED if email else "",
    )
    ticket.last_message_at = message.created_at
    ticket.first_replied_at = ticket.first_replied_at or message.created_at
    ticket.save(update_fields=["last_message_at", "first_replied_at"])
    queued = MessageQueued(
        ticket_id=ticket.pk, team_id=ticket.team_id, message_id=message.pk, agent_id=message.agent_id
    )
    publish(queued, on=ticket, by=by)
    return message
