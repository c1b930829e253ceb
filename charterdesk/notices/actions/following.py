"""Those who follow the status: asked to confirm, told of each update once, and let go."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM, Actor
from charterdesk.base.refused import Refused
from charterdesk.channels.actions import queue_mails
from charterdesk.channels.email.addresses import FOLLOWER, make_message_id
from charterdesk.channels.email.compose import build_plain
from charterdesk.channels.jobs import put_off_all
from charterdesk.channels.models import Outgoing
from charterdesk.events.log import BEGINNING, publish, this_cause
from charterdesk.notices.events import StatusFollowed, StatusUnfollowed
from charterdesk.notices.links import follower_link
from charterdesk.notices.models import Incident, IncidentUpdate, StatusFollower
from charterdesk.people.branding import sender_of
from charterdesk.people.models import Team

PIECE = 200
"""So many followers in one transaction."""
ASK_AGAIN = timedelta(hours=1)
"""Whoever is asked to confirm is not asked again before that: nobody fills a stranger's mailbox."""


@transaction.atomic
def follow_status(
    address: str, *, by: Actor = SYSTEM, language: str, incident: Incident | None = None, is_confirmed: bool = False
) -> StatusFollower:
    """Have an address hear of the status, or of one incident; unless it `is_confirmed`, it is asked to confirm.

    Raises `Refused("notices.bad_address")`.
    """
    address = address.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise Refused("notices.bad_address", _("This is no e-mail address.")) from None
    follower, is_new = StatusFollower.objects.get_or_create(
        address=address, incident=incident, defaults={"language": language}
    )
    asked_lately = not is_new and now() - follower.asked_at < ASK_AGAIN
    if follower.confirmed_at or (asked_lately and not is_confirmed):
        return follower
    follower.asked_at, follower.confirmed_at = now(), now() if is_confirmed else None
    follower.save(update_fields=["asked_at", "confirmed_at"])
    publish(StatusFollowed(follower_id=follower.pk, is_confirmed=is_confirmed), on=follower, by=by)
    return follower


@transaction.atomic
def confirm_follower(follower: StatusFollower) -> None:
    """They read the mail of their address, and want to hear of the status."""
    if StatusFollower.objects.filter(pk=follower.pk, confirmed_at=None).update(confirmed_at=now()):
        publish(StatusFollowed(follower_id=follower.pk, is_confirmed=True), on=follower, by=SYSTEM)


@transaction.atomic
def unfollow_status(follower: StatusFollower) -> None:
    """They want to hear of it no more; their address is gone."""
    publish(StatusUnfollowed(follower_id=follower.pk), on=follower, by=SYSTEM)
    follower.delete()


@transaction.atomic
def ask_to_confirm(follower_id: int) -> None:
    """Mail an address that asked to follow the status; nothing more goes there before it is confirmed."""
    follower = StatusFollower.objects.select_related("incident").filter(pk=follower_id, confirmed_at=None).first()
    team = _team()
    if follower is None or team is None:
        return
    header = make_message_id(FOLLOWER, 0, int(follower.asked_at.timestamp()) * 10**6 + follower.pk % 10**6)
    _queue([_mail(team, follower, "confirm", header, {"incident": follower.incident})])


@transaction.atomic
def tell_followers(update_id: int) -> bool:
    """Mail an update to the next of those who follow; whether there may be more of them. Eight statements."""
    rows = IncidentUpdate.objects.select_for_update(of=("self",)).select_related("incident")
    update, team = rows.filter(pk=update_id).first(), _team()
    if update is None or team is None:
        return False
    of_it = Q(incident=None) | Q(incident=update.incident_id)
    waiting = StatusFollower.objects.filter(of_it, pk__gt=update.told_up_to, confirmed_at__isnull=False)
    followers = list(waiting.order_by("pk")[:PIECE])
    if not followers:
        return False
    _queue([_update_mail(team, update, follower) for follower in _once_each(update, followers)])
    update.told_up_to = followers[-1].pk
    update.save(update_fields=["told_up_to"])
    return len(followers) == PIECE


def _once_each(update: IncidentUpdate, followers: Sequence[StatusFollower]) -> list[StatusFollower]:
    """Whoever follows everything and this incident as well hears of it once."""
    addresses = [one.address for one in followers if one.incident_id]
    of_all = StatusFollower.objects.filter(address__in=addresses, incident=None, confirmed_at__isnull=False)
    twice = set(of_all.values_list("address", flat=True)) if addresses else set()
    return [one for one in followers if not (one.incident_id and one.address in twice)]


def _update_mail(team: Team, update: IncidentUpdate, follower: StatusFollower) -> Outgoing:
    facts = {"incident": update.incident, "update": update, "page": f"{settings.PUBLIC_URL}/status/"}
    return _mail(team, follower, "update", make_message_id(FOLLOWER, update.pk, follower.pk), facts)


def _mail(team: Team, follower: StatusFollower, name: str, header: str, facts: Mapping[str, Any]) -> Outgoing:
    """The mail `name` to somebody who follows (or is asked whether they do), in their language."""
    link = follower_link(follower.pk)
    with translation.override(follower.language):
        context = {**facts, "link": link, "sender": sender_of(team)}
        subject = render_to_string(f"notices/{name}.subject.txt", context)
        text = render_to_string(f"notices/{name}.txt", context).strip() + "\n"
    built = build_plain(
        team=team,
        to=follower.address,
        subject=subject,
        text=text,
        header=header,
        headers={
            "Precedence": "bulk",
            "List-Unsubscribe": f"<{link}/off>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    return Outgoing(
        header=built.header,
        sender=team.address,
        recipients=built.recipients,
        raw=built.raw,
        team_id=team.pk,
        is_automatic=True,
    )


def _queue(mails: Sequence[Outgoing]) -> None:
    queued = queue_mails(mails)
    put_off_all([(one.pk, this_cause() or BEGINNING) for one in queued if one.state == Outgoing.QUEUED])


def _team() -> Team | None:
    return Team.objects.select_related("branding__brand").order_by("pk").first()
