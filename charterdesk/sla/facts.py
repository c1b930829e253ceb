"""What promises tell texts and rules."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import pgettext

from charterdesk.calendars.arithmetic import is_open
from charterdesk.calendars.models import BusinessCalendar
from charterdesk.events.facts import predicate, template_facts
from charterdesk.people.models import Team
from charterdesk.sla.models import Clock


@template_facts("ticket")
def promised_times(ticket_id: int) -> dict[str, Any]:
    """The times promised, `first_reply_due` and `resolution_due`, as the customer says them; "" where none is owed.

    In the language that is active, on the customer's clock, else on the clock of the calendar it was promised on.
    One query.
    """
    owed = (Clock.RUNNING, Clock.PAUSED)
    clocks = Clock.objects.filter(promise_id=ticket_id, state__in=owed)
    rows = clocks.values_list("kind", "due_at", "promise__ticket__contact__time_zone", "calendar_version__spec__zone")
    facts = {"first_reply_due": "", "resolution_due": ""}
    for kind, due_at, own_zone, office_zone in rows:
        if due_at is not None:
            facts[f"{kind}_due"] = spoken(due_at, own_zone or office_zone)
    return facts


def spoken(moment: datetime, zone: str) -> str:
    """`moment` as a letter says it, in the active language: "Tuesday 24 November 2026, 14:20 (CET)"."""
    with timezone.override(zone):
        local = timezone.localtime(moment)
    return f"{date_format(local, pgettext('date format: everything', 'l j F Y, H:i'))} ({local.tzname()})"


@predicate("within_hours")
def within_hours(data: Mapping[str, Any], at: datetime) -> bool:
    """Whether the team of an event (its `team_id`) was open when it happened. One query."""
    calendar = BusinessCalendar.objects.get(pk=Team.objects.values("calendar").get(pk=data["team_id"])["calendar"])
    version = calendar.versions.filter(created_at__lte=at).order_by("-number").first()
    return is_open(version.times if version else calendar.times, at)
