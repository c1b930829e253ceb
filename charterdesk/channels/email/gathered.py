"""The one mail that tells an agent of many tickets: how many, and which are the most urgent."""

from collections.abc import Sequence

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from charterdesk.channels.email.addresses import NOTICE, make_message_id
from charterdesk.channels.email.compose import build_plain
from charterdesk.channels.models import Outgoing
from charterdesk.people.models import Agent, Notice
from charterdesk.tickets.models import Ticket

NAMED = 10


def by_urgency(notices: Sequence[Notice]) -> list[tuple[Notice, Ticket]]:
    """Those of `notices` whose ticket is still to be solved, the most urgent first. One statement."""
    told = {int(notice.about.partition(":")[2]): notice for notice in notices}
    found = Ticket.objects.filter(pk__in=told, status__in=Ticket.UNFINISHED).select_related("team", "contact")
    return [(told[ticket.pk], ticket) for ticket in found.order_by("priority", "due_at", "pk")]


def build_gathered(agent: Agent, code: str, told: Sequence[tuple[Notice, Ticket]]) -> Outgoing:
    """The mail that tells `agent` of all of `told` (not empty, the most urgent first), not stored yet. No statement.

    It is named by the first notice. An answer to it goes to no customer: nobody could say to which.
    """
    (first, ticket), team = told[0], told[0][1].team
    with translation.override(agent.language):
        facts = {
            "code": code,
            "many": len(told),
            "tickets": [one for _notice, one in told[:NAMED]],
            "more": max(0, len(told) - NAMED),
            "address": f"{settings.PUBLIC_URL}/desk/",
        }
        subject = render_to_string("channels/gathered.subject.txt", facts)
        text = render_to_string("channels/gathered.txt", facts).strip() + "\n"
    header = make_message_id(NOTICE, first.pk, 0)
    built = build_plain(team=team, to=agent.email, subject=subject, text=text, header=header)
    return Outgoing(
        header=header, sender=team.address, recipients=built.recipients, raw=built.raw, team_id=ticket.team_id
    )
