"""`charterdesk charter compare`, `charterdesk charter recount`: prove the public figures from the log, or mend them."""

import argparse
from collections.abc import Sequence
from importlib import import_module

import django

from charterdesk.ops.database import open_database


def main(argv: Sequence[str]) -> int:
    """Code 1 where `compare` finds figures that differ. The desk may run meanwhile."""
    parser = argparse.ArgumentParser(prog="charterdesk charter", description=__doc__)
    parser.add_argument(
        "what", choices=["compare", "recount"], help="compare the figures with the log, or count them anew"
    )
    given = parser.parse_args(argv)
    with open_database():
        django.setup()
        actions = import_module("charterdesk.charter.actions.recount")
        differing = actions.compare_figures() if given.what == "compare" else 0
        if given.what == "recount":
            actions.recount_figures()
        import_module("charterdesk.events.wake").stop_waking()
    return 1 if differing else 0
