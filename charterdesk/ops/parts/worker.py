"""`charterdesk worker`: carries out reactions, timers and jobs."""

from collections.abc import Sequence
from importlib import import_module

import django

from charterdesk.ops.parts.common import prepare

TARGET = "charterdesk.events.worker"


def main(argv: Sequence[str]) -> int:
    """Work until a signal says stop; what is under way is finished first."""
    prepare("worker", "Carry out reactions, timers and jobs.", argv)
    django.setup()
    import_module(TARGET).main()
    return 0
