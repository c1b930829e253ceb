"""Telling agents of notices outside the page: by mail and by browser push, as they chose; not in quiet hours."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.channels.actions import queue_mails
from charterdesk.channels.email.noticing import build_notices, needs_mail
from charterdesk.channels.jobs import push_notice, put_off_all
from charterdesk.channels.models import PushSubscription
from charterdesk.events.log import BEGINNING, Cause, caused_by, this_cause
from charterdesk.events.operations import operation
from charterdesk.events.timers import TimerRow, timer_row, write_timers
from charterdesk.people.models import Notice
from charterdesk.people.ways import PUSH


def tell_notices(causes: Mapping[int, Cause]) -> None:
    """Mail and push the notices with these numbers, each because of its cause; those in quiet hours wait for the end.

    At most a dozen statements, however many they are; in the caller's transaction.
    """
    unread = list(Notice.objects.select_related("agent__login").filter(pk__in=list(causes), read_at=None))
    waiting = [notice for notice in unread if notice.wait_until and notice.wait_until > now()]
    write_timers([_timer(notice, causes[notice.pk]) for notice in waiting])
    _tell([(notice, causes[notice.pk]) for notice in unread if notice not in waiting])


def _timer(notice: Notice, cause: Cause) -> TimerRow:
    """What tells of `notice` when the quiet hours of its agent end."""
    assert notice.wait_until is not None, "only what waits has a timer"
    with caused_by(cause):
        return timer_row(f"notice:{notice.pk}", due_at=notice.wait_until, operation="channels.tell", on=notice)


@operation("channels.tell")
@transaction.atomic
def tell_notice(notice: Notice, *, by: Actor) -> None:
    """Mail and push `notice`, whose agent was not to be disturbed before, unless they have read it."""
    if notice.read_at is None:
        _tell([(notice, this_cause() or BEGINNING)])


def _browsers(agent_ids: set[int]) -> dict[int, list[int]]:
    """The subscriptions of each agent, by number. One statement, none for nobody."""
    found: dict[int, list[int]] = {}
    if agent_ids:
        rows = PushSubscription.objects.filter(agent__in=agent_ids).order_by("pk")
        for agent_id, pk in rows.values_list("agent_id", "pk"):
            found.setdefault(agent_id, []).append(pk)
    return found


def _tell(caused: Sequence[tuple[Notice, Cause]]) -> None:
    _mail([notice for notice, _cause in caused if needs_mail(notice)], dict(caused))
    to_push = [(notice, cause) for notice, cause in caused if PUSH in (notice.ways or ())]
    browsers = _browsers({notice.agent_id for notice, _cause in to_push})
    push_notice.defer_all(
        [
            (None, cause, {"notice_id": notice.pk, "subscription_id": pk})
            for notice, cause in to_push
            for pk in browsers.get(notice.agent_id, [])
        ]
    )


def _mail(notices: Sequence[Notice], causes: Mapping[Notice, Cause]) -> None:
    """Queue the mails of `notices`, and have them sent. Nothing for none."""
    if built := build_notices(notices) if notices else []:
        cause_of = {mail.header: causes[notice] for notice, mail in built}
        put_off_all([(mail.pk, cause_of[mail.header]) for mail in queue_mails([mail for _notice, mail in built])])
