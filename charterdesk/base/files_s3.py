"""Files in an S3-compatible bucket; loaded only where the settings name one, since boto3 is large."""

import tempfile
import time
from collections.abc import Iterator
from io import BufferedReader
from typing import IO, cast

import boto3
from botocore.client import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings

from charterdesk.base.files import DIGEST, Readable, StoredFile, checked, copy_hashed

SPOOL_BYTES = 4 * 2**20
MISSING = {"404", "NoSuchKey", "NotFound"}


class S3Store:
    """Files in a bucket, below a prefix. A file waits on the local disk until its hash is known."""

    def __init__(self) -> None:
        options = settings.FILE_STORE_S3
        self.bucket: str = options["bucket"]
        self.prefix: str = options["prefix"]
        self.client = boto3.client(
            "s3",
            endpoint_url=options["endpoint"] or None,
            region_name=options["region"] or None,
            aws_access_key_id=options["access_key"] or None,
            aws_secret_access_key=options["secret_key"] or None,
            config=Config(connect_timeout=5, read_timeout=30, retries={"max_attempts": 3, "mode": "standard"}),
        )

    def _key(self, sha256: str) -> str:
        return f"{self.prefix}{checked(sha256)}"

    def store(self, stream: Readable, *, limit: int | None = None) -> StoredFile:
        """Upload; returns once the bucket has answered. Raises `OSError` where it can't be reached."""
        with tempfile.SpooledTemporaryFile(SPOOL_BYTES) as spool:
            stored = copy_hashed(stream, cast(IO[bytes], spool), limit)
            spool.seek(0)
            try:
                self.client.upload_fileobj(spool, self.bucket, self._key(stored.sha256))
            except (BotoCoreError, ClientError) as error:
                raise OSError(f"the bucket {self.bucket} took no file: {error}") from error
        return stored

    def open(self, sha256: str) -> IO[bytes]:
        """Open a file for reading as it arrives. Raises `FileNotFoundError`, or `OSError` if unreachable."""
        try:
            body = self.client.get_object(Bucket=self.bucket, Key=self._key(sha256))["Body"]
        except ClientError as error:
            if error.response["Error"]["Code"] in MISSING:
                raise FileNotFoundError(sha256) from error
            raise OSError(f"the bucket {self.bucket} gave no file: {error}") from error
        except BotoCoreError as error:
            raise OSError(f"the bucket {self.bucket} gave no file: {error}") from error
        return BufferedReader(body)

    def exists(self, sha256: str) -> bool:
        """Whether the bucket has the file. One request. Raises `OSError` without a connection."""
        try:
            self.client.head_object(Bucket=self.bucket, Key=self._key(sha256))
        except ClientError as error:
            if error.response["Error"]["Code"] in MISSING:
                return False
            raise OSError(str(error)) from error
        return True

    def delete(self, sha256: str) -> None:
        """Remove a file; fine if it is gone."""
        self.client.delete_object(Bucket=self.bucket, Key=self._key(sha256))

    def delete_older(self, sha256: str, *, than: float) -> bool:
        """Remove a file last stored more than `than` seconds ago; False for a younger one. Two requests.

        Stored again between the two it is lost: choose `than` so long that nobody would.
        """
        try:
            head = self.client.head_object(Bucket=self.bucket, Key=self._key(sha256))
        except ClientError as error:
            if error.response["Error"]["Code"] in MISSING:
                return True
            raise OSError(str(error)) from error
        if head["LastModified"].timestamp() > time.time() - than:
            return False
        self.delete(sha256)
        return True

    def names(self) -> Iterator[str]:
        """The names of all files below the prefix; one request per thousand."""
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=self.prefix)
        keys = (entry["Key"].removeprefix(self.prefix) for page in pages for entry in page.get("Contents", []))
        return (key for key in keys if DIGEST.fullmatch(key))
