"""Who reacts to what: `@react(TicketSolved)` on a function of the event.

The worker calls it after the commit, at least once, in order per subject; so a reaction must give the same
result when it is called again. Inside, `log.this_entry()` has the time, subject and actor of the event.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from charterdesk.events.log import Event, event_class, known_codes

E = TypeVar("E", bound=Event)
Reaction = Callable[[Any], None]


@dataclass(frozen=True, slots=True)
class Handler:
    """A named listener: failed deliveries are kept under its name, so renaming it forgets them."""

    name: str
    call: Reaction


_handlers: dict[str, tuple[Handler, tuple[type[Event], ...]]] = {}
_by_code: dict[str, list[Handler]] = {}


def react(*classes: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Call the function below for each event of these classes (and of those derived from them)."""

    def register(function: Callable[[E], None]) -> Callable[[E], None]:
        name = f"{_package(function)}.{function.__name__}"
        known = _handlers.get(name)
        if known and known[0].call.__module__ != function.__module__:
            raise TypeError(f"two reactions are called {name}")
        _handlers[name] = (Handler(name, function), classes)
        _by_code.clear()
        return function

    return register


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
