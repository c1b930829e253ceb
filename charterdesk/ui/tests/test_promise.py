"""The promise line says the truth, and draws it."""

from datetime import UTC, datetime, timedelta

import pytest

from charterdesk.ui.promise import Piece, Promise, draw
from charterdesk.ui.promise_html import promise_html

NINE = datetime(2026, 3, 3, 9, tzinfo=UTC)
TEN = NINE + timedelta(hours=1)


def promise(**values) -> Promise:
    return Promise(**{"started_at": NINE, "due_at": TEN, **values})


@pytest.mark.parametrize(
    ("minutes", "state", "word"),
    [
        (0, "running", "answer by 10:00"),
        (47, "running", "answer by 10:00"),
        (48, "soon", "answer by 10:00"),
        (60, "soon", "answer by 10:00"),
        (61, "late", "late 1 min"),
        (180, "late", "late 2 h"),
        (60 * 24 * 4, "late", "late 3 days"),
    ],
)
def test_an_open_promise_says_by_when_and_then_how_late(minutes, state, word):
    line = draw(promise(), at=NINE + timedelta(minutes=minutes))

    assert (line.state, line.word) == (state, word)


def test_a_promise_kept_says_how_early():
    line = draw(promise(met_at=NINE + timedelta(minutes=22)), at=TEN + timedelta(days=9))

    assert (line.state, line.word) == ("kept", "kept, 38 min early")
    assert line.pieces == (Piece(kind="used", x=0, width=367),)


def test_a_promise_met_too_late_is_not_called_kept_in_time():
    line = draw(promise(met_at=TEN + timedelta(hours=1)), at=TEN + timedelta(days=9))

    assert (line.state, line.word) == ("broken", "kept 1 h late")
    assert line.pieces == (Piece(kind="used", x=0, width=500), Piece(kind="over", x=500, width=500))
    assert line.due_x == 500


def test_a_pause_is_a_gap_and_uses_no_time():
    pauses = ((NINE + timedelta(minutes=6), NINE + timedelta(minutes=36)),)

    line = draw(promise(pauses=pauses), at=NINE + timedelta(minutes=42))

    assert line.state == "running"
    assert line.pieces == (
        Piece(kind="used", x=0, width=100),
        Piece(kind="pause", x=100, width=500),
        Piece(kind="used", x=600, width=100),
    )


def test_while_it_pauses_nothing_is_late():
    line = draw(promise(pauses=((NINE + timedelta(minutes=30), None),)), at=TEN + timedelta(days=1))

    assert (line.state, line.word) == ("paused", "paused")


def test_a_resolution_is_solved_rather_than_answered():
    assert draw(promise(kind="resolution"), at=NINE).word == "solve by 10:00"


def test_without_a_due_time_no_line_pretends_one():
    line = draw(promise(due_at=None), at=NINE)

    assert (line.state, line.word, line.pieces) == ("none", "no time promised", ())


def test_a_promise_due_when_it_begins_divides_by_nothing():
    assert draw(promise(due_at=NINE), at=NINE + timedelta(minutes=5)).state == "late"


def test_the_line_needs_no_inline_style_and_says_its_word_as_text():
    html = promise_html(draw(promise(), at=NINE))

    assert "style=" not in html
    assert ">answer by 10:00</time>" in html


def test_a_promise_that_runs_can_be_counted_down_and_one_that_is_kept_cannot():
    running = promise_html(draw(promise(kind="resolution"), at=NINE))
    kept = promise_html(draw(promise(met_at=NINE), at=TEN))

    assert f'data-from="{int(NINE.timestamp())}" data-kind="resolution"' in running
    assert "data-from" not in kept
