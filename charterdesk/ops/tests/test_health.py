"""Health and readiness: cheap, open to any caller, and true."""

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from charterdesk import __version__
from charterdesk.events.models import Heartbeat
from charterdesk.ops.health import MEASURES
from charterdesk.ops.proxies import ProxyMiddleware
from charterdesk.ops.schema_stamp import write_stamp


@pytest.fixture
def stamped(db) -> None:
    connection.ensure_connection()
    write_stamp(connection.connection)


def test_a_living_process_says_so_without_asking_the_database(client: Client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        answer = client.get("/healthz", headers={"host": "10.0.0.7:8000"})

    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "version": __version__, "secure": False})


def test_ready_means_that_the_database_answers_and_is_of_this_version(
    client: Client, stamped, django_assert_num_queries
):
    with django_assert_num_queries(1):
        answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ready", "missing": []})


def test_a_database_of_another_version_is_not_ready(client: Client, stamped):
    with connection.cursor() as cursor:
        cursor.execute("comment on table django_migrations is 'another version'")

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["missing"]) == (503, ["migrations"])


def test_probes_work_by_ip_address_even_where_pages_ask_for_the_right_name(client: Client, settings, stamped):
    settings.ALLOWED_HOSTS = ["help.example.org"]

    assert client.get("/readyz", headers={"host": "10.0.0.7"}).status_code == 200
    assert client.get("/account/login/", headers={"host": "10.0.0.7"}).status_code == 400


def test_measures_are_numbers_in_prometheus_form(client: Client, db):
    Heartbeat.objects.all().delete()  # of a worker that another test ran
    lines = client.get("/metrics").content.decode().splitlines()

    values = {line.split()[0]: float(line.split()[1]) for line in lines if not line.startswith("#")}
    assert values["charterdesk_database_bytes"] > 1_000_000
    assert {name for name in MEASURES if name not in values} == {"charterdesk_worker_silent_seconds"}  # none ran yet
    assert values["charterdesk_mails_held"] == 0
    assert values["charterdesk_disk_free_bytes"] > 0


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "127.0.0.1"),
    ],
)
def test_only_as_many_proxies_are_believed_as_the_operator_named(rf, settings, proxies, forwarded, seen):
    settings.PROXIES = proxies
    request = rf.get("/", headers={"x-forwarded-for": forwarded}, REMOTE_ADDR="127.0.0.1")

    answer = ProxyMiddleware(lambda request: HttpResponse(request.META["REMOTE_ADDR"]))(request)

    assert answer.content.decode() == seen
