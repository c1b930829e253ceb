"""What a charter must be before it is kept: such that every promise can be measured and every remedy booked."""

import re
from collections import Counter
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from charterdesk.base.money import CURRENCIES, Money
from charterdesk.base.refused import Refused
from charterdesk.calendars.models import BusinessCalendar
from charterdesk.charter.content import (
    ANSWERED,
    COUNT,
    COUNTED,
    STARTS,
    STOPS,
    TIME,
    WITH_MONEY,
    Charter,
    Objective,
    Remedy,
)
from charterdesk.people.models import LANGUAGES, Team
from charterdesk.tickets.models import Ticket

CODE = re.compile(r"[a-z][a-z0-9-]{0,39}")
WINDOWS = (30, 90)
HIGHEST = 10**9
"""No remedy is as high."""


def check(charter: Charter) -> None:
    """Raise `Refused` for what could never be measured, booked or shown; the code is `charter.<field>`."""
    if charter.language not in dict(LANGUAGES):
        raise Refused("charter.language", _("Choose a language of the desk."))
    for part in (charter.objectives, charter.rights, charter.measures, charter.remedies, charter.contacts):
        codes = [each.code for each in part]
        if any(not CODE.fullmatch(code) for code in codes):
            message = _("A code begins with a letter and has small letters, digits and dashes, 40 at most.")
            raise Refused("charter.code", message)
        if max(Counter(codes).values(), default=1) > 1:
            raise Refused("charter.code", _("This code is taken. Choose another."))
    for objective in charter.objectives:
        _check_objective(objective)
    known = {each.code for each in charter.objectives}
    for remedy in charter.remedies:
        _check_remedy(remedy, known)


def check_named(charter: Charter, former: Charter) -> None:
    """Raise `Refused` where `charter` newly names a team or opening hours that there are not. Two queries at most."""
    teams = _teams(charter) - _teams(former)
    if teams and Team.objects.filter(pk__in=teams).count() < len(teams):
        raise Refused("charter.team_ids", _("Choose from the teams of the desk."))
    calendars = _calendars(charter) - _calendars(former)
    if calendars and BusinessCalendar.objects.filter(pk__in=calendars).count() < len(calendars):
        raise Refused("charter.calendar_id", _("Choose from the opening hours of the desk."))


def _teams(charter: Charter) -> set[int]:
    return {pk for each in charter.objectives for pk in each.team_ids}


def _calendars(charter: Charter) -> set[int]:
    return {each.calendar_id for each in charter.objectives if each.calendar_id is not None}


def _check_objective(objective: Objective) -> None:
    if not any(objective.title.values()):
        raise Refused("charter.title", _("Give it a name."))
    if not 1 <= objective.target <= 100:
        raise Refused("charter.target", _("Promise a share from 1 to 100 percent."))
    if objective.window not in WINDOWS:
        raise Refused("charter.window", _("Measure over 30 or 90 days."))
    if objective.measure == TIME and objective.within_s <= 0:
        raise Refused("charter.within", _("Say within which time, longer than no time at all."))
    if objective.measure == TIME and (objective.start not in dict(STARTS) or objective.stop not in dict(STOPS)):
        raise Refused("charter.stop", _("Choose from the list."))
    if objective.is_on_line and objective.stop != ANSWERED:
        raise Refused("charter.stop", _("Who calls is promised that a person answers."))
    if objective.is_on_line and (objective.types or objective.priorities or objective.tags):
        raise Refused("charter.types", _("A call has no type, no priority and no tags yet."))
    if objective.measure == COUNT and objective.counted not in dict(COUNTED):
        raise Refused("charter.counted", _("Choose from the list."))
    if not set(objective.pauses) <= {Ticket.PENDING, Ticket.ON_HOLD}:
        raise Refused("charter.pauses", _("Choose from the list."))


def _check_remedy(remedy: Remedy, known: set[str]) -> None:
    if not any(remedy.title.values()):
        raise Refused("charter.title", _("Give it a name."))
    if not set(remedy.objectives) <= known:
        raise Refused("charter.objectives", _("Choose from the promises of this charter."))
    if not 1 <= remedy.days <= 366:
        raise Refused("charter.days", _("Choose from 1 to 366 days."))
    if remedy.kind not in WITH_MONEY:
        return
    if remedy.currency not in CURRENCIES:
        raise Refused("charter.currency", _("Write a currency as EUR or USD."))
    for name in ("amount", "cap", "cap_year", "approve_above", "two_above"):
        _check_amount(name, getattr(remedy, name), remedy.currency, is_needed=name == "amount")


def _check_amount(name: str, text: str, currency: str, *, is_needed: bool) -> None:
    if not text and not is_needed:
        return
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal(-1)
    is_paid = amount.is_finite() and 0 <= amount < HIGHEST and Money(amount, currency).is_whole
    if not is_paid or (is_needed and not amount):
        raise Refused(f"charter.{name}", _("Write an amount as 12.50."))
