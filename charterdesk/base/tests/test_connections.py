"""Connections: times come as Django reads them, and one that the database closed is not handed out."""

from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from django.db import connection
from psycopg_pool import ConnectionPool

from charterdesk.base.postgresql.pooled import check

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "written",
    ["2026-11-22 10:20:30.4+00", "2026-11-22 10:20:30+05:30", "1883-11-18 12:00:00-04:56:02", "0001-01-01 00:00:00+00"],
)
def test_times_are_read_as_python_reads_them_in_utc(written: str):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz, array[%s::timestamptz]", [written, written])
        at, several = cursor.fetchone()

    assert at == datetime.fromisoformat(written)
    assert (at.tzinfo, several) == (UTC, [at])


class Counting(psycopg.Connection[Any]):
    """Counts the statements sent over it."""

    sent = 0

    def execute(self, *args: Any, **kwargs: Any) -> Any:
        self.sent += 1
        return super().execute(*args, **kwargs)


def test_a_connection_that_just_worked_is_not_asked_and_one_that_the_database_closed_is_replaced():
    names = ("dbname", "user", "password", "host", "port")
    where = {name: value for name, value in connection.get_connection_params().items() if name in names}
    with ConnectionPool(
        connection_class=Counting, kwargs={**where, "autocommit": True}, max_size=1, min_size=1, check=check
    ) as pool:
        asked = []
        for _ in range(3):
            with pool.connection() as one:
                asked.append(one.sent)
                number = one.info.backend_pid
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 2000)", [number])
        with pool.connection() as other:
            works, is_new = other.execute("SELECT 1").fetchone(), other.info.backend_pid != number

    assert asked == [1, 1, 1]  # the first time it was new to us
    assert (works, is_new) == ((1,), True)
