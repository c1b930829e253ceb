"""When the dates come that rules may follow: of a ticket itself, of its own fields, of what its customer bought.

A day begins at midnight on the clock of the ticket's team.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from charterdesk.base.keys import split_key
from charterdesk.billing.models import Contract, Order, OrderNamed
from charterdesk.people.models import Team
from charterdesk.tickets.models import FieldMeasure, Ticket

Rows = list[tuple[int, datetime]]
OfDays = Callable[[QuerySet[Ticket], Sequence[date]], Sequence[tuple[int, date]]]
"""Which of these tickets have one of these days, and which day."""


def next_promise(since: datetime, until: datetime, most: int, team: int | None) -> Rows:
    """The next promise of unfinished tickets. Two statements at most."""
    return _rows("due_at", since, until, most, team, status__in=Ticket.UNFINISHED)


def opened(since: datetime, until: datetime, most: int, team: int | None) -> Rows:
    """When tickets came. Two statements at most."""
    return _rows("opened_at", since, until, most, team)


def last_message(since: datetime, until: datetime, most: int, team: int | None) -> Rows:
    """When the last message of tickets was written. Two statements at most."""
    return _rows("last_message_at", since, until, most, team)


def solved(since: datetime, until: datetime, most: int, team: int | None) -> Rows:
    """When tickets were solved that are not closed. Two statements at most."""
    return _rows("solved_at", since, until, most, team, status=Ticket.SOLVED)


def _rows(field: str, since: datetime, until: datetime, most: int, team: int | None, **only: Any) -> Rows:
    found = Ticket.objects.filter(**{f"{field}__gt": since, f"{field}__lte": until}, **only)
    teams = [team] if team else list(Team.objects.values_list("pk", flat=True))
    rows = found.filter(team_id__in=teams).order_by(field, "pk").values_list("pk", field)
    piece = list(rows[:most])
    if len(piece) < most:
        return piece
    return piece + list(rows.filter(**{field: piece[-1][1], "pk__gt": piece[-1][0]}))  # of one moment: together


def days_of_field(field_id: int, since: datetime, until: datetime, most: int, team: int | None) -> Rows:
    """The day in a field of the desk's own, of tickets that have one. One statement, and one where a day begins."""

    def find(tickets: QuerySet[Ticket], days: Sequence[date]) -> list[tuple[int, date]]:
        found = FieldMeasure.objects.filter(field=field_id, value__in=[day.toordinal() for day in days])
        rows = found.filter(ticket__in=tickets).values_list("ticket_id", "value")
        return [(ticket_id, date.fromordinal(int(value))) for ticket_id, value in rows]

    return _days(find, since, until, most, team)


def contract_starts(since: datetime, until: datetime, most: int, team: int | None) -> Rows:
    """The first day of contracts, for unfinished tickets of whoever has them. As `contract_ends`."""
    return _days(_of_contracts("starts_on"), since, until, most, team)


def contract_ends(since: datetime, until: datetime, most: int, team: int | None) -> Rows:
    """The last day of contracts, for unfinished tickets of whoever has them. One statement, and two where a day begins
    on which some end.
    """
    return _days(_of_contracts("ends_on"), since, until, most, team)


def _of_contracts(field: str) -> OfDays:
    def find(tickets: QuerySet[Ticket], days: Sequence[date]) -> list[tuple[int, date]]:
        contracts = Contract.objects.filter(**{f"{field}__in": days}, cancelled_at=None)
        person = Coalesce("contact__merged_into_id", "contact_id")
        house = Coalesce("organisation__merged_into_id", "organisation_id")
        people: dict[int, set[date]] = {}
        houses: dict[int, set[date]] = {}
        for contact_id, organisation_id, day in contracts.values_list(person, house, field):
            owner, known = (contact_id, people) if contact_id else (organisation_id, houses)
            known.setdefault(owner, set()).add(day)
        if not people and not houses:
            return []
        theirs = tickets.filter(status__in=Ticket.UNFINISHED).filter(
            Q(contact_id__in=list(people)) | Q(organisation_id__in=list(houses))
        )
        return [
            (pk, day)
            for pk, contact_id, house_id in theirs.values_list("pk", "contact_id", "organisation_id")
            for day in people.get(contact_id, set()) | houses.get(house_id or 0, set())
        ]

    return find


def _days(find: OfDays, since: datetime, until: datetime, most: int, team: int | None) -> Rows:
    """The tickets of `find` by the moments at which their days begin for their teams. One statement, beside it what
    `find` costs for each zone in which a day begins.
    """
    rows: Rows = []
    teams = Team.objects.filter(pk=team) if team else Team.objects.all()
    for name in teams.order_by().values_list("calendar__zone", flat=True).distinct():
        zone = ZoneInfo(name)
        if days := list(_beginning(zone, since, until)):
            found = find(Ticket.objects.filter(team__in=teams.filter(calendar__zone=name)), days)
            rows += [(pk, datetime.combine(day, time(), zone)) for pk, day in found]
    return _together(rows, most)


def _beginning(zone: ZoneInfo, since: datetime, until: datetime) -> Iterator[date]:
    """The days that begin in (`since`, `until`]."""
    day = since.astimezone(zone).date()
    while (begins := datetime.combine(day, time(), zone)) <= until:
        if begins > since:
            yield day
        day += timedelta(days=1)


def _together(rows: Rows, most: int) -> Rows:
    """The first of `rows` by their moments, so many at most, but all of one moment."""
    rows.sort(key=lambda row: (row[1], row[0]))
    return rows if len(rows) <= most else [row for row in rows if row[1] <= rows[most - 1][1]]


def ordered(since: datetime, until: datetime, most: int, team: int | None) -> Rows:
    """When the order was made that an unfinished ticket is about; where it names none, any of its customer's. One
    statement, and three where there was one.
    """
    return _of_orders("ordered_at", since, until, most, team)


def support_ends(since: datetime, until: datetime, most: int, team: int | None) -> Rows:
    """When the window of free support after that order ends. As `ordered`."""
    return _of_orders("supported_until", since, until, most, team)


def _of_orders(field: str, since: datetime, until: datetime, most: int, team: int | None) -> Rows:
    orders = Order.objects.filter(**{f"{field}__gt": since, f"{field}__lte": until}).exclude(status__in=Order.UNDONE)
    moments: dict[int, datetime] = {}
    bought: dict[int, list[datetime]] = {}
    for pk, buyer, moment in orders.values_list("pk", Coalesce("contact__merged_into_id", "contact_id"), field):
        moments[pk] = moment
        bought.setdefault(buyer, []).append(moment)
    if not moments:
        return []
    about = OrderNamed.objects.filter(order_id__in=list(moments), about__startswith="ticket:")
    named = {split_key(key)[1]: moments[order] for key, order in about.values_list("about", "order_id")}
    tickets = Ticket.objects.unfinished().filter(Q(pk__in=list(named)) | Q(contact_id__in=list(bought)))
    theirs = dict((tickets.filter(team_id=team) if team else tickets).values_list("pk", "contact_id"))
    naming = OrderNamed.objects.filter(about__in=[f"ticket:{pk}" for pk in theirs]).values_list("about", flat=True)
    others = theirs.keys() - {split_key(key)[1] for key in naming}
    rows = [(pk, named[pk]) for pk in theirs.keys() & named.keys()]
    return _together(rows + [(pk, moment) for pk in others for moment in bought[theirs[pk]]], most)
