"""What a rule of the desk as a whole may do with mail: write to one address, about no ticket."""

from zlib import crc32

from django.conf import settings
from django.db import transaction

from charterdesk.base.keys import Actor
from charterdesk.channels.actions import queue_mail
from charterdesk.channels.email.compose import build_plain
from charterdesk.channels.jobs import put_off
from charterdesk.channels.models import Outgoing
from charterdesk.events.log import BEGINNING, this_cause
from charterdesk.events.operations import operation
from charterdesk.events.skipped import Skipped
from charterdesk.people.models import Team
from charterdesk.tickets.actions.details import check_address, problems_of_address
from charterdesk.tickets.actions.texts import SENT_BEFORE


@operation("channels.write", leaves=True, check=problems_of_address)
@transaction.atomic
def write_mail(*, by: Actor, team: Team, address: str, subject: str, text: str) -> Outgoing | Skipped:
    """Mail `address` in the name of `team`, the same once for each event that led to it; skipped where it is on its
    way already.

    Raises `Refused("tickets.bad_address")`.
    """
    check_address(address)
    number = (this_cause() or BEGINNING).event_id
    what = crc32("|".join((address.lower(), subject, text)).encode())
    header = f"rule{number}.{team.pk}.{what}@{settings.MAIL_DOMAIN}"
    built = build_plain(team=team, to=address, subject=subject, text=text, header=header)
    outgoing = queue_mail(
        header=built.header, sender=team.address, recipients=built.recipients, raw=built.raw, team_id=team.pk,
        is_automatic=True,
    )  # fmt: skip
    if outgoing is None:
        return SENT_BEFORE
    if outgoing.state == Outgoing.QUEUED:
        put_off(outgoing.pk)
    return outgoing
