"""Backup, restore and upgrade of a real desk, by the commands an operator types."""

import io
import json
import secrets
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import psycopg
import pytest

from charterdesk.base.files import DiskStore
from charterdesk.ops.archive import Contents, read_contents, sha256_of, write_archive
from charterdesk.ops.binaries import all_binaries
from charterdesk.ops.dump import dump_database, extension_of, load_database
from charterdesk.ops.postgres import Cluster
from charterdesk.ops.postgres_state import version_of
from charterdesk.ops.problems import Problem
from charterdesk.ops.testing import type_command
from charterdesk.ops.upgrade import move_cluster

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def data(migrated: Path, tmp_path: Path) -> Path:
    shutil.copytree(migrated, tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def charterdesk(data: Path) -> Run:
    """Types a command on the desk of `data`."""
    return partial(type_command, data)


def rows(url: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def organisations(data: Path) -> list[str]:
    with Cluster(data / "database") as cluster:
        return [str(name) for (name,) in rows(cluster.url, "select name from people_organisation order by name")]


def add_organisation(data: Path, name: str) -> None:
    with Cluster(data / "database") as cluster:
        rows(
            cluster.url,
            f"insert into people_organisation (name, domains, note, created_at) values ('{name}', '{{}}', '', now())",
        )


def add_waiting_mail(data: Path) -> None:
    with Cluster(data / "database") as cluster:
        rows(
            cluster.url,
            "insert into channels_outgoing (header, sender, recipients, raw, is_automatic, state, attempts, note, "
            "queued_at, refused) values ('1@desk', '', '{mia@home.example}', 'x', false, 'queued', 0, '', now(), '{}')",
        )


def test_a_desk_comes_back_from_its_backup_with_tickets_attachments_and_the_key_of_its_links(
    charterdesk: Run, data: Path, tmp_path: Path
):
    add_organisation(data, "Bakery Miller")
    add_waiting_mail(data)
    photo = DiskStore(data / "attachments").store(io.BytesIO(b"photo of a leak"))
    key = (data / "secret_key").read_text()

    backed_up = charterdesk("backup", str(tmp_path / "desk.tar"))
    add_organisation(data, "Came after the backup")
    DiskStore(data / "attachments").delete(photo.sha256)
    (data / "secret_key").write_text("another key, of a machine set up anew, long enough to be one")
    refused = charterdesk("restore", str(tmp_path / "desk.tar"))
    restored = charterdesk("restore", str(tmp_path / "desk.tar"), "--replace")

    assert (backed_up.returncode, backed_up.stderr) == (0, "")
    assert "1 attachments" in backed_up.stdout
    assert (refused.returncode, restored.returncode) == (2, 0), restored.stderr
    assert "--replace" in refused.stderr
    assert organisations(data) == ["Bakery Miller"]
    with Cluster(data / "database") as cluster:
        assert rows(cluster.url, "select state from channels_outgoing") == [("in_doubt",)]
    with DiskStore(data / "attachments").open(photo.sha256) as opened:
        assert opened.read() == b"photo of a leak"
    assert (data / "secret_key").read_text() == key
    assert (data / "secret_key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "desk.tar").stat().st_mode & 0o777 == 0o600


def test_an_upgrade_backs_up_first_and_then_migrates(charterdesk: Run, data: Path):
    add_organisation(data, "Bakery Miller")
    with Cluster(data / "database") as cluster:
        rows(cluster.url, "comment on table django_migrations is 'an older version'")

    upgraded, again = charterdesk("upgrade"), charterdesk("upgrade")

    assert upgraded.returncode == 0, upgraded.stderr
    (backup,) = (data / "backups").iterdir()
    assert read_contents(backup).stamp == "an older version"
    assert organisations(data) == ["Bakery Miller"]
    assert "nothing to do" in again.stdout


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    (tmp_path / "dump").write_bytes(secrets.token_bytes(50_000))
    store = DiskStore(tmp_path / "attachments")
    store.store(io.BytesIO(b"one"))
    store.store(io.BytesIO(b"two"))
    with (tmp_path / "dump").open("rb") as dump:
        contents = Contents("1", "2026-11-22T03:00:00+00:00", "stamp", sha256_of(dump), has_key=False)
    write_archive(tmp_path / "a.tar", dump=tmp_path / "dump", contents=contents, store=store, key=None)
    return tmp_path / "a.tar"


def test_a_whole_archive_is_found_whole(archive: Path):
    assert len(read_contents(archive).attachments) == 2


@pytest.mark.parametrize("kept", [0, 1000, 30_000, 51_200, 53_000])
def test_an_archive_that_was_cut_off_is_refused(archive: Path, kept: int):
    archive.write_bytes(archive.read_bytes()[:kept])

    with pytest.raises(Problem, match=r"can't be read|no whole backup"):
        read_contents(archive)


def test_one_flipped_bit_is_found(archive: Path):
    content = bytearray(archive.read_bytes())
    content[20_000] ^= 1
    archive.write_bytes(content)

    with pytest.raises(Problem, match=r"damaged: database\.dump"):
        read_contents(archive)


def test_a_backup_of_a_later_version_asks_for_that_version(archive: Path, tmp_path: Path):
    with tarfile.open(archive) as tar:
        tar.extractall(tmp_path / "out")  # our own archive; Python 3.11.2 knows no filter yet
    listed = tmp_path / "out" / "contents.json"
    listed.write_text(json.dumps({**json.loads(listed.read_text()), "format": 99}))
    with tarfile.open(archive, "w") as tar:
        tar.add(tmp_path / "out", ".")
        tar.add(listed, "contents.json")

    with pytest.raises(Problem, match="install that version or a later one"):
        read_contents(archive)


def test_a_dump_that_breaks_off_changes_nothing(tmp_path: Path):
    with Cluster(tmp_path / "database", durable=False) as cluster:
        rows(cluster.url, "create table kept as select generate_series(1, 50000) as number")
        dump_database(cluster.url, tmp_path / "dump")
        (tmp_path / "dump").write_bytes((tmp_path / "dump").read_bytes()[:-20_000])
        rows(cluster.url, "truncate kept")

        with pytest.raises(Problem, match="was not changed"):
            load_database(cluster.url, tmp_path / "dump")

        assert rows(cluster.url, "select count(*) from kept") == [(0,)]


def test_only_entries_about_an_extension_name_one():
    assert extension_of("3; 3079 16390 EXTENSION - vector ") == "vector"
    assert extension_of("3871; 0 0 COMMENT - EXTENSION vector ") == "vector"
    assert extension_of("245; 1259 17000 TABLE public EXTENSION charterdesk") is None


def test_the_password_of_a_server_is_not_in_the_process_list_while_it_is_dumped(monkeypatch, tmp_path: Path):
    commands: list[list[str]] = []
    real = subprocess.run
    monkeypatch.setattr(subprocess, "run", lambda command, **more: commands.append(command) or real(command, **more))

    with pytest.raises(Problem, match="could not be written"):
        dump_database("postgresql://desk:very-secret@127.0.0.1:1/desk", tmp_path / "dump")

    assert "very-secret" not in " ".join(commands[-1])


@pytest.mark.skipif(len({found.major for found in all_binaries()}) < 2, reason="one PostgreSQL here")
def test_a_database_of_an_older_postgresql_moves_to_the_new_one_and_the_old_one_stays_beside(tmp_path: Path):
    new, *_, old = sorted(all_binaries(), key=lambda found: -found.major)
    with Cluster(tmp_path / "database", binaries=old) as cluster:
        rows(cluster.url, "create table kept as select generate_series(1, 100) as number")

    move_cluster(Cluster(tmp_path / "database", binaries=new))

    with Cluster(tmp_path / "database", binaries=new) as cluster:
        assert rows(cluster.url, "select sum(number) from kept") == [(5050,)]
    assert version_of(tmp_path / "database" / "pgdata") == new.major
    assert version_of(tmp_path / "database" / f"pgdata.{old.major}") == old.major
