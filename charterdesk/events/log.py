"""The log: what happened, written in the same transaction as the change itself.

An event class is a frozen dataclass named in the past tense; `TicketSolved` has the code `ticket.solved`. It
holds ids and codes, never text, names or addresses: erasing a person must not break the log.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Protocol

import msgspec
from django.db import connection, transaction
from django.utils.translation import gettext as _

from charterdesk.base.keys import Keyed
from charterdesk.base.refused import Refused
from charterdesk.events import facts as registered
from charterdesk.events.names import COLUMNS as COLUMNS
from charterdesk.events.names import EVENTS
from charterdesk.events.wake import wake_after_commit

MAX_DEPTH = 12

_classes: dict[str, type["Event"]] = {}
EVENT_COLUMNS = "code, subject, actor, cause_id, depth, data, facts"
"""The columns of what `event_row` makes."""
_INSERT_ONE = f"INSERT INTO events_event ({EVENT_COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, %s) RETURNING id"
_INSERT_MANY = f"""
    INSERT INTO events_event ({EVENT_COLUMNS})
    SELECT code, subject, actor, cause_id, depth, data::jsonb, facts::jsonb
      FROM unnest(%s::text[], %s::text[], %s::text[], %s::bigint[], %s::smallint[], %s::text[], %s::text[])
           WITH ORDINALITY AS row ({EVENT_COLUMNS}, n)
     ORDER BY n RETURNING id
"""
EventRow = tuple[str, str, str, int | None, int, str, str | None]


class HasKey(Protocol):
    """A row, a viewer: whatever others name by a key such as `ticket:1042`."""

    @property
    def key(self) -> str:
        """The name others know it by."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """A fact that happened. Subclass it; only ever add fields, with a default.

    `beside` is the code of another event that it comes together with, as one thing for whoever looks on: always, or
    where its field `beside_if` is true.
    """

    code: ClassVar[str] = "event"
    beside: ClassVar[str] = ""
    beside_if: ClassVar[str] = ""

    def __init_subclass__(cls) -> None:
        if "code" not in cls.__dict__:
            cls.code = _code_of(cls.__name__)
        known = _classes.setdefault(cls.code, cls)
        if (known.__module__, known.__qualname__) != (cls.__module__, cls.__qualname__):
            raise TypeError(f"{cls.__qualname__} and {known.__qualname__} are both {cls.code}")
        _classes[cls.code] = cls


class ChainTooLong(RuntimeError):
    """One event caused another more than `MAX_DEPTH` times: this stops here, and operators see it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the log as readers see it; `event` is the dataclass, None for a code no longer known."""

    id: int
    at: datetime
    code: str
    subject: str
    actor: str
    cause_id: int | None
    depth: int
    data: dict[str, Any]
    facts: dict[str, Any] | None
    event: Event | None

    @property
    def kind(self) -> str:
        """The kind of the subject, such as `ticket`."""
        return self.subject.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Cause:
    """The number of the event being reacted to, and the length of the chain that led to it."""

    event_id: int | None
    depth: int
    entry: Entry | None = None

    @classmethod
    def of(cls, entry: Entry) -> "Cause":
        """What happened in `entry` is the cause."""
        return cls(entry.id, entry.depth, entry)

    def later(self, seconds: float) -> "Cause":
        """The cause of what is put off by `seconds`: waiting a minute breaks a chain, so that no loop is quick."""
        return Cause(self.event_id, self.depth if seconds < 60 else BEGINNING.depth)


BEGINNING = Cause(None, -1)  # what is published under it begins a chain
_cause: ContextVar[Cause | None] = ContextVar("charterdesk_cause", default=None)


def _code_of(name: str) -> str:
    """`TicketSolved` -> `ticket.solved`, `SideThreadOpened` -> `side_thread.opened`."""
    words = "".join(f"_{c.lower()}" if c.isupper() else c for c in name).strip("_").split("_")
    return ".".join(part for part in ("_".join(words[:-1]), words[-1]) if part)


def event_class(code: str) -> type[Event] | None:
    """The class of `code`, or None where no installed package defines it (any more)."""
    return _classes.get(code)


def known_codes(base: type[Event] = Event) -> list[str]:
    """The codes of `base` and all classes that derive from it, sorted; what a rule can wait for.

    What several have in common (`ticket.event`) is none of them: it never happens by itself.
    """
    return sorted(code for code, cls in _classes.items() if issubclass(cls, base) and not code.endswith(".event"))


def key_of(named: HasKey | str) -> str:
    """The key of a row, a viewer, or a key given as such."""
    return named if isinstance(named, str) else named.key


@contextmanager
def caused_by(what: Entry | Cause) -> Iterator[None]:
    """Every event published inside is caused by `what`, one step further down its chain."""
    cause = what if isinstance(what, Cause) else Cause.of(what)
    token = _cause.set(cause)
    try:
        yield
    finally:
        _cause.reset(token)


def this_cause() -> Cause | None:
    """What led to what runs now: an event, or a timer or job that one set; None outside of these."""
    return _cause.get()


def this_entry() -> Entry | None:
    """Inside a reaction: the log's entry it was called for, with its time, subject and actor."""
    cause = _cause.get()
    return cause.entry if cause else None


def publish(event: Event, *, on: HasKey | str, by: HasKey | str, facts: Mapping[str, Any] | None = None) -> int:
    """Write `event` about `on` into the log; return its number. One statement, in the caller's transaction.

    `facts` replaces the snapshot of registered fields of `on` (which is taken when `on` is a row). Hold the
    lock on the subject's row when order matters: events of one subject are delivered in the order of their
    numbers, and the lock is what makes that the order of commits. Raises `TransactionManagementError` outside
    a transaction, and `ChainTooLong`.
    """
    return publish_many([event], on=on, by=by, facts=facts)[0]


def publish_many(
    events: Iterable[Event], *, on: HasKey | str, by: HasKey | str, facts: Mapping[str, Any] | None = None
) -> list[int]:
    """Write several events about `on` in one statement; as `publish` does. Returns their numbers."""
    return write_events([event_row(event, on=on, by=by, facts=facts) for event in events])


def write_events(rows: Sequence[EventRow]) -> list[int]:
    """Write what `event_row` made, about as many subjects and of as many causes as there are, in one statement.

    In the caller's transaction, which holds the locks on all subjects. Returns their numbers.
    """
    if not rows:
        return []
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("publish needs a transaction: no change, no event")
    with connection.cursor() as cursor:
        if len(rows) == 1:
            cursor.execute(_INSERT_ONE, rows[0])
        else:  # a list for each column: placeholders by the thousand cost more than the rows
            cursor.execute(_INSERT_MANY, [list(column) for column in zip(*rows, strict=True)])
        ids = [number for (number,) in cursor.fetchall()]
    wake_after_commit(EVENTS)
    return ids


def event_row(event: Event, *, on: HasKey | str, by: HasKey | str, facts: Mapping[str, Any] | None = None) -> EventRow:
    """What `publish` writes: code, subject, actor, cause_id, depth, data and facts (both as JSON text).

    Raises `Refused("events.about_yourself")` where `by` is kept from `on`: nobody works on what is about themselves.
    For `write_events`, or a statement that writes row and event in one go and calls `wake_after_commit(EVENTS)` itself.
    """
    if key_of(on) in getattr(by, "kept_from", ()):
        raise Refused("events.about_yourself", _("This is about you: somebody else has to work on it."))
    cause = _cause.get()
    depth = cause.depth + 1 if cause else 0
    if depth > MAX_DEPTH:
        raise ChainTooLong(f"{event.code} on {key_of(on)} would be number {depth} of a chain of causes")
    if facts is None and isinstance(on, Keyed):
        facts = registered.take_snapshot(on)
    return (
        event.code,
        key_of(on),
        key_of(by),
        cause.event_id if cause else None,
        depth,
        msgspec.json.encode(event).decode(),
        msgspec.json.encode(facts).decode() if facts else None,
    )


def entry_of(row: tuple[Any, ...], *, decode: Callable[[str], Any] = msgspec.json.decode) -> Entry:
    """The entry of a row of `COLUMNS`; `data` and `facts` may come as JSON text or already read."""
    number, at, code, subject, actor, cause_id, depth, data, facts = row
    data = decode(data) if isinstance(data, str) else data
    facts = decode(facts) if isinstance(facts, str) else facts
    cls = _classes.get(code)
    event = msgspec.convert(data, cls) if cls else None
    return Entry(number, at, code, subject, actor, cause_id, depth, data, facts, event)
