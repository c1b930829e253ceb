"""`charterdesk migrate`: bring the database up to this version; safe while other nodes try the same."""

import argparse
from collections.abc import Sequence

import django
import psycopg
from django.core.management import call_command

from charterdesk.ops import schema
from charterdesk.ops.database import open_database
from charterdesk.ops.schema_stamp import expected_stamp, stamp_of, write_stamp

LOCK = 0x63686172746572  # "charter": any number nobody else locks


def main(argv: Sequence[str]) -> int:
    """Migrate the desk's database; an embedded one is started if need be."""
    parser = argparse.ArgumentParser(prog="charterdesk migrate", description=__doc__)
    parser.add_argument(
        "--one-by-one", action="store_true", help="run every migration, also where a file has their sum"
    )
    given = parser.parse_args(argv)
    with open_database() as url:
        migrate(url, one_by_one=given.one_by_one)
    return 0


def migrate(url: str, *, one_by_one: bool = False) -> None:
    """Run what is missing of all migrations, then stamp the database. Waits while another node does so.

    A new database gets the tables from one file first, unless `one_by_one`. `url` must be the database Django's
    settings lead to.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(%s)", [LOCK])
        if not one_by_one and schema.fits(connection):
            with psycopg.connect(url, autocommit=True) as another:
                schema.load(another)
        if stamp_of(connection) == expected_stamp():
            return
        django.setup()
        call_command("migrate", interactive=False, verbosity=1)
        write_stamp(connection)
