"""`charterdesk settings`: the table of all settings, as the page in docs/operators."""

import argparse
from collections.abc import Sequence

from charterdesk.settings_table import as_markdown


def main(argv: Sequence[str]) -> int:
    """Print the table as Markdown."""
    argparse.ArgumentParser(prog="charterdesk settings", description=__doc__).parse_args(argv)
    print(as_markdown(), end="")
    return 0
