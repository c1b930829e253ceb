"""The name under which Django looks for a database's wrapper."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, cast

from django.db.backends.base.base import NO_DB_ALIAS
from django.db.backends.postgresql import base
from django.db.backends.postgresql.operations import DatabaseOperations
from psycopg import adapters
from psycopg.abc import Buffer
from psycopg.adapt import AdaptersMap
from psycopg.pq import Format
from psycopg.types.datetime import DatetimeDumper
from psycopg_pool import ConnectionPool

from charterdesk.base.postgresql.pooled import check

_OID = adapters.types["timestamptz"].oid
_PREPARING, _BY_NAME = cast(Any, base.ServerBindingCursor), cast(Any, base.ServerSideCursor)  # stubs of psycopg 2
PREPARED_AFTER = 3
"""So many times a connection has carried out a statement when it begins to keep it."""
_FURTHEST = timedelta(hours=16)  # from Greenwich: PostgreSQL takes what is nearer, Python whatever is within a day


class _FarOffDumper(DatetimeDumper):
    """Writes the times that people send with an offset such as +21:47, too."""

    def dump(self, obj: datetime) -> Buffer | None:
        offset = obj.utcoffset()
        if offset is None or -_FURTHEST < offset < _FURTHEST:
            return super().dump(obj)
        try:
            return super().dump(obj.astimezone(UTC))
        except OverflowError:  # on the first or last day there is
            return super().dump(obj.replace(tzinfo=UTC))


@lru_cache
def _with_our_times(django: AdaptersMap) -> AdaptersMap:
    """Django's readers and writers of values, with ours of times; made once, not for each request's connection."""
    fast = AdaptersMap(django)
    own = adapters.get_loader(_OID, Format.TEXT)
    assert own is not None, "psycopg reads every type of PostgreSQL's"
    fast.register_loader(_OID, own)
    fast.register_dumper(datetime, _FarOffDumper)
    return fast


class Operations(DatabaseOperations):
    """Django's, which can tell what a prepared statement was, too."""

    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        """The statement with its values: what logs and tests see."""
        return super().last_executed_query(cursor, sql, params) or str(self.compose_sql(sql, params))


class DatabaseWrapper(base.DatabaseWrapper):
    """Reads times with psycopg's own reader: Django's, in Python, takes ten times as long for each.

    Both give the same where the connection's time zone is UTC, as it is for all of ours (`TIME_ZONE`). And it can have
    the server keep a statement (`prepared`).
    """

    ops_class = Operations
    _prepares = False

    @property
    def pool(self) -> ConnectionPool | None:
        """Django's, with our own check: after a restart of the database a request waits, it does not fail."""
        options = self.settings_dict["OPTIONS"].get("pool")
        if self.alias == NO_DB_ALIAS or not options:
            return None
        django: Any = self  # some of what it has is not in its stubs
        pools: dict[str, ConnectionPool] = django._connection_pools
        if self.alias not in pools:
            made = ConnectionPool(
                kwargs={**self.get_connection_params(), "autocommit": True},
                open=False,
                configure=django._configure_connection,
                check=check,
                **options,
            )
            pools.setdefault(self.alias, made)  # another thread may have been faster
        return pools[self.alias]

    def get_connection_params(self) -> dict[str, Any]:
        """Django's, with that reader, and with statements kept by the server where they are asked to be."""
        params: dict[str, Any] = super().get_connection_params()
        return params | {"context": _with_our_times(params["context"]), "prepare_threshold": PREPARED_AFTER}

    @contextmanager
    def prepared(self) -> Iterator[None]:
        """What is sent inside, this connection takes apart and plans once, when it has seen it a few times.

        For statements whose text never changes, and whose best plan does not hang on the values. A value's type must be
        clear from where it stands.
        """
        former, self._prepares = self._prepares, True
        try:
            yield
        finally:
            self._prepares = former

    def create_cursor(self, name: str | None = None) -> Any:
        """Django's, without looking at each whether it reads times for another zone."""
        if name is None:
            return _PREPARING(self.connection) if self._prepares else self.connection.cursor()
        how = {"name": name, "scrollable": False, "withhold": self.connection.autocommit}
        return _BY_NAME(self.connection, **how)
