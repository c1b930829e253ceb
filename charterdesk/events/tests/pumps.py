"""The little world of these tests: pumps that are events, and a place to note what was heard."""

from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote

from django.db import connection, transaction

from charterdesk.events import operations, reactions
from charterdesk.events.log import Event, event_row, publish, write_events
from charterdesk.events.models import Rule, RuleVersion
from charterdesk.events.rule_changes import activate, save_draft


@dataclass(frozen=True, kw_only=True)
class PumpFailed(Event):
    """A pump stands still."""

    pump_id: int
    pressure: int = 0
    note_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class PumpRepaired(Event):
    """A pump runs again."""

    pump_id: int


@contextmanager
def reacting(*classes, call, name="pumps"):
    """Have `call` react to these classes for as long as this lasts; the handler is called `<tests>.<name>`."""

    def listener(event):
        call(event)

    listener.__name__ = name
    reactions.react(*classes)(listener)
    try:
        yield f"{reactions._package(listener)}.{name}"
    finally:
        reactions.forget(f"{reactions._package(listener)}.{name}")


@contextmanager
def operating(name, call):
    """Have the operation `name` for as long as this lasts."""
    operations.operation(name)(call)
    try:
        yield
    finally:
        operations.forget(name)


def fail_pump(number=1, **fields):
    """Publish, in a transaction of its own, that pump `number` failed; return the event's number."""
    with transaction.atomic():
        return publish(PumpFailed(pump_id=number, **fields), on=f"pump:{number}", by="agent:1")


def fail_pumps(numbers):
    """Publish, in one transaction, that these pumps failed; return the events' numbers."""
    with transaction.atomic():
        return write_events(
            [event_row(PumpFailed(pump_id=number), on=f"pump:{number}", by="agent:1") for number in numbers]
        )


def rule(when, *, then, condition=None, name="a rule") -> RuleVersion:
    """A rule in force."""
    version = save_draft(name=name, body={"when": when, "if": condition or {}, "then": then}, by="agent:1")
    activate(version, by="agent:1")
    version.refresh_from_db()
    assert isinstance(version.rule, Rule)
    return version


def database_url() -> str:
    """The URL of the test database, for what runs beside Django."""
    given = connection.settings_dict
    at = {"host": given["HOST"], "port": given["PORT"], "user": given["USER"], "password": given["PASSWORD"]}
    named = "&".join(f"{name}={quote(str(value), safe='')}" for name, value in at.items() if value)
    return f"postgresql:///{given['NAME']}?{named}"
