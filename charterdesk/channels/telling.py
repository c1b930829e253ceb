"""Telling agents of notices outside the page: by mail and by browser push, as they chose; not in quiet hours."""

from collections.abc import Mapping

from django.db import transaction

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.channels.email.sending import needs_mail, queue_notice
from charterdesk.channels.jobs import push_notice, put_off
from charterdesk.channels.models import PushSubscription
from charterdesk.events.log import Cause, caused_by
from charterdesk.events.operations import operation
from charterdesk.events.timers import set_timer
from charterdesk.people.models import Notice
from charterdesk.people.ways import PUSH


def tell_notices(causes: Mapping[int, Cause]) -> None:
    """Mail and push the notices with these numbers, each because of its cause; those in quiet hours wait for the end.

    Two statements and those of each mail and push; in the caller's transaction.
    """
    unread = list(Notice.objects.select_related("agent__login").filter(pk__in=list(causes), read_at=None))
    browsers = _browsers({notice.agent_id for notice in unread if PUSH in (notice.ways or ())})
    for notice in unread:
        with caused_by(causes[notice.pk]):
            if notice.wait_until and notice.wait_until > now():
                set_timer(f"notice:{notice.pk}", due_at=notice.wait_until, operation="channels.tell", on=notice)
            else:
                _tell(notice, browsers.get(notice.agent_id, []))


@operation("channels.tell")
@transaction.atomic
def tell_notice(notice: Notice, *, by: Actor) -> None:
    """Mail and push `notice`, whose agent was not to be disturbed before, unless they have read it."""
    if notice.read_at is None:
        _tell(notice, _browsers({notice.agent_id}).get(notice.agent_id, []))


def _browsers(agent_ids: set[int]) -> dict[int, list[int]]:
    """The subscriptions of each agent, by number. One statement, none for nobody."""
    found: dict[int, list[int]] = {}
    if agent_ids:
        rows = PushSubscription.objects.filter(agent__in=agent_ids).order_by("pk")
        for agent_id, pk in rows.values_list("agent_id", "pk"):
            found.setdefault(agent_id, []).append(pk)
    return found


def _tell(notice: Notice, browsers: list[int]) -> None:
    if needs_mail(notice) and (outgoing := queue_notice(notice)):
        put_off(outgoing.pk)
    if PUSH in (notice.ways or ()):
        for pk in browsers:
            push_notice.defer(notice_id=notice.pk, subscription_id=pk)
