"""Which tables an export carries: each package says it for its own, in its `records.py`.

A package names the beginning of its tables' names once, so that a table it makes tomorrow is carried as well. What is
made again by an import, or belongs to the installation, it names one by one. A test fails for a table nobody speaks of.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A table of the export. Rows come by primary key, all columns but `omit`, or as `query` gives them."""

    table: str
    omit: Sequence[str] = ()
    query: str = ""


_prefixes: set[str] = set()
_special: dict[str, Part] = {}
_emptied: dict[str, str] = {}
_left: dict[str, str] = {}
_sequences: set[str] = set()


def exported(*prefixes: str) -> None:
    """All tables `<prefix>_...` are exported row by row, unless something else is said of them."""
    _prefixes.update(prefixes)


def exported_as(part: Part) -> None:
    """This table is exported in a way of its own."""
    _special[part.table] = part


def emptied(*tables: str, why: str) -> None:
    """An import empties these: they are made again from what is exported, or mean nothing elsewhere."""
    _emptied.update(dict.fromkeys(tables, why))


def left_alone(*tables: str, why: str) -> None:
    """These are of the installation and its version; an import does not touch them."""
    _left.update(dict.fromkeys(tables, why))


def carry_sequence(name: str) -> None:
    """Numbers of this sequence are never given twice; those that tables own are carried anyway."""
    _sequences.add(name)


def part_of(table: str) -> Part | None:
    """How `table` is exported; None for one that is not."""
    if table in _emptied or table in _left:
        return None
    if table in _special:
        return _special[table]
    return Part(table) if table.partition("_")[0] in _prefixes else None


def is_emptied(table: str) -> bool:
    """Whether an import takes out what `table` holds without putting anything in its place."""
    return table in _emptied


def is_known(table: str) -> bool:
    """Whether somebody has said what becomes of `table`."""
    return part_of(table) is not None or table in _emptied or table in _left


def sequences() -> list[str]:
    """Sequences that no table owns."""
    return sorted(_sequences)
