"""The doctor: names what is wrong, says how to mend it, and finds nothing wrong where nothing is."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection

from charterdesk import settings_table
from charterdesk.base.clock import now
from charterdesk.base.testing import make_certificate
from charterdesk.ops import doctor
from charterdesk.ops.checks import database, machine, outside
from charterdesk.ops.checks import settings as given
from charterdesk.ops.checks.finding import Finding
from charterdesk.search.models import Document, Embedded

Check = Callable[[], Iterator[Finding]]


@pytest.fixture(autouse=True)
def fresh(monkeypatch, tmp_path: Path) -> Path:
    """An environment without settings but the data folder, which is returned."""
    for setting in settings_table.SETTINGS:
        monkeypatch.delenv(setting.name, raising=False)
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    monkeypatch.setenv("CHARTERDESK_DATA", str(data))
    monkeypatch.chdir(tmp_path)
    return data


def wrong(check: Check) -> list[str]:
    """What a check finds not good."""
    return [finding.text for finding in check() if finding.level != "good"]


def test_a_misspelt_setting_is_named_with_the_right_spelling(monkeypatch):
    monkeypatch.setenv("CHARTERDESK_WEB_WORKER", "4")

    (found,) = [finding for finding in given.check_values() if finding.level != "good"]

    assert found.text == "CHARTERDESK_WEB_WORKER is no setting of charterdesk."
    assert found.mend == "Did you mean CHARTERDESK_WEB_WORKERS?"


def test_an_impossible_value_is_named_and_the_rest_is_still_examined(monkeypatch):
    monkeypatch.setenv("CHARTERDESK_WEB", "somewhere")

    found = doctor.examine()

    assert [finding.text for finding in found if finding.level == "bad"] == [
        "CHARTERDESK_WEB is host:port such as 127.0.0.1:8000, not 'somewhere'."
    ]
    assert {"disk", "attachments"} <= {finding.subject for finding in found}


@pytest.mark.parametrize(
    ("settings", "subjects"),
    [
        ({}, []),
        ({"PUBLIC_URL": "https://help.example.org"}, ["PUBLIC_URL", "LIVE_URL"]),
        ({"PUBLIC_URL": "https://help.example.org", "CHARTERDESK_PROXIES": "1"}, ["LIVE_URL"]),
        (
            {
                "PUBLIC_URL": "https://help.example.org",
                "LIVE_URL": "https://help.example.org/live",
                "CHARTERDESK_PROXIES": "1",
            },
            [],
        ),
        ({"CHARTERDESK_WEB": "0.0.0.0:8000"}, ["PUBLIC_URL", "TLS"]),
    ],
)
def test_addresses_that_do_not_fit_together_are_found(monkeypatch, settings, subjects):
    for name, value in settings.items():
        monkeypatch.setenv(name, value)

    assert [finding.subject for finding in given.check_addresses() if finding.level != "good"] == subjects


@pytest.mark.parametrize(("days", "levels"), [(90, ["good"]), (3, ["bad"])])
def test_a_certificate_that_ends_soon_is_bad_news(monkeypatch, tmp_path: Path, days, levels):
    make_certificate(tmp_path, days=days)
    monkeypatch.setenv("CHARTERDESK_TLS_CERT", str(tmp_path / "cert.pem"))
    monkeypatch.setenv("CHARTERDESK_TLS_KEY", str(tmp_path / "key.pem"))

    assert [finding.level for finding in given.check_certificate()] == levels


def test_a_certificate_without_its_key_is_refused(monkeypatch, tmp_path: Path):
    monkeypatch.setenv("CHARTERDESK_TLS_CERT", str(tmp_path / "cert.pem"))

    assert wrong(given.check_certificate) == ["certificate and key belong together."]


def test_a_secret_others_can_read_or_guess_is_bad(fresh: Path, monkeypatch):
    settings_table.make_secret_key()
    assert wrong(given.check_secret_key) == []

    (fresh / "secret_key").chmod(0o644)
    assert wrong(given.check_secret_key) == [f"others on this machine may read {fresh / 'secret_key'}."]

    monkeypatch.setenv("CHARTERDESK_SECRET_KEY", "change-me")
    assert wrong(given.check_secret_key) == ["CHARTERDESK_SECRET_KEY is too short to be secret."]


def test_a_data_folder_open_to_others_is_noted(fresh: Path):
    fresh.chmod(0o755)

    assert f"others on this machine may enter {fresh}." in wrong(machine.check_data_folder)


def test_a_port_somebody_else_has_is_named_with_its_setting(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        monkeypatch.setenv("CHARTERDESK_WEB", f"127.0.0.1:{port}")
        found = [finding for finding in machine.check_ports() if finding.level == "bad"]

    assert [finding.text for finding in found] == [f"port {port} of 127.0.0.1 is in use."]
    assert "CHARTERDESK_WEB" in found[0].mend


def test_a_database_out_of_reach_is_told_without_a_traceback(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://desk@127.0.0.1:1/desk")

    (found,) = database.check_database()

    assert (found.level, found.subject) == ("bad", "database")
    assert "Connection refused" in found.text


def test_before_the_first_start_there_is_nothing_wrong_with_a_database_that_is_not_there():
    (found,) = database.check_database()

    assert (found.level, "there is none yet" in found.text) == ("note", True)


@pytest.mark.django_db
def test_how_far_search_by_meaning_has_come_is_told_from_the_first_vector_on(monkeypatch):
    monkeypatch.setenv("CHARTERDESK_VECTORS", "local")
    connection.ensure_connection()
    document = {"source": "article:9", "tags": [], "language": "en", "length_norm": 1.0, "vector": ""}
    Document.objects.create(pk=9, created_at=now(), **document)
    told = []
    for dimensions, newest in ((0, 0), (384, 5), (384, 9)):
        Embedded.objects.update_or_create(
            pk=1, defaults={"name": "x", "dimensions": dimensions, "newest": newest, "oldest": 1}
        )
        told += [finding.text for finding in database._meanings(connection.connection)]

    assert told == ["no text has a vector yet.", "has begun; older texts are still to come", "knows every text"]


def test_a_relay_that_does_not_answer_is_found(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        monkeypatch.setenv("CHARTERDESK_RELAY", f"smtp+starttls://desk@127.0.0.1:{port}")
        assert wrong(outside.check_relay) == []

    (text,) = wrong(outside.check_relay)
    assert text.startswith(f"127.0.0.1:{port} does not answer")


def test_what_is_bad_makes_the_command_fail_and_says_how_to_mend_it(monkeypatch, capsys):
    monkeypatch.setenv("CHARTERDESK_PROXIES", "some")

    code = doctor.main([])

    out = capsys.readouterr().out
    assert code == 1
    assert "BAD  settings: CHARTERDESK_PROXIES is a whole number, not 'some'." in out
    assert "-> Correct CHARTERDESK_PROXIES" in out
