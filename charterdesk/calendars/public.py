"""Public holidays by country and region, from the `holidays` library.

The library is loaded when the first calendar names a country: it is large, and most processes start without one.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from importlib import import_module
from typing import Any

WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])")


@lru_cache(maxsize=1)
def _library() -> Any:
    return import_module("holidays")


@lru_cache(maxsize=4096)
def public_holidays(country: str, subdivision: str, year: int) -> frozenset[date]:
    """The public holidays of one year; none for no country."""
    if not country:
        return frozenset()
    return frozenset(_library().country_holidays(country, subdivision or None, years=year))


def named_holidays(country: str, subdivision: str, years: Sequence[int]) -> dict[date, str]:
    """The public holidays of `years` with their names, in the country's own language; none for no country."""
    if not country:
        return {}
    found = _library().country_holidays(country, subdivision or None, years=years)
    return {day: str(name) for day, name in found.items()}


def unknown_country(country: str, subdivision: str) -> str:
    """Why the public holidays of a country or region are not known; "" when they are."""
    if country:
        try:
            _library().country_holidays(country, subdivision or None)
        except NotImplementedError as error:
            return str(error)
    return ""


@lru_cache(maxsize=1)
def countries() -> Mapping[str, Sequence[str]]:
    """The countries (ISO codes) whose public holidays are known, each with its states or regions. No query."""
    known: Mapping[str, Sequence[str]] = _library().list_supported_countries(include_aliases=False)
    return known


@lru_cache(maxsize=1)
def country_names() -> Mapping[str, str]:
    """English names of countries by code. No query."""
    known = import_module("holidays.registry").COUNTRIES.values()
    return {names[1]: WORDS.sub(" ", names[0]) for names in known}
