"""Telling agents of notices outside the page: by mail and by browser push, as they chose; not in quiet hours.

Of many tickets that are late at once they are told together.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.channels.actions import queue_mails
from charterdesk.channels.email.gathered import build_gathered, by_urgency
from charterdesk.channels.email.noticing import build_notices, needs_mail
from charterdesk.channels.gathering import FEW, GATHERED, gather, tell_at_once
from charterdesk.channels.jobs import push_notice, put_off_all
from charterdesk.channels.models import PushSubscription
from charterdesk.events.log import BEGINNING, Cause, caused_by, this_cause
from charterdesk.events.operations import operation
from charterdesk.events.skipped import NOT_DUE, Skipped
from charterdesk.events.timers import TimerRow, timer_row, write_timers
from charterdesk.people.actions.notices import TOLD_WITH, note_told_together
from charterdesk.people.models import Agent, Notice
from charterdesk.people.ways import PUSH


def tell_notices(causes: Mapping[int, Cause]) -> None:
    """Mail and push the notices with these numbers, each because of its cause; those in quiet hours wait for the end.

    Those that come in a flood wait for each other. At most fifteen statements, however many they are; in the caller's
    transaction.
    """
    unread = list(Notice.objects.select_related("agent__login").filter(pk__in=list(causes), read_at=None))
    quiet = [
        notice for notice in unread if notice.wait_until and (notice.code in GATHERED or notice.wait_until > now())
    ]
    write_timers([_timer(notice, causes[notice.pk]) for notice in quiet if notice.code not in GATHERED])
    tell_at_once(
        {(one.agent_id, one.wait_until): causes[one.pk] for one in quiet if one.code in GATHERED and one.wait_until}
    )
    told = [(notice, causes[notice.pk]) for notice in unread if notice not in quiet]
    gathered = gather(told)
    _tell([(notice, cause) for notice, cause in told if notice not in gathered])


def _timer(notice: Notice, cause: Cause) -> TimerRow:
    """What tells of `notice` when the quiet hours of its agent end."""
    assert notice.wait_until is not None, "only what waits has a timer"
    with caused_by(cause):
        return timer_row(f"notice:{notice.pk}", due_at=notice.wait_until, operation="channels.tell", on=notice)


@operation("channels.tell")
@transaction.atomic
def tell_notice(notice: Notice, *, by: Actor) -> Skipped | None:
    """Mail and push `notice`, whose agent was not to be disturbed before, unless they have read it."""
    if notice.read_at is not None:
        return NOT_DUE
    _tell([(notice, this_cause() or BEGINNING)])
    return None


@operation("channels.tell_gathered")
@transaction.atomic
def tell_gathered(agent: Agent, *, by: Actor, until: str) -> Skipped | None:
    """Tell `agent` of the notices that waited for each other until then (ISO 8601) and are still unread, each once."""
    waited = Notice.objects.filter(agent=agent, wait_until=datetime.fromisoformat(until), read_at=None)
    found = list(waited.filter(code__in=GATHERED).exclude(data__has_key=TOLD_WITH).select_related("agent__login"))
    for code in GATHERED:
        _tell_together(agent, code, [notice for notice in found if notice.code == code], this_cause() or BEGINNING)
    return None if found else NOT_DUE


def _tell_together(agent: Agent, code: str, notices: Sequence[Notice], cause: Cause) -> None:
    told = by_urgency(notices) if notices else []
    if not told:
        return
    mailed = [one for one in told if needs_mail(one[0])]
    note_told_together(notices, first=(mailed or told)[0][0])
    if len(told) <= FEW:
        _tell([(notice, cause) for notice, _ticket in told])
        return
    if mailed:
        put_off_all([(mail.pk, cause) for mail in queue_mails([build_gathered(agent, code, mailed)])])
    if pushed := [notice for notice, _ticket in told if PUSH in (notice.ways or ())]:
        _push([(pushed[0], cause)], others=len(pushed) - 1)


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
    _push([(notice, cause) for notice, cause in caused if PUSH in (notice.ways or ())])


def _push(caused: Sequence[tuple[Notice, Cause]], *, others: int = 0) -> None:
    """Push each to every browser of its agent; it stands for so many `others`."""
    browsers = _browsers({notice.agent_id for notice, _cause in caused})
    push_notice.defer_all(
        [
            (None, cause, {"notice_id": notice.pk, "subscription_id": pk, "others": others})
            for notice, cause in caused
            for pk in browsers.get(notice.agent_id, [])
        ]
    )


def _mail(notices: Sequence[Notice], causes: Mapping[Notice, Cause]) -> None:
    """Queue the mails of `notices`, and have them sent. Nothing for none."""
    if built := build_notices(notices) if notices else []:
        cause_of = {mail.header: causes[notice] for notice, mail in built}
        put_off_all([(mail.pk, cause_of[mail.header]) for mail in queue_mails([mail for _notice, mail in built])])
