"""Whether SAML, an extra, is here, and its parts: they bring libraries of C which most desks have no use for."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any


def is_installed() -> bool:
    """Whether this desk was installed with `charterdesk[saml]`."""
    return find_spec("onelogin") is not None


def part(name: str) -> Any:
    """The module `name` of `ui.saml`, loaded on the first call. Raises `ImportError` where the extra is missing."""
    return import_module(f"charterdesk.ui.saml.{name}")
