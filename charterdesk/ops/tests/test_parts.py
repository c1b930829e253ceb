"""Each part alone, against a real server: what it needs, what it says where that is missing, and TLS."""

import os
import socket
import ssl
import subprocess
import sys
from pathlib import Path
from urllib.request import HTTPSHandler, ProxyHandler, build_opener

import pytest

from charterdesk.base.testing import make_certificate
from charterdesk.ops import cli
from charterdesk.ops.testing import environment_for, type_command, until


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.mark.parametrize("part", ["web", "live", "worker", "mailroom", "mail"])
def test_a_part_without_a_database_says_what_to_set(tmp_path: Path, part: str):
    done = type_command(tmp_path / "data", part)

    assert done.returncode == 2
    assert "Set DATABASE_URL, or start everything with `charterdesk run`" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_impossible_setting_ends_a_command_with_one_line(tmp_path: Path):
    done = type_command(tmp_path / "data", "run", CHARTERDESK_WEB="somewhere")

    assert done.returncode == 2
    assert done.stderr == "charterdesk: CHARTERDESK_WEB is host:port such as 127.0.0.1:8000, not 'somewhere'.\n"


def test_the_web_server_alone_speaks_tls_with_the_certificate_that_is_set(tmp_path: Path):
    certificate, key = make_certificate(tmp_path)
    port = free_port()
    settings = {
        "CHARTERDESK_WEB": f"127.0.0.1:{port}",
        "CHARTERDESK_TLS_CERT": str(certificate),
        "CHARTERDESK_TLS_KEY": str(key),
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",  # health asks for none
    }
    trusting = build_opener(ProxyHandler({}), HTTPSHandler(context=ssl.create_default_context(cafile=certificate)))

    def says() -> bytes:
        try:
            return bytes(trusting.open(f"https://localhost:{port}/healthz", timeout=5).read())
        except OSError:
            return b""

    web = subprocess.Popen(
        [sys.executable, "-m", "charterdesk", "web"],
        env=environment_for(tmp_path / "data", settings),
        stdout=subprocess.DEVNULL,
    )
    try:
        assert until(says, 90)
        assert b'"secure": true' in says()
    finally:
        web.terminate()
        assert web.wait(30) == 0


def test_commands_that_need_no_django_do_not_load_it():
    script = (
        "import sys; from charterdesk.ops.cli import main\n"
        "try: main(['mail', 'explain', '--help'])\n"
        "except SystemExit: pass\n"
        "print([name for name in sys.modules if name == 'django'], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, env=os.environ)

    assert done.stderr.strip().endswith("[]")


def test_every_command_of_the_table_can_be_found():
    missing = []
    for command in cli.COMMANDS:
        module = command.target.partition(":")[0]
        path = Path(cli.__file__).parents[1].joinpath(*module.split(".")[1:])
        if not (path.with_suffix(".py").exists() or (path / "__init__.py").exists()):
            missing.append(command.words)

    assert missing == []


def test_a_longer_command_wins_over_the_shorter_one_it_begins_with():
    found = {words: cli.find_command(words.split()) for words in ("mail", "mail explain --lines", "mailing", "")}

    assert {words: command and command.words for words, command in found.items()} == {
        "mail": ("mail",),
        "mail explain --lines": ("mail", "explain"),
        "mailing": None,
        "": None,
    }
