"""Why something is due when it is: the policy, the hours, every interval counted and every one that was not."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from charterdesk.base.clock import now
from charterdesk.calendars.arithmetic import counted
from charterdesk.calendars.models import CalendarVersion
from charterdesk.sla.models import Clock
from charterdesk.sla.reckoning import Stretch
from charterdesk.sla.storing import read_stretches

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
LONGEST = 60


@dataclass(frozen=True)
class Interval:
    """From `since` to `until`: open time that was counted (`why` is ""), or time that was not, and why."""

    since: datetime
    until: datetime
    why: str


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """How the due time of one clock comes about; `sentences` say it in the active language and the calendar's zone."""

    kind: str
    round: int
    policy: str
    policy_version: int
    calendar: str
    calendar_version: int
    target: timedelta
    started_at: datetime
    due_at: datetime | None
    intervals: list[Interval]
    sentences: list[str]


def explain(ticket_id: int, *, at: datetime | None = None) -> list[Explanation]:
    """Explain every clock of a ticket as it stands `at` (now), of the next reply each round. Two queries."""
    clocks = list(
        Clock.objects.filter(promise_id=ticket_id)
        .select_related("policy_version", "calendar_version__calendar")
        .order_by("kind", "round")
    )
    stretches = {clock.pk: read_stretches(clock.stretches) for clock in clocks}
    wanted = {stretch.calendar_version_id for each in stretches.values() for stretch in each}
    versions = CalendarVersion.objects.in_bulk(wanted)
    return [_explanation(clock, stretches[clock.pk], versions, at or now()) for clock in clocks]


def _explanation(
    clock: Clock, stretches: tuple[Stretch, ...], versions: dict[int, CalendarVersion], at: datetime
) -> Explanation:
    end = clock.stopped_at or (clock.due_at if clock.state == Clock.RUNNING and clock.due_at else at)
    intervals = [
        interval for stretch in stretches for interval in _intervals(stretch, versions, max(end, stretch.since))
    ]
    return Explanation(
        kind=clock.kind,
        round=clock.round,
        policy=clock.policy_version.name,
        policy_version=clock.policy_version.number,
        calendar=clock.calendar_version.calendar.name,
        calendar_version=clock.calendar_version.number,
        target=clock.target,
        started_at=clock.started_at,
        due_at=clock.due_at,
        intervals=intervals,
        sentences=list(_sentences(clock, intervals)),
    )


def _intervals(stretch: Stretch, versions: dict[int, CalendarVersion], end: datetime) -> list[Interval]:
    """The open intervals of a stretch that ran; the whole of one that stood. The last ends at `end`."""
    until = stretch.until or end
    if stretch.why:
        return [Interval(stretch.since, until, stretch.why)]
    spans = counted(versions[stretch.calendar_version_id].times, stretch.since, until)
    return [Interval(since, to, "") for since, to in spans]


def _sentences(clock: Clock, intervals: list[Interval]) -> list[str]:
    zone = clock.calendar_version.spec["zone"]
    with timezone.override(zone):
        words = {
            "policy": clock.policy_version.name,
            "number": clock.policy_version.number,
            "time": duration_words(clock.target),
            "calendar": clock.calendar_version.calendar.name,
            "zone": zone,
            "start": _moment(clock.started_at),
        }
        first = [
            _("“%(policy)s” (version %(number)d) promises this within %(time)s of open time.") % words,
            _("The hours are those of “%(calendar)s” (%(zone)s); the clock started on %(start)s.") % words,
        ]
        return [*first, *(_interval_words(each) for each in _shortened(intervals)), *_result(clock)]


def _shortened(intervals: list[Interval]) -> list[Interval]:
    """The first and the last ones of a very long list."""
    half = LONGEST // 2
    return intervals if len(intervals) <= LONGEST else intervals[:half] + intervals[-half:]


def _interval_words(interval: Interval) -> str:
    words = {
        "since": _moment(interval.since),
        "until": _moment(interval.until),
        "time": duration_words(interval.until - interval.since),
    }
    texts = {
        "": _("Counted: %(since)s to %(until)s, %(time)s."),
        "pending": _("Not counted: %(since)s to %(until)s, we waited for the customer."),
        "on_hold": _("Not counted: %(since)s to %(until)s, we waited for others."),
        "solved": _("Not counted: %(since)s to %(until)s, it was solved or closed."),
        "not_promised": _("Not counted: %(since)s to %(until)s, it was not promised then."),
    }
    return texts[interval.why] % words


def _result(clock: Clock) -> list[str]:
    """What came of it."""
    words = {
        "due": _moment(clock.due_at) if clock.due_at else "",
        "done": _moment(clock.stopped_at) if clock.stopped_at else "",
        "used": duration_words(clock.used),
    }
    if clock.state == Clock.DROPPED:
        return [_("It is owed no more since %(done)s.") % words]
    if clock.state == Clock.PAUSED and not clock.breached_at:
        return [_("The clock stands; %(used)s are used.") % words]
    due = _("So it was due on %(due)s.") if clock.stopped_at or clock.breached_at else _("So it is due on %(due)s.")
    done = [_("It was done on %(done)s.") % words] if clock.stopped_at else []
    return [due % words, *done]


def _moment(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "D j M Y, H:i")


def duration_words(length: timedelta) -> str:
    """`length` in hours and minutes: "4 hours", "1 hour 30 minutes"."""
    hours, rest = divmod(length, HOUR)
    minutes = rest // MINUTE
    parts = []
    if hours:
        parts.append(ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours})
    if minutes or not hours:
        parts.append(ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes})
    return " ".join(parts)
