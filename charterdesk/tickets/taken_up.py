"""A macro taken up in a draft: what it does besides its text, kept as it was when it was chosen (record 75)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from charterdesk.tickets.models import Macro

Step = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class TakenUp:
    """The `steps` of a macro as they were then; `left_out` are the places of those that are not to be done.

    `macro_id` and `name` are the macro's, whatever became of it since.
    """

    macro_id: int
    name: str
    steps: Sequence[Step]
    left_out: frozenset[int] = frozenset()

    @classmethod
    def of(cls, macro: Macro) -> Self:
        """All of `macro`, as it is now."""
        return cls(macro_id=macro.pk, name=macro.name, steps=macro.steps)

    @classmethod
    def from_value(cls, value: Mapping[str, Any]) -> Self | None:
        """What `as_value` made; None of an empty one."""
        return cls(**{**value, "left_out": frozenset(value["left_out"])}) if value else None

    def as_value(self) -> dict[str, Any]:
        """As a draft keeps it, and as JSON can say it."""
        left_out, steps = sorted(self.left_out), [dict(step) for step in self.steps]
        return {"macro_id": self.macro_id, "name": self.name, "steps": steps, "left_out": left_out}

    @property
    def wanted(self) -> list[tuple[int, Step]]:
        """What is to be done, with its places."""
        return [(number, step) for number, step in enumerate(self.steps) if number not in self.left_out]

    @property
    def operations(self) -> frozenset[str]:
        """The names of what is to be done."""
        return frozenset(str(step["operation"]) for _number, step in self.wanted)
