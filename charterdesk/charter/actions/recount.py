"""Counting anew from the log what was kept as it happened: to prove the public figures, and to mend them."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from django.db import connection, transaction

from charterdesk.base.clock import now
from charterdesk.charter import measuring
from charterdesk.charter.actions.answers import MOVING as MOVING_ANSWERS
from charterdesk.charter.actions.answers import answer_cases, promised_by
from charterdesk.charter.actions.cases import MOVING, excluded_times, row_of
from charterdesk.charter.actions.figures import Change, Key, add_figures, counted_as
from charterdesk.charter.clocks import FormerClocks, times_of
from charterdesk.charter.in_force import Binding, binding_at, bindings, speaks_of_calls
from charterdesk.charter.measuring import Excluded
from charterdesk.charter.models import AnswerCase, Bound, Case, Figure
from charterdesk.events.log import COLUMNS, Entry, entry_of
from charterdesk.events.timers import timer_row, write_timers
from charterdesk.sla.events import AnswerForgone, AnswerGiven
from charterdesk.tickets.events import TicketOpened

AT_A_TIME = 5_000
Say = Callable[[str], object]
_LOGGED = f"""
    SELECT {COLUMNS} FROM events_event WHERE code = ANY(%s) AND subject LIKE 'ticket:%%' AND at >= %s
     ORDER BY subject, id
"""

_ANSWERS = f"SELECT {COLUMNS} FROM events_event WHERE code = ANY(%s) AND at >= %s ORDER BY id"


@dataclass
class Recount:
    """What a count from the log comes to."""

    tickets: int = 0
    figures: Change = field(default_factory=Counter)
    cases: list[Case] = field(default_factory=list)
    bounds: list[Bound] = field(default_factory=list)
    answers: list[AnswerCase] = field(default_factory=list)


@transaction.atomic
def compare_figures(*, say: Say = print) -> int:
    """Count from the log what is counted so far, say where the kept figures differ, and return in how many places.

    Reads the log once, ticket by ticket and call by call. Promises whose time ran out within the last second may show:
    their timers are on the way.
    """
    kept: Change = Counter()
    for figure in Figure.objects.all():
        for column in ("kept", "broken", "excluded"):
            kept[(figure.day, figure.objective, figure.version_id), column] = getattr(figure, column)
    applied = dict(Bound.objects.values_list("ticket_id", "applied_id"))
    counted = _count(applied, until=now())
    places = sorted({key for key, _column in {**kept, **counted.figures}})
    differing = [key for key in places if _of(kept, key) != _of(counted.figures, key)]
    for key in differing:
        say(f"{key[1]} on {key[0]}: kept {_of(kept, key)}, by the log {_of(counted.figures, key)}")
    say(f"{counted.tickets:,} tickets, {len(places):,} figures, {len(differing):,} differ")
    return len(differing)


def _of(figures: Mapping[tuple[Key, str], int], key: Key) -> tuple[int, ...]:
    """Kept, broken and excluded at one place."""
    return tuple(figures.get((key, column), 0) for column in ("kept", "broken", "excluded"))


@transaction.atomic
def recount_figures(*, until: datetime | None = None, say: Say = print) -> int:
    """Write cases and figures anew from the log, and return how many tickets there were.

    Nothing is counted beside it meanwhile. What time alone decided is decided again by timers, unless `until` says
    up to when it is decided here. Remedies stay as they were booked.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "LOCK TABLE charter_bound, charter_case, charter_answercase, charter_figure IN SHARE ROW EXCLUSIVE MODE"
        )
    Figure.objects.all().delete()
    counted = _count(None, until=until, store=True)
    _store(counted)
    _store_answers(counted.answers)
    add_figures(counted.figures)
    say(f"counted {counted.tickets:,} tickets into {Figure.objects.count():,} figures of the charter")
    return counted.tickets


def _count(applied: Mapping[int, int] | None, *, until: datetime | None, store: bool = False) -> Recount:
    """Replay each ticket; with `applied`, only those, and only up to the event that was reckoned with."""
    counted, clocks, exclusions = Recount(), FormerClocks(), excluded_times()
    for subject, entries in groupby(_logged(), key=lambda entry: entry.subject):
        ticket_id = int(subject.partition(":")[2])
        last = applied.get(ticket_id, -1) if applied is not None else None
        known = [entry for entry in entries if last is None or entry.id <= last]
        rows, bound = _replayed(ticket_id, known, clocks, exclusions, until)
        if bound is None:
            continue
        counted.tickets += 1
        counted.figures.update(place for place in map(counted_as, rows) if place)
        if store:
            counted.cases += rows
            counted.bounds.append(bound)
            if len(counted.cases) >= AT_A_TIME:
                _store(counted)
    counted.answers = _answers(clocks, exclusions)
    counted.figures.update(place for place in map(counted_as, counted.answers) if place)
    return counted


def _answers(clocks: FormerClocks, exclusions: Sequence[Excluded]) -> list[AnswerCase]:
    """The cases of all calls, by the last that was said of each. No statement where no charter speaks of calls."""
    if not speaks_of_calls():
        return []
    last = {entry.subject: entry.event for entry in _read(_ANSWERS, [AnswerGiven.code, AnswerForgone.code])}
    found: list[AnswerCase] = []
    for about, event in last.items():
        binding = binding_at(event.asked_at) if isinstance(event, AnswerGiven | AnswerForgone) else None
        if binding is None or not isinstance(event, AnswerGiven | AnswerForgone):
            continue
        promised = promised_by(binding, event)
        versions = {each.code: clocks.version_for(each, event.team_id, event.asked_at) for each in promised}
        found += answer_cases(about, event, binding, versions, exclusions)
    return found


def _replayed(
    ticket_id: int,
    entries: Sequence[Entry],
    clocks: FormerClocks,
    exclusions: Sequence[Excluded],
    until: datetime | None,
) -> tuple[list[Case], Bound | None]:
    """The cases of one ticket, by what happened to it."""
    opened = next((entry for entry in entries if isinstance(entry.event, TicketOpened)), None)
    binding = binding_at(opened.at) if opened else None
    if opened is None or binding is None or not isinstance(opened.event, TicketOpened) or opened.event.is_ours:
        return [], None
    team_id = opened.event.team_id
    versions = {each.code: clocks.version_for(each, team_id, opened.at) for each in binding.charter.objectives}
    course = measuring.replay(
        binding.charter, entries, lambda objective: times_of(versions[objective.code], objective), until
    )
    bound = Bound(ticket_id=ticket_id, version_id=binding.id, applied_id=entries[-1].id)
    hands = course.hands if course else ()
    return [row_of(bound, hand, team_id, versions[hand.objective], exclusions) for hand in hands], bound


def _store(counted: Recount) -> None:
    """Write what is counted so far, and have timers look at what is under way."""
    if not counted.bounds:
        return
    Bound.objects.bulk_create(
        counted.bounds, update_conflicts=True, unique_fields=["ticket"], update_fields=["version", "applied_id"]
    )
    Case.objects.bulk_create(
        counted.cases,
        update_conflicts=True,
        unique_fields=["ticket", "objective", "number"],
        update_fields=[*MOVING, "version", "calendar_version"],
        batch_size=1000,
    )
    looks: dict[int, datetime] = {}
    for case in counted.cases:
        if case.state == Case.RUNNING and case.due_at:
            looks[case.ticket_id] = min(case.due_at, looks.get(case.ticket_id, case.due_at))
    rows = [
        timer_row(f"charter:{ticket_id}", due_at=at, operation="charter.look", ticket_id=ticket_id, at=at.isoformat())
        for ticket_id, at in looks.items()
    ]
    for start in range(0, len(rows), 1000):
        write_timers(rows[start : start + 1000])
    counted.cases.clear()
    counted.bounds.clear()


def _store_answers(answers: Sequence[AnswerCase]) -> None:
    """Write the cases of calls. Those that the log does not speak of go, but for what was made good on."""
    AnswerCase.objects.bulk_create(
        answers,
        update_conflicts=True,
        unique_fields=["about", "objective"],
        update_fields=list(MOVING_ANSWERS),
        batch_size=1000,
    )
    counted = {case.pk for case in answers}
    gone = [pk for pk in AnswerCase.objects.values_list("pk", flat=True).iterator() if pk not in counted]
    AnswerCase.objects.filter(pk__in=gone, remedies=None).delete()


def _logged() -> Iterator[Entry]:
    """Everything that moves cases since the first charter, ticket by ticket, without holding it in memory."""
    yield from _read(_LOGGED, sorted(cls.code for cls in measuring.HEARD))


def _read(statement: str, codes: Sequence[str]) -> Iterator[Entry]:
    """What `statement` finds of `codes` since the first charter."""
    known: list[Binding] = bindings()
    if not known:
        return
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, [list(codes), known[-1].effective_at])
        while rows := cursor.fetchmany(AT_A_TIME):
            yield from map(entry_of, rows)
