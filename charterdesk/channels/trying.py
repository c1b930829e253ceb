"""A mail to oneself: to read a text as customers get it, or to see that mail leaves at all."""

import secrets

from django.db import transaction

from charterdesk.base.keys import Actor
from charterdesk.channels.actions import queue_mail
from charterdesk.channels.email.addresses import NOTICE, make_message_id
from charterdesk.channels.email.compose import build_plain
from charterdesk.channels.events import TrialMailSent
from charterdesk.channels.jobs import put_off
from charterdesk.channels.models import Outgoing
from charterdesk.events.log import publish
from charterdesk.people.models import Team


@transaction.atomic
def send_trial(*, team: Team, to: str, subject: str, text: str, by: Actor) -> Outgoing | None:
    """Queue a mail of `team` to one address, about no ticket. A few statements."""
    header = make_message_id(NOTICE, 0, secrets.randbelow(10**18))
    built = build_plain(team=team, to=to, subject=subject, text=text, header=header)
    outgoing = queue_mail(
        header=built.header, sender=team.address, recipients=built.recipients, raw=built.raw, team_id=team.pk
    )
    if outgoing:
        put_off(outgoing.pk)
    publish(TrialMailSent(team_id=team.pk, outgoing_id=outgoing.pk if outgoing else None), on=team, by=by)
    return outgoing
