"""The reader under SIGKILL: nothing skipped, nothing twice, everything in order. `chaos.py` says how."""

from collections.abc import Iterator

import pytest
from django.db import connection

from charterdesk.events.tests import chaos
from charterdesk.events.tests.pumps import database_url

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def url(transactional_db: None) -> Iterator[str]:
    """The database, afterwards without the tables of these tests: others look at every table there is."""
    yield database_url()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS chaos_subject, chaos_heard")


def test_nothing_is_skipped_while_writers_commit_late_and_everybody_is_killed(url, tmp_path):
    outcome = chaos.run(url, tmp_path, seconds=6, pause_s=0.4, sleeper_s=4)

    assert outcome.faults == []
    assert outcome.acknowledged > 20
    assert outcome.kills["reader"] > 2


@pytest.mark.soak
@pytest.mark.timeout(400)
def test_nothing_is_skipped_in_the_long_run(url, tmp_path):
    outcome = chaos.run(url, tmp_path, seconds=90, pause_s=5, sleeper_s=60)

    assert outcome.faults == []
    assert outcome.acknowledged > 100
    assert outcome.kills["writer"] > 10
