"""How far a desk is on its way to the first mail answered: both the page of the first steps and the API look here."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from charterdesk.base.keys import Actor
from charterdesk.channels.models import MailAccount, Outgoing
from charterdesk.channels.trying import send_trial
from charterdesk.people.models import Agent, Team
from charterdesk.tickets.models import Message, Ticket
from charterdesk.ui.handing_over import has_way_out


@dataclass(frozen=True, kw_only=True)
class FirstSteps:
    """What was found. `came` is the first request that came by mail; `fetches` says that a mailbox is read."""

    team: Team | None
    fetches: bool
    has_way_out: bool
    came: Ticket | None
    has_answered: bool
    has_colleagues: bool


def first_steps() -> FirstSteps:
    """How far the desk is. Six statements."""
    answers = Message.objects.filter(direction=Message.OUT, is_automatic=False, delivery=Message.SENT, side_thread=None)
    return FirstSteps(
        team=Team.objects.select_related("calendar").order_by("pk").first(),
        fetches=MailAccount.objects.filter(is_active=True).exclude(imap_host="").exists(),
        has_way_out=has_way_out(),
        came=Ticket.objects.filter(channel="email").order_by("pk").first(),
        has_answered=answers.exists(),
        has_colleagues=Agent.objects.filter(is_active=True)[:2].count() > 1,
    )


def mail_to(agent: Agent, *, by: Actor) -> Outgoing | None:
    """Send `agent` a mail that shows whether mail leaves the desk; None while there is no team. A few statements."""
    team = Team.objects.order_by("pk").first()
    if team is None:
        return None
    text = _("This mail left your service desk. If you read it, customers will read its answers.")
    return send_trial(team=team, to=agent.email, subject=_("A mail from your desk"), text=text + "\n", by=by)
