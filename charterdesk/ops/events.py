"""`charterdesk events`: the page of all events, for integrators."""

from collections.abc import Sequence
from importlib import import_module

import django


def main(argv: Sequence[str]) -> int:
    """Print it. Needs no database."""
    django.setup()
    print(import_module("charterdesk.events.reference").as_markdown(), end="")
    return 0
