"""One small demo world for all tests of this folder; everything is rolled back at the end."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.test import override_settings

from charterdesk.base.files import file_store
from charterdesk.ops.demo.load import fill
from charterdesk.search.findable import kinds
from charterdesk.search.rebuild import rebuild

# A Friday morning: the desk is open, and so is work.
MORNING = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[int]:
    """Two hundred tickets, loaded by COPY as they stood on `MORNING`; the number of their messages."""
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("attachments")):
        file_store.cache_clear()
        with transaction.atomic():
            _press, messages = fill(tickets=200, seed=5, at=MORNING, say=lambda _line: None)
            for kind in kinds():
                rebuild(kind)
            yield messages
            transaction.set_rollback(True)
        file_store.cache_clear()
