"""The SMTP server takes what mailers really send."""

import asyncio
import socket
import ssl
import time
from contextlib import suppress
from pathlib import Path
from smtplib import SMTP

import pytest
from pytest_django import Settings

from charterdesk.base.testing import make_certificate
from charterdesk.channels.email.receiver import serve
from charterdesk.channels.models import RawMail
from charterdesk.channels.testing import make_mail
from charterdesk.people.testing import make_team


def hand_in(*mails: bytes, over_tls: ssl.SSLContext | None = None) -> None:
    """Send `mails` to a receiver of our own, over a real connection."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    def connected() -> SMTP:
        for _ in range(200):
            with suppress(ConnectionRefusedError):
                return SMTP("localhost", port, timeout=10)
            time.sleep(0.05)
        raise AssertionError("the receiver does not listen")

    def talk() -> None:
        with connected() as smtp:
            if over_tls:
                assert smtp.starttls(context=over_tls)[0] == 220
            for mail in mails:
                smtp.ehlo_or_helo_if_needed()
                assert smtp.mail("mia@home.example")[0] == smtp.rcpt("leaks@desk.example")[0] == 250
                assert smtp.docmd("DATA")[0] == 354
                smtp.send(mail + b"\r\n.\r\n")
                code, answer = smtp.getreply()
                assert code == 250, answer

    async def run() -> None:
        stop = asyncio.Event()
        serving = asyncio.create_task(serve("127.0.0.1", port, stop=stop))
        try:
            await asyncio.to_thread(talk)
        finally:
            stop.set()
            await serving

    asyncio.run(run())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "text", ["water " * 40_000, "two\nbare\nlines\n" * 500], ids=["one long line", "bare line feeds"]
)
def test_a_mail_is_taken_whatever_the_length_of_its_lines(text: str) -> None:
    make_team("Leaks", address="leaks@desk.example")
    head = make_mail("x").partition(b"\n\n")[0].replace(b"\n", b"\r\n")
    hand_in(head + b"\r\n\r\n" + text.encode())
    assert bytes(RawMail.objects.get().raw).rstrip().endswith(text.rstrip().encode())


@pytest.mark.django_db(transaction=True)
def test_a_mail_comes_encrypted_where_a_certificate_is_set(tmp_path: Path, settings: Settings) -> None:
    make_team("Leaks", address="leaks@desk.example")
    settings.TLS_CERT, settings.TLS_KEY = make_certificate(tmp_path)
    hand_in(make_mail("Water."), over_tls=ssl.create_default_context(cafile=settings.TLS_CERT))

    assert b"Water." in bytes(RawMail.objects.get().raw)


def test_who_connects_beyond_the_limit_is_asked_to_come_back_later(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("charterdesk.channels.email.receiver.MAX_CONNECTIONS", 2)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    def greeting(held: list[socket.socket]) -> bytes:
        held.append(socket.create_connection(("127.0.0.1", port), timeout=10))
        return held[-1].recv(100)[:3]

    async def run() -> list[bytes]:
        stop = asyncio.Event()
        serving = asyncio.create_task(serve("127.0.0.1", port, stop=stop))
        await asyncio.sleep(0.5)
        held: list[socket.socket] = []
        try:
            said = [await asyncio.to_thread(greeting, held) for _ in range(3)]
            for one in held:
                one.close()
            await asyncio.sleep(0.5)
            return [*said, await asyncio.to_thread(greeting, held)]
        finally:
            held[-1].close()
            stop.set()
            await serving

    assert asyncio.run(run()) == [b"220", b"220", b"421", b"220"]
