"""The SMTP server takes what mailers really send."""

import asyncio
import socket
import time
from contextlib import suppress
from smtplib import SMTP

import pytest

from charterdesk.channels.email.receiver import serve
from charterdesk.channels.models import RawMail
from charterdesk.channels.testing import make_mail
from charterdesk.people.testing import make_team


def hand_in(*mails: bytes) -> None:
    """Send `mails` to a receiver of our own, over a real connection."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    def connected() -> SMTP:
        for _ in range(200):
            with suppress(ConnectionRefusedError):
                return SMTP("127.0.0.1", port, timeout=10)
            time.sleep(0.05)
        raise AssertionError("the receiver does not listen")

    def talk() -> None:
        with connected() as smtp:
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
