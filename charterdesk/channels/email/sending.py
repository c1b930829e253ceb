"""From a message or a notice to a mail that waits to go."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from charterdesk.channels.actions import queue_mail, queue_mails, remember_all
from charterdesk.channels.email.addresses import NOTICE, OUTGOING, make_message_id, tagged
from charterdesk.channels.email.compose import Built, build_mails, build_plain
from charterdesk.channels.models import MailReference, Outgoing
from charterdesk.events.facts import facts_for_template
from charterdesk.people.models import Agent, Notice, Team
from charterdesk.people.ways import MAIL, kind_of
from charterdesk.tickets.models import Message, Ticket

ASSIGNED = "ticket.assigned"


@transaction.atomic
def queue_messages(message_ids: Sequence[int]) -> list[Outgoing]:
    """Queue the mails that carry these messages; return them without those queued already or with nobody to go to.

    Seven statements, and a few for each that quotes a talk or carries files.
    """
    related = Message.objects.select_related("ticket__team__branding__brand", "ticket__contact", "agent", "side_thread")
    messages = list(related.prefetch_related("attachments").filter(pk__in=message_ids).order_by("pk"))
    to_go = [message for message in messages if message.delivery == Message.QUEUED and message.to]
    if not to_go:
        return []
    built = list(zip(to_go, build_mails(to_go), strict=True))
    remember_all([MailReference(message=one, header=mail.header[:500], is_ours=True) for one, mail in built])
    return queue_mails([_outgoing(message, mail) for message, mail in built])


def _outgoing(message: Message, built: Built) -> Outgoing:
    """The mail of a message, not stored yet."""
    team = message.ticket.team
    return Outgoing(
        header=built.header,
        sender=tagged(team.address, OUTGOING, message.pk),
        recipients=built.recipients,
        raw=built.raw,
        team_id=team.pk,
        message=message,
        is_automatic=message.is_automatic,
    )


def needs_mail(notice: Notice) -> bool:
    """Whether its agent wants it by mail.

    One left before agents could choose is mailed, but for a ticket given to a working agent, before whose eyes it
    appears.
    """
    if notice.ways is not None:
        return MAIL in notice.ways
    return not (notice.code == ASSIGNED and notice.agent.state == Agent.WORKING)


def notice_subject(notice: Notice) -> tuple[str, int | None]:
    """What a notice says in one line, in the active language, and the number of its ticket if it is about one."""
    ticket = _ticket_of(notice.about)
    if ticket is None:
        return str(kind_of(notice.code).name), None
    facts = {**facts_for_template(ticket.key), "code": notice.code}
    return " ".join(render_to_string("channels/notice.subject.txt", facts).split()), ticket.number


@transaction.atomic
def queue_notice(notice: Notice) -> Outgoing | None:
    """Queue the mail that tells an agent of a notice about a ticket; they may answer it from their mail program.

    One about something else names the page where it is seen to; None where there is no such page, or no address to
    send from.
    """
    ticket = _ticket_of(notice.about)
    if ticket is None:
        return _queue_pointer(notice)
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


def _queue_pointer(notice: Notice) -> Outgoing | None:
    """The mail of a notice about no ticket: what happened, and where to go."""
    kind, team = kind_of(notice.code), Team.objects.order_by("pk").first()
    if not kind.page or team is None:
        return None
    with translation.override(notice.agent.language):
        facts = {"what": kind.name, "desk_link": settings.PUBLIC_URL + kind.page}
        subject, text = str(kind.name), render_to_string("channels/pointer.txt", facts).strip() + "\n"
    header = make_message_id(NOTICE, notice.pk, 0)
    built = build_plain(team=team, to=notice.agent.email, subject=subject, text=text, header=header)
    return queue_mail(
        header=built.header, sender=team.address, recipients=built.recipients, raw=built.raw, team_id=team.pk
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
