"""A new desk's tables come from one file, which is what the migrations make; where it does not fit, they run."""

import re
import shutil
from pathlib import Path

import psycopg
import pytest

from charterdesk.ops import schema
from charterdesk.ops.postgres import Cluster
from charterdesk.ops.schema_stamp import TABLE, expected_stamp, stamp_of
from conftest import kept_cluster

# Rows, and the comment that only `charterdesk migrate` leaves behind.
NOT_TABLES = re.compile(
    rf"^INSERT INTO .*?\);\n|^COMMENT ON TABLE public\.{TABLE} .*?\n|^SELECT pg_catalog.*?\n", re.MULTILINE | re.DOTALL
)
MAKE_ANEW = "make it anew: python -m charterdesk.ops.schema > charterdesk/ops/schema.sql"


def tables(dumped: str) -> list[str]:
    """The statements that make tables, indexes, functions; without rows, and without those of tests."""
    return NOT_TABLES.sub("", dumped).splitlines()


@pytest.mark.django_db
def test_the_file_is_what_the_migrations_make(test_cluster: Cluster | None, tmp_path: Path):
    if test_cluster is None:
        pytest.skip("DATABASE_URL is set: nothing is known of what the server has been used for")
    shutil.copytree(kept_cluster(), tmp_path / "pgdata")
    with Cluster(tmp_path, durable=False) as cluster:
        migrated = schema.dumped(cluster.url.replace("/charterdesk?", "/test_charterdesk?"))

    head, _, rest = schema.FILE.read_text().partition("\n")
    assert expected_stamp() in rest, MAKE_ANEW
    assert tables(rest) == tables(migrated), MAKE_ANEW
    assert "with btree_gin fuzzystrmatch pg_stat_statements pg_trgm unaccent" in head


def test_a_new_desk_has_the_tables_of_the_file_and_what_every_desk_begins_with(migrated: Path, tmp_path: Path):
    shutil.copytree(migrated, tmp_path / "data")
    with Cluster(tmp_path / "data" / "database", durable=False) as cluster, psycopg.connect(cluster.url) as connection:
        assert stamp_of(connection) == expected_stamp()
        rules = connection.execute("SELECT slug, now() - created_at < '1 day' FROM records_retentionrule").fetchall()
        assert rules == [("raw_mails", True)]


def test_migrations_run_where_the_file_does_not_fit(tmp_path: Path):
    with Cluster(tmp_path / "database", durable=False) as cluster:
        with psycopg.connect(cluster.url, autocommit=True) as connection:
            assert schema.fits(connection)
            connection.execute("DROP EXTENSION pg_trgm")
            assert not schema.fits(connection)
            connection.execute("CREATE EXTENSION pg_trgm")
            schema.load(connection)
        with psycopg.connect(cluster.url) as connection:
            assert not schema.fits(connection)


def test_a_file_that_breaks_off_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    broken = tmp_path / "schema.sql"
    broken.write_text(schema.FILE.read_text()[:200_000].rpartition(";")[0] + "; CREATE TABLE")
    monkeypatch.setattr(schema, "FILE", broken)
    with Cluster(tmp_path / "database", durable=False) as cluster:
        with psycopg.connect(cluster.url, autocommit=True) as connection:
            with pytest.raises(psycopg.Error):
                schema.load(connection)
        with psycopg.connect(cluster.url) as connection:
            assert schema.fits(connection)
