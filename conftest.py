"""What every test run stands on: one throw-away PostgreSQL, and hypothesis with fixed or wide seeds."""

import os
from collections.abc import Iterator

import pytest
from django.conf import settings as desk
from django.db import connections
from hypothesis import HealthCheck, settings
from psycopg.conninfo import conninfo_to_dict

from charterdesk.ops.postgres import Cluster

pytest_plugins = ["charterdesk.events.testing", "charterdesk.charter.testing"]

settings.register_profile("quick", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("wide", max_examples=3000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("quick")


def pytest_configure() -> None:
    """A test's password guards nothing, so that hashing one need not take a third of a second."""
    desk.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def database_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of the server all tests of this run share: `DATABASE_URL` when set, else one of our own."""
    if url := os.environ.get("DATABASE_URL"):
        yield url
        return
    with Cluster(tmp_path_factory.mktemp("postgres"), durable=False) as cluster:
        yield cluster.url


@pytest.fixture(scope="session")
def django_db_modify_db_settings(database_server: str) -> None:
    """Point Django at `database_server`; pytest-django calls this before it makes the test database."""
    info = conninfo_to_dict(database_server)
    chosen = connections["default"].settings_dict
    names = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password", "NAME": "dbname"}
    chosen.update({ours: str(info.get(theirs) or "") for ours, theirs in names.items()})
