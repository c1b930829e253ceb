"""Filters of tickets as data, and what they ask of the database: for saved views, the API and rules alike.

A filter is `{"all": [...]}` or `{"any": [...]}` of conditions and further filters; `{}` is every ticket. A condition is
`{"field": "status", "op": "is", "value": ["open"]}`. Custom fields are named `field.<code>`. Times are ISO dates, or a
span such as "7d", "12h" and "2w".
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.refused import Refused
from charterdesk.people.models import LANGUAGES
from charterdesk.people.viewer import Viewer
from charterdesk.search.audience import Reader, staff
from charterdesk.search.queries import parents_with
from charterdesk.tickets.models import FieldMeasure, FieldValues, Ticket, TicketField

Filter = Mapping[str, Any]
ME, NOBODY = "me", "nobody"
LATE, SOON, IN_TIME, NO_PROMISE = "late", "soon", "in_time", "none"
SOON_IS = timedelta(hours=4)
DEEPEST, MOST = 4, 60
SPAN = re.compile(r"([1-9]\d{0,3})([hdw])")
UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
NOTHING = Q(pk__in=())

CODED, PEOPLE, TAGS, MOMENT, PROMISE, WORDS = "coded", "people", "tags", "moment", "promise", "words"
IS, IS_NOT, IS_SET, IS_EMPTY = "is", "is_not", "is_set", "is_empty"
ANY_OF, ALL_OF, NONE_OF = "any_of", "all_of", "none_of"
LAST, NEXT, LONGER_AGO, BEFORE, AFTER, ON = "last", "next", "longer_ago", "before", "after", "on"
AT_LEAST, AT_MOST, HAS = "at_least", "at_most", "has"
WITHOUT_VALUE = (IS_SET, IS_EMPTY)
WITH_SPAN = (LAST, NEXT, LONGER_AGO)
OPS: dict[str, tuple[str, ...]] = {
    CODED: (IS, IS_NOT),
    PEOPLE: (IS, IS_NOT, IS_SET, IS_EMPTY),
    TAGS: (ANY_OF, ALL_OF, NONE_OF, IS_SET, IS_EMPTY),
    MOMENT: (LAST, NEXT, LONGER_AGO, BEFORE, AFTER, IS_SET, IS_EMPTY),
    PROMISE: (IS, IS_NOT),
    WORDS: (HAS,),
    TicketField.TEXT: (IS, IS_NOT, IS_SET, IS_EMPTY),
    TicketField.LONG: (IS_SET, IS_EMPTY),
    TicketField.NUMBER: (IS, AT_LEAST, AT_MOST, IS_SET, IS_EMPTY),
    TicketField.DATE: (ON, BEFORE, AFTER, LAST, NEXT, IS_SET, IS_EMPTY),
    TicketField.YES_NO: (IS, IS_SET, IS_EMPTY),
    TicketField.CHOICE: (IS, IS_NOT, IS_SET, IS_EMPTY),
    TicketField.DEPENDENT: (IS, IS_NOT, IS_SET, IS_EMPTY),
    TicketField.FILE: (IS_SET, IS_EMPTY),
    TicketField.CONTACT: (IS, IS_NOT, IS_SET, IS_EMPTY),
}
CHOICES: dict[str, Sequence[tuple[Any, Any]]] = {
    "status": Ticket.STATUSES,
    "priority": Ticket.PRIORITIES,
    "type": Ticket.TYPES,
    "channel": Ticket.CHANNELS,
    "language": LANGUAGES,
}
KINDS: dict[str, str] = {
    **dict.fromkeys(CHOICES, CODED),
    **dict.fromkeys(("team", "assignee", "contact", "organisation", "follower"), PEOPLE),
    "tags": TAGS,
    **dict.fromkeys(("created", "updated", "due", "replied", "solved"), MOMENT),
    "promise": PROMISE,
    "words": WORDS,
}
MOMENTS = {
    "created": "opened_at",
    "updated": "last_message_at",
    "due": "due_at",
    "replied": "first_replied_at",
    "solved": "solved_at",
}
COUNTED = ("status", "team", "assignee")
"""What tickets are counted by at all times: a filter of nothing else needs no counting."""


def reader_of(viewer: Viewer) -> Reader:
    """Who searches: those who see every team everything, other staff what their teams may see."""
    return Reader(everything=True, viewer=viewer) if viewer.sees_every_team else staff(viewer.team_ids, viewer=viewer)


def _ids_with(words: str, viewer: Viewer) -> list[int]:
    keys = parents_with(words, reader=reader_of(viewer), language=viewer.language)
    return sorted(int(key.partition(":")[2]) for key in keys if key.startswith("ticket:"))


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Who asks, when, and with which custom fields: what "me", "last 7 days" and `field.meter` stand for."""

    viewer: Viewer
    fields: Mapping[str, TicketField]
    at: datetime = field(default_factory=now)
    ids_with: Callable[[str, Viewer], Sequence[int]] = _ids_with

    @property
    def zone(self) -> ZoneInfo:
        """Where days begin for whoever asks."""
        return ZoneInfo(self.viewer.time_zone or "UTC")


def asking(viewer: Viewer, filters: Sequence[Filter], *, codes: Sequence[str] = ()) -> Asking:
    """What `filters` are read with, and the fields `codes`. One statement where a custom field is named, else none."""
    named = {code for each in filters for code in custom_codes(each)} | set(codes)
    found = TicketField.objects.in_use().filter(code__in=named) if named else ()
    return Asking(viewer=viewer, fields={one.code: one for one in found})


def conditions(filter: Filter) -> Iterator[Mapping[str, Any]]:
    """All conditions of a filter, however deep."""
    for part in [*filter.get("all", ()), *filter.get("any", ())]:
        if "field" in part:
            yield part
        else:
            yield from conditions(part)


def custom_codes(filter: Filter) -> set[str]:
    """The codes of the custom fields a filter names."""
    names = (str(one["field"]) for one in conditions(filter))
    return {name.removeprefix("field.") for name in names if name.startswith("field.")}


def kind_of(name: str, fields: Mapping[str, TicketField]) -> str | None:
    """What kind of thing a condition on `name` is about; None for a field there is no more."""
    if name.startswith("field."):
        found = fields.get(name.removeprefix("field."))
        return found.kind if found else None
    return KINDS.get(name)


def gone(filter: Filter, fields: Mapping[str, TicketField]) -> list[str]:
    """The names in a filter that are no field of tickets any more."""
    names = dict.fromkeys(str(one["field"]) for one in conditions(filter))
    return [name.removeprefix("field.") for name in names if kind_of(name, fields) is None]


def has_words(filter: Filter) -> bool:
    """Whether it searches, which costs more than looking up."""
    return any(one["field"] == "words" for one in conditions(filter))


def is_counted(filter: Filter) -> bool:
    """Whether it asks only for what tickets are counted by at all times."""
    return all(one["field"] in COUNTED for one in conditions(filter))


def compiled(filter: Filter, asked: Asking) -> Q:
    """What `filter` asks of `Ticket.objects` (which `visible_to` narrows), and of `StatusCount` if `is_counted`.

    A condition on a field that is gone finds nothing: a filter never widens by itself. Words are searched for, at two
    statements; nothing else asks the database.
    """
    if not filter:
        return Q()
    joined = "any" if "any" in filter else "all"
    parts = [_condition(one, asked) if "field" in one else compiled(one, asked) for one in filter[joined]]
    return Q(*parts, _connector=Q.OR if joined == "any" else Q.AND) if parts else Q()


def _condition(one: Mapping[str, Any], asked: Asking) -> Q:
    name, op, value = str(one["field"]), str(one["op"]), one.get("value")
    kind = kind_of(name, asked.fields)
    if kind is None or op not in OPS[kind]:
        return NOTHING
    if name.startswith("field."):
        return _custom(asked.fields[name.removeprefix("field.")], op, value, asked)
    if kind == MOMENT:
        return _moment(MOMENTS[name], op, value, asked)
    return _READ[kind](name, op, value, asked)


def _choice(name: str, op: str, value: Any, asked: Asking) -> Q:
    found = Q(**{f"{name}__in": list(value)})
    return ~found if op == IS_NOT else found


def _people(name: str, op: str, value: Any, asked: Asking) -> Q:
    column = "followers__agent_id" if name == "follower" else f"{name}_id"
    if op in WITHOUT_VALUE:
        return Q(**{f"{column}__isnull": op == IS_EMPTY})
    ids = [asked.viewer.agent_id if one == ME else one for one in value if one != NOBODY]
    found = _following(ids) if name == "follower" else Q(**{f"{column}__in": ids})
    if NOBODY in value:
        found |= Q(**{f"{column}__isnull": True})
    if op != IS_NOT:
        return found
    # With nobody there, the database knows neither yes nor no: "is not Maya" holds for what nobody has.
    return ~found | (Q(**{f"{column}__isnull": True}) if NOBODY not in value and name != "follower" else NOTHING)


def _following(ids: Sequence[Any]) -> Q:
    followed = Ticket.objects.filter(followers__agent_id__in=ids)
    return Q(pk__in=followed.values("pk"))


def _tags(name: str, op: str, value: Any, asked: Asking) -> Q:
    if op in WITHOUT_VALUE:
        return Q(tags=[]) if op == IS_EMPTY else ~Q(tags=[])
    if op == ALL_OF:
        return Q(tags__contains=list(value))
    return ~Q(tags__overlap=list(value)) if op == NONE_OF else Q(tags__overlap=list(value))


def _moment(column: str, op: str, value: Any, asked: Asking) -> Q:
    if op in WITHOUT_VALUE:
        return Q(**{f"{column}__isnull": op == IS_EMPTY})
    if op in WITH_SPAN:
        return _within(column, op, span(value), asked.at)
    begin = datetime.combine(date.fromisoformat(value), datetime.min.time(), asked.zone).astimezone(UTC)
    return Q(**{f"{column}__{'lt' if op == BEFORE else 'gte'}": begin})


def _within(column: str, op: str, length: timedelta, at: datetime) -> Q:
    if op == LAST:
        return Q(**{f"{column}__gte": at - length, f"{column}__lte": at})
    return (
        Q(**{f"{column}__gte": at, f"{column}__lte": at + length})
        if op == NEXT
        else Q(**{f"{column}__lt": at - length})
    )


def _promise(name: str, op: str, value: Any, asked: Asking) -> Q:
    """How the next promise of a ticket stands that still has work: late, soon due, in time, or none."""
    stands = {
        LATE: Q(due_at__lt=asked.at),
        SOON: Q(due_at__gte=asked.at, due_at__lte=asked.at + SOON_IS),
        IN_TIME: Q(due_at__gt=asked.at + SOON_IS),
        NO_PROMISE: Q(due_at=None),
    }
    wanted = set(stands) - set(value) if op == IS_NOT else set(value)
    parts = [stands[one] for one in stands if one in wanted]
    return Q(status__in=Ticket.UNFINISHED) & Q(*parts, _connector=Q.OR) if parts else NOTHING


def _words(name: str, op: str, value: Any, asked: Asking) -> Q:
    return Q(pk__in=asked.ids_with(str(value), asked.viewer))


_READ = {CODED: _choice, PEOPLE: _people, TAGS: _tags, PROMISE: _promise, WORDS: _words}


def _custom(field: TicketField, op: str, value: Any, asked: Asking) -> Q:
    """Equal values come from the index over all values, ranges from that over numbers and dates."""
    if op in WITHOUT_VALUE:
        filled = FieldValues.objects.filter(data__has_key=field.code)
        return ~Q(pk__in=filled.values("ticket_id")) if op == IS_EMPTY else Q(pk__in=filled.values("ticket_id"))
    if op in (IS, IS_NOT, ON) and field.kind != TicketField.NUMBER:
        values = value if isinstance(value, list | tuple) else [value]
        equal = Q(*(Q(data__contains={field.code: one}) for one in values), _connector=Q.OR)
        found = Q(pk__in=FieldValues.objects.filter(equal).values("ticket_id"))
        return ~found if op == IS_NOT else found
    low, high = _range(field, op, value, asked)
    measured = FieldMeasure.objects.filter(field_id=field.pk)
    if low is not None:
        measured = measured.filter(value__gte=low)
    if high is not None:
        measured = measured.filter(value__lte=high)
    return Q(pk__in=measured.values("ticket_id"))


def _range(field: TicketField, op: str, value: Any, asked: Asking) -> tuple[Any, Any]:
    """The least and the greatest that fit; None is no bound."""
    if field.kind == TicketField.NUMBER:
        return (None if op == AT_MOST else value), (None if op == AT_LEAST else value)
    today = asked.at.astimezone(asked.zone).date().toordinal()
    if op in WITH_SPAN:
        days = max(1, span(value).days)
        return (today - days, today) if op == LAST else (today, today + days)
    day = date.fromisoformat(value).toordinal()
    return (None, day - 1) if op == BEFORE else (day, None)


def span(text: str) -> timedelta:
    """The length "7d", "12h" or "2w" stand for. Raises `ValueError`."""
    match = SPAN.fullmatch(str(text))
    if match is None:
        raise ValueError(f"no span of time: {text}")
    return int(match[1]) * UNITS[match[2]]


def statuses_of(filter: Filter) -> Sequence[str] | None:
    """The statuses that all tickets of a filter have, where it says so right away; None for any."""
    for one in filter.get("all", ()):
        if one.get("field") == "status" and one.get("op") == IS:
            return tuple(one["value"])
    return None


def checked(filter: Any, fields: Mapping[str, TicketField]) -> dict[str, Any]:
    """`filter` if it can be kept. Raises `Refused("tickets.bad_filter")`, which says what is wrong with it."""
    _check(filter, fields, depth=1)
    if sum(1 for _one in conditions(filter)) > MOST:
        raise _bad(_("A view has at most %(n)d conditions.") % {"n": MOST})
    return dict(filter)


def _check(filter: Any, fields: Mapping[str, TicketField], *, depth: int) -> None:
    if not isinstance(filter, Mapping) or len(filter) > 1 or not set(filter) <= {"all", "any"} or depth > DEEPEST:
        raise _bad(_("A filter is a list of conditions under “all” or “any”."))
    for part in next(iter(filter.values()), ()):
        if isinstance(part, Mapping) and "field" in part:
            _check_condition(part, fields)
        else:
            _check(part, fields, depth=depth + 1)


def _check_condition(one: Mapping[str, Any], fields: Mapping[str, TicketField]) -> None:
    name = str(one["field"])
    kind = kind_of(name, fields)
    if kind is None:
        raise _bad(_("There is no field “%(name)s”.") % {"name": name.removeprefix("field.")})
    if one.get("op") not in OPS[kind] or set(one) - {"field", "op", "value"}:
        raise _bad(_("“%(name)s” can't be compared that way.") % {"name": name})
    if one["op"] not in WITHOUT_VALUE and not _fits(name, kind, one["op"], one.get("value"), fields):
        raise _bad(_("“%(name)s” can't be compared with that.") % {"name": name})


def _fits(name: str, kind: str, op: str, value: Any, fields: Mapping[str, TicketField]) -> bool:
    if op in WITH_SPAN:
        return SPAN.fullmatch(str(value)) is not None
    if kind in (MOMENT, TicketField.DATE):
        return _is_date(value)
    if kind == TicketField.NUMBER:
        return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15
    if kind == TicketField.YES_NO:
        return isinstance(value, bool)
    if kind in (WORDS, TicketField.TEXT):
        return isinstance(value, str) and 0 < len(value) <= 500
    return isinstance(value, list) and 0 < len(value) <= 100 and all(_is_one(name, kind, one, fields) for one in value)


def _is_one(name: str, kind: str, value: Any, fields: Mapping[str, TicketField]) -> bool:
    """Whether `value` can stand in a list of values."""
    if kind == CODED:
        return value in dict(CHOICES[name])
    if kind == PROMISE:
        return value in (LATE, SOON, IN_TIME, NO_PROMISE)
    if kind in TicketField.CHOSEN and name.startswith("field."):
        return value in dict(fields[name.removeprefix("field.")].options())
    if kind == TAGS:
        return isinstance(value, str) and 0 < len(value) <= 50
    is_word = value in {"assignee": (ME, NOBODY), "follower": (ME,)}.get(name, ())
    return is_word or (isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**63)


def _is_date(value: Any) -> bool:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return len(str(value)) == 10


def _bad(message: str) -> Refused:
    return Refused("tickets.bad_filter", message)
