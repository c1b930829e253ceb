"""The mail by which somebody new learns that they are of the desk, and how they come in."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from charterdesk.channels.actions import queue_mail
from charterdesk.channels.email.addresses import NOTICE, make_message_id
from charterdesk.channels.email.compose import build_plain
from charterdesk.channels.models import Outgoing
from charterdesk.people.actions.invitations import LASTS, invitation_token
from charterdesk.people.models import Invitation, Team


def queue_invitation(invitation_id: int, number: int) -> Outgoing | None:
    """Queue an invitation, each sending of it once; None where no team has an address to send from, or it is over.

    In a transaction.
    """
    invitations = Invitation.objects.select_related("agent__login").filter(pk=invitation_id, number=number)
    invitation, team = invitations.first(), Team.objects.order_by("pk").first()
    if invitation is None or team is None or invitation.state != Invitation.OPEN:
        return None
    agent = invitation.agent
    link = f"{settings.PUBLIC_URL}/desk/welcome/{invitation_token(invitation)}"
    facts = {"name": agent.name, "address": agent.email, "link": link, "days": LASTS.days}
    with translation.override(agent.language):
        subject = render_to_string("channels/invitation.subject.txt", facts)
        text = render_to_string("channels/invitation.txt", facts).strip() + "\n"
    header = make_message_id(NOTICE, 0, invitation.pk * 1_000_000 + number)
    built = build_plain(team=team, to=agent.email, subject=subject, text=text, header=header)
    return queue_mail(
        header=built.header, sender=team.address, recipients=built.recipients, raw=built.raw, team_id=team.pk
    )
