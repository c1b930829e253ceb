"""Times go to the database whatever offset they were sent with."""

from datetime import datetime

import pytest
from django.db import connection


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("2026-04-05T01:13:31+21:47", "2026-04-04 03:26:31Z"),
        ("2026-04-05T01:13:31-23:59", "2026-04-06 01:12:31Z"),
        ("2026-04-05T01:13:31-15:59", "2026-04-05 17:12:31Z"),
        ("2026-04-05T01:13:31+02:00", "2026-04-04 23:13:31Z"),
        ("9999-12-31T23:00:00-20:00", "9999-12-31 23:00:00Z"),  # there is no later day to say it in
    ],
)
def test_a_time_of_any_offset_reaches_the_database(sent: str, meant: str):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s = %s::timestamptz", [datetime.fromisoformat(sent), meant])
        (same,) = cursor.fetchone()

    assert same
