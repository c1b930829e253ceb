"""Colleagues named in a note: "@Ada Brook" tells Ada, if she may see the ticket."""

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from charterdesk.base.refused import Refused
from charterdesk.people.models import Agent
from charterdesk.people.viewer import viewer_of_agent
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.policies import may_read_notes


def may_be_mentioned(ticket: Ticket) -> QuerySet[Agent]:
    """Whom to offer behind an @: agents of the ticket's team, and managers. One statement."""
    likely = Q(memberships__team_id=ticket.team_id) | Q(role__in=(Agent.MANAGER, Agent.ADMINISTRATOR))
    return Agent.objects.filter(likely, is_active=True).distinct()


def mentioned_in(text: str) -> list[int]:
    """The agents whose full name stands in `text` behind an @, however it is capitalised. One statement, or none.

    Of two names that begin alike the longer counts: "@Ada Brooks" is not Ada Brook. Namesakes are both meant.
    """
    if "@" not in text:
        return []
    by_name: dict[str, list[int]] = {}
    for pk, name in Agent.objects.filter(is_active=True).exclude(name="").values_list("pk", "name"):
        by_name.setdefault(f"@{name.casefold()}", []).append(pk)
    left, found = text.casefold(), []
    for sign in sorted(by_name, key=len, reverse=True):
        if sign in left:
            found += by_name[sign]
            left = left.replace(sign, "")
    return sorted(found)


def refuse_strangers(ticket: Ticket, mentions: Collection[int]) -> None:
    """Raises `Refused("tickets.mention_outside")`, naming whoever may not read notes on `ticket`.

    A statement for all that are mentioned, and what it takes to see as each of them; none without any.
    """
    for agent in Agent.objects.filter(pk__in=mentions).order_by("pk") if mentions else ():
        if not may_read_notes(viewer_of_agent(agent), ticket):
            text = _("%(agent)s may not see this ticket of %(team)s. Take the name out, or hand the ticket over.")
            raise Refused("tickets.mention_outside", text % {"agent": agent, "team": ticket.team})
