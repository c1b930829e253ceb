"""Files by content: kept once, whole or not at all, on disk and in a bucket."""

import hashlib
import io
import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from charterdesk.base import files
from charterdesk.base.files import DiskStore, FileStore, StoredFile, TooLarge
from charterdesk.base.files_s3 import S3Store


@pytest.fixture
def disk(tmp_path: Path) -> DiskStore:
    return DiskStore(tmp_path / "attachments")


@pytest.fixture(scope="module")
def bucket_server() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(bucket_server: str, settings) -> S3Store:
    name = f"desk-{secrets.token_hex(4)}"
    keys = {"access_key": "someone", "secret_key": "something"}
    settings.FILE_STORE_S3 = {
        "bucket": name, "prefix": "files/", "endpoint": bucket_server, "region": "us-east-1", **keys
    }  # fmt: skip
    boto3.client(
        "s3",
        endpoint_url=bucket_server,
        region_name="us-east-1",
        aws_access_key_id="someone",
        aws_secret_access_key="something",
    ).create_bucket(Bucket=name)
    return S3Store()


@pytest.fixture(params=["disk", "bucket"])
def store(request) -> FileStore:
    found: FileStore = request.getfixturevalue(request.param)
    return found


def test_what_was_stored_comes_back_under_the_hash_of_its_bytes(store: FileStore):
    content = secrets.token_bytes(3 * files.CHUNK + 17)

    stored = store.store(io.BytesIO(content))

    assert stored == StoredFile(hashlib.sha256(content).hexdigest(), len(content))
    with store.open(stored.sha256) as back:
        assert back.read(1000) + back.read() == content


def test_the_same_bytes_are_kept_once(store: FileStore):
    first, second = store.store(io.BytesIO(b"meter reading")), store.store(io.BytesIO(b"meter reading"))

    assert first == second
    assert list(store.names()) == [first.sha256]


def test_an_empty_file_is_a_file(store: FileStore):
    stored = store.store(io.BytesIO(b""))

    with store.open(stored.sha256) as back:
        assert (stored.size, back.read()) == (0, b"")


def test_a_file_past_the_limit_is_refused_and_leaves_nothing(store: FileStore):
    with pytest.raises(TooLarge):
        store.store(io.BytesIO(b"x" * 11), limit=10)

    assert list(store.names()) == []
    assert store.store(io.BytesIO(b"x" * 10), limit=10).size == 10


def test_a_deleted_file_is_gone_and_deleting_again_is_fine(store: FileStore):
    stored = store.store(io.BytesIO(b"a photograph of a bank card"))
    assert store.exists(stored.sha256)

    store.delete(stored.sha256)
    store.delete(stored.sha256)

    assert not store.exists(stored.sha256)
    with pytest.raises(FileNotFoundError):
        store.open(stored.sha256)


def test_what_was_stored_again_lately_is_not_deleted_as_old(store: FileStore):
    stored = store.store(io.BytesIO(b"a photograph of a bank card"))

    assert not store.delete_older(stored.sha256, than=60)
    assert store.exists(stored.sha256)

    time.sleep(1.1)
    assert store.delete_older(stored.sha256, than=1)
    assert not store.exists(stored.sha256)
    assert store.delete_older(stored.sha256, than=1)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_a_name_that_is_no_hash_never_becomes_a_path(store: FileStore, name: str):
    with pytest.raises(ValueError):
        store.open(name)
    with pytest.raises(ValueError):
        store.delete(name)


def test_a_stream_that_breaks_half_way_leaves_nothing_on_the_disk(disk: DiskStore):
    class Breaking:
        pieces = iter([b"half a file"])

        def read(self, size: int = -1, /) -> bytes:
            try:
                return next(self.pieces)
            except StopIteration:
                raise ConnectionResetError from None

    with pytest.raises(ConnectionResetError):
        disk.store(Breaking())

    assert [path for path in disk.folder.rglob("*") if path.is_file()] == []


def test_bytes_and_names_are_synced_before_the_file_is_acknowledged(disk: DiskStore, monkeypatch):
    synced = []
    real = os.fsync

    def watch(descriptor: int) -> None:
        synced.append(os.readlink(f"/proc/self/fd/{descriptor}"))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", watch)

    stored = disk.store(io.BytesIO(b"acknowledged"))

    incoming, attachments, folder = synced
    assert incoming.startswith(str(disk.folder / "incoming"))
    assert [attachments, folder] == [str(disk.folder), str(disk.path(stored.sha256).parent)]


def test_nobody_else_on_the_machine_reads_what_customers_sent(disk: DiskStore):
    stored = disk.store(io.BytesIO(b"private"))

    assert disk.path(stored.sha256).stat().st_mode & 0o077 == 0
    assert disk.path(stored.sha256).parent.stat().st_mode & 0o077 == 0


def test_a_bucket_out_of_reach_is_an_error_and_never_a_lost_file(bucket: S3Store, settings):
    settings.FILE_STORE_S3 = {**settings.FILE_STORE_S3, "bucket": "no-such-bucket"}

    with pytest.raises(OSError, match="no-such-bucket"):
        S3Store().store(io.BytesIO(b"x"))


def test_the_setting_chooses_the_store(settings, tmp_path, bucket: S3Store):
    chosen = []
    for name in ("charterdesk.base.files.DiskStore", "charterdesk.base.files_s3.S3Store"):
        settings.FILE_STORE, settings.MEDIA_ROOT = name, tmp_path
        files.file_store.cache_clear()
        stored = files.store(io.BytesIO(b"one way in"))
        with files.open_stored(stored.sha256) as back:
            assert back.read() == b"one way in"
        files.delete(stored.sha256)
        chosen.append(type(files.file_store()))
    files.file_store.cache_clear()

    assert chosen == [DiskStore, S3Store]
