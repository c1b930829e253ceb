"""What promises tell texts and rules."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache, partial
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from charterdesk.base.clock import now
from charterdesk.calendars.arithmetic import Calendar, is_open, opens_next
from charterdesk.calendars.models import BusinessCalendar
from charterdesk.calendars.spec import read_calendar_text
from charterdesk.channels.sms.hours import calendars_of
from charterdesk.events.facts import predicate, related_facts, template_facts
from charterdesk.events.rule_fields import CHOICE, NUMBER, YES_NO, RuleField, rule_fields
from charterdesk.people.models import Team
from charterdesk.sla.models import KINDS, Clock

HOURS = _("Opening hours of its team")
WEEKDAYS = [
    (1, _("Monday")),
    (2, _("Tuesday")),
    (3, _("Wednesday")),
    (4, _("Thursday")),
    (5, _("Friday")),
    (6, _("Saturday")),
    (7, _("Sunday")),
]
rule_fields(
    RuleField(code="calendar.is_open", label=_("it is open"), group=HOURS, kind=YES_NO),
    RuleField(code="calendar.is_holiday", label=_("it is a holiday"), group=HOURS, kind=YES_NO),
    RuleField(code="calendar.weekday", label=_("day of the week"), group=HOURS, kind=CHOICE, choices=lambda: WEEKDAYS),
    RuleField(code="calendar.hour", label=_("hour of the day, 0 to 23"), group=HOURS, kind=NUMBER),
    RuleField(code="calendar.hours_until_open", label=_("hours until it opens"), group=HOURS, kind=NUMBER),
)


@template_facts("ticket")
def promised_times(ticket_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The times promised of tickets as the customer says them: `first_reply_due`, `next_reply_due`, `resolution_due`;
    and `opens_next`, when we open again while we are closed. "" for none.

    In the language that is active, on the customer's clock, else on the clock of the calendar it was promised on.
    One query.
    """
    owed = (Clock.RUNNING, Clock.PAUSED)
    clocks = Clock.objects.filter(promise_id__in=ticket_ids, state__in=owed, due_at__isnull=False)
    hours = ("promise__ticket__contact__time_zone", Cast("calendar_version__spec", TextField()))
    empty = dict.fromkeys((*(f"{kind}_due" for kind, _name in KINDS), "opens_next"), "")
    facts: dict[int, dict[str, Any]] = {pk: dict(empty) for pk in ticket_ids}
    said = cache(spoken)  # what came in together is due together, to the minute, and by the same calendar
    opening = cache(partial(_opens_next, at=now()))
    for ticket_id, kind, due_at, own_zone, spec in clocks.values_list("promise_id", "kind", "due_at", *hours):
        calendar = read_calendar_text(spec)
        zone = own_zone or calendar.zone
        facts[ticket_id][f"{kind}_due"] = said(due_at.replace(second=0, microsecond=0), zone)
        if not facts[ticket_id]["opens_next"] and (opens_at := opening(calendar)):
            facts[ticket_id]["opens_next"] = said(opens_at, zone)
    return facts


def _opens_next(calendar: Calendar, at: datetime) -> datetime | None:
    """When a calendar opens again; None while it is open, and for one that never does."""
    opens_at = opens_next(calendar, at)
    return opens_at if opens_at and opens_at > at else None


def spoken(moment: datetime, zone: str) -> str:
    """`moment` as a letter says it, in the active language: "Tuesday 24 November 2026, 14:20 (CET)"."""
    with timezone.override(zone):
        local = timezone.localtime(moment)
    return f"{date_format(local, pgettext('date format: everything', 'l j F Y, H:i'))} ({local.tzname()})"


@predicate("within_hours")
def within_hours(data: Mapping[str, Any], at: datetime) -> bool:
    """Whether the team of an event (its `team_id`), or the number it was texted to, was open when it happened. Three
    queries, five for SMS.
    """
    return is_open(_hours_of(data, at), at)


@related_facts("calendar")
def calendar_facts(data: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """The clock and the opening hours of an event's team, or of the number it was texted to, when it happened; {} for
    one of no team. Three queries, five for SMS.

    `weekday` is 1 on Monday, `hours_until_open` 0 while open and None where it never opens.
    """
    if not data.get("team_id"):
        return {}
    calendar = _hours_of(data, at)
    local, opens_at = at.astimezone(calendar.tz), opens_next(calendar, at)
    return {
        "is_open": is_open(calendar, at),
        "is_holiday": calendar.is_holiday(local.date()),
        "weekday": local.isoweekday(),
        "hour": local.hour,
        "hours_until_open": max((opens_at - at) / timedelta(hours=1), 0) if opens_at else None,
    }


def _hours_of(data: Mapping[str, Any], at: datetime) -> Calendar:
    ticket_id = data.get("ticket_id") if data.get("channel") == "sms" else None
    pk = calendars_of([ticket_id]).get(ticket_id) if ticket_id else None
    pk = pk or Team.objects.values_list("calendar", flat=True).get(pk=data["team_id"])
    calendar = BusinessCalendar.objects.get(pk=pk)
    version = calendar.versions.filter(created_at__lte=at).order_by("-number").first()
    return version.times if version else calendar.times
