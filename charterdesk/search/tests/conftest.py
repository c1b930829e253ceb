"""A kind of document for tests, read from a table as domains' are."""

import pytest
from django.db import connection

from charterdesk.search import findable

HIDDEN: set[int] = set()
"""Pages that the kind itself keeps back, whatever the index says."""


@pytest.fixture
def pages(db):
    """Pages in a table `test_page`, findable as kind `page`; the fixture writes one and returns its number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE test_page (id bigserial PRIMARY KEY, parent text, audience text[], language text, "
            "title text, body text, reference text[], created_at timestamptz DEFAULT now())"
        )
    HIDDEN.clear()

    def write(title="", body="", *, audience=("public",), parent="", language="en", reference=()):
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO test_page (parent, audience, language, title, body, reference) "
                "VALUES (%s, %s, %s, %s, %s, %s) RETURNING id",
                [parent, list(audience), language, title, body, list(reference)],
            )
            return cursor.fetchone()[0]

    findable.register(
        findable.Findable(
            kind="page",
            select="SELECT * FROM test_page",
            table="test_page",
            usual_words=40,
            visible=lambda viewer, ids: [pk for pk in ids if pk not in HIDDEN],
        )
    )
    yield write
    findable.forget("page")


@pytest.fixture
def hidden():
    """Numbers of pages that the kind keeps back."""
    return HIDDEN
