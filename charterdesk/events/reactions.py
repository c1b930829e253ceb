"""Who reacts to what: `@react(TicketSolved)` on a function of the event.

The worker calls it after the commit, at least once, in order per subject; so a reaction must give the same
result when it is called again. Inside, `log.this_entry()` has the time, subject and actor of the event.

`@react_together(TicketOpened)` is for what many new tickets at once would make slow: the function is given the
events of a wave, each of another subject, and does for all of them in one statement what it would do for each.
It may be given a single one, too. What it publishes because of one it publishes under `log.caused_by` its entry.

A reaction belongs to a lane. The lanes read the log side by side, each at its own pace, so that what takes long (a
mail to be read, the search index) holds up nobody: `lane=MAIL` for mail that comes and goes, `lane=INDEX` for what is
kept to find and to count by, and else `MAIN`. Between lanes there is no order.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from charterdesk.events.log import Entry, Event, caused_by, event_class, known_codes

E = TypeVar("E", bound=Event)
MAIN, MAIL, INDEX = "reactions", "mail", "index"
LANES = (MAIN, MAIL, INDEX)
"""By the names under which how far each has read is kept."""
Heard = Sequence[tuple[E, Entry]]
"""Events, each with its entry in the log."""


@dataclass(frozen=True, slots=True)
class Handler:
    """A named listener: failed deliveries are kept under its name, so renaming it forgets them."""

    name: str
    module: str
    call: Callable[[Heard[Any]], None]
    lane: str = MAIN

    def hear(self, entries: Sequence[Entry]) -> None:
        """React to `entries`, each of another subject."""
        self.call([(entry.event, entry) for entry in entries])


_handlers: dict[str, tuple[Handler, tuple[type[Event], ...]]] = {}
_by_code: dict[str, list[Handler]] = {}


def react(*classes: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Call the function below for each event of these classes (and of those derived from them)."""

    def register(function: Callable[[E], None]) -> Callable[[E], None]:
        _register(function, partial(_one_by_one, function), classes)
        return function

    return register


def react_together(
    *classes: type[E], lane: str = MAIN
) -> Callable[[Callable[[Heard[E]], None]], Callable[[Heard[E]], None]]:
    """Call the function below for the events of these classes (and of those derived from them), many at once."""

    def register(function: Callable[[Heard[E]], None]) -> Callable[[Heard[E]], None]:
        _register(function, function, classes, lane)
        return function

    return register


def _register(
    function: Callable[..., None],
    call: Callable[[Heard[Any]], None],
    classes: tuple[type[Event], ...],
    lane: str = MAIN,
) -> None:
    name = f"{_package(function)}.{function.__name__}"
    known = _handlers.get(name)
    if known and known[0].module != function.__module__:
        raise TypeError(f"two reactions are called {name}")
    _handlers[name] = (Handler(name, function.__module__, call, lane), classes)
    _by_code.clear()


def _one_by_one(function: Callable[[E], None], heard: Heard[E]) -> None:
    for event, entry in heard:
        with caused_by(entry):
            function(event)


def forget(name: str) -> None:
    """Take a reaction out again; what tests do with theirs."""
    _handlers.pop(name, None)
    _by_code.clear()


def handlers_of(code: str) -> list[Handler]:
    """The reactions to `code`, in the order they were registered."""
    if code not in _by_code:
        cls = event_class(code)
        _by_code[code] = [h for h, classes in _handlers.values() if cls and issubclass(cls, classes)]
    return _by_code[code]


def handler(name: str) -> Handler | None:
    """The reaction of that name, or None when no installed package has it (any more)."""
    found = _handlers.get(name)
    return found[0] if found else None


def heard_codes() -> list[str]:
    """The codes of all events some reaction waits for, sorted."""
    return [code for code in known_codes() if handlers_of(code)]


def _package(function: Callable[..., Any]) -> str:
    """`charterdesk.channels.email.reactions` -> `channels.email`."""
    parts = function.__module__.removeprefix("charterdesk.").split(".")
    return ".".join(part for part in parts if part != "reactions")
