"""The database a command works on: the one that is set, the running embedded one, or that one started for it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from charterdesk import settings_table
from charterdesk.ops.parts.common import running_database_url
from charterdesk.ops.postgres import Cluster


def embedded_cluster() -> Cluster:
    """The cluster in the data folder, as the settings have it."""
    return Cluster(
        settings_table.data_folder() / "database",
        run_as=settings_table.text("CHARTERDESK_POSTGRES_USER") or None,
    )


@contextmanager
def open_database() -> Iterator[str]:
    """Yield the database's URL, also in the environment for Django; stops afterwards what it had to start.

    Raises `Problem` where there is none and none can be started.
    """
    settings_table.load_environment()
    settings_table.make_secret_key()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "charterdesk.settings")
    if url := settings_table.text("DATABASE_URL") or running_database_url():
        os.environ["DATABASE_URL"] = url
        yield url
        return
    with embedded_cluster() as cluster:
        os.environ["DATABASE_URL"] = cluster.url
        try:
            yield cluster.url
        finally:
            del os.environ["DATABASE_URL"]
