"""One table of settings: documented, read by type, with errors that name the setting."""

import re
from pathlib import Path

import pytest

from charterdesk import settings_table as table

ROOT = Path(__file__).resolve().parents[3]


def test_the_page_for_operators_is_the_table():
    page = (ROOT / "docs" / "operators" / "settings.md").read_text()

    assert page == table.as_markdown(), "run: charterdesk settings > docs/operators/settings.md"


def test_no_code_reads_a_variable_that_is_not_in_the_table():
    ours = re.compile(r"""["'](CHARTERDESK_[A-Z0-9_]+|PUBLIC_URL|LIVE_URL|DATABASE_URL)["']""")
    sources = [path for path in (ROOT / "charterdesk").rglob("*.py") if "tests" not in path.parts]

    named = {name for path in sources for name in ours.findall(path.read_text())}

    assert named - set(table.BY_NAME) == set()


def test_every_setting_has_a_default_that_can_be_read(monkeypatch):
    for setting in table.SETTINGS:
        monkeypatch.delenv(setting.name, raising=False)
    readers = {"flag": table.flag, "number": table.number, "address": table.address, "url": table.url}

    for setting in table.SETTINGS:
        readers.get(setting.kind, table.text)(setting.name)


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("CHARTERDESK_DEBUG", "perhaps", table.flag),
        ("CHARTERDESK_WEB_WORKERS", "two", table.number),
        ("CHARTERDESK_WEB_WORKERS", "-1", table.number),
        ("CHARTERDESK_WEB", "8000", table.address),
        ("CHARTERDESK_WEB", "127.0.0.1:99999", table.address),
        ("PUBLIC_URL", "help.example.org", table.url),
    ],
)
def test_a_value_that_cannot_be_is_an_error_that_names_the_setting(monkeypatch, name, value, read):
    monkeypatch.setenv(name, value)

    with pytest.raises(table.BadSetting, match=name):
        read(name)


def test_addresses_may_be_of_either_protocol_and_lead_to_the_default_public_url(monkeypatch):
    monkeypatch.delenv("PUBLIC_URL", raising=False)
    found = []
    for given in ("127.0.0.1:8000", "0.0.0.0:80", "[::1]:8080", "[::]:8080"):
        monkeypatch.setenv("CHARTERDESK_WEB", given)
        found.append((table.address("CHARTERDESK_WEB"), table.public_url()))

    assert found == [
        (("127.0.0.1", 8000), "http://127.0.0.1:8000"),
        (("0.0.0.0", 80), "http://127.0.0.1:80"),
        (("::1", 8080), "http://[::1]:8080"),
        (("::", 8080), "http://[::1]:8080"),
    ]


def test_the_environment_wins_over_the_env_file(monkeypatch, tmp_path: Path):
    (tmp_path / ".env").write_text("CHARTERDESK_MAIL_DOMAIN=file.example\nCHARTERDESK_PROXIES=2\n")
    monkeypatch.setenv("CHARTERDESK_MAIL_DOMAIN", "environment.example")
    monkeypatch.setenv("CHARTERDESK_PROXIES", "")
    monkeypatch.delenv("CHARTERDESK_PROXIES")

    table.load_environment(tmp_path)

    assert (table.text("CHARTERDESK_MAIL_DOMAIN"), table.number("CHARTERDESK_PROXIES")) == ("environment.example", 2)


def test_the_first_start_writes_a_key_only_its_owner_reads_and_later_ones_keep_it(monkeypatch, tmp_path: Path):
    monkeypatch.setenv("CHARTERDESK_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("CHARTERDESK_SECRET_KEY", raising=False)

    table.make_secret_key()
    first = table.secret_key()
    table.make_secret_key()

    assert table.secret_key() == first
    assert len(first) >= 50
    assert (tmp_path / "data" / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret_key"]


def test_without_a_key_no_two_processes_share_a_guessable_one(monkeypatch, tmp_path: Path):
    monkeypatch.setenv("CHARTERDESK_DATA", str(tmp_path))
    monkeypatch.delenv("CHARTERDESK_SECRET_KEY", raising=False)

    assert table.secret_key() != table.secret_key()


def test_with_a_public_address_the_desk_answers_to_that_name_and_to_this_machine_only(monkeypatch):
    monkeypatch.setenv("PUBLIC_URL", "https://help.example.org/")
    monkeypatch.setenv("CHARTERDESK_HOSTS", "desk.example.org, support.example.org")

    assert table.hosts() == [
        *("help.example.org", "localhost", "127.0.0.1", "[::1]"),
        *("desk.example.org", "support.example.org"),
    ]
