"""The reader under SIGKILL: nothing skipped, nothing twice, everything in order. `chaos.py` says how."""

import pytest

from charterdesk.events.tests import chaos
from charterdesk.events.tests.pumps import database_url

pytestmark = pytest.mark.django_db(transaction=True)


def test_nothing_is_skipped_while_writers_commit_late_and_everybody_is_killed(tmp_path):
    outcome = chaos.run(database_url(), tmp_path, seconds=6, pause_s=0.4, sleeper_s=4)

    assert outcome.faults == []
    assert outcome.acknowledged > 20
    assert outcome.kills["reader"] > 2


@pytest.mark.soak
@pytest.mark.timeout(400)
def test_nothing_is_skipped_in_the_long_run(tmp_path):
    outcome = chaos.run(database_url(), tmp_path, seconds=90, pause_s=5, sleeper_s=60)

    assert outcome.faults == []
    assert outcome.acknowledged > 100
    assert outcome.kills["writer"] > 10
