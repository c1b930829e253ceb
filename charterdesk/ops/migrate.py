"""`charterdesk migrate`: bring the database up to this version; safe while other nodes try the same."""

import argparse
from collections.abc import Sequence

import django
import psycopg
from django.core.management import call_command

from charterdesk.ops.database import open_database
from charterdesk.ops.schema_stamp import expected_stamp, stamp_of, write_stamp

LOCK = 0x63686172746572  # "charter": any number nobody else locks


def main(argv: Sequence[str]) -> int:
    """Migrate the desk's database; an embedded one is started if need be."""
    argparse.ArgumentParser(prog="charterdesk migrate", description=__doc__).parse_args(argv)
    with open_database() as url:
        migrate(url)
    return 0


def migrate(url: str) -> None:
    """Run what is missing of all migrations, then stamp the database. Waits while another node does so.

    `url` must be the database Django's settings lead to.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(%s)", [LOCK])
        if stamp_of(connection) == expected_stamp():
            return
        django.setup()
        call_command("migrate", interactive=False, verbosity=1)
        write_stamp(connection)
