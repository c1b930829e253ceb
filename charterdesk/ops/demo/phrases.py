"""Texts with choices in them, read from `content/*.toml`: `[warm|cold] water for {name}`.

A text is taken apart once, so that saying it costs a few string operations: a million tickets say ten million.
"""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

LANGUAGES = ("en", "de", "es", "fr", "ar")
TONES = ("polite", "worried", "angry", "terse")
_SPACES = re.compile(r" {2,}")
_LOOSE = re.compile(r" +([.,?،؟](?:\s|$))")
_LOOSE_FRENCH = re.compile(r" +([.,](?:\s|$))")  # a French question mark stands apart

Part = str | tuple["Parts", ...]
Parts = list[Part]


def _parse(source: str, at: int = 0, *, inside: bool = False) -> tuple[tuple[Parts, ...], int]:
    """The alternatives from `at` on, up to the end of the text or of the choice we are `inside`."""
    alternatives: list[Parts] = [[]]
    begin = at
    while at < len(source):
        mark = source[at]
        if mark == "[" or (inside and mark in "|]"):
            alternatives[-1] += [source[begin:at]] if at > begin else []
            if mark == "]":
                return tuple(alternatives), at + 1
            if mark == "|":
                alternatives.append([])
                begin = at = at + 1
                continue
            choices, at = _parse(source, at + 1, inside=True)
            alternatives[-1].append(choices)
            begin = at
            continue
        at += 1
    alternatives[-1] += [source[begin:]] if begin < len(source) else []
    return tuple(alternatives), at


def _pick(parts: Parts, rolled: Callable[[], float]) -> str:
    return "".join(
        [part if isinstance(part, str) else _pick(part[int(rolled() * len(part))], rolled) for part in parts]
    )


class Text:
    """A text with choices, one within another too: `say` picks one of each and fills in the values."""

    def __init__(self, source: str, loose: re.Pattern[str] = _LOOSE) -> None:
        (self.parts,), _end = _parse(source)
        self.loose = loose

    def say(self, dice: Random, values: Mapping[str, object]) -> str:
        """One of the ways to say it. Raises `KeyError` for a value it needs and does not get."""
        said = _pick(self.parts, dice.random)
        if "{" in said:
            said = said.format_map(values)
        if "  " in said:
            said = _SPACES.sub(" ", said)
        return self.loose.sub(r"\1", said).strip()


@dataclass(frozen=True)
class Wording:
    """How one situation is told in one language."""

    subjects: tuple[Text, ...]
    ask: Text
    query: Text
    reply: Text
    solution: Text


@dataclass(frozen=True)
class Speech:
    """What everybody says in one language, whatever it is about; `by_tone` has a text for each tone."""

    months: tuple[str, ...]
    date: str
    said: dict[str, Text]
    by_tone: dict[str, dict[str, Text]]
    extras: tuple[Text, ...]
    forward_labels: tuple[str, ...]
    wordings: dict[str, Wording]


@cache
def speech(language: str) -> Speech:
    """What is said in `language`, read once per process."""
    read = tomllib.loads((files(__package__) / "content" / f"{language}.toml").read_text(encoding="utf-8"))
    phrases = read.pop("phrases")
    loose = _LOOSE_FRENCH if language == "fr" else _LOOSE

    def texts(values: Sequence[str]) -> tuple[Text, ...]:
        return tuple(Text(value, loose) for value in values)

    def wording(table: Mapping[str, Any]) -> Wording:
        said = texts([table[name] for name in ("ask", "query", "reply", "solution")])
        return Wording(texts(table["subject"]), *said)

    return Speech(
        months=tuple(phrases["months"]),
        date=phrases["date"],
        said={name: Text(value, loose) for name, value in phrases.items() if isinstance(value, str)},
        by_tone={
            name: {tone: Text(text, loose) for tone, text in value.items()}
            for name, value in phrases.items()
            if isinstance(value, dict)
        },
        extras=texts(phrases["extras"]),
        forward_labels=tuple(phrases["forward_labels"]),
        wordings={key: wording(table) for key, table in read.items()},
    )


def sentence(text: str) -> str:
    """`text` with a capital at its beginning."""
    return text[:1].upper() + text[1:]
