"""`charterdesk worker`: carries out reactions, timers and jobs; `charterdesk mailroom`: those of its parts that read
and build mail and keep the index, for a process beside it.
"""

import argparse
from collections.abc import Sequence
from importlib import import_module

import django

from charterdesk.ops.parts.common import prepare

TARGET = "charterdesk.events.worker"
MAILROOM = ("mail", "index")


def main(argv: Sequence[str]) -> int:
    """Work until a signal says stop; what is under way is finished first."""
    given = prepare("worker", "Carry out reactions, timers and jobs.", argv, _options)
    django.setup()
    worker = import_module(TARGET)
    left = MAILROOM if given.beside_mailroom else ()
    worker.main(parts=[part for part in worker.PARTS if part not in left])
    return 0


def mailroom(argv: Sequence[str]) -> int:
    """As `main`, for the parts of the mail room alone."""
    prepare("mailroom", "Read and build mail and keep the search index, beside a worker that does not.", argv)
    django.setup()
    import_module(TARGET).main(parts=MAILROOM)
    return 0


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--beside-mailroom", action="store_true", help="leave to `charterdesk mailroom` what it does, which must run"
    )
