"""Who calls is promised an answer: the public figure counts calls, and the log proves it."""

from datetime import timedelta

import pytest

from charterdesk.base.clock import now
from charterdesk.base.refused import Refused
from charterdesk.calls.testing import make_line, report
from charterdesk.charter.actions.exclusions import declare_exclusion, judge_again
from charterdesk.charter.actions.recount import compare_figures, recount_figures
from charterdesk.charter.checking import check
from charterdesk.charter.content import CALLED, SOLVED, Charter, Objective
from charterdesk.charter.models import AnswerCase, Figure
from charterdesk.charter.testing import answer_within, publish_for_test
from charterdesk.events.testing import run_reactions
from charterdesk.people.models import Team

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def picked_up(within_s: int = 30, **fields: object) -> Objective:
    """The promise that a person picks up."""
    return answer_within(within_s / 3600, code="picked-up", start=CALLED, **fields)


def test_calls_move_the_public_figure_and_the_log_proves_it(team: Team) -> None:
    publish_for_test(Charter(objectives=[picked_up(), answer_within(4)]))
    make_line(team)
    at = now() - timedelta(hours=1)
    for name, state, seconds in (("in-time", "answered", 20), ("late", "answered", 40), ("left", "ended", 50),
                                 ("hung-up", "ended", 5)):  # fmt: skip
        report(name, "ringing", at)
        report(name, state, at + seconds * SECOND)
    run_reactions()
    run_reactions()

    figure = Figure.objects.get(objective="picked-up")
    assert (figure.kept, figure.broken, figure.excluded) == (1, 2, 0)
    report("left", "answered", at + 10 * SECOND)  # told late: somebody had picked up
    run_reactions()
    figure.refresh_from_db()
    assert (figure.kept, figure.broken) == (2, 1)
    storm = declare_exclusion(
        by="agent:1", begins_at=at - SECOND, ends_at=at + timedelta(minutes=5), reason={"en": "Storm"}
    )
    judge_again(storm.pk)
    figure.refresh_from_db()
    assert (figure.kept, figure.broken, figure.excluded) == (0, 0, 3)
    assert compare_figures(say=lambda _line: None) == 0
    AnswerCase.objects.all().delete()
    Figure.objects.filter(objective="picked-up").update(kept=99)
    assert compare_figures(say=lambda _line: None) == 1
    recount_figures(until=now(), say=lambda _line: None)
    figure = Figure.objects.get(objective="picked-up")
    assert (figure.kept, figure.broken, figure.excluded) == (0, 0, 3)


def test_what_calls_never_have_is_refused() -> None:
    for wrong, code in ((picked_up(stop=SOLVED), "charter.stop"), (picked_up(types=["incident"]), "charter.types")):
        with pytest.raises(Refused) as refused:
            check(Charter(objectives=[wrong]))
        assert refused.value.code == code
