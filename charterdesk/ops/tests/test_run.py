"""`charterdesk run` as an operator knows it: one command, everything up, everything down, whatever is killed."""

import json
import os
import shutil
import signal
import smtplib
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psycopg
import pytest

from charterdesk.ops.run import first_start_link
from charterdesk.ops.testing import RunningDesk, command_of, descendants, running_url, type_command, until

pytestmark = pytest.mark.timeout(900)  # whole desks start here, and a busy machine takes its time


@pytest.fixture(scope="module")
def desk(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    data = tmp_path_factory.mktemp("running") / "data"
    shutil.copytree(migrated, data)
    with RunningDesk(data) as running:
        yield running.wait_until_ready()


@pytest.fixture
def own_desk(migrated: Path, tmp_path: Path) -> Iterator[RunningDesk]:
    shutil.copytree(migrated, tmp_path / "data")
    with RunningDesk(tmp_path / "data") as running:
        yield running.wait_until_ready()


def status(url: str) -> int:
    """The status of a page; 0 where nobody answers."""
    try:
        with urlopen(url, timeout=10) as answer:
            return int(answer.status)
    except URLError as error:
        return int(getattr(error, "code", 0))
    except OSError:
        return 0


def greeting(desk: RunningDesk) -> int:
    """The code of the mail receiver's answer to EHLO; 0 where nobody answers."""
    try:
        with smtplib.SMTP(*desk.smtp, timeout=10) as client:
            return client.ehlo()[0]
    except (OSError, smtplib.SMTPException):
        return 0


def test_one_command_brings_up_pages_live_stream_worker_mail_and_database(desk: RunningDesk):
    assert status(f"{desk.told('public_url')}/readyz") == 200
    assert status(f"{desk.told('public_url')}/account/login/") == 200
    assert greeting(desk) == 250
    assert [
        part for part in ("web", "live", "worker", "mailroom", "mail", "database") if not desk.processes(part)
    ] == []


def test_a_second_start_on_the_same_data_folder_is_refused_with_a_reason(desk: RunningDesk):
    second = type_command(desk.data, "run", CHARTERDESK_WEB="127.0.0.1:0")

    assert second.returncode == 2
    assert f"in use by another charterdesk (process {desk.process.pid})" in second.stderr
    assert status(f"{desk.told('public_url')}/readyz") == 200


def test_the_search_index_is_made_anew_beside_the_running_desk(desk: RunningDesk):
    with psycopg.connect(running_url(desk.data), autocommit=True) as database:
        database.execute(
            "INSERT INTO search_document (source, part, parent, tags, language, title, body, created_at, length_norm,"
            " vector) VALUES ('message:1', 0, '', '{public}', 'en', 'Of no message', '', now(), 1, 'messag:1')"
        )
        database.execute("DROP INDEX search_document_words")

        done = type_command(desk.data, "search", "reindex")

        assert (done.returncode, done.stderr) == (0, "")
        assert "the index is made anew: 0 documents can be found" in done.stdout
        assert database.execute("SELECT count(*) FROM search_document").fetchone() == (0,)
        assert database.execute("SELECT to_regclass('search_document_words') IS NOT NULL").fetchone() == (True,)
    assert status(f"{desk.told('public_url')}/readyz") == 200


@pytest.mark.parametrize("part", ["web", "live", "worker", "mail"])
def test_a_killed_part_comes_back_and_the_others_stay(desk: RunningDesk, part: str):
    others = {name: desk.processes(name)[0] for name in ("web", "live", "worker", "mail") if name != part}
    (killed, *children) = desk.processes(part)

    os.kill(killed, signal.SIGKILL)

    assert until(lambda: (desk.processes(part) or [killed])[0] != killed)
    assert until(lambda: not any(command_of(pid) for pid in children))
    assert {name: desk.processes(name)[0] for name in others} == others
    assert until(lambda: status(f"{desk.told('public_url')}/readyz") == 200 and greeting(desk) == 250)


def test_a_killed_database_comes_back_and_pages_with_it(desk: RunningDesk):
    killed = desk.processes("database")[0]

    os.kill(killed, signal.SIGKILL)

    # First that it was seen: while it ends, its children live and answer for a moment longer.
    assert until(lambda: "the database died; starting it again" in desk.said("desk"))
    assert until(lambda: killed not in desk.processes("database") and desk.processes("database"))
    assert until(lambda: status(f"{desk.told('public_url')}/readyz") == 200)


def test_a_database_that_dies_as_the_desk_gets_ready_ends_no_desk():
    assert first_start_link("postgresql://nobody@127.0.0.1:1/none") == ""


def test_a_web_worker_that_is_killed_is_replaced(desk: RunningDesk):
    _main, first, *_ = desk.processes("web")

    os.kill(first, signal.SIGKILL)

    assert until(lambda: len(desk.processes("web")) == 3 and first not in desk.processes("web"))
    assert until(lambda: status(f"{desk.told('public_url')}/readyz") == 200)


def test_every_log_line_is_json_with_time_and_part_when_asked(desk: RunningDesk):
    assert [line for line in desk.lines if not {"time", "part", "text"} <= set(line)] == []


def test_a_command_finds_the_running_database_by_itself(desk: RunningDesk):
    examined = json.loads(type_command(desk.data, "doctor", "--json").stdout)

    by_subject = {finding["subject"]: finding["level"] for finding in examined if finding["level"] != "note"}
    assert by_subject["migrations"] == "good"
    assert by_subject["database"] == "good"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_cleanly_when_asked(own_desk: RunningDesk, number: signal.Signals):
    everybody = descendants(own_desk.process.pid)

    assert own_desk.stop(number) == 0

    assert [pid for pid in everybody if command_of(pid)] == []
    assert until(lambda: own_desk.said("desk").endswith("stopped"))
    assert "does not end" not in own_desk.said("desk")
    assert not (own_desk.data / "database" / "pgdata" / "postmaster.pid").exists()


def test_killing_the_supervisor_leaves_nothing_running(own_desk: RunningDesk):
    everybody = descendants(own_desk.process.pid)

    own_desk.stop(signal.SIGKILL)

    assert until(lambda: not any(command_of(pid) for pid in everybody))


def test_a_hang_up_starts_the_desk_again_as_the_version_installed_now(own_desk: RunningDesk):
    before = descendants(own_desk.process.pid)
    own_desk.lines.clear()

    own_desk.process.send_signal(signal.SIGHUP)
    own_desk.wait_until_ready()

    assert set(before) & set(descendants(own_desk.process.pid)) == set()
    assert status(f"{own_desk.told('public_url')}/readyz") == 200


def test_an_upgrade_of_a_running_desk_backs_up_and_starts_it_again_migrated(own_desk: RunningDesk):
    with psycopg.connect(running_url(own_desk.data), autocommit=True) as connection:
        connection.execute("comment on table django_migrations is 'an older version'")
    before = descendants(own_desk.process.pid)
    own_desk.lines.clear()

    upgraded = type_command(own_desk.data, "upgrade")

    assert upgraded.returncode == 0, upgraded.stderr
    own_desk.wait_until_ready()
    assert len(list((own_desk.data / "backups").iterdir())) == 1
    assert set(before) & set(descendants(own_desk.process.pid)) == set()
    assert status(f"{own_desk.told('public_url')}/readyz") == 200


def test_a_port_in_use_is_told_before_anything_starts(desk: RunningDesk, tmp_path: Path):
    port = desk.told("public_url").rpartition(":")[2]

    refused = type_command(tmp_path / "other", "run", CHARTERDESK_WEB=f"127.0.0.1:{port}")

    assert refused.returncode == 2
    assert f"Port {port} of 127.0.0.1 is in use by another program" in refused.stderr
    assert not (tmp_path / "other" / "database").exists()
