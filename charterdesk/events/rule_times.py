"""When rules act by the clock: on a schedule, before or after a date of a ticket, or some time after an event.

Beside `when`, a rule's body may say one of these:

    wait = { hours = 72 }                            so long after the event; begins anew when it happens again
    around = { date = "ticket.due_at", hours = -4 }  so long before (or after) a date
    every = { hours = 4 }                            by the clock, for each ticket the condition holds for
    every = { time = "08:00", days = [1, 5], zone = "Europe/Dublin" }    days: 1 is Monday; left out: every day

With `desk = true` a schedule is about no ticket but the desk as a whole.

All of them end in the event `rule.due` on the subject (`rule_time.came` on the rule itself where it is about the desk),
which names the rule: what it says is judged by the facts of that moment, and kept, as with any other event.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from charterdesk.base.clock import now
from charterdesk.events.log import Cause, Entry, caused_by
from charterdesk.events.operations import find
from charterdesk.events.timer_rows import TimerRow, cancel_timers, set_timer, timer_row, write_timers

DUE, CAME = "rule.due", "rule_time.came"
DESK = "desk"
BY_CLOCK = ("around", "every")
DAYS = range(1, 8)
MOST_HOURS = 24 * 366
OPERATIONS = {
    "wait": "tickets.come_due",
    "around": "tickets.come_due_around",
    "every": "tickets.come_due_all",
    DESK: "events.come_due",
}
"""By name, as tickets are above: what says that a rule's time has come."""
Dated = Callable[[datetime, datetime, int, int | None], Sequence[tuple[int, datetime]]]


@dataclass(frozen=True, slots=True)
class RuleDate:
    """A date rules may follow: `code` ("ticket.due_at"), what forms call it, and `rows`, which gives the rows whose
    date lies in (`since`, `until`], by date, so many at most (those of one moment together), of one team or of all:
    primary key and date each.
    """

    code: str
    label: Any
    rows: Dated


_dates: dict[str, RuleDate] = {}
_more_dates: list[Callable[[], Iterable[RuleDate]]] = []


def rule_dates(*dates: RuleDate) -> None:
    """Let rules follow `dates`."""
    _dates.update({date.code: date for date in dates})


def more_rule_dates(find: Callable[[], Iterable[RuleDate]]) -> Callable[[], Iterable[RuleDate]]:
    """Let rules follow what `find` gives, asked each time: dates that the desk defined itself."""
    _more_dates.append(find)
    return find


def known_dates() -> dict[str, RuleDate]:
    """All dates by code. Costs what those of the desk's own do."""
    return {**_dates, **{date.code: date for find in _more_dates for date in find()}}


def find_date(code: str) -> RuleDate | None:
    """The date of that code. No statement but where it may be one the desk defined."""
    return _dates.get(code) or known_dates().get(code)


def rows_between(code: str, since: datetime, until: datetime, *, most: int, team: int | None) -> Sequence[Any]:
    """The rows whose date `code` lies in (`since`, `until`]: primary key and date each; none of a date that is gone.

    Costs what the date does, and looking it up where the desk defined it.
    """
    date = find_date(code)
    return date.rows(since, until, most, team) if date else []


def begin(rule_id: int, body: dict[str, Any]) -> None:
    """Set the timer that a rule just put in force needs; none for one that acts on events. One statement."""
    at = now()
    if "around" in body:
        _set_next(rule_id, "around", at, since=at.isoformat())
    elif "every" in body:
        _set_next(rule_id, DESK if body.get(DESK) else "every", next_time(body["every"], at))


def end(rule_id: int) -> None:
    """Take back all timers of a rule that is out of force. One statement."""
    cancel_timers(f"rule:{rule_id}:")


def go_on(rule_id: int, kind: str, due_at: datetime, **args: Any) -> None:
    """Set the timer of a rule for its next round or piece. One statement."""
    _set_next(rule_id, kind, due_at, **args)


def _set_next(rule_id: int, kind: str, due_at: datetime, **args: Any) -> None:
    set_timer(f"rule:{rule_id}:next", due_at=due_at, operation=OPERATIONS[kind], rule_id=rule_id, **args)


def next_time(every: dict[str, Any], after: datetime) -> datetime:
    """When a schedule comes next after `after`, in UTC; on a day without that hour (clocks go forward), an hour later.

    A schedule of hours counts from midnight in UTC, so that it does not drift.
    """
    if "hours" in every:
        step = timedelta(hours=every["hours"])
        midnight = datetime.combine(after.astimezone(UTC).date(), time(), UTC)
        return midnight + step * ((after - midnight) // step + 1)
    zone, wanted = ZoneInfo(every.get("zone", "UTC")), every.get("days") or list(DAYS)
    day = after.astimezone(zone).date()
    for ahead in range(9):
        moment = datetime.combine(day + timedelta(days=ahead), time.fromisoformat(every["time"]), zone)
        if moment.isoweekday() in wanted and moment > after:
            return moment.astimezone(UTC)
    raise ValueError(f"{every} never comes")


def wait_for(rule_id: int, body: dict[str, Any], entries: Sequence[Entry]) -> None:
    """Have the rule look at the subjects of `entries` when its wait is over. One statement."""
    rows: dict[str, TimerRow] = {}
    for entry in entries:
        due_at = entry.at + timedelta(hours=body["wait"]["hours"])
        key, message_id = f"rule:{rule_id}:{entry.subject}", entry.data.get("message_id")
        with caused_by(Cause.of(entry)):
            rows[key] = timer_row(
                key, due_at=due_at, operation=OPERATIONS["wait"], on=entry.subject, by=f"rule:{rule_id}",
                rule_id=rule_id, message_id=message_id,
            )  # fmt: skip
    write_timers(list(rows.values()))


def is_there(kind: str) -> bool:
    """Whether what carries out a kind of time is installed."""
    return find(OPERATIONS[kind]) is not None
