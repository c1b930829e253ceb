"""What forms choose from: lists of rows, those of a page read together in one statement."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, TextField, Value, Window
from django.db.models.functions import Cast, RowNumber

Choices = Sequence[tuple[Any, Any]]
Find = Callable[[], Choices]


@dataclass(frozen=True, eq=False)
class Listed:
    """Rows to choose from: `rows` finds them, ordered by `order`, at most `most`; each is known by its field `key` with
    `prefix` before it, and called by its name. `first` are choices that stand before them.

    Called, it reads them in one statement.
    """

    rows: Callable[[], QuerySet[Any]]
    key: str = "pk"
    prefix: str = ""
    order: tuple[str, ...] = ("name",)
    most: int | None = None
    first: Choices = ()

    def __call__(self) -> Choices:
        return read_together([self])[self]

    def said(self, key: str) -> Any:
        """A key as choices have it: the number of a row, or text."""
        return int(key) if self.key == "pk" and not self.prefix else f"{self.prefix}{key}"


def read_together(lists: Sequence[Listed]) -> dict[Listed, Choices]:
    """What each of `lists` holds. One statement, none for none."""
    if not lists:
        return {}
    parts = [_part(place, each) for place, each in enumerate(lists)]
    every = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    found: dict[Listed, list[tuple[Any, Any]]] = {each: list(each.first) for each in lists}
    for place, _row, key, name in sorted(every):
        found[lists[place]].append((lists[place].said(key), name))
    return dict(found)


def _part(place: int, listed: Listed) -> QuerySet[Any, tuple[int, int, str, str]]:
    rows = listed.rows().order_by(*listed.order).annotate(
        list_place=Value(place),
        row_place=Window(RowNumber(), order_by=list(listed.order)),
        row_key=Cast(listed.key, TextField()),
        row_name=Cast("name", TextField()),
    )  # fmt: skip
    named: QuerySet[Any, tuple[int, int, str, str]]
    named = rows.values_list("list_place", "row_place", "row_key", "row_name")
    return named[: listed.most] if listed.most else named.order_by()


@dataclass(frozen=True)
class Kept:
    """A list of `Lists`: called, it reads only what was not read yet."""

    lists: "Lists"
    find: Find

    def __call__(self) -> Choices:
        return self.lists.choices(self.find)


class Lists:
    """What one page chooses from: each list is read once, when it is first wanted, or with others by `read`."""

    def __init__(self) -> None:
        self._known: dict[Find, Choices] = {}

    def keep(self, find: Find) -> Kept:
        """`find`, which remembers what it found for this page."""
        return Kept(self, find)

    def choices(self, find: Find) -> Choices:
        """What `find` finds. Costs what it does, the first time."""
        if find not in self._known:
            self._known[find] = find()
        return self._known[find]

    def read(self, wanted: Iterable[Find | None]) -> None:
        """Read those of `wanted` that are rows, all in one statement. None where there are none."""
        finds = {each.find if isinstance(each, Kept) else each for each in wanted}
        for listed, choices in read_together([each for each in finds if isinstance(each, Listed)]).items():
            self._known[listed] = choices
