"""What customers are entitled to, asked by whoever promises them something and answered by whoever sells it.

Packages that sell (billing) register a provider once, with `provides`; packages that promise ask `entitled_to`. Where
nothing was ever sold, nothing is asked: `is_set_up` of each provider answers without a statement.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody with a request: who it is, by which way it came, and when."""

    contact_id: int
    organisation_id: int | None
    channel: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Entitled:
    """What somebody is entitled to: `codes` name it for conditions of promises, `calendar_id` is of the hours that were
    agreed on (None: the usual ones)."""

    codes: tuple[str, ...] = ()
    calendar_id: int | None = None


NOTHING = Entitled()


class Provider(Protocol):
    """Who knows what was sold."""

    def is_set_up(self) -> bool:
        """Whether anything was ever sold. Asked for every new request: no statement but now and then."""

    def entitled(self, askers: Sequence[Asker]) -> Mapping[Asker, Entitled]:
        """What each of `askers` is entitled to; left out are those without. As many statements as for one."""

    def choices(self) -> Sequence[tuple[str, str]]:
        """What conditions of promises may ask for: code and name. For forms."""


_providers: dict[str, Provider] = {}


def provides(name: str, provider: Provider) -> None:
    """Register `provider` as `name` (of the package that sells); again replaces it."""
    _providers[name] = provider


def withdraw(name: str) -> None:
    """Take a provider out again; what tests do with theirs."""
    _providers.pop(name, None)


def is_anything_sold() -> bool:
    """Whether anybody may be entitled to anything."""
    return any(provider.is_set_up() for provider in _providers.values())


def entitled_to(askers: Sequence[Asker]) -> dict[Asker, Entitled]:
    """What each of `askers` is entitled to, by the first provider that knows. No statement where nothing is sold."""
    found = dict.fromkeys(askers, NOTHING)
    for provider in _providers.values():
        open_ones = [asker for asker, known in found.items() if known == NOTHING]
        if open_ones and provider.is_set_up():
            found |= provider.entitled(open_ones)
    return found


def entitlement_choices() -> list[tuple[str, str]]:
    """Everything that conditions of promises may ask for: code and name."""
    return [choice for provider in _providers.values() for choice in provider.choices()]
