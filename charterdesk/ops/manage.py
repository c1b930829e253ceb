"""`charterdesk manage`: Django's own commands, for developers."""

from collections.abc import Sequence
from contextlib import ExitStack

from django.core.management import execute_from_command_line

from charterdesk import settings_table
from charterdesk.ops.database import open_database
from charterdesk.ops.parts.common import embedded_pgdata


def main(argv: Sequence[str]) -> int:
    """Hand the words to Django, with the desk's database where there is one: `makemessages` needs none."""
    settings_table.load_environment()
    with ExitStack() as stack:
        if settings_table.text("DATABASE_URL") or embedded_pgdata().exists():
            stack.enter_context(open_database())
        execute_from_command_line(["charterdesk manage", *argv])
    return 0
