"""The mail by which somebody new learns that they are of the desk, and how they come in."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from charterdesk.channels.actions import queue_mail
from charterdesk.channels.email.addresses import NOTICE, make_message_id
from charterdesk.channels.email.compose import build_plain
from charterdesk.channels.models import Outgoing
from charterdesk.people.models import Agent, Team


def queue_invitation(agent_id: int) -> Outgoing | None:
    """Queue the invitation of an agent, once; None where no team has an address to send from. In a transaction."""
    agent = Agent.objects.select_related("login").get(pk=agent_id)
    team = Team.objects.order_by("pk").first()
    if team is None:
        return None
    facts = {"name": agent.name, "address": agent.email, "link": f"{settings.PUBLIC_URL}/desk/"}
    with translation.override(agent.language):
        subject = render_to_string("channels/invitation.subject.txt", facts)
        text = render_to_string("channels/invitation.txt", facts).strip() + "\n"
    built = build_plain(
        team=team, to=agent.email, subject=subject, text=text, header=make_message_id(NOTICE, 0, agent.pk)
    )
    return queue_mail(
        header=built.header, sender=team.address, recipients=built.recipients, raw=built.raw, team_id=team.pk
    )
