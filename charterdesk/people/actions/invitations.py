"""Asking people to come: a link by mail, good for some days, until it is used, sent anew or revoked."""

from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import publish
from charterdesk.people.events import AgentInvited, InvitationAccepted
from charterdesk.people.models import Agent, Invitation

LASTS = timedelta(days=7)
_SALT = "people.invitation"


@transaction.atomic
def invite_agent(agent: Agent, *, by: Actor) -> Invitation:
    """Send `agent` a link by which they choose a password; an older one opens nothing any more.

    Raises `Refused`: `people.inactive_agent`, `people.invitation_accepted`.
    """
    if not agent.is_active:
        raise Refused("people.inactive_agent", _("%(agent)s has left the desk.") % {"agent": agent})
    invitation = Invitation.objects.select_for_update().filter(agent=agent).first()
    if invitation is None:
        invitation = Invitation(agent=agent)
    elif invitation.accepted_at:
        raise Refused("people.invitation_accepted", _("%(agent)s has come already.") % {"agent": agent})
    else:
        invitation.number += 1
    invitation.sent_at, invitation.revoked_at = now(), None
    invitation.ends_at = invitation.sent_at + LASTS
    invitation.save()
    event = AgentInvited(agent_id=agent.pk, invitation_id=invitation.pk, number=invitation.number)
    publish(event, on=agent, by=by)
    return invitation


def invitation_token(invitation: Invitation) -> str:
    """What the link carries: whose it is, and which sending."""
    return signing.dumps([invitation.pk, invitation.number], salt=_SALT)


def invitation_of(token: str) -> Invitation:
    """The invitation a link opens. Raises `Refused("people.invitation_ended")` when it opens nothing. One query."""
    ended = _("This invitation is over. Ask an administrator of the desk for a new one.")
    try:
        pk, number = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError) as error:
        raise Refused("people.invitation_ended", ended) from error
    found = Invitation.objects.select_related("agent__login").filter(pk=pk, number=number).first()
    if found is None or found.state != Invitation.OPEN or not found.agent.is_active:
        raise Refused("people.invitation_ended", ended)
    return found


@transaction.atomic
def accept_invitation(token: str, *, password: str, name: str) -> Agent:
    """Keep the name and the password that the invited chose; the link is used up. Raises as `invitation_of`."""
    found = invitation_of(token)
    invitation = Invitation.objects.select_for_update().get(pk=found.pk)
    if invitation.accepted_at:
        raise Refused("people.invitation_ended", _("This invitation was used already. Sign in."))
    agent = found.agent
    agent.login.set_password(password)
    agent.login.save(update_fields=["password"])
    agent.name = name.strip()[:200] or agent.name
    agent.save(update_fields=["name"])
    invitation.accepted_at = now()
    invitation.save(update_fields=["accepted_at"])
    publish(InvitationAccepted(agent_id=agent.pk, invitation_id=invitation.pk), on=agent, by=agent)
    return agent
