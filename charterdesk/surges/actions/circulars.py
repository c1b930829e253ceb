"""One answer to many customers: in pieces, each a transaction that also writes down whom it reached.

A worker that is killed leaves whole pieces behind, and whoever takes it up goes on with who still waits. The message
itself is named after the circular and the ticket, so even a piece that is done anew sends nothing twice.
"""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import publish
from charterdesk.people.models import LANGUAGES, Agent
from charterdesk.people.viewer import Viewer, viewer_of_agent
from charterdesk.surges.events import CircularFinished, CircularStarted
from charterdesk.surges.models import Circular, CircularTicket
from charterdesk.tickets.actions import send_message
from charterdesk.tickets.filling import check
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.policies import may_answer
from charterdesk.tickets.templating import render_as

MOST, PIECE = 5000, 20
ABOUT_SURGE = "surge:"


@transaction.atomic
def start_circular(
    tickets: QuerySet[Ticket], *, about: str, texts: Mapping[str, str], agent: Agent, by: Actor, once: str
) -> Circular:
    """Write down that the customers of `tickets` get an answer in their language; each person once, in their newest.

    `texts` by language may name facts in two braces, as texts of the desk do. `once` names the form: sent again, it is
    the same circular. The caller has `send_circular` put off. Four statements, however many tickets.
    Raises `Refused`: `surges.no_text`, `surges.nobody`, and as `check` does.
    """
    if known := Circular.objects.filter(once=once).first():
        return known
    said = {code: texts[code].strip() for code, _name in LANGUAGES if texts.get(code, "").strip()}
    if not said:
        raise Refused("surges.no_text", _("Write the answer in one language at least."))
    check(*said.values())
    circular = Circular(about=about, agent=agent, texts=said, first_language=next(iter(said)), once=once)
    newest = tickets.filter(merged_into=None).order_by("contact", "-pk").distinct("contact")
    chosen = list(newest.values_list("pk", "contact_id")[:MOST])
    if not chosen:
        raise Refused("surges.nobody", _("There is nobody to write to."))
    circular.total = len(chosen)
    circular.save()
    CircularTicket.objects.bulk_create(
        CircularTicket(circular=circular, ticket_id=ticket, contact_id=contact) for ticket, contact in chosen
    )
    publish(CircularStarted(circular_id=circular.pk, about=about, tickets=len(chosen)), on=circular, by=by)
    return circular


@transaction.atomic
def send_piece(circular_id: int) -> bool:
    """Write to the next of them; whether more may be waiting. A dozen statements for each."""
    found = Circular.objects.select_for_update(of=("self",)).select_related("agent")
    circular = found.filter(pk=circular_id, state=Circular.RUNNING).first()
    if circular is None:
        return False
    rows = list(circular.tickets.filter(state=CircularTicket.WAITING).order_by("pk")[:PIECE])
    if not rows:
        _finish(circular, Circular.DONE)
        return False
    viewer = viewer_of_agent(circular.agent)
    tickets = Ticket.objects.visible_to(viewer).in_bulk([row.ticket_id for row in rows])
    for row in rows:
        _send_one(circular, row, tickets.get(row.ticket_id), viewer)
    CircularTicket.objects.bulk_update(rows, ["state"])
    circular.save(update_fields=["sent", "passed", "said"])
    return True


def _send_one(circular: Circular, row: CircularTicket, ticket: Ticket | None, viewer: Viewer) -> None:
    """Write to one; what is refused is counted, and leaves the others alone."""
    try:
        if ticket is None or not may_answer(viewer, ticket):
            raise Refused("surges.may_not", _("You may not answer tickets of this team."))
        if ticket.solved_at and circular.about.startswith(ABOUT_SURGE):
            raise Refused("surges.solved_meanwhile", _("It was solved meanwhile."))
        language = ticket.language if ticket.language in circular.texts else circular.first_language
        html = render_as("", circular.texts[language], ticket, language=language).html
        name = f"circular:{circular.pk}:{row.contact_id}"
        with transaction.atomic():
            send_message(ticket, by=circular.agent, agent=circular.agent, html=html, once=name, keep_draft=True)
    except Refused as refused:
        row.state = CircularTicket.PASSED
        circular.passed += 1
        circular.said = circular.said or f"#{ticket.number if ticket else '?'}: {refused.message}"[:300]
    else:
        row.state = CircularTicket.SENT
        circular.sent += 1


@transaction.atomic
def stop_circular(circular: Circular) -> None:
    """Write to nobody more; what was sent is sent."""
    circular.refresh_from_db(from_queryset=Circular.objects.select_for_update())
    if circular.is_at_work:
        _finish(circular, Circular.STOPPED)


def _finish(circular: Circular, state: str) -> None:
    circular.state, circular.finished_at = state, now()
    circular.save(update_fields=["state", "finished_at"])
    event = CircularFinished(
        circular_id=circular.pk,
        about=circular.about,
        sent=circular.sent,
        passed=circular.passed,
        is_stopped=state == Circular.STOPPED,
    )
    publish(event, on=circular, by=f"agent:{circular.agent_id}")
