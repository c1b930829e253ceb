"""Libraries that few requests need, loaded when the first does: every start would pay for them otherwise."""

from importlib import import_module
from typing import Any


class Later:
    """Stands for a module until somebody asks for something in it. Threads may ask at the same time."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        found = getattr(import_module(self._name), attribute)
        setattr(self, attribute, found)
        return found


def later(name: str) -> Any:
    """The module `name`, which is imported at its first use."""
    return Later(name)
