"""Whether the database has this version's schema, answered by one statement and without loading Django.

After every successful migration the names of all migrations, hashed, are kept as the comment of Django's
own table.
"""

import hashlib
from importlib.metadata import version
from pathlib import Path

import psycopg
from psycopg import sql

PACKAGE = Path(__file__).resolve().parents[1]
OTHERS_WITH_TABLES = ("Django", "django-allauth", "procrastinate")
TABLE = "django_migrations"


def expected_stamp() -> str:
    """What the stamp of a database of this version is. Lists a dozen folders."""
    ours = sorted(str(path.relative_to(PACKAGE)) for path in PACKAGE.glob("*/migrations/[0-9]*.py"))
    others = [f"{name} {version(name)}" for name in OTHERS_WITH_TABLES]
    return hashlib.sha256("\n".join([*ours, *others]).encode()).hexdigest()[:32]


def stamp_of(connection: psycopg.Connection) -> str | None:
    """The stamp a database carries; None before its first migration. One statement."""
    row = connection.execute("select obj_description(to_regclass(%s), 'pg_class')", [TABLE]).fetchone()
    return row[0] if row else None


def is_current(database_url: str) -> bool:
    """Whether nothing is to be migrated. One connection, one statement; raises `psycopg.OperationalError`."""
    with psycopg.connect(database_url, connect_timeout=10) as connection:
        return stamp_of(connection) == expected_stamp()


def write_stamp(connection: psycopg.Connection) -> None:
    """Note that all migrations of this version have run."""
    statement = sql.SQL("comment on table {} is {}").format(sql.Identifier(TABLE), sql.Literal(expected_stamp()))
    connection.execute(statement)
