"""The name under which Django looks for a database's wrapper."""

from datetime import UTC, datetime, timedelta
from typing import Any, cast

from django.db.backends.base.base import NO_DB_ALIAS
from django.db.backends.postgresql import base
from psycopg import adapters
from psycopg.abc import Buffer
from psycopg.adapt import AdaptersMap
from psycopg.pq import Format
from psycopg.types.datetime import DatetimeDumper
from psycopg_pool import ConnectionPool

from charterdesk.base.postgresql.pooled import check

_OID = adapters.types["timestamptz"].oid
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


class DatabaseWrapper(base.DatabaseWrapper):
    """Reads times with psycopg's own reader: Django's, in Python, takes ten times as long for each.

    Both give the same where the connection's time zone is UTC, as it is for all of ours (`TIME_ZONE`).
    """

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
        """Django's, with that reader."""
        params: dict[str, Any] = super().get_connection_params()
        fast = AdaptersMap(params["context"])
        own = adapters.get_loader(_OID, Format.TEXT)
        assert own is not None, "psycopg reads every type of PostgreSQL's"
        fast.register_loader(_OID, own)
        fast.register_dumper(datetime, _FarOffDumper)
        return params | {"context": fast}

    def create_cursor(self, name: str | None = None) -> Any:
        """Django's, without looking at each whether it reads times for another zone."""
        if name is None:
            return self.connection.cursor()
        how = {"name": name, "scrollable": False, "withhold": self.connection.autocommit}
        return cast(Any, base.ServerSideCursor)(self.connection, **how)  # its stubs think of psycopg 2
