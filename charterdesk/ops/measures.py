"""`charterdesk measures rebuild`: count the figures of all reports anew from the log."""

import argparse
from collections.abc import Sequence
from importlib import import_module

import django

from charterdesk.ops.database import open_database


def main(argv: Sequence[str]) -> int:
    """Count anew and say how many tickets there were. The desk may run: what it would count waits meanwhile."""
    parser = argparse.ArgumentParser(prog="charterdesk measures", description=__doc__)
    parser.add_argument("what", choices=["rebuild"], help="count everything anew")
    parser.parse_args(argv)
    with open_database():
        django.setup()
        import_module("charterdesk.quality.actions").rebuild_figures()
        import_module("charterdesk.events.wake").stop_waking()
    return 0
