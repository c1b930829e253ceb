"""Every event there is, as the page `docs/integrators/events.md`: what its class says, and its fields."""

import inspect
from dataclasses import fields
from itertools import groupby

from charterdesk.events.log import Event, event_class, known_codes

INTRODUCTION = """# Events

What webhooks and `/api/v1/events` tell of, by what it happened to. Each holds keys, numbers and codes, never text of
people; fields are only ever added. `subject` and `actor` are keys such as `ticket:1042` and `agent:3`.

This page is made from the code by `charterdesk events > docs/integrators/events.md`.
"""


def as_markdown() -> str:
    """The page. Django has to be set up, so that every package's events are known."""
    known = [cls for code in known_codes() if (cls := event_class(code)) and ".tests." not in f"{cls.__module__}."]
    parts = [INTRODUCTION]
    for kind, classes in groupby(known, key=lambda cls: cls.code.partition(".")[0]):
        parts += [f"## {kind}\n", "| event | when | its fields |", "|---|---|---|", *map(_row, classes), ""]
    return "\n".join(parts)


def _row(cls: type[Event]) -> str:
    said = " ".join((inspect.getdoc(cls) or "").split()).replace("|", "\\|")
    names = ", ".join(f"`{field.name}`" for field in fields(cls))
    return f"| `{cls.code}` | {said} | {names} |"
