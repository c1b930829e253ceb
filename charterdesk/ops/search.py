"""`charterdesk search reindex`: make the search index anew from what the desk holds."""

import argparse
from collections.abc import Sequence
from importlib import import_module

import django

from charterdesk.base.refused import Refused
from charterdesk.ops.database import open_database
from charterdesk.ops.problems import Problem


def reindex(argv: Sequence[str]) -> int:
    """Make it anew and say how far it is. The desk may run, and finds things meanwhile."""
    parser = argparse.ArgumentParser(prog="charterdesk search reindex", description=__doc__)
    parser.add_argument("--restart", action="store_true", help="from the beginning, where a run was interrupted")
    given = parser.parse_args(argv)
    with open_database():
        django.setup()
        try:
            held = import_module("charterdesk.search.anew").make_anew(restart=given.restart, say=print)
        except Refused as refused:
            raise Problem(str(refused.message)) from refused
        finally:
            import_module("charterdesk.events.wake").stop_waking()
    print(f"the index is made anew: {held:,} documents can be found")
    return 0
