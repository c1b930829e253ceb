"""From notices to the mails that tell agents of them, many at once."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.template.loader import render_to_string
from django.utils import translation

from charterdesk.base.keys import split_key
from charterdesk.channels.email.addresses import NOTICE, make_message_id, tagged
from charterdesk.channels.email.compose import build_plain
from charterdesk.channels.models import Outgoing
from charterdesk.people.models import Agent, Notice, Team
from charterdesk.people.viewer import viewer_of_agent
from charterdesk.people.ways import MAIL, kind_of
from charterdesk.tickets.models import Message, Ticket
from charterdesk.tickets.policies import may_read_notes

ASSIGNED = "ticket.assigned"


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
    ticket = _tickets_of([notice]).get(notice.about)
    if ticket is None:
        return str(kind_of(notice.code).name), None
    return _subject(_facts(notice, ticket)), ticket.number


def build_notices(notices: Sequence[Notice]) -> list[tuple[Notice, Outgoing]]:
    """The mails that tell agents of `notices`, not stored yet; an agent may answer one about a ticket by mail.

    One about something else names the page where it is seen to; there is none where there is no such page, or no
    address to send from. Three statements, one more where some are about no ticket; the agents are there.
    """
    tickets = _tickets_of(notices)
    latest = _latest_messages(list(tickets.values()))
    named = Message.objects.in_bulk({*latest.values(), *(number for one in notices if (number := _named(one)))})
    pointers = [notice for notice in notices if notice.about not in tickets and kind_of(notice.code).page]
    team = Team.objects.order_by("pk").first() if pointers else None
    mails = [(notice, _pointer(notice, team)) for notice in pointers if team]
    for notice in notices:
        if ticket := tickets.get(notice.about):
            message = named.get(_named(notice)) or named.get(latest.get(ticket.pk, 0))
            of_ticket = message if message and message.ticket_id == ticket.pk else None
            told = of_ticket if _may_read(notice.agent, ticket, of_ticket) else None
            mails.append((notice, _mail(notice, ticket, told)))
    return mails


def _tickets_of(notices: Sequence[Notice]) -> dict[str, Ticket]:
    """The tickets that `notices` are about, by key. One statement."""
    keys = [split_key(notice.about) for notice in notices if ":" in notice.about]
    numbers = {number for kind, number in keys if kind == "ticket"}
    rows = Ticket.objects.select_related("team__branding__brand", "contact")
    return {ticket.key: ticket for ticket in rows.filter(pk__in=numbers)}


def _latest_messages(tickets: Sequence[Ticket]) -> dict[int, int]:
    """The number of the last message of each ticket that has one. One statement, a look into an index for each."""
    latest = Message.objects.filter(ticket=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    rows = Ticket.objects.filter(pk__in=[ticket.pk for ticket in tickets]).values_list("pk", Subquery(latest))
    return {pk: message_id for pk, message_id in rows if message_id}


def _may_read(agent: Agent, ticket: Ticket, message: Message | None) -> bool:
    """Whether the mail may carry `message`: a note goes to nobody who reads none. Statements for a note only."""
    is_note = message is not None and message.direction == Message.NOTE
    return not is_note or may_read_notes(viewer_of_agent(agent), ticket)


def _named(notice: Notice) -> int:
    """The number of the message a notice names; 0 for none."""
    return notice.data.get("message_id") or 0


def _mail(notice: Notice, ticket: Ticket, message: Message | None) -> Outgoing:
    """What tells of a notice about `ticket`: here the house may read what the customer may not."""
    with translation.override(notice.agent.language):
        facts = {
            **_facts(notice, ticket),
            "text": message.body_text if message else "",
            "author": message.author_name if message else "",
            "desk_link": f"{settings.PUBLIC_URL}/desk/tickets/{ticket.number}/",
        }
        subject, text = _subject(facts), render_to_string("channels/notice.txt", facts).strip() + "\n"
    sender = tagged(ticket.team.address, NOTICE, notice.pk)
    header = make_message_id(NOTICE, notice.pk, ticket.number)
    built = build_plain(
        team=ticket.team, to=notice.agent.email, subject=subject, text=text, header=header, reply_to=sender
    )
    return Outgoing(header=header, sender=sender, recipients=built.recipients, raw=built.raw, team_id=ticket.team_id)


def _facts(notice: Notice, ticket: Ticket) -> dict[str, Any]:
    return {
        "code": notice.code,
        "reference": ticket.number,
        "subject": ticket.subject,
        "customer": ticket.contact.name,
    }


def _subject(facts: dict[str, Any]) -> str:
    return " ".join(render_to_string("channels/notice.subject.txt", facts).split())


def _pointer(notice: Notice, team: Team) -> Outgoing:
    """The mail of a notice about no ticket: what happened, and where to go."""
    kind = kind_of(notice.code)
    with translation.override(notice.agent.language):
        facts = {"what": kind.name, "desk_link": settings.PUBLIC_URL + kind.page}
        subject, text = str(kind.name), render_to_string("channels/pointer.txt", facts).strip() + "\n"
    header = make_message_id(NOTICE, notice.pk, 0)
    built = build_plain(team=team, to=notice.agent.email, subject=subject, text=text, header=header)
    return Outgoing(header=header, sender=team.address, recipients=built.recipients, raw=built.raw, team_id=team.pk)
