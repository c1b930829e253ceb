"""`charterdesk away`: the page a reverse proxy shows while the desk does not answer."""

import argparse
from collections.abc import Sequence
from importlib import import_module

import django


def main(argv: Sequence[str]) -> int:
    """Print it as HTML, to be kept where the proxy finds it. Needs no database."""
    argparse.ArgumentParser(prog="charterdesk away", description=__doc__).parse_args(argv)
    django.setup()
    print(import_module("charterdesk.ui.away").away_page(), end="")
    return 0
