"""One small demo world for all tests of this folder; everything is rolled back at the end."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.test import override_settings

from charterdesk.base.files import file_store
from charterdesk.ops.demo.load import Loaded, load

# A Friday morning: the desk is open, and so is work.
MORNING = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Loaded]:
    """Two hundred tickets, loaded by COPY as they stood on `MORNING`."""
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("attachments")):
        file_store.cache_clear()
        with transaction.atomic():
            yield load(tickets=200, seed=5, at=MORNING, say=lambda _line: None)
            transaction.set_rollback(True)
        file_store.cache_clear()
