"""The promise line: what was promised, how much of the time is used, and the word that says so.

One drawing for lists, ticket pages, the customer's status page and the printed poster. Surfaces make a
`Promise` from what they have; `{% promise_line promise %}` draws it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.ui.moments import duration_word, moment_word

WIDTH = 1000
SOON = 0.8
NO_TIME = timedelta(0)

Pause = tuple[datetime, datetime | None]


class Promised(Protocol):
    """What the line needs to know of a promise; `Promise` says what each means."""

    @property
    def started_at(self) -> datetime: ...
    @property
    def due_at(self) -> datetime | None: ...
    @property
    def met_at(self) -> datetime | None: ...
    @property
    def pauses(self) -> Sequence[Pause]: ...
    @property
    def kind(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def is_paused(self) -> bool: ...


@dataclass(frozen=True, kw_only=True)
class Promise:
    """A promise to answer (`kind` "reply") or to solve ("resolution") by `due_at`; `met_at` once done.

    `pauses` are the spans in which the clock stood, in order and apart; the last may still last (end `None`).
    Without `due_at` nothing was promised; while it pauses, `due_at` is what it was when the pause began. `state` is
    for whoever knows better than the times tell (a policy says when it is "soon"); "" has them tell it.
    """

    started_at: datetime
    due_at: datetime | None
    met_at: datetime | None = None
    pauses: Sequence[Pause] = ()
    kind: str = "reply"
    state: str = ""

    @property
    def is_paused(self) -> bool:
        """Whether the clock stands now."""
        return self.met_at is None and bool(self.pauses) and self.pauses[-1][1] is None


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A stretch of the line: `kind` is used, pause or over; `x` and `width` of 1000."""

    kind: str
    x: int
    width: int


@dataclass(frozen=True, kw_only=True)
class PromiseLine:
    """What the template draws. `state` is none, running, soon, late, paused, kept or broken."""

    state: str
    word: str
    pieces: Sequence[Piece]
    due_x: int
    due_at: datetime | None
    kind: str = ""
    started_at: datetime | None = None

    @property
    def rest_x(self) -> int:
        """Where the time still to come begins."""
        return self.pieces[-1].x + self.pieces[-1].width if self.pieces else 0

    @property
    def rest_width(self) -> int:
        """How much of the line is still to come, of 1000."""
        return WIDTH - self.rest_x


def draw(promise: Promised, *, at: datetime | None = None) -> PromiseLine:
    """How `promise` stands at `at` (now). Pure: the same promise and time give the same line."""
    at = at or now()
    state = promise.state or _state(promise, at)
    word = _word(promise, state, at)
    if promise.due_at is None:
        return PromiseLine(state=state, word=word, pieces=(), due_x=WIDTH, due_at=None)
    reached = promise.met_at or at
    end = max(promise.due_at, reached)
    pieces = tuple(_pieces(promise, reached, end))
    due_x = _x(promise, promise.due_at, end)
    return PromiseLine(
        state=state,
        word=word,
        pieces=pieces,
        due_x=due_x,
        due_at=promise.due_at,
        kind=promise.kind,
        started_at=promise.started_at,
    )


def _state(promise: Promised, at: datetime) -> str:
    if promise.due_at is None:
        return "none"
    if promise.met_at:
        return "kept" if promise.met_at <= promise.due_at else "broken"
    if promise.is_paused:
        return "paused"
    if at > promise.due_at:
        return "late"
    return "soon" if _share_used(promise, at) >= SOON else "running"


def _share_used(promise: Promised, at: datetime) -> float:
    """Part of the promised time that is gone at `at`, pauses left out; from 0 to 1 while in time."""
    assert promise.due_at is not None
    paused = sum(((end or at) - start for start, end in promise.pauses), NO_TIME)
    whole = promise.due_at - promise.started_at - paused
    used = at - promise.started_at - paused
    return used / whole if whole > NO_TIME else 1.0


def _word(promise: Promised, state: str, at: datetime) -> str:
    """What stands beside the line."""
    if promise.due_at is None:
        return _("no time promised")
    if state in ("running", "soon"):
        due = moment_word(promise.due_at, at=at)
        phrase = _("solve by %(time)s") if promise.kind == "resolution" else _("answer by %(time)s")
        return phrase % {"time": due}
    if state == "late":
        return _("late %(time)s") % {"time": duration_word(at - promise.due_at)}
    if state == "paused":
        return _("paused")
    assert promise.met_at is not None
    away = duration_word(promise.met_at - promise.due_at)
    return (_("kept, %(time)s early") if state == "kept" else _("kept %(time)s late")) % {"time": away}


def _x(promise: Promised, moment: datetime, end: datetime) -> int:
    """Where `moment` lies on the line that ends at `end`."""
    whole = end - promise.started_at
    share = (moment - promise.started_at) / whole if whole > NO_TIME else 1.0
    return round(min(1.0, max(0.0, share)) * WIDTH)


def _pieces(promise: Promised, reached: datetime, end: datetime) -> Iterator[Piece]:
    """The stretches from start to `reached`: time used, pauses, and what went over."""
    assert promise.due_at is not None
    marks = [(start, stop or reached) for start, stop in promise.pauses if start < reached]
    cursor = promise.started_at
    for start, stop in marks:
        yield from _used(promise, cursor, start, end)
        yield _piece(promise, "pause", start, min(stop, reached), end)
        cursor = min(stop, reached)
    yield from _used(promise, cursor, reached, end)


def _used(promise: Promised, start: datetime, stop: datetime, end: datetime) -> Iterator[Piece]:
    """Time used from `start` to `stop`, split where the promise was due."""
    assert promise.due_at is not None
    if start < min(stop, promise.due_at):
        yield _piece(promise, "used", start, min(stop, promise.due_at), end)
    if stop > max(start, promise.due_at):
        yield _piece(promise, "over", max(start, promise.due_at), stop, end)


def _piece(promise: Promised, kind: str, start: datetime, stop: datetime, end: datetime) -> Piece:
    x = _x(promise, start, end)
    return Piece(kind=kind, x=x, width=_x(promise, stop, end) - x)
