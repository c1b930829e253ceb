"""`charterdesk migrate`: bring the database up to this version; safe while other nodes try the same."""

from collections.abc import Sequence

import django
import psycopg
from django.core.management import call_command

from charterdesk.ops.parts.common import database_url, prepare
from charterdesk.ops.schema_stamp import expected_stamp, stamp_of, write_stamp

LOCK = 0x63686172746572  # "charter": any number nobody else locks


def main(argv: Sequence[str]) -> int:
    """Migrate under a lock, so that of several nodes that start at once one does the work."""
    prepare("migrate", "Bring the database up to this version.", argv)
    migrate(database_url())
    return 0


def migrate(url: str) -> None:
    """Run what is missing of all migrations, then stamp the database. Waits while another node does so."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(%s)", [LOCK])
        if stamp_of(connection) == expected_stamp():
            return
        django.setup()
        call_command("migrate", interactive=False, verbosity=1)
        write_stamp(connection)
