"""A customer agrees in writing that their request ends: on their page, in a message, or on paper."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.base.sniffing import HARMLESS_PICTURES, sniff
from charterdesk.events.log import key_of, publish
from charterdesk.people.models import Agent
from charterdesk.tickets.actions.files import IncomingFile, keep_file
from charterdesk.tickets.actions.lifecycle import end_by_customer
from charterdesk.tickets.actions.locking import lock, refuse_merged
from charterdesk.tickets.actions.sending import add_note
from charterdesk.tickets.events import ConsentGiven
from charterdesk.tickets.models import Consent, Message, Ticket

SCANS = HARMLESS_PICTURES | {"application/pdf", "image/tiff"}
"""What a scanned paper may be."""
MOST_SCANS = 10


@transaction.atomic
def give_consent(
    ticket: Ticket, *, by: Actor, text: str = "", message: Message | None = None, agent: Agent | None = None
) -> Consent:
    """Keep that its customer agrees in writing that it ends, and close it.

    They write `text` themselves; or an `agent` points at the `message` in which they wrote it, which has to be theirs,
    and of after the solution they were told. Raises `Refused`: `tickets.merged`, `tickets.no_answer_yet`,
    `tickets.not_their_word`, `tickets.no_words`.
    """
    _hold(ticket)
    if message is not None:
        _check_written(ticket, message)
    elif key_of(by) != f"contact:{ticket.contact_id}":
        raise Refused("tickets.not_their_word", _("Only the customer whose request it is can do this."))
    elif not text.strip():
        raise Refused("tickets.no_words", _("Say in a few words what you agree to."))
    said = "" if message else text.replace("\x00", "").strip()
    return _keep(Consent(ticket=ticket, message=message, text=said, agent=agent if message else None), by=by)


@transaction.atomic
def keep_paper_consent(
    ticket: Ticket, *, by: Actor, agent: Agent, signed_on: date, scans: Sequence[IncomingFile]
) -> Consent:
    """Keep that its customer agreed on paper, signed on a day, and close it; `agent` took it.

    The scans hang on a note of its own, so that whoever reads the ticket sees the proof. Raises `Refused`:
    `tickets.merged`, `tickets.no_answer_yet`, `tickets.bad_signing_day` (before the solution, or to come),
    `tickets.no_scan` (none, more than `MOST_SCANS`, or no picture and no PDF), and what `keep_file` raises.
    """
    _hold(ticket)
    _check_day(ticket, signed_on)
    if not 0 < len(scans) <= MOST_SCANS or not all(map(_is_scan, scans)):
        raise Refused("tickets.no_scan", _("Attach the signed paper: a PDF or pictures, ten at most."))
    words = _("The customer agreed on paper, signed on {day}.").format(day=date_format(signed_on))
    note = add_note(ticket, by=by, agent=agent, html=format_html("<p>{}</p>", words), keep_draft=True)
    for one in map(keep_file, scans):
        one.message = note
        one.save(update_fields=["message"])
    return _keep(Consent(ticket=ticket, message=note, agent=agent, signed_on=signed_on), by=by)


def _hold(ticket: Ticket) -> None:
    lock(ticket)
    refuse_merged(ticket)
    if not ticket.solution:
        raise Refused("tickets.no_answer_yet", _("Solve it first: the customer has to know what they agree to."))


def _check_written(ticket: Ticket, message: Message) -> None:
    """Raises `Refused("tickets.not_their_word")` unless its customer wrote `message` after a solution was told."""
    told = ticket.messages.filter(direction=Message.OUT, template="solution").order_by("pk").first()
    is_theirs = (
        message.ticket_id == ticket.pk
        and message.direction == Message.IN
        and message.contact_id == ticket.contact_id
        and not message.is_automatic
        and message.side_thread_id is None
        and message.redacted_at is None
    )
    if not is_theirs or told is None or message.pk < told.pk:
        text = _("Choose a message in which the customer agrees, of after the solution they were told.")
        raise Refused("tickets.not_their_word", text)


def _check_day(ticket: Ticket, signed_on: date) -> None:
    """Raises `Refused("tickets.bad_signing_day")` unless it lies between the solution and today, where the team is."""
    zone = ZoneInfo(ticket.team.calendar.zone)
    since = (ticket.solved_at or ticket.opened_at).astimezone(zone).date()
    if not since <= signed_on <= now().astimezone(zone).date():
        text = _("The paper has to be signed after the solution ({day}), and not in days to come.")
        raise Refused("tickets.bad_signing_day", text.format(day=date_format(since)))


def _is_scan(file: IncomingFile) -> bool:
    """Whether it is a PDF or a picture, by its first bytes; it stays where it stands."""
    head = file.stream.read(4096)
    file.stream.seek(-len(head), 1)
    return sniff(head, filename=file.filename, claimed=file.content_type) in SCANS


def _keep(consent: Consent, *, by: Actor) -> Consent:
    ticket = consent.ticket
    if ticket.status != Ticket.CLOSED:
        end_by_customer(ticket, by=by)
    consent.contact_id = ticket.contact_id
    consent.given_at = now()
    consent.save()
    given = ConsentGiven(
        ticket_id=ticket.pk,
        team_id=ticket.team_id,
        consent_id=consent.pk,
        agent_id=consent.agent_id,
        on_paper=consent.signed_on is not None,
    )
    publish(given, on=ticket, by=by)
    return consent
