"""Kinds of values that requests carry: what the description promises is exactly what is taken."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Annotated, Any

from annotated_types import GroupedMetadata
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

HIGHEST = 2**63 - 1
MOST_TEXT = 200_000
EARLIEST, LATEST = datetime(2, 1, 1, tzinfo=UTC), datetime(9998, 12, 31, tzinfo=UTC)
ABSENT: Any = None
"""The default of what may be left out: not sent is not the same as null, and null is refused."""


class Given(BaseModel):
    """What a program sends: every field of the kind it is described as, and none that is unknown."""

    model_config = ConfigDict(strict=True, extra="forbid")

    def sent(self) -> dict[str, Any]:
        """What was sent, by name."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class Asked(BaseModel):
    """What stands in an address after the question mark."""

    model_config = ConfigDict(extra="forbid")


def _no_nul(value: Any) -> Any:
    """PostgreSQL keeps no NUL: what stands for a letter nobody can show takes its place, and the length stays."""
    return value.replace("\x00", "\ufffd") if isinstance(value, str) else value


def _whole(value: Any) -> Any:
    """JSON knows one kind of number: 2.0 is 2."""
    return int(value) if type(value) is float and value.is_integer() else value


def _moment(value: Any) -> Any:
    """A time of RFC 3339, with its offset; brought within years that can be told in every zone."""
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or len(value) < 20 or value[10] not in "Tt ":
        raise ValueError("give a time such as 2026-11-22T09:30:00Z")
    found = datetime.fromisoformat(value.upper().replace("Z", "+00:00"))
    if found.tzinfo is None:
        raise ValueError("give a time with its offset, such as 2026-11-22T09:30:00Z")
    return min(max(found, EARLIEST), LATEST).astimezone(UTC)


def _date(value: Any) -> Any:
    """A date of ISO 8601, with its dashes."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not isinstance(value, str) or len(value) != 10 or value[4] != "-" or value[7] != "-":
        raise ValueError("give a date such as 2026-12-24")
    return date.fromisoformat(value)


WHOLE = BeforeValidator(_whole)
Id = Annotated[int, Field(ge=1, le=HIGHEST, examples=[7]), WHOLE]
Number = Annotated[int, Field(ge=1, le=HIGHEST, examples=[1042], description="The ticket's public number."), WHOLE]
Priority = Annotated[int, Field(ge=1, le=4, examples=[2], description="1 (urgent) to 4 (low)."), WHOLE]
Capacity = Annotated[int, Field(ge=0, le=1000, examples=[20], description="Open tickets at a time."), WHOLE]
Words = Annotated[str, BeforeValidator(_no_nul), StringConstraints(max_length=MOST_TEXT)]
Moment = Annotated[
    datetime,
    BeforeValidator(_moment),
    Field(strict=False),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2026-11-22T09:30:00Z"]}),
]
Date = Annotated[
    date,
    BeforeValidator(_date),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2026-12-24"]}),
]
Email = Annotated[
    str,
    StringConstraints(
        max_length=254,
        pattern=r"^[A-Za-z0-9_%+-]+(\.[A-Za-z0-9_%+-]+)*@([A-Za-z0-9]+(-+[A-Za-z0-9]+)*\.)+[A-Za-z]{2,24}$",
    ),
    Field(examples=["mia@home.example"]),
]
Cursor = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9_.:,-]*$", max_length=6000),
    Field(description="`next` of the page before, as it is; empty for the first page."),
]
Size = Annotated[int, Field(ge=1, le=200, description="How many at most.")]


class Rules(GroupedMetadata):
    """Several rules for one value, to stand in `Annotated`."""

    def __init__(self, *rules: Any) -> None:
        self.rules = rules

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rules)


def line(length: int, *, least: int = 0) -> Rules:
    """A text of at most `length` characters."""
    return Rules(BeforeValidator(_no_nul), StringConstraints(max_length=length, min_length=least))


def in_address(length: int) -> Rules:
    """A text of at most `length` characters that stands in an address, where no NUL can."""
    return Rules(StringConstraints(max_length=length, min_length=1, pattern=r"^[^\x00]+$"))


def some_of(names: Iterable[str]) -> Rules:
    """Some of `names`, apart by commas."""
    one = "|".join(sorted(names))
    return Rules(StringConstraints(pattern=rf"^({one})(,({one}))*$"))


def one_of(names: Iterable[Any]) -> Rules:
    """One of `names`, as text."""
    return Rules(StringConstraints(pattern=rf"^({'|'.join(sorted(map(str, names)))})$"))
