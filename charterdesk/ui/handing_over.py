"""Links of invitations for a desk whose mail can't leave yet: whoever invites hands them over."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from charterdesk.channels.models import MailAccount
from charterdesk.people.actions.invitations import invitation_token
from charterdesk.people.models import Agent, Invitation
from charterdesk.people.permissions import known, permissions_of
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.policies import may_grant


def has_way_out() -> bool:
    """Whether mail can leave: an account has an SMTP server, or there is a relay. One statement at most."""
    return bool(settings.MAIL_RELAY) or MailAccount.objects.filter(is_active=True).exclude(smtp_host="").exists()


def granted_to(agent: Agent) -> frozenset[str]:
    """What the own role of `agent` allows."""
    return known(agent.free_role.permissions) if agent.free_role else permissions_of(agent.role)


def link_of(invitation: Invitation) -> str:
    """What the invited open."""
    return f"{settings.PUBLIC_URL}{reverse('workspace:welcome', args=[invitation_token(invitation)])}"


def links_to_hand_over(invitations: Iterable[Invitation], *, viewer: Viewer) -> dict[int, str]:
    """The links of those that are open, by agent; none where mail leaves, which brings them. One statement.

    Whoever has a link comes in by it: `viewer` sees those of people to whom they may give all that these may.
    """
    if has_way_out():
        return {}
    return {
        each.agent_id: link_of(each)
        for each in invitations
        if each.state == Invitation.OPEN and may_grant(viewer, granted_to(each.agent))
    }
