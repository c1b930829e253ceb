"""From a message or a notice to a mail that waits to go."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from charterdesk.channels.actions import queue_mail, remember
from charterdesk.channels.email.addresses import NOTICE, OUTGOING, make_message_id, tagged
from charterdesk.channels.email.compose import build_mail, build_plain
from charterdesk.channels.models import Outgoing
from charterdesk.events.facts import facts_for_template
from charterdesk.people.models import Agent, Notice
from charterdesk.tickets.models import Message, Ticket

ASSIGNED = "ticket.assigned"


@transaction.atomic
def queue_message(message_id: int) -> Outgoing | None:
    """Queue the mail that carries a message; None when it is queued already, or has nobody to go to."""
    message = Message.objects.select_related("ticket__team", "ticket__contact", "agent", "side_thread").get(
        pk=message_id
    )
    if message.delivery != Message.QUEUED or not message.to:
        return None
    built = build_mail(message)
    remember(message, built.header, is_ours=True)
    team = message.ticket.team
    return queue_mail(
        header=built.header,
        sender=tagged(team.address, OUTGOING, message.pk),
        recipients=built.recipients,
        raw=built.raw,
        team_id=team.pk,
        message=message,
        is_automatic=message.is_automatic,
    )


@transaction.atomic
def queue_notice(notice_id: int) -> Outgoing | None:
    """Queue the mail that tells an agent of a notice about a ticket; they may answer it from their mail program.

    None for what needs no mail: it was read, or a working agent was given a ticket, which appears before their eyes.
    """
    notice = Notice.objects.select_related("agent__login").filter(pk=notice_id, read_at=None).first()
    if notice is None or (notice.code == ASSIGNED and notice.agent.state == Agent.WORKING):
        return None
    ticket = _ticket_of(notice.about)
    if ticket is None:
        return None
    with translation.override(notice.agent.language):
        facts = _notice_facts(notice, ticket)
        subject = render_to_string("channels/notice.subject.txt", facts)
        text = render_to_string("channels/notice.txt", facts).strip() + "\n"
    built = build_plain(
        team=ticket.team,
        to=notice.agent.email,
        subject=subject,
        text=text,
        header=make_message_id(NOTICE, notice.pk, ticket.number),
        reply_to=tagged(ticket.team.address, NOTICE, notice.pk),
    )
    return queue_mail(
        header=built.header,
        sender=tagged(ticket.team.address, NOTICE, notice.pk),
        recipients=built.recipients,
        raw=built.raw,
        team_id=ticket.team_id,
        is_automatic=False,
    )


def _ticket_of(key: str) -> Ticket | None:
    """The ticket a notice is about."""
    kind, _colon, number = key.partition(":")
    if kind != "ticket":
        return None
    return Ticket.objects.select_related("team", "contact").filter(pk=number).first()


def _notice_facts(notice: Notice, ticket: Ticket) -> dict[str, Any]:
    """What the mail to the agent names: here the house may read what the customer may not."""
    latest = ticket.messages.filter(pk=notice.data.get("message_id")).first() or ticket.messages.order_by("-pk").first()
    return {
        **facts_for_template(ticket.key),
        "code": notice.code,
        "text": latest.body_text if latest else "",
        "author": latest.author_name if latest else "",
        "desk_link": f"{settings.PUBLIC_URL}/desk/tickets/{ticket.number}/",
    }
