"""Who calls is promised that a person answers: each call that ended is a case, and moves the public figures."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from charterdesk.base.keys import SYSTEM
from charterdesk.calendars.arithmetic import Calendar, CalendarError, add, is_open
from charterdesk.calendars.models import CalendarVersion
from charterdesk.charter.actions.cases import excluded_times
from charterdesk.charter.actions.figures import add_figures, counted_as, difference
from charterdesk.charter.actions.suspending import suspend_remedies
from charterdesk.charter.clocks import Clocks, times_of
from charterdesk.charter.content import Objective
from charterdesk.charter.events import AnswerObjectiveBroken
from charterdesk.charter.in_force import Binding, binding_at
from charterdesk.charter.measuring import Excluded, Hand, excluded_by
from charterdesk.charter.models import AnswerCase, Case, Exclusion, OwedRemedy
from charterdesk.events.log import event_row, write_events
from charterdesk.events.reactions import Heard
from charterdesk.sla.events import AnswerEnded, AnswerForgone

AT_A_TIME = 5_000
MOVING = ("state", "due_at", "ended_at", "decided_at", "day", "exclusion", "version", "calendar_version", "started_at")


# What events call never refuses: it needs a transaction, but no savepoint to go back to.
@transaction.atomic(savepoint=False)
def judge_answers(heard: Heard[AnswerEnded]) -> None:
    """Decide the promises to those who waited on the line, each of another call. Heard again, nothing changes.

    No statement where no charter speaks of calls; else some eight, however many there are.
    """
    bound = [(event, entry, binding_at(event.asked_at)) for event, entry in heard]
    known = [(event, entry, binding) for event, entry, binding in bound if binding and promised_by(binding, event)]
    if not known:
        return
    clocks = Clocks([binding.charter for _event, _entry, binding in known], {event.team_id for event, *_rest in known})
    exclusions = excluded_times()
    rows: list[AnswerCase] = []
    for event, entry, binding in known:
        versions = {each.code: clocks.version_for(each, event.team_id) for each in promised_by(binding, event)}
        rows += answer_cases(entry.subject, event, binding, versions, exclusions)
    keep_answers(rows)


def promised_by(binding: Binding, event: AnswerEnded) -> list[Objective]:
    """What a charter promises to who waited so."""
    facts = {"team_id": event.team_id, "channel": event.channel, "language": event.language}
    return [each for each in binding.charter.objectives if each.is_on_line and each.fits(facts)]


def answer_cases(
    about: str,
    event: AnswerEnded,
    binding: Binding,
    versions: Mapping[str, CalendarVersion],
    exclusions: Sequence[Excluded],
) -> list[AnswerCase]:
    """The cases of one call that ended; none of what was not promised just then, or ended before it was due."""
    ended_at = event.ended_at
    found = []
    for objective in promised_by(binding, event):
        calendar = times_of(versions[objective.code], objective)
        due_at = _due(calendar, event.asked_at, objective)
        if due_at is None or (isinstance(event, AnswerForgone) and ended_at <= due_at):
            continue
        is_kept = ended_at <= due_at
        decided_at = ended_at if is_kept else due_at
        state = Case.KEPT if is_kept else Case.BROKEN
        found.append(
            AnswerCase(
                about=about,
                version_id=binding.id,
                calendar_version=versions[objective.code],
                objective=objective.code,
                team_id=event.team_id,
                state=state,
                started_at=event.asked_at,
                due_at=due_at,
                ended_at=ended_at,
                decided_at=decided_at,
                day=decided_at.astimezone(calendar.tz).date(),
            )
        )
    for case in found:
        case.exclusion_id = _excluded(case, exclusions)
    return found


def _due(calendar: Calendar, at: datetime, objective: Objective) -> datetime | None:
    """By when a person answers who calls at `at`; None while it is closed."""
    try:
        return add(calendar, at, objective.within) if is_open(calendar, at) else None
    except CalendarError:
        return None


def _excluded(case: AnswerCase, exclusions: Sequence[Excluded]) -> int | None:
    hand = Hand(objective=case.objective, state=case.state, started_at=case.started_at, decided_at=case.decided_at)
    return excluded_by(hand, case.team_id, exclusions)


def keep_answers(rows: Sequence[AnswerCase]) -> None:
    """Store cases, move the figures by what they change, make known what was broken. Three statements, or four."""
    if not rows:
        return
    known = AnswerCase.objects.select_for_update().filter(about__in={row.about for row in rows}).order_by("pk")
    wanted = {(row.about, row.objective) for row in rows}
    former = [case for case in known if (case.about, case.objective) in wanted]
    before = [counted_as(case) for case in former]
    was_broken = {(case.about, case.objective) for case in former if case.state == Case.BROKEN}
    AnswerCase.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["about", "objective"], update_fields=list(MOVING), batch_size=1000
    )
    add_figures(difference(before, map(counted_as, rows)))
    _make_broken_known([row for row in rows if (row.about, row.objective) not in was_broken])


def _make_broken_known(rows: Sequence[AnswerCase]) -> None:
    """Publish those of `rows` that are broken and not excused. One statement, none where there are none."""
    broken = [row for row in rows if row.state == Case.BROKEN and row.exclusion_id is None]
    write_events(
        [
            event_row(
                AnswerObjectiveBroken(
                    answer_id=row.pk, objective=row.objective, version_id=row.version_id, team_id=row.team_id
                ),
                on=row.about,
                by=SYSTEM,
            )
            for row in broken
        ]
    )


def judge_answers_again(exclusion: Exclusion) -> int:
    """Judge again the calls an exclusion touches or touched; return how many changed sides. Some at a time."""
    changed, after = 0, 0
    while True:
        with transaction.atomic():
            touched = AnswerCase.objects.select_for_update().filter(
                pk__gt=after, decided_at__gt=exclusion.begins_at, started_at__lt=exclusion.ends_at
            )
            cases = list(touched.order_by("pk")[:AT_A_TIME])
            if not cases:
                return changed
            changed += _judge(cases, excluded_times())
            after = cases[-1].pk


def _judge(cases: Iterable[AnswerCase], exclusions: Sequence[Excluded]) -> int:
    before, turned, excused = [], [], set()
    for case in cases:
        found = _excluded(case, exclusions)
        if found != case.exclusion_id:
            before.append(counted_as(case))
            if case.exclusion_id:
                excused.add(case.pk)
            case.exclusion_id = found
            turned.append(case)
    AnswerCase.objects.bulk_update(turned, ["exclusion"])
    add_figures(difference(before, map(counted_as, turned)))
    _make_broken_known([case for case in turned if case.pk in excused])
    suspend_remedies(OwedRemedy.objects.filter(answer__in=[case.pk for case in turned if case.exclusion_id]))
    return len(turned)
