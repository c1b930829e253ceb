"""`charterdesk manage`: Django's own commands, for developers."""

from collections.abc import Sequence

from django.core.management import execute_from_command_line

from charterdesk.ops.parts.common import prepare


def main(argv: Sequence[str]) -> int:
    """Hand the words to Django; commands that need no database need none here."""
    prepare("manage", "Django's own commands.", [])
    execute_from_command_line(["charterdesk manage", *argv])
    return 0
