"""Times beyond control: declared with a public reason, and taken back; cases they touch are judged again."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.charter.actions.answers import judge_answers_again
from charterdesk.charter.actions.cases import excluded_times, hand_of, make_broken_known
from charterdesk.charter.actions.figures import add_figures, counted_as, difference
from charterdesk.charter.actions.suspending import suspend_remedies
from charterdesk.charter.content import clean
from charterdesk.charter.events import ExclusionDeclared, ExclusionWithdrawn
from charterdesk.charter.measuring import BROKEN, excluded_by
from charterdesk.charter.models import Case, Exclusion, OwedRemedy
from charterdesk.events.log import key_of, publish

AT_A_TIME = 1000


@transaction.atomic
def declare_exclusion(
    *,
    by: Actor,
    begins_at: datetime,
    ends_at: datetime,
    reason: Mapping[str, str],
    objectives: Sequence[str] = (),
    team_ids: Sequence[int] = (),
) -> Exclusion:
    """Have what was promised in that time not count, for all to read why.

    Raises `Refused`: `charter.no_reason`, `charter.no_length`.
    """
    said = clean(reason)
    if not said:
        raise Refused("charter.no_reason", _("Write why, for all to read."))
    if ends_at <= begins_at:
        raise Refused("charter.no_length", _("The end comes after the beginning."))
    made = Exclusion.objects.create(
        begins_at=begins_at,
        ends_at=ends_at,
        objectives=list(objectives),
        team_ids=list(team_ids),
        reason=said,
        declared_by=key_of(by),
    )
    event = ExclusionDeclared(
        exclusion_id=made.pk, begins_at=begins_at, ends_at=ends_at, objectives=tuple(made.objectives)
    )
    publish(event, on=made, by=by)
    return made


@transaction.atomic
def withdraw_exclusion(exclusion: Exclusion, *, by: Actor) -> None:
    """Let it count after all; the public list says that it was withdrawn. Nothing happens the second time."""
    exclusion.refresh_from_db(from_queryset=Exclusion.objects.select_for_update())
    if exclusion.withdrawn_at is None:
        exclusion.withdrawn_at = now()
        exclusion.save(update_fields=["withdrawn_at"])
        publish(ExclusionWithdrawn(exclusion_id=exclusion.pk), on=exclusion, by=by)


def judge_again(exclusion_id: int) -> int:
    """Judge again the cases that an exclusion touches or touched, and return how many changed sides.

    Some at a time, each part in a transaction of its own; doing it twice changes nothing. What is broken after all is
    made known, so that its remedies follow; what waits for approval and is excused now waits no more.
    """
    exclusion = Exclusion.objects.get(pk=exclusion_id)
    changed, after = 0, 0
    while True:
        with transaction.atomic():
            cases = _touched(exclusion, after)
            if not cases:
                break
            changed += _judge(cases)
            after = cases[-1].pk
    return changed + judge_answers_again(exclusion)


def _touched(exclusion: Exclusion, after: int) -> list[Case]:
    decided = Case.objects.filter(
        pk__gt=after, decided_at__gt=exclusion.begins_at, started_at__lt=exclusion.ends_at
    ).order_by("pk")
    return list(decided.select_for_update()[:AT_A_TIME])


def _judge(cases: Sequence[Case]) -> int:
    exclusions = excluded_times()
    before, turned = [], []
    for case in cases:
        found = excluded_by(hand_of(case), case.team_id, exclusions)
        if found != case.exclusion_id:
            before.append(counted_as(case))
            was_excused, case.exclusion_id = case.exclusion_id is not None, found
            turned.append((case, was_excused))
    Case.objects.bulk_update([case for case, _was in turned], ["exclusion"])
    add_figures(difference(before, [counted_as(case) for case, _was in turned]))
    make_broken_known([(case, None) for case, was in turned if was and not case.exclusion_id and case.state == BROKEN])
    suspend_remedies(OwedRemedy.objects.filter(case__in=[case.pk for case, _was in turned if case.exclusion_id]))
    return len(turned)
