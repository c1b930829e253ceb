"""What is findable: each domain registers its kinds here, and the index reads them by SQL."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

UNSHOWN = "\x1c"
"""What stands after this sign in a body is found by, and stands in no extract: labels, tags."""
COLUMNS = ("id", "parent", "audience", "language", "title", "body", "reference", "created_at")

Visible = Callable[[object, Collection[int]], Iterable[int]]


@dataclass(frozen=True, kw_only=True)
class Findable:
    """A kind of document.

    `select` is a statement without parameters that gives `COLUMNS` for everything findable of the kind: `id` the
    primary key, `audience` an array of tags, `reference` an array of names it is found by exactly (empty or null for
    none); `body` may end in words that are not shown (`UNSHOWN`). It is wrapped in `WHERE id = ANY(...)` or a range of
    ids, so both must be able to use the primary key.
    `usual_words` is the length of an ordinary document: shorter ones weigh more, longer ones less.
    `has_quality` says that `select` gives one column more, `quality`: from 0 to 1, how well the document served others
    (votes, accepted); among documents that fit equally well it decides.
    `visible` answers which of some ids a viewer may see now; it is asked for what is about to be shown.
    """

    kind: str
    select: str
    table: str
    usual_words: int
    visible: Visible
    has_quality: bool = False


_kinds: dict[str, Findable] = {}


def register(findable: Findable) -> Findable:
    """Make a kind findable. Raises `TypeError` when another one has its name."""
    known = _kinds.setdefault(findable.kind, findable)
    if (known.select, known.table) != (findable.select, findable.table):
        raise TypeError(f"two kinds of document are called {findable.kind}")
    _kinds[findable.kind] = findable
    return findable


def forget(kind: str) -> None:
    """Take a kind out again; what tests do with theirs."""
    _kinds.pop(kind, None)


def kind_of(name: str) -> Findable:
    """The registration of a kind. Raises `KeyError`."""
    return _kinds[name]


def kinds() -> list[str]:
    """The names of all kinds, sorted."""
    return sorted(_kinds)
