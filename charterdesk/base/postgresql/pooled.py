"""Whether a connection from the pool still works, asked of the database only where it may not."""

import select
import time
from typing import Any

from psycopg import Connection
from psycopg_pool import ConnectionPool

TRUSTED_SECONDS = 5.0
"""So long after it worked a connection is believed: a statement before every request is a fifth of a short one."""
_WORKED_AT = "worked_at"


def check(connection: Connection[Any]) -> None:
    """Return if `connection` works, else raise. No statement for one that worked lately and on which nothing came.

    A database that stops or restarts closes its connections, which is seen here: something is to be read from them.
    """
    at = time.monotonic()
    if at - getattr(connection, _WORKED_AT, -TRUSTED_SECONDS) < TRUSTED_SECONDS and not _something_came(connection):
        return
    ConnectionPool.check_connection(connection)
    setattr(connection, _WORKED_AT, at)


def _something_came(connection: Connection[Any]) -> bool:
    waiting = select.poll()  # `select.select` knows no file above 1,023
    waiting.register(connection.fileno(), select.POLLIN)
    return bool(waiting.poll(0))
