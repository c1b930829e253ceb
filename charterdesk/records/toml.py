"""Plain data as TOML that people read and compare: a line for each value, long texts as they are, nothing unordered."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

BARE = re.compile(r"[A-Za-z0-9_-]+")
LONG = 100
_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def write_toml(data: Mapping[str, Any]) -> str:
    """`data` as TOML: texts, numbers, booleans, lists and tables; what is None is left out, as TOML knows none."""
    return "\n".join(_table("", data)).strip("\n") + "\n"


def without_nothing(value: Any) -> Any:
    """`value` as it comes back from TOML: without None in tables, tuples as lists."""
    if isinstance(value, Mapping):
        return {name: without_nothing(one) for name, one in value.items() if one is not None}
    if isinstance(value, list | tuple):
        return [without_nothing(one) for one in value]
    return value


def _table(path: str, data: Mapping[str, Any]) -> Iterator[str]:
    """Values first, then tables, as TOML wants it."""
    said = {name: value for name, value in data.items() if value is not None}
    for name, value in said.items():
        if not _is_table(value) and not _is_tables(value):
            yield f"{_key(name)} = {write_value(value)}"
    for name, value in said.items():
        inner = f"{path}.{_key(name)}" if path else _key(name)
        if _is_table(value):
            yield from ("", f"[{inner}]", *_table(inner, value))
        elif _is_tables(value):
            for one in value:
                yield from ("", f"[[{inner}]]", *_table(inner, one))


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping) and bool(value)


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(_is_table(one) for one in value)


def _key(name: str) -> str:
    return name if BARE.fullmatch(name) else _text(name)


def write_value(value: Any) -> str:
    """One value as the file has it, a table on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_key(name)} = {write_value(one)}" for name, one in value.items() if one is not None)
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, list | tuple):
        return _list([write_value(one) for one in value if one is not None])
    return _long_text(str(value)) if "\n" in str(value) else _text(str(value))


def _list(written: list[str]) -> str:
    """On one line where that is short, else a line for each."""
    line = f"[{', '.join(written)}]"
    if len(line) <= LONG and "\n" not in line:
        return line
    return "[\n" + "".join(f"    {one},\n" for one in written) + "]"


def _text(text: str) -> str:
    return f'"{_escaped(text)}"'


def _long_text(text: str) -> str:
    """A text of several lines, written on several lines."""
    return '"""\n' + "\n".join(_escaped(line) for line in text.split("\n")) + '"""'


def _escaped(text: str) -> str:
    return "".join(_SHORT.get(sign) or (f"\\u{ord(sign):04x}" if _is_control(sign) else sign) for sign in text)


def _is_control(sign: str) -> bool:
    return ord(sign) < 32 or ord(sign) == 127
