"""Around the demo: its postbox, its folder, and what it says when something is missing."""

import json
import os
import smtplib
import socket

import pytest
from aiosmtpd.controller import Controller

from charterdesk.ops.demo import command
from charterdesk.ops.demo.postbox import Keeper, letters, text_of
from charterdesk.ops.problems import Problem


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("CHARTERDESK_DATA", str(tmp_path))
    return tmp_path


@pytest.fixture
def postbox(folder):
    controller = Controller(Keeper(folder / "outbox"), hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller
    controller.stop()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def send(postbox, subject: str, date: str) -> None:
    with smtplib.SMTP("127.0.0.1", postbox.port) as server:
        text = f"Date: {date}\r\nSubject: {subject}\r\nTo: mia@example.com\r\n\r\nGuten Tag, alles läuft."
        server.sendmail("help@water.example.org", ["mia@example.com"], text.encode())


def test_what_the_desk_sends_is_kept_in_order(postbox, folder):
    send(postbox, "second", "Sun, 22 Nov 2026 10:00:00 +0000")
    send(postbox, "first", "Sun, 22 Nov 2026 09:00:00 +0000")

    kept = letters(folder / "outbox")
    assert [letter["Subject"] for letter in kept] == ["first", "second"]
    assert [letter["Delivered-To"] for letter in kept] == ["mia@example.com", "mia@example.com"]
    assert text_of(kept[0]).startswith("Guten Tag")


def test_the_mailbox_lists_and_shows_mail(postbox, folder, capsys):
    send(postbox, "We have your request", "Sun, 22 Nov 2026 10:00:00 +0000")

    assert command.main(["mailbox"]) == 0
    assert "We have your request" in capsys.readouterr().out
    assert command.main(["mailbox", "--last"]) == 0
    assert "Guten Tag" in capsys.readouterr().out


def test_a_mail_that_is_not_there_is_said_so(folder):
    with pytest.raises(Problem, match="There is no mail 3"):
        command.main(["mailbox", "3"])


def test_writing_to_a_desk_that_does_not_run_is_explained(folder, monkeypatch):
    monkeypatch.setenv("CHARTERDESK_SMTP", f"127.0.0.1:{free_port()}")

    with pytest.raises(Problem, match="Does the demo run"):
        command.main(["send-mail"])


def test_a_mail_to_the_desk_goes_to_where_the_demo_takes_it(postbox, folder):
    (folder / "demo-world.json").write_text(json.dumps({"receiver": f"127.0.0.1:{postbox.port}"}))

    assert command.main(["send-mail", "--subject", "Hello", "--text", "Is anybody there?"]) == 0
    assert [letter["Subject"] for letter in letters(folder / "outbox")] == ["Hello"]


def test_a_world_that_is_there_is_not_loaded_again(folder, capsys):
    (folder / "demo-world.json").write_text(json.dumps({"state": "complete", "tickets": 12000}))

    assert command.main(["fill"]) == 0
    assert "12,000 tickets is here" in capsys.readouterr().out


def test_a_demo_says_where_its_mail_goes(folder, monkeypatch):
    monkeypatch.setenv("CHARTERDESK_SMTP", "127.0.0.1:2525")

    kept = "\n".join(command._welcome(""))
    assert f"all it sends stays here:   {folder / 'outbox'}" in kept
    sent = "\n".join(command._welcome("smtp+starttls://desk:secret@mail.example.org:587"))
    assert "its mail leaves by:        smtp+starttls://mail.example.org:587 (CHARTERDESK_RELAY)" in sent
    assert "stays here" not in sent and "secret" not in sent


@pytest.mark.parametrize("given", ["", "smtp://mail.example.org"])
def test_the_postbox_takes_mail_only_where_no_relay_is_set_and_leaves_nothing_behind(folder, monkeypatch, given):
    monkeypatch.setenv("CHARTERDESK_RELAY", given)

    with command._postbox(str(free_port())):
        assert os.environ["CHARTERDESK_RELAY"].startswith(given or "smtp://127.0.0.1:")
    assert os.environ.get("CHARTERDESK_RELAY", "") == given


def test_a_demo_without_tickets_is_refused():
    with pytest.raises(Problem, match="at least one ticket"):
        command.main(["--tickets", "0"])
