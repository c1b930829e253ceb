"""The few statements that are sent all the time: PostgreSQL takes longer to plan them than to carry them out."""

from typing import cast

from django.db import connection
from django.db.backends.utils import CursorWrapper

from charterdesk.base.postgresql.base import DatabaseWrapper


def prepared_cursor() -> CursorWrapper:
    """A cursor for a statement whose text never changes: each connection plans it once (`DatabaseWrapper.prepared`)."""
    with cast(DatabaseWrapper, connection).prepared():
        return connection.cursor()
