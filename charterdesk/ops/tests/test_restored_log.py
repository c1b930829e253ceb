"""A dump restored into another cluster, whose transaction numbers begin anew: the log's reader skips nothing."""

import json
import os
import subprocess
import sys

import psycopg
import pytest

from charterdesk.events.reactions import LANES
from charterdesk.events.reader import read_batches
from charterdesk.events.tests.pumps import database_url, fail_pump
from charterdesk.ops.dump import dump_database, load_database
from charterdesk.ops.postgres import Cluster

READ_ALL = """
import json, django
django.setup()
from charterdesk.events.delivery import deliver_due
from charterdesk.events.reactions import react
from charterdesk.events.reader import read_batches
from charterdesk.events.tests.pumps import PumpFailed, fail_pump

heard = []

@react(PumpFailed)
def note(event):
    heard.append(event.pump_id)

fail_pump(5)  # this cluster writes before its worker has looked
while read_batches() + deliver_due():
    pass
fail_pump(6)
while read_batches() + deliver_due():
    pass
print(json.dumps(heard))
"""


@pytest.mark.django_db(transaction=True)
def test_a_restored_log_is_read_on_without_skipping_or_repeating(tmp_path):
    with psycopg.connect(database_url()) as late:
        late.execute(
            "INSERT INTO events_event (code, subject, actor, data) "
            "VALUES ('pump.failed', 'pump:1', 'agent:1', '{\"pump_id\": 1}')"
        )
        fail_pump(2)
        assert read_batches() == len(LANES)
        late.commit()
    fail_pump(3)
    fail_pump(4)
    dump_database(database_url(), tmp_path / "dump")

    with Cluster(tmp_path / "elsewhere", durable=False) as cluster:
        load_database(cluster.url, tmp_path / "dump")
        done = subprocess.run(
            [sys.executable, "-c", READ_ALL],
            env={**os.environ, "DATABASE_URL": cluster.url, "DJANGO_SETTINGS_MODULE": "charterdesk.settings"},
            capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip

    assert done.returncode == 0, done.stderr
    heard = json.loads(done.stdout)
    assert sorted(heard) == [1, 3, 4, 5, 6]
    assert heard[-1] == 6
